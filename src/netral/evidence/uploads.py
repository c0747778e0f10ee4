"""Files on their way in: recognised and sealed chunk by chunk; no byte of them touches the disk in clear.

Django's own handlers spool above 2.5 MB to a temporary file, so no view uses them: the settings name
`RefusingHandler`, and a view that expects files is decorated with `receives_files` and calls
`receive_uploads`.

CsrfViewMiddleware reads `request.POST` before the view runs, and with it the whole body, through whatever
handlers are set by then. `receives_files` therefore exempts the view from that middleware, sets the sealing
handler, and runs the very same check around the view.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from netral.sealing import DataKey, FileSealer, new_object_id

from . import blobs
from .facts import RefusedUpload, SealedUpload
from .formats import MAX_BYTES, FileRefused, Sniffer
from .models import file_context

__all__ = [
    "Limits",
    "RefusedUpload",
    "SealedUpload",
    "discarded_on_failure",
    "receive_uploads",
    "receives_files",
    "seal_file",
]

MAX_FILES = 10
NAME_LENGTH = 120
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


@dataclass(frozen=True)
class Limits:
    """How much may still come: number of files and bytes of plaintext together."""

    files: int = MAX_FILES
    size: int = MAX_BYTES

    def less(self, files: int, size: int) -> Limits:
        """What is left where so much is there already."""
        return Limits(max(0, self.files - files), max(0, self.size - size))


class UnexpectedFileError(BadRequest):
    """A file came where none is expected; it was not kept."""


class RefusingHandler(FileUploadHandler):
    """For every view that expects no file: nothing is kept, and the request ends as 400."""

    _came = False

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        self._came = True
        raise SkipFile

    def receive_data_chunk(self, _data: bytes, _start: int) -> None:
        raise SkipFile

    def file_complete(self, _size: int) -> None:
        return None

    def upload_complete(self) -> None:
        if self._came:
            raise UnexpectedFileError(_("Halaman ini tidak menerima berkas."))


@dataclass
class _Arriving:
    """One file while its chunks come in."""

    name: str
    sniffer: Sniffer
    object_id: str = field(default_factory=new_object_id)
    data_key: DataKey = field(default_factory=DataKey.generate)
    writer: blobs.BlobWriter = field(default_factory=blobs.BlobWriter)

    def __post_init__(self) -> None:
        self.sealer = FileSealer(self.data_key, file_context(self.object_id, "content"))

    def take(self, chunk: bytes) -> None:
        self.sniffer.feed(chunk)
        if sealed := self.sealer.write(chunk):
            self.writer.write(sealed)

    def finish(self) -> SealedUpload:
        found = self.sniffer.finish()
        self.writer.write(self.sealer.finish())
        return SealedUpload(
            object_id=self.object_id,
            blob=self.writer.commit(),
            media_type=found.media_type,
            size=self.sealer.plain_size,
            sha256=self.sealer.plain_sha256.hex(),
            name=self.name,
            data_key=self.data_key,
        )


class SealingUploadHandler(FileUploadHandler):
    """Seals each file into the store as it comes. What it made stands in `results`, never in `request.FILES`.

    A refused file never stops the others. `close` takes back whatever no view has taken over.
    """

    def __init__(self, request: HttpRequest, limits: Limits | None = None) -> None:
        super().__init__(request)
        self.results: list[tuple[str, SealedUpload | RefusedUpload]] = []
        self._left = limits or Limits()
        self._arriving: _Arriving | None = None

    def new_file(self, field_name: str, file_name: str, *_args: Any, **_kwargs: Any) -> None:
        self.field_name = field_name
        name = clean_name(file_name)
        if not self._left.files:
            self._refuse(RefusedUpload(name, too_many(name)))
        self._arriving = _Arriving(name, Sniffer(name))

    def receive_data_chunk(self, data: bytes, start: int) -> None:
        assert self._arriving is not None  # noqa: S101 - new_file came first
        name = self._arriving.name
        if start + len(data) > self._left.size < MAX_BYTES:
            self._refuse(RefusedUpload(name, too_much(name)))
        try:
            self._arriving.take(data)
        except FileRefused as error:
            self._refuse(RefusedUpload(name, str(error)))

    def file_complete(self, _size: int) -> None:
        arriving, self._arriving = self._arriving, None
        assert arriving is not None  # noqa: S101 - new_file came first
        with arriving.writer:
            try:
                upload = arriving.finish()
            except FileRefused as error:
                self.results.append((self.field_name or "", RefusedUpload(arriving.name, str(error))))
            else:
                self._left = self._left.less(1, upload.size)
                self.results.append((self.field_name or "", upload))

    def upload_interrupted(self) -> None:
        self._drop()

    def take(self, field: str) -> list[SealedUpload | RefusedUpload]:
        """Hands over the results of one form field."""
        taken = [result for name, result in self.results if name == field]
        self.results = [(name, result) for name, result in self.results if name != field]
        return taken

    def close(self) -> None:
        self._drop()
        for _field, result in self.results:
            if isinstance(result, SealedUpload):
                blobs.remove(result.blob)
        self.results.clear()

    def _refuse(self, refused: RefusedUpload) -> None:
        self._drop()
        self.results.append((self.field_name or "", refused))
        raise SkipFile

    def _drop(self) -> None:
        arriving, self._arriving = self._arriving, None
        if arriving:
            arriving.writer.discard()


def receives_files(
    view: Callable[Concatenate[HttpRequest, P], R], *, checked_by: Callable[[Any], Any] = csrf_protect
) -> Callable[Concatenate[HttpRequest, P], R]:
    """For a view that expects files: sets the sealing handler before the body is read, then checks the token.

    `checked_by` is the decorator that does, so that a view may answer a missing token itself.
    Files the view did not take with `receive_uploads` are removed from the store: all of them where the check
    fails.
    """
    protected: Callable[Concatenate[HttpRequest, P], R] = checked_by(view)

    @csrf_exempt
    @wraps(view)
    def receiving(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if request.method != "POST":
            return protected(request, *args, **kwargs)
        handler = SealingUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            return protected(request, *args, **kwargs)
        finally:
            handler.close()

    return receiving


def receive_uploads(
    request: HttpRequest, *, field: str = "berkas", limits: Limits
) -> list[SealedUpload | RefusedUpload]:
    """The files of one form field in the order sent; those beyond `limits` are refused and removed.

    The view must be decorated with `receives_files`, and write rows that name the blobs or call `discard`.
    """
    handler = next((h for h in request.upload_handlers if isinstance(h, SealingUploadHandler)), None)
    if handler is None:
        raise TypeError("receive_uploads() needs the view to be decorated with @receives_files")
    request.POST  # noqa: B018 - reads the body where the token came in a header
    received: list[SealedUpload | RefusedUpload] = []
    for upload in handler.take(field):
        if isinstance(upload, RefusedUpload):
            received.append(upload)
        elif not limits.files or upload.size > limits.size:
            discard(upload)
            reason = too_much if limits.files else too_many
            received.append(RefusedUpload(upload.name, reason(upload.name)))
        else:
            limits = limits.less(1, upload.size)
            received.append(upload)
    return received


def seal_file(name: str, data: bytes) -> SealedUpload:
    """A file made here, in the store like one that was sent; the caller names it in a row or calls `discard`."""
    arriving = _Arriving(clean_name(name), Sniffer(name))
    with arriving.writer:
        arriving.take(data)
        return arriving.finish()


def discard(*uploads: SealedUpload | RefusedUpload) -> None:
    """Removes from the store what no row will name."""
    for upload in uploads:
        if isinstance(upload, SealedUpload):
            blobs.remove(upload.blob)


@contextmanager
def discarded_on_failure(uploads: list[SealedUpload]) -> Iterator[None]:
    """Files leave the store again where the act that names them fails; the list may grow meanwhile."""
    try:
        yield
    except BaseException:
        discard(*uploads)
        raise


def clean_name(name: str) -> str:
    """A file name as one line of at most 120 visible characters, without path or changes of direction."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in name if unicodedata.category(char) not in _INVISIBLE)
    visible = " ".join(visible.split()).strip(". ") or _("tanpa nama")
    if len(visible) <= NAME_LENGTH:
        return visible
    stem, dot, extension = visible.rpartition(".")
    if not dot or len(extension) > 8:
        return visible[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(extension) - 2]}….{extension}"[:NAME_LENGTH]


# Control, format (bidirectional, zero-width), surrogate, private use, unassigned, ends of line and paragraph.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def too_many(name: str) -> str:
    return _("Berkas “%(name)s” tidak diterima: paling banyak %(most)s berkas.") % {
        "name": name,
        "most": MAX_FILES,
    }


def too_much(name: str) -> str:
    return _("Berkas “%(name)s” tidak diterima: semua berkas bersama paling besar %(most)s MB.") % {
        "name": name,
        "most": MAX_BYTES // 1_000_000,
    }
