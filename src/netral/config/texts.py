"""The text of a file a person has: plain text, or a PDF page by page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from netral.config.failures import Refusal

PAGE = "\f"


def text_of(content: bytes) -> str:
    """What it says, pages parted by form feeds. Raises Refusal for a PDF that cannot be read, or holds only images."""
    if not content.startswith(b"%PDF-"):
        return content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    try:
        text = PAGE.join(_pages(content))
    except pypdfium2.PdfiumError as error:
        raise Refusal("PDF ini rusak atau terkunci; buka dahulu, lalu simpan tanpa kata sandi.") from error
    if not text.strip():
        raise Refusal("PDF ini tidak memuat teks; jalankan pengenalan huruf (OCR) lebih dahulu.")
    return text


def _pages(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            yield page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n")
