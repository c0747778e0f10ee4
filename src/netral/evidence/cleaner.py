"""A program of its own that draws a file anew: an original on stdin, pictures without metadata on stdout.

It opens what strangers sent, so it holds nothing worth stealing and may do next to nothing: no key, no Django,
no settings, no environment. Once its libraries are loaded it can open no file and no socket (no descriptor is
free), write no file, start no process, and has bounded memory and time. What it cannot draw within these it
gives up.

Output: frames of a 4-byte big-endian length and that many bytes. The first is JSON `{"pages": n}`; then for each
page JSON `{"media_type", "width", "height"}` and the picture; at last JSON `{"end": true}`. `{"error": code}` may
come in place of any JSON frame. A stream that ends without either means that the limits struck.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

PLUGINS = (
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)  # loaded while files can be opened
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
SIDE = 2400
QUALITY = 85
PAGES = 30
PAGE_WIDTH = 1600
PAGE_HEIGHT = 4800

Frame = dict[str, Any] | bytes


class Refused(Exception):
    """The reason code goes into the error frame."""


def main(memory: int, seconds: int) -> None:
    """Limits in bytes of address space and seconds of processor time."""
    draw_nothing()
    confine(memory, seconds)
    original = sys.stdin.buffer.read()
    try:
        for frame in frames(original):
            send(frame)
    except Refused as error:
        send({"error": str(error)})
    except MemoryError:
        send({"error": "too_heavy"})
    except Exception:
        # Whatever a decoder stumbles over: the file is not what it should be. Its text is nobody's business.
        send({"error": "damaged"})
    else:
        send({"end": True})
    # Closing down libraries under the limits proves nothing any more.
    sys.stdout.buffer.flush()
    os._exit(0)


def draw_nothing() -> None:
    """Makes the libraries load now what they otherwise load when first used."""
    Image.preinit()
    for format in FORMATS:
        Image.new("RGB", (1, 1)).save(io.BytesIO(), format)
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(10, 10).render().to_pil()
    pdf.close()


def confine(memory: int, seconds: int) -> None:
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(limit, (value, value))


def frames(original: bytes) -> Iterator[Frame]:
    return pdf_frames(original) if original.startswith(b"%PDF-") else picture_frames(original)


def picture_frames(original: bytes) -> Iterator[Frame]:
    with Image.open(io.BytesIO(original), formats=FORMATS) as source:
        if source.width * source.height > MAX_PIXELS:
            raise Refused("too_heavy")
        format = "PNG" if source.format == "PNG" else "JPEG"
        source.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than needed
        picture = upright(small(plain(source)))
    yield {"pages": 1}
    yield from encoded(picture, format)


def pdf_frames(original: bytes) -> Iterator[Frame]:
    try:
        pdf = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "damaged") from None
    pdf.init_forms()  # what was filled in is part of what is seen
    yield {"pages": len(pdf)}
    for number in range(min(len(pdf), PAGES)):
        page = pdf[number]
        width, height = page.get_size()
        bitmap = page.render(scale=min(PAGE_WIDTH / width, PAGE_HEIGHT / height), rev_byteorder=True)
        yield from encoded(bitmap.to_pil().convert("RGB"), "JPEG")
        bitmap.close()
        page.close()


def plain(source: Image.Image) -> Image.Image:
    """The picture in colours that both output formats hold."""
    if source.mode.startswith("I"):
        return source.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if source.has_transparency_data:
        return source.convert("RGBA")
    return source.convert("L" if source.mode in ("1", "L") else "RGB")


def small(picture: Image.Image) -> Image.Image:
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture  # metadata that cannot be read says nothing about orientation


def encoded(picture: Image.Image, format: str) -> Iterator[Frame]:
    if format == "JPEG" and picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture)
        picture = paper
    picture.info = {}  # comments and colour profiles would be written out again
    out = io.BytesIO()
    picture.save(out, format, quality=QUALITY)
    yield {"media_type": f"image/{format.lower()}", "width": picture.width, "height": picture.height}
    yield out.getvalue()


def send(frame: Frame) -> None:
    body = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
    sys.stdout.buffer.write(len(body).to_bytes(4, "big") + body)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
