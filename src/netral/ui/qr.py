"""QR codes, drawn here and by nobody else's service."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe

INK, PAPER = "#12232e", "#fff"
MASK = 4  # ISO/IEC 18004, 7.8: one of eight


def qr_svg(text: str) -> SafeString:
    """`text` as inline SVG, without styles of its own."""
    # Readers take any mask; trying all eight for the best contrast takes longer than the rest of a receipt's page.
    svg = segno.make_qr(text, error="m", mask=MASK).svg_inline(border=4, omitsize=True, dark=INK, light=PAPER)
    return mark_safe(svg)  # noqa: S308 (paths only: a QR code holds no text of its content)


def qr_address(text: str) -> str:
    """`text` as a `data:` address of an SVG, for an `img`."""
    return segno.make_qr(text, error="m").svg_data_uri(scale=5, border=3, dark=INK, light=PAPER)


def qr_image(text: str) -> str:
    """`text` as a whole SVG file in black, for print."""
    file = io.BytesIO()
    segno.make_qr(text, error="m", mask=MASK).save(file, kind="svg", border=4, xmldecl=False)
    return file.getvalue().decode()
