"""A receipt code as a picture that another phone reads."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

from netral.sealing import group


def qr_svg(code: str) -> SafeString:
    """The code in its groups as inline SVG, without styles of its own."""
    picture = segno.make_qr(group(code), error="m")
    svg = picture.svg_inline(border=4, dark="#12232e", light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn here from letters, digits and hyphens
