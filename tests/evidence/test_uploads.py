"""Files on their way in: what is taken, what is refused, and what is left on the disk."""

from __future__ import annotations

import importlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path
from evidence_corpus import encoded

from netral.evidence import blobs
from netral.evidence.models import file_context
from netral.evidence.uploads import (
    Limits,
    RefusedUpload,
    SealedUpload,
    clean_name,
    receive_uploads,
    receives_files,
)
from netral.sealing import DataKey, open_file

received: list[SealedUpload | RefusedUpload] = []


@receives_files
def takes(request: HttpRequest) -> HttpResponse:
    limits = Limits().less(int(request.GET.get("files", 0)), int(request.GET.get("size", 0)))
    received[:] = receive_uploads(request, limits=limits)
    if "fail" in request.GET:
        raise RuntimeError
    return JsonResponse({"text": request.POST.get("text"), "files": len(request.FILES)})


@receives_files
def forgets(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


def expects_none(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


urlpatterns = [path("takes/", takes), path("forgets/", forgets), path("none/", expects_none)]
handler400 = "netral.ui.errors.handler400"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("store")]


@pytest.fixture(autouse=True)
def _empty() -> None:
    received.clear()


@pytest.fixture
def post(settings: Any) -> Callable[..., Any]:
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    client = Client(headers={"host": "localhost"})

    def post(*files: tuple[str, bytes], to: str = "/takes/", field: str = "berkas") -> Any:
        uploads = [SimpleUploadedFile("x", content) for _name, content in files]
        for upload, (name, _content) in zip(uploads, files, strict=True):
            upload._name = name
        return client.post(to, {"text": "tetap", field: uploads})

    return post


def opened(upload: SealedUpload | RefusedUpload) -> bytes:
    assert isinstance(upload, SealedUpload)
    with blobs.open_blob(upload.blob) as blob:
        return b"".join(open_file(upload.data_key, file_context(upload.object_id, "content"), blob))


def test_a_file_comes_back_as_it_was_sent(post: Any) -> None:
    photo = encoded("JPEG")
    answer = post(("foto.jpg", photo))
    assert answer.json() == {"text": "tetap", "files": 0}
    (upload,) = received
    assert opened(upload) == photo
    assert isinstance(upload, SealedUpload)
    assert (upload.media_type, upload.size, upload.name) == ("image/jpeg", len(photo), "foto.jpg")
    assert blobs.verify(upload.blob)
    again = SealedUpload.reopen(
        object_id=upload.object_id,
        blob=upload.blob,
        media_type=upload.media_type,
        data_key=upload.data_key,
        sealed_facts=upload.sealed_facts(),
    )
    assert (again.facts, again.blob) == (upload.facts, upload.blob)


def test_a_refused_file_does_not_stop_the_others(post: Any, stored_names: Any) -> None:
    post(
        ("surat.docx", b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml"),
        ("a.png", encoded("PNG")),
        ("b.jpg", b""),
    )
    first, second, third = received
    assert isinstance(first, RefusedUpload)
    assert all(word in first.reason for word in ("surat.docx", "Word", "PDF"))
    assert isinstance(second, SealedUpload)
    assert isinstance(third, RefusedUpload)
    assert "kosong" in third.reason
    assert stored_names() == [second.blob]


def test_a_type_is_what_the_content_says(post: Any) -> None:
    post(("foto.jpg", encoded("PDF")))
    (upload,) = received
    assert isinstance(upload, SealedUpload)
    assert upload.media_type == "application/pdf"


def test_the_eleventh_file_is_refused_and_ten_are_kept(post: Any, stored_names: Any) -> None:
    post(*((f"{n}.png", encoded("PNG")) for n in range(11)))
    assert [type(upload) for upload in received] == [SealedUpload] * 10 + [RefusedUpload]
    assert "paling banyak 10" in received[-1].reason  # type: ignore[union-attr]
    assert len(stored_names()) == 10


@pytest.mark.parametrize("query", ["files=9", "size=49999000"])
def test_what_the_draft_has_already_counts(post: Any, stored_names: Any, query: str) -> None:
    photo = encoded("JPEG", quality=60)
    assert 500 < len(photo) < 1000
    post(("a.jpg", photo), ("b.jpg", photo), to=f"/takes/?{query}")
    first, second = received
    assert isinstance(first, SealedUpload)
    assert isinstance(second, RefusedUpload)
    assert "b.jpg" in second.reason
    assert stored_names() == [first.blob]


def test_what_the_view_does_not_take_is_removed(post: Any, stored_names: Any) -> None:
    assert post(("a.png", encoded("PNG")), to="/forgets/").content == b"tetap"
    post(("a.png", encoded("PNG")), field="lain")
    assert received == []
    assert stored_names() == []


def test_a_form_without_its_token_is_refused_and_leaves_nothing(settings: Any, stored_names: Any) -> None:
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    upload = SimpleUploadedFile("a.png", encoded("PNG"))
    assert client.post("/takes/", {"berkas": upload}).status_code == 403
    assert received == []
    assert stored_names() == []


def test_a_form_with_its_token_in_the_body_passes(settings: Any) -> None:
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    token = "a" * 32
    client.cookies[settings.CSRF_COOKIE_NAME] = token
    upload = SimpleUploadedFile("a.png", encoded("PNG"))
    body = {"csrfmiddlewaretoken": token, "berkas": upload}
    answer = client.post("/takes/", body, secure=True, headers={"referer": "https://localhost/"})
    assert answer.status_code == 200
    assert isinstance(received[0], SealedUpload)


def test_a_file_where_none_is_expected_is_dropped(post: Any, stored_names: Any) -> None:
    answer = post(("a.png", encoded("PNG")), to="/none/")
    assert answer.status_code == 400
    assert stored_names() == []


def test_a_body_cut_off_leaves_nothing(settings: Any, stored_names: Any) -> None:
    settings.MIDDLEWARE = []
    head = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.jpg"\r\n\r\n'
    body = head + encoded("JPEG", quality=60) * 300
    client = Client(headers={"host": "localhost"})
    client.generic("POST", "/takes/", body, content_type="multipart/form-data; boundary=x")
    assert received == []
    assert stored_names() == []


class Spying(io.BytesIO):
    """A body that, while it is read, looks for its own content wherever the process could have put it."""

    def __init__(self, body: bytes, canary: bytes, places: list[Path]) -> None:
        super().__init__(body)
        self.canary, self.places, self.seen, self.looks = canary, places, [], 0

    def read(self, size: int | None = -1) -> bytes:
        self.looks += 1
        if self.looks % 8 == 0:
            self.seen += [str(path) for path in self._files() if self.canary in path.read_bytes()]
        return super().read(size)

    def _files(self) -> Iterator[Path]:
        for place in self.places:
            yield from (path for path in place.rglob("*") if path.is_file())
        for handle in Path("/proc/self/fd").iterdir():
            try:
                target = Path(os.readlink(handle))
            except OSError:
                continue
            if target.is_file() and not target.is_relative_to("/usr"):
                yield target


CANARY = b"KENARI-7f3a91-TIDAK-BOLEH-TERTULIS"


@pytest.fixture
def spied(settings: Any, store: Path, monkeypatch: Any, tmp_path: Path) -> Callable[[bytes, str], Spying]:
    """Posts a photo to a view and gives the body that watched the disk meanwhile."""
    settings.MIDDLEWARE = []
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def send(photo: bytes, to: str) -> Spying:
        head = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.jpg"\r\n\r\n'
        body = Spying(head + photo + b"\r\n--x--\r\n", CANARY, [store, temporary])
        Client(headers={"host": "localhost"}).generic(
            "POST",
            to,
            CONTENT_TYPE="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(len(body.getvalue())),
            **{"wsgi.input": body},
        )
        assert body.looks > 40
        return body

    return send


def test_nothing_of_a_file_touches_the_disk_in_clear(spied: Any) -> None:
    photo = encoded("JPEG") + CANARY * 120_000  # what follows the picture is kept as sent
    assert spied(photo, "/takes/").seen == []
    assert opened(received[0]) == photo


def test_the_watch_on_the_disk_sees_what_django_would_write(spied: Any, settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    assert spied(CANARY * 120_000, "/none/").seen


def test_file_names_are_one_clean_line() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\Foto\\bukti.jpg") == "bukti.jpg"
    assert clean_name("bukti\u202egpj.exe\r\nX: y") == "buktigpj.exeX: y"
    assert clean_name("...") == "tanpa nama"
    long = clean_name("a" * 300 + ".jpeg")
    assert len(long) == 120
    assert long.endswith("….jpeg")


def test_a_data_key_never_shows() -> None:
    upload = SealedUpload("0" * 32, "", "image/png", 1, "", "a.png", DataKey.generate())
    assert upload.data_key.raw.hex() not in repr(upload)


def test_no_middleware_of_the_officers_site_reads_the_body_first(store: Path) -> None:
    client = Client(headers={"host": "localhost"})
    client.post("/takes/", {"berkas": SimpleUploadedFile("a.png", encoded("PNG"))}, secure=True)
    assert isinstance(received[0], SealedUpload)


def test_no_middleware_of_the_public_site_reads_the_body_first(settings: Any, store: Path) -> None:
    public = importlib.import_module("netral.config.settings.public")
    settings.MIDDLEWARE = public.MIDDLEWARE
    client = Client(headers={"host": "localhost"})
    answer = client.post("/takes/", {"berkas": SimpleUploadedFile("a.png", encoded("PNG"))}, secure=True)
    assert isinstance(received[0], SealedUpload)
    assert answer["Cache-Control"] == "no-store"


def test_every_other_view_of_both_sites_refuses_files() -> None:
    assert django_settings.FILE_UPLOAD_HANDLERS == ["netral.evidence.uploads.RefusingHandler"]
