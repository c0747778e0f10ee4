"""The personnel file on its way in: kept in memory, never on the disk, never more of it than is allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .tables import MAX_BYTES

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class BoundedMemoryHandler(FileUploadHandler):
    """Keeps one byte more than the limit, so that the reader sees that the file was too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        room = MAX_BYTES + 1 - self._content.tell()
        self._content.write(raw_data[: max(room, 0)])

    def file_complete(self, _size: int) -> InMemoryUploadedFile:
        size = self._content.tell()
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name or "", self.content_type, size, self.charset
        )


def receives_table(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Lets a view take one file.

    The CSRF check reads the body, so the handler must be set before it; hence the check runs inside.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receive(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        request.upload_handlers = [BoundedMemoryHandler(request)]
        return checked(request, *args, **kwargs)

    return receive
