"""What a file is: told by its content, whole, and of a size that can be drawn."""

from __future__ import annotations

import io
import zipfile

import pytest
from evidence_corpus import TYPES, encoded, one_page, picture, png_of
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.evidence.formats import FileRefused, Format, Sniffer

WHOLE = {name: encoded(name) for name in TYPES} | {
    "JPEG, progressive": encoded("JPEG", progressive=True),
    "JPEG, with Exif": encoded("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + b"\xff\xd9" * 40),
    "PNG, interlaced palette": encoded("PNG", picture().convert("P")),
    "WebP, lossless": encoded("WEBP", lossless=True),
    "WebP, extended": encoded("WEBP", picture().convert("RGBA"), xmp=b"<x/>"),
    "WebP, moving": encoded("WEBP", save_all=True, append_images=[picture().rotate(180)]),
    "PDF, by hand": one_page(b"0 0 100 100 re f"),
}


def sniff(content: bytes, name: str = "berkas.x", step: int = 1 << 16) -> Format:
    sniffer = Sniffer(name)
    for at in range(0, len(content), step):
        sniffer.feed(content[at : at + step])
    return sniffer.finish()


def refusal(content: bytes, name: str = "berkas.x") -> tuple[str, str]:
    with pytest.raises(FileRefused) as caught:
        sniff(content, name)
    assert name in str(caught.value)
    return caught.value.code, str(caught.value)


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("step", [1, 2, 7, 4096, 1 << 20])
def test_a_whole_file_is_taken_in_pieces_of_any_size(name: str, step: int) -> None:
    found = sniff(WHOLE[name], step=step)
    assert found.media_type == TYPES[name.split(",")[0].upper()]
    size = (None, None) if found.media_type == "application/pdf" else (60, 40)
    assert (found.width, found.height) == size


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_at_any_byte_is_refused(name: str) -> None:
    content = WHOLE[name]
    end = content.rindex(b"%%EOF") + 5 if content.startswith(b"%PDF") else len(content)
    for cut in range(end):
        with pytest.raises(FileRefused):
            sniff(content[:cut])


@given(st.sampled_from(sorted(WHOLE)), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_taken_or_refused_but_never_breaks(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        found = sniff(bytes(content[:cut]), step=data.draw(st.integers(1, 5000)))
    except FileRefused:
        return
    assert found.media_type in TYPES.values()


@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBP", b"%PDF-1"]),
    st.binary(),
)
@settings(max_examples=300, deadline=None)
def test_noise_never_breaks(start: bytes, noise: bytes) -> None:
    with pytest.raises(FileRefused):
        sniff(start + noise)


@given(st.integers(1, 4000), st.sampled_from(sorted(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_the_size_of_the_pieces_changes_nothing(step: int, name: str) -> None:
    assert sniff(WHOLE[name], step=step) == sniff(WHOLE[name])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}), "Word"),
        (zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel"),
        (zipped(**{"foto.jpg": ""}), "ZIP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
        (b"\x1a\x45\xdf\xa3" + bytes(40), "video"),
        (b"OggS" + bytes(40), "rekaman suara"),
        (b"MZ\x90\0" + bytes(60), "program komputer"),
        (b"\x7fELF" + bytes(60), "program komputer"),
        (b"GIF89a" + bytes(20), "GIF"),
        (b"II*\0" + bytes(20), "TIFF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office lama"),
        (b"Rar!\x1a\x07\0", "arsip"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"></svg>', "SVG"),
        (b"<svg onload=alert(1)>", "SVG"),
        (b"<!DOCTYPE html><title>x", "halaman web"),
        (b"<script>x</script>", "halaman web"),
        (b"Halo, ini bukan foto.\n", "teks"),
        (b"\x00\x01\x02\x03" * 9, "tidak dikenal"),
    ],
)
def test_a_type_not_accepted_is_named_with_what_is(content: bytes, says: str) -> None:
    code, sentence = refusal(content, "bukti.jpg")
    assert code == "unsupported"
    assert says.lower() in sentence.lower()
    assert all(allowed in sentence for allowed in ("JPEG", "PNG", "WebP", "PDF"))


def test_an_empty_file_says_so() -> None:
    code, sentence = refusal(b"")
    assert code == "empty"
    assert "kosong" in sentence


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (20_001, 1), (7000, 6000)])
def test_a_picture_too_large_to_draw_is_refused_by_its_header(width: int, height: int) -> None:
    code, sentence = refusal(png_of(width, height))
    assert code == "too_many_pixels"
    assert f"{width} × {height}" in sentence
    assert "40 juta" in sentence


def test_the_largest_picture_is_taken() -> None:
    assert sniff(png_of(20_000, 2_000)).width == 20_000


def test_a_file_too_large_is_refused_while_it_comes() -> None:
    sniffer = Sniffer("besar.jpg", max_bytes=2_000_000)
    sniffer.feed(encoded("JPEG"))
    sniffer.feed(bytes(1_000_000))
    with pytest.raises(FileRefused) as caught:
        sniffer.feed(bytes(1_000_000))
    assert caught.value.code == "too_large"
    assert "2 MB" in str(caught.value)


@pytest.mark.parametrize("name", TYPES)
def test_a_picture_that_is_an_archive_too_is_refused(name: str) -> None:
    assert refusal(WHOLE[name] + zipped(isi="rahasia"))[0] == "polyglot"


def test_a_photo_with_what_phones_append_is_taken() -> None:
    assert sniff(encoded("JPEG") + encoded("JPEG") + b"SEFT" + bytes(5000)).media_type == "image/jpeg"


def test_memory_does_not_grow_with_the_file() -> None:
    import tracemalloc

    sniffer, piece = Sniffer("a.jpg"), bytes(1 << 16)
    sniffer.feed(encoded("JPEG")[:-2])
    tracemalloc.start()
    for _ in range(300):
        sniffer.feed(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
