"""A corpus made by code: small whole files of each accepted type."""

from __future__ import annotations

import io
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
