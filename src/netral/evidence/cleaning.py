"""Copies without metadata, all that officers look at: each original goes through the cleaner once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from netral.audit.services import record
from netral.sealing import DataKey, FileSealer, SealingError, SealKey
from netral.ui import clock

from . import blobs, selectors
from .models import CleanCopy, StoredFile

CLEANER = Path(__file__).with_name("cleaner.py")
# The heaviest pictures an upload may be, 40 million pixels as lossless WebP, take 790 MB of address space and as
# PNG 4 seconds; a photo of 12 million pixels as JPEG takes 170 MB and half a second.
MEMORY = 900 << 20
CPU_SECONDS = 20
WALL_SECONDS = 60
NICENESS = 19  # reporters wait for their pages, nobody for this; half of its work is to load its libraries
LEASE = timedelta(minutes=3)
TRIES = 5
MAX_FRAME = 1 << 26

State, Failure = StoredFile.CleanState, StoredFile.CleanFailure


class CleaningFailed(Exception):
    """No clean copy can be made; `failure` says why."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


def claim_next() -> StoredFile | None:
    """The next file to clean, held for this worker during `LEASE`; None where nothing waits.

    A claim whose worker died runs out and is taken up again; after `TRIES` the file is given up, lest one that
    brings workers down do so for ever.
    """
    while file := _waiting().first():
        claimed = _waiting().filter(pk=file.pk, tries=file.tries)
        if claimed.update(tries=F("tries") + 1, claimed_until=clock.real_now() + LEASE):
            file.refresh_from_db()
            if file.tries <= TRIES:
                return file
            _give_up(file, Failure.TOO_HEAVY)
    return None


def clean_file(*, stored_file: StoredFile, agency_key: SealKey) -> bool:
    """Makes the copies of one file, or notes why there can be none; whether it made them.

    Decrypts chunk by chunk into the cleaner, so that this process never holds the original.
    """
    made: list[CleanCopy] = []
    try:
        pages = _make_copies(stored_file, agency_key, made)
        return _finish(stored_file, pages, made)
    except CleaningFailed as error:
        _remove(made)
        _give_up(stored_file, error.failure)
        return False
    except BaseException:
        _remove(made)
        raise


def _waiting() -> QuerySet[StoredFile]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=clock.real_now())
    return StoredFile.objects.filter(free, clean_state=State.PENDING).order_by("pk")


def _make_copies(file: StoredFile, agency_key: SealKey, made: list[CleanCopy]) -> int:
    try:
        data_key = selectors.data_key(file, agency_key)
        with _cleaner(selectors.open_original(file, agency_key)) as output:
            pages = int(_header(output)["pages"])
            for number, (header, picture) in enumerate(_pictures(output), start=1):
                blob = _seal(file, data_key, number, picture)
                made.append(CleanCopy(file=file, page=number, blob=blob, **header))
    except (SealingError, FileNotFoundError):
        raise CleaningFailed(Failure.UNREADABLE) from None
    return pages


@contextmanager
def _cleaner(original: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """The cleaner's output for this original; the process is gone when the block ends."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-I", CLEANER, str(MEMORY), str(CPU_SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        preexec_fn=lambda: os.nice(NICENESS),
    )
    assert process.stdin is not None  # noqa: S101 - a pipe
    assert process.stdout is not None  # noqa: S101 - a pipe
    alarm = threading.Timer(WALL_SECONDS, process.kill)
    alarm.start()
    try:
        with process.stdout:
            _feed(process.stdin, original)
            yield process.stdout
    finally:
        alarm.cancel()
        process.kill()
        process.wait()


def _feed(stdin: IO[bytes], original: Iterable[bytes]) -> None:
    try:
        with stdin:
            for chunk in original:
                stdin.write(chunk)
    except BrokenPipeError:
        pass  # it gave up early; what it said, or that it said nothing, is read from its output


def _pictures(output: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    while "end" not in (header := _header(output)):
        yield header, _frame(output)


def _header(output: IO[bytes]) -> dict[str, Any]:
    header: dict[str, Any] = json.loads(_frame(output))
    if "error" in header:
        raise CleaningFailed(Failure(header["error"]))
    return header


def _frame(output: IO[bytes]) -> bytes:
    length = int.from_bytes(output.read(4), "big")
    body = output.read(length) if 0 < length <= MAX_FRAME else b""
    if not length or len(body) != length:
        raise CleaningFailed(Failure.TOO_HEAVY)
    return body


def _seal(file: StoredFile, data_key: DataKey, page: int, picture: bytes) -> str:
    sealer = FileSealer(data_key, file.context(f"clean/{page}"))
    with blobs.BlobWriter() as writer:
        writer.write(sealer.write(picture))
        writer.write(sealer.finish())
        return writer.commit()


def _finish(file: StoredFile, pages: int, made: list[CleanCopy]) -> bool:
    with transaction.atomic():
        if not _settle(file, clean_state=State.READY, pages=pages):
            _remove(made)
            return False
        CleanCopy.objects.bulk_create(made)
        record(
            action=selectors.COPY_MADE,
            actor="worker",
            rows=[file],
            details={"pages": pages, "copies": [copy.blob for copy in made]},
        )
    return True


def _give_up(file: StoredFile, failure: str) -> None:
    with transaction.atomic():
        if _settle(file, clean_state=State.FAILED, clean_failure=failure):
            record(
                action=selectors.COPY_FAILED, actor="worker", rows=[file], details={"reason": str(failure)}
            )


def _settle(file: StoredFile, **values: Any) -> bool:
    """Writes the outcome unless another worker, after this one's claim ran out, has done so."""
    settled = StoredFile.objects.filter(pk=file.pk, clean_state=State.PENDING).update(
        claimed_until=None, **values
    )
    file.refresh_from_db()
    return bool(settled)


def _remove(made: Iterable[CleanCopy]) -> None:
    for copy in made:
        blobs.remove(copy.blob)
