"""A page of a file on its way to an officer's browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from netral.sealing import SealKey

from .models import CleanCopy
from .selectors import open_clean_copy

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def image_response(copy: CleanCopy, key: SealKey, *, name: str) -> HttpResponse:
    """The image made anew, without metadata, shown in place; `name` comes without its extension."""
    if copy.media_type not in EXTENSIONS:
        raise Http404
    response = HttpResponse(open_clean_copy(copy, key), content_type=copy.media_type)
    response["Content-Disposition"] = f'inline; filename="{name}.{EXTENSIONS[copy.media_type]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
