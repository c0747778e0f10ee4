"""QR codes, drawn here and by nobody else's service."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

INK, PAPER = "#12232e", "#fff"


def qr_svg(text: str) -> SafeString:
    """`text` as inline SVG, without styles of its own."""
    svg = segno.make_qr(text, error="m").svg_inline(border=4, omitsize=True, dark=INK, light=PAPER)
    return mark_safe(svg)  # noqa: S308 (paths only: a QR code holds no text of its content)


def qr_address(text: str) -> str:
    """`text` as a `data:` address of an SVG, for an `img`."""
    return segno.make_qr(text, error="m").svg_data_uri(scale=5, border=3, dark=INK, light=PAPER)
