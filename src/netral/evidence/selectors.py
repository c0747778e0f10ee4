"""Reading evidence: clean copies, facts, and whether the store still holds what the register names.

Access is decided where the matter is: a caller comes with a file it may see.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from netral.audit.check import Problem
from netral.audit.models import Entry
from netral.sealing import DataKey, Keyring, SealingError, SealKey, commit_digest, derive_salt, open_file

from . import blobs
from .facts import FileFacts
from .models import CleanCopy, StoredFile

BATCH = 500
COPY_MADE, COPY_FAILED = "evidence.copy.made", "evidence.copy.failed"


def data_key(stored_file: StoredFile, agency_key: SealKey) -> DataKey:
    """Raises SealingError where the file is not sealed for this key."""
    return Keyring.from_bytes(bytes(stored_file.keyring)).open(agency_key, stored_file.context("content"))


def facts(stored_file: StoredFile, agency_key: SealKey) -> FileFacts:
    key = data_key(stored_file, agency_key)
    return FileFacts.open(stored_file.object_id, key, bytes(stored_file.sealed_facts))


def open_original(stored_file: StoredFile, agency_key: SealKey) -> Iterator[bytes]:
    """The plaintext chunk by chunk; only the end proves that it is whole (SealingError)."""
    key = data_key(stored_file, agency_key)
    with blobs.open_blob(stored_file.blob) as blob:
        yield from open_file(key, stored_file.context("content"), blob)


def open_clean_copy(copy: CleanCopy, agency_key: SealKey) -> bytes:
    """One page as an image without metadata. SealingError, FileNotFoundError where the store was touched."""
    with blobs.open_blob(copy.blob) as blob:
        context = copy.file.context(f"clean/{copy.page}")
        return b"".join(open_file(data_key(copy.file, agency_key), context, blob))


def check_sealed(stored_file: StoredFile, agency_key: SealKey, salt: bytes) -> Iterator[str]:
    """Opens facts, content and clean copies of a file; a sentence for what no longer is what was committed to.

    `salt` is the matter's. Reads the whole file.
    """
    try:
        told, content = facts(stored_file, agency_key), hashlib.sha256()
        for chunk in open_original(stored_file, agency_key):
            content.update(chunk)
    except (SealingError, FileNotFoundError) as error:
        yield f"berkas tidak terbuka: {error}"
        return
    context, own_salt = stored_file.context("content"), derive_salt(salt, stored_file.object_id)
    if commit_digest(context, own_salt, content.digest()) != stored_file.commitment:
        yield "isi berkas tidak cocok dengan yang tercatat dalam log"
    if told.sha256 != content.hexdigest():
        yield "keterangan berkas tidak cocok dengan isinya"
    for copy in stored_file.copies.all():
        try:
            open_clean_copy(copy, agency_key)
        except (SealingError, FileNotFoundError) as error:
            yield f"salinan bersih halaman {copy.page} tidak terbuka: {error}"


def check_copies() -> Iterator[Problem]:
    """Each file's clean copies and what is said of them, against the entry by which the worker made or gave them up."""
    told = {subject: _told(body) for subject, body in _cleanings().iterator(BATCH)}
    copies: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = CleanCopy.objects.order_by("page").values_list("file", "page", "blob")
    for file, page, blob in rows.iterator(BATCH):
        copies[file].append((page, blob))
    columns = ("pk", "source", "clean_state", "clean_failure", "pages")
    for pk, source, *shown in StoredFile.objects.order_by("pk").values_list(*columns).iterator(BATCH):
        subject = f"{StoredFile._meta.label_lower}/{pk}"
        outcome, made = told.get(subject, ([StoredFile.first_state(source), "", None], []))
        if shown != outcome:
            yield Problem(subject, "keadaan salinan bersihnya bukan yang tercatat dalam log")
        if copies[pk] != made:
            yield Problem(subject, "salinan bersihnya bukan yang tercatat dalam log")


def _cleanings() -> QuerySet[Entry, tuple[str, str]]:
    entries = Entry.objects.filter(action__in=(COPY_MADE, COPY_FAILED)).order_by("index")
    return entries.values_list("subject", "body")


def _told(body: str) -> tuple[list[object], list[tuple[int, str]]]:
    """State, reason and pages of a file, and its copies, as an entry has them."""
    match json.loads(body):
        case {"a": action, "d": {"pages": pages, "copies": blobs}} if action == COPY_MADE:
            return [StoredFile.CleanState.READY, "", pages], list(enumerate(blobs, start=1))
        case {"d": {"reason": reason}}:
            return [StoredFile.CleanState.FAILED, reason, None], []
        case _:
            return [], []


def named_blobs(names: Collection[str]) -> set[str]:
    """Those of `names` that a row of the register names."""
    wanted = list(names)
    return {
        name
        for model in (StoredFile, CleanCopy)
        for start in range(0, len(wanted), BATCH)
        for name in model.objects.filter(blob__in=wanted[start : start + BATCH]).values_list(
            "blob", flat=True
        )
    }


@dataclass(frozen=True)
class BlobProblem:
    """A blob the register names that is gone (`missing`) or no longer hashes to its name (`altered`)."""

    subject: str
    blob: str
    problem: str


def check_blobs() -> Iterator[BlobProblem]:
    """Reads every named blob once; yields what is wrong."""
    originals = StoredFile.objects.order_by("pk").values_list("matter", "blob")
    copies = CleanCopy.objects.order_by("pk").values_list("file__matter", "blob")
    for rows in (originals, copies):
        for subject, blob in rows.iterator(chunk_size=BATCH):
            if not blobs.verify(blob):
                yield BlobProblem(subject, blob, "altered" if blobs.exists(blob) else "missing")
