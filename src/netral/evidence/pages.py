"""Files on the officers' pages: those that came with a request, and those shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from netral.sealing import SealKey

from .facts import FileFacts, RefusedUpload, SealedUpload
from .models import CleanCopy, StoredFile
from .selectors import facts, open_clean_copy
from .uploads import Limits, receive_uploads

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True)
class ShownFile:
    """A file in a list, with each page of its clean copy and the address it is shown under."""

    file: StoredFile
    facts: FileFacts
    pages: list[tuple[CleanCopy, str]]


def shown_files(
    files: Iterable[StoredFile], key: SealKey, page_url: Callable[[int, int], str]
) -> Iterator[ShownFile]:
    """`page_url` takes the file's primary key and the page's number; copies are prefetched by the caller."""
    for file in files:
        copies = sorted(file.copies.all(), key=lambda copy: copy.page)
        yield ShownFile(file, facts(file, key), [(copy, page_url(file.pk, copy.page)) for copy in copies])


def received_files(
    request: HttpRequest, *, field: str = "berkas", limits: Limits | None = None
) -> list[SealedUpload]:
    """The files that came, sealed; of those refused the officer is told why."""
    uploads = receive_uploads(request, field=field, limits=limits or Limits())
    for upload in uploads:
        if isinstance(upload, RefusedUpload):
            messages.error(request, upload.reason)
    return [upload for upload in uploads if isinstance(upload, SealedUpload)]


def image_response(copy: CleanCopy, key: SealKey, *, name: str) -> HttpResponse:
    """The image made anew, without metadata, shown in place; `name` comes without its extension."""
    if copy.media_type not in EXTENSIONS:
        raise Http404
    response = HttpResponse(open_clean_copy(copy, key), content_type=copy.media_type)
    response["Content-Disposition"] = f'inline; filename="{name}.{EXTENSIONS[copy.media_type]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
