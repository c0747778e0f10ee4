"""A corpus made by code: small whole files of each accepted type."""

from __future__ import annotations

import io
import zlib
from typing import Any

from PIL import Image

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "PDF": "application/pdf"}


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """A gradient; its left half is dark, so that a turned copy shows."""
    return Image.linear_gradient("L").resize((width, height)).rotate(90, expand=False).convert("RGB")


def encoded(format: str, image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, format, **options)
    return out.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first being its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page; `more` are objects 5 and following."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << %b >> >>" % resources,
        stream(b"", content),
        *more,
    )


def drawing_itself_tenfold(levels: int) -> bytes:
    """A PDF of three kilobytes whose page draws ten to the power of `levels` rectangles."""

    def form(level: int) -> bytes:
        last = level == levels - 1
        body = b"0 0 600 800 re f" if last else b"/F%d Do " % (level + 1) * 10
        inner = b"" if last else b"/F%d %d 0 R" % (level + 1, level + 6)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << %b >> >>"
        return stream(entries % inner, body)

    forms = [form(level) for level in range(levels)]
    return one_page(b"/F0 Do", *forms, resources=b"/XObject << /F0 5 0 R >>")


def pages(count: int) -> bytes:
    return encoded("PDF", save_all=True, append_images=[picture() for _ in range(count - 1)])


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header claims this size; whole in structure, with next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
