"""Copies without metadata: made by a confined process, once, whatever the file does to it."""

from __future__ import annotations

import datetime
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from evidence_corpus import TYPES, drawing_itself_tenfold, encoded, one_page, pages, picture
from PIL import Image
from PIL.ExifTags import GPS, Base

from netral.accounts.keys import agency_key
from netral.audit.models import Entry
from netral.evidence import blobs, cleaning, selectors, services
from netral.evidence.facts import FileFacts, SealedUpload
from netral.evidence.models import CleanCopy, StoredFile, file_context
from netral.sealing import (
    DataKey,
    FileSealer,
    SealingError,
    commit_digest,
    derive_salt,
    new_object_id,
    sha256,
)

pytestmark = pytest.mark.usefixtures("store")
NAME = "Sumarni-Rekaan-Pelapor"
SALT = bytes(range(32))
READY, FAILED, PENDING = (
    StoredFile.CleanState.READY,
    StoredFile.CleanState.FAILED,
    StoredFile.CleanState.PENDING,
)


@pytest.fixture
def stored(agency: Any) -> Callable[..., StoredFile]:
    """Stores a file as a report's sending does."""

    def store(content: bytes, media_type: str = "image/jpeg") -> StoredFile:
        object_id, data_key = new_object_id(), DataKey.generate()
        sealer = FileSealer(data_key, file_context(object_id, "content"))
        with blobs.BlobWriter() as writer:
            writer.write(sealer.write(content))
            writer.write(sealer.finish())
            blob = writer.commit()
        upload = SealedUpload(
            object_id, blob, media_type, len(content), sha256(content).hex(), "a.jpg", data_key
        )
        return services.store_file(
            agency=agency,
            matter="intake.report/1",
            upload=upload,
            source="pelapor",
            salt=SALT,
            recipients=[agency.seal_public],
            now=timezone.now(),
        )

    return store


def clean(file: StoredFile) -> list[bytes]:
    made = cleaning.clean_file(stored_file=file, agency_key=agency_key(file.agency))
    assert made is (file.clean_state == READY)
    return [selectors.open_clean_copy(copy, agency_key(file.agency)) for copy in file.copies.all()]


def with_metadata(name: str) -> bytes:
    """A picture that says who made it and where, in every way its format has."""
    exif = Image.Exif()
    exif[Base.Artist.value] = exif[Base.ImageDescription.value] = NAME
    exif[Base.Orientation.value] = 6
    exif.get_ifd(Base.GPSInfo.value).update(
        {GPS.GPSLatitudeRef.value: "S", GPS.GPSLatitude.value: (4.0, 51.0, 7.0)}
    )
    xmp = f"<x:xmpmeta><dc:creator>{NAME}</dc:creator></x:xmpmeta>".encode()
    options: dict[str, Any] = {"exif": exif, "icc_profile": NAME.encode() * 20}
    if name == "JPEG":
        options |= {"comment": NAME, "xmp": xmp}
    if name == "WEBP":
        options |= {"xmp": xmp}
    if name == "PNG":
        from PIL.PngImagePlugin import PngInfo

        options["pnginfo"] = texts = PngInfo()
        texts.add_text("Author", NAME)
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
    if name == "PDF":
        options = {"author": NAME, "title": NAME}
    return encoded(name, **options)


def test_the_row_commits_to_the_content_and_keeps_its_facts_sealed(stored: Any, agency: Any) -> None:
    content = encoded("JPEG")
    file = stored(content)
    key = agency_key(agency)
    assert selectors.facts(file, key) == FileFacts("a.jpg", len(content), sha256(content).hex())
    assert b"".join(selectors.open_original(file, key)) == content
    salt = derive_salt(SALT, file.object_id)
    assert file.commitment == commit_digest(file.context("content"), salt, sha256(content))
    assert b"a.jpg" not in bytes(file.sealed_facts)


@pytest.mark.parametrize("name", TYPES)
def test_no_metadata_reaches_the_copy(stored: Any, name: str) -> None:
    original = with_metadata(name)
    text = NAME.encode() if name != "PDF" else NAME.encode("utf-16-be")
    assert text in original or NAME.encode() in original
    (copy,) = clean(stored(original, TYPES[name]))
    assert NAME.encode() not in copy
    assert b"Exif" not in copy
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.format == ("PNG" if name == "PNG" else "JPEG")
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_stands_upright(stored: Any, name: str) -> None:
    (copy,) = clean(stored(with_metadata(name), TYPES[name]))
    with Image.open(io.BytesIO(copy)) as upright:
        assert upright.size == (40, 60)
        expected = picture().transpose(Image.Transpose.ROTATE_270).convert("L")
        for spot in ((5, 5), (35, 55), (20, 30)):
            assert abs(upright.convert("L").getpixel(spot) - expected.getpixel(spot)) < 24


def test_a_large_photo_becomes_smaller_and_a_small_one_stays(stored: Any) -> None:
    for size, expected in (((3000, 1500), (2400, 1200)), ((300, 150), (300, 150))):
        file = stored(encoded("JPEG", picture(*size)))
        clean(file)
        copy = file.copies.get()
        assert (copy.width, copy.height) == expected


def test_of_a_long_pdf_the_first_thirty_pages_are_drawn_and_all_are_counted(stored: Any) -> None:
    file = stored(pages(32), "application/pdf")
    assert len(clean(file)) == 30
    assert file.pages == 32
    assert [copy.page for copy in file.copies.all()] == list(range(1, 31))
    assert {copy.width for copy in file.copies.all()} == {1600}
    entry = Entry.objects.get(action="evidence.copy.made")
    assert json.loads(entry.body)["d"] == {"pages": 32, "copies": [copy.blob for copy in file.copies.all()]}


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"\xff\xd8\xff\xe0" + bytes(500), "damaged"),
        (b"%PDF-1.7 tidak ada isinya", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_cannot_be_drawn_is_marked_with_its_reason(stored: Any, content: bytes, failure: str) -> None:
    file = stored(content)
    assert clean(file) == []
    assert (file.clean_state, file.clean_failure) == (FAILED, failure)
    assert f'"reason":"{failure}"' in Entry.objects.get(action="evidence.copy.failed").body


def test_a_locked_pdf_says_that_it_is_locked(stored: Any) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(b""))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="pemilik", user="pembaca"))
    file = stored(out.getvalue(), "application/pdf")
    clean(file)
    assert file.clean_failure == "locked"


def test_a_pdf_that_eats_memory_dies_within_its_limits(
    stored: Any, monkeypatch: Any, stored_names: Any
) -> None:
    monkeypatch.setattr(cleaning, "MEMORY", 200 << 20)
    file = stored(drawing_itself_tenfold(10), "application/pdf")
    clean(file)
    assert (file.clean_state, file.clean_failure) == (FAILED, "too_heavy")
    assert stored_names() == [file.blob]


def test_a_pdf_that_eats_time_dies_within_its_limits(stored: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(cleaning, "CPU_SECONDS", 1)
    curves = b"0 0 m " + b"1 1 l 600 800 l 0 800 l " * 400_000 + b"S"
    file = stored(one_page(curves), "application/pdf")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clean(file)
    assert file.clean_failure == "too_heavy"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time: how long a second of it takes is the machine's affair.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 4


def test_an_altered_original_is_not_drawn(stored: Any, store: Path) -> None:
    file = stored(encoded("JPEG"))
    path = store / file.blob[:2] / file.blob
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert [(p.blob, p.problem) for p in selectors.check_blobs()] == [(file.blob, "altered")]
    clean(file)
    assert file.clean_failure == "unreadable"
    path.unlink()
    assert [(p.blob, p.problem) for p in selectors.check_blobs()] == [(file.blob, "missing")]


def test_a_name_that_no_blob_can_have_is_missing_and_stops_no_check(store: Path) -> None:
    (store / "zz").mkdir(parents=True)
    (store / "zz" / "zz").write_bytes(b"")
    for name in ("zz", "../zz", ""):
        assert not blobs.exists(name)
        assert not blobs.verify(name)


def test_a_copy_belongs_to_its_page(stored: Any, agency: Any) -> None:
    file = stored(pages(2), "application/pdf")
    clean(file)
    assert list(selectors.check_blobs()) == []
    first, second = file.copies.all()
    CleanCopy.objects.filter(pk=first.pk).update(blob=second.blob)
    first.refresh_from_db()
    with pytest.raises(SealingError):
        selectors.open_clean_copy(first, agency_key(agency))


def test_a_claim_is_one_workers_until_it_runs_out(stored: Any) -> None:
    first, second = stored(encoded("JPEG")), stored(encoded("PNG"), "image/png")
    assert cleaning.claim_next() == first
    assert cleaning.claim_next() == second
    assert cleaning.claim_next() is None
    StoredFile.objects.filter(pk=first.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    again = cleaning.claim_next()
    assert again == first
    assert again.tries == 2
    assert clean(again)
    assert cleaning.claim_next() is None


def test_two_workers_that_see_the_same_file_do_not_both_get_it(stored: Any, monkeypatch: Any) -> None:
    file = stored(encoded("JPEG"))
    waiting, rivals = cleaning._waiting, []

    class SeenBeforeARivalTookIt:
        def first(self) -> StoredFile:
            monkeypatch.setattr(cleaning, "_waiting", waiting)
            rivals.append(cleaning.claim_next())
            return StoredFile(pk=file.pk, tries=0)

    monkeypatch.setattr(cleaning, "_waiting", SeenBeforeARivalTookIt)
    assert cleaning.claim_next() is None
    assert rivals == [file]


def test_a_file_that_brings_workers_down_is_given_up(stored: Any) -> None:
    file = stored(encoded("JPEG"))
    StoredFile.objects.filter(pk=file.pk).update(tries=cleaning.TRIES)
    assert cleaning.claim_next() is None
    file.refresh_from_db()
    assert (file.clean_state, file.clean_failure) == (FAILED, "too_heavy")


def test_the_slower_of_two_workers_changes_nothing(stored: Any, stored_names: Any) -> None:
    file = stored(encoded("JPEG"))
    (copy,) = clean(file)
    names = stored_names()
    late = StoredFile.objects.get(pk=file.pk)
    assert cleaning.clean_file(stored_file=late, agency_key=agency_key(file.agency)) is False
    assert stored_names() == names
    assert selectors.open_clean_copy(late.copies.get(), agency_key(file.agency)) == copy


def test_a_crash_before_the_row_leaves_only_what_the_sweep_removes(
    stored: Any, store: Path, stored_names: Any
) -> None:
    kept = stored(encoded("JPEG"))
    clean(kept)
    draft, lost = (_orphan(text) for text in (b"konsep", b"putus"))
    past = datetime.datetime.now().timestamp() - 2 * blobs.DAY  # noqa: DTZ005
    for path in store.rglob("*"):
        if path.is_file():
            os.utime(path, (past, past))
    assert services.sweep_files(also_named=lambda names: {draft} & set(names)) == 1
    assert stored_names() == sorted([kept.blob, kept.copies.get().blob, draft])
    assert not blobs.exists(lost)
    assert list(selectors.check_blobs()) == []


def _orphan(content: bytes) -> str:
    with blobs.BlobWriter() as writer:
        writer.write(content)
        return writer.commit()


def test_the_cleaner_can_open_nothing_once_it_reads_a_strangers_file() -> None:
    probe = (
        "import socket, sys; sys.path.insert(0, sys.argv[1]); from netral.evidence import cleaner; "
        "cleaner.draw_nothing(); cleaner.confine(900 << 20, 20)\n"
        "for attempt in (lambda: open('/etc/hostname'), lambda: socket.socket()):\n"
        "    try: attempt()\n"
        "    except OSError as error: print(error.errno)\n"
        "    else: print('open')\n"
        "print(any(name.startswith('django') for name in sys.modules))\n"
    )
    source = Path(cleaning.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", probe, str(source)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["24", "24", "False"]
