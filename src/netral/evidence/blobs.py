"""Ciphertexts on disk, each named by its own SHA-256: `NETRAL_FILES/ab/ab12…`.

A blob is made durable before the row that names it commits, so a crash leaves at worst a blob that nothing
names; `sweep` removes those. Writers share no lock: the file system joins concurrent fsyncs into one commit.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from netral.sealing.system import sync_folder

DAY = 86_400.0
_NAME = re.compile(r"[0-9a-f]{64}")
_SHARD = re.compile(r"[0-9a-f]{2}")
_UNFINISHED = ".part"
_READ = 1 << 20


class BlobWriter:
    """Takes ciphertext; `commit` makes it durable under its name, any other end leaves nothing behind."""

    def __init__(self) -> None:
        # Never for others; for the group as far as the umask lets, where each process has a user of its own.
        folder = settings.NETRAL_FILES
        folder.mkdir(mode=0o770, parents=True, exist_ok=True)
        self._part: Path = folder / f"{secrets.token_hex(16)}{_UNFINISHED}"
        self._handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
        self._hash = hashlib.sha256()
        self._open = True

    def write(self, chunk: bytes) -> None:
        """Appends. Raises OSError, as where the disk is full."""
        self._hash.update(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(self._handle, rest) :]

    def commit(self) -> str:
        """The blob's name; when it is returned the blob survives a power cut."""
        name = self._hash.hexdigest()
        os.fsync(self._handle)
        self._close()
        target = _path(name)
        if not target.parent.exists():
            target.parent.mkdir(mode=0o770, exist_ok=True)
            sync_folder(target.parent.parent)
        self._part.rename(target)
        sync_folder(target.parent)
        return name

    def discard(self) -> None:
        """Forgets what was written; without effect after `commit`."""
        self._close()
        self._part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


def open_blob(name: str) -> BufferedReader:
    """The ciphertext, for reading. Raises FileNotFoundError."""
    return _path(name).open("rb")


def exists(name: str) -> bool:
    """Of a name that no blob can have, False: the register's check asks for whatever a row says."""
    return _NAME.fullmatch(name) is not None and _path(name).is_file()


def remove(name: str) -> None:
    """Only for what no register row names: files of drafts, and of acts that failed."""
    _path(name).unlink(missing_ok=True)


def verify(name: str) -> bool:
    """Whether the blob is there and still hashes to its name."""
    if not exists(name):
        return False
    try:
        with open_blob(name) as blob:
            return hashlib.file_digest(blob, "sha256").hexdigest() == name
    except FileNotFoundError:
        return False


def sweep(named: Callable[[Collection[str]], Collection[str]], *, older_than: float = DAY) -> int:
    """Removes unfinished parts, and blobs that `named` does not return, untouched for `older_than` seconds.

    `named` gets the names of one folder and returns those some row names. Gives the number of files removed.
    """
    before = time.time() - older_than
    stale = [part for part in _files(settings.NETRAL_FILES, before) if part.suffix == _UNFINISHED]
    for shard in _shards():
        old = {path.name: path for path in _files(shard, before) if _NAME.fullmatch(path.name)}
        kept = named(old) if old else ()
        stale += [path for name, path in old.items() if name not in kept]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _shards() -> Iterator[Path]:
    root = Path(settings.NETRAL_FILES)
    return (path for path in sorted(root.glob("??")) if _SHARD.fullmatch(path.name))


def _files(folder: Path, before: float) -> Iterator[Path]:
    if folder.is_dir():
        with os.scandir(folder) as entries:
            yield from (
                Path(entry.path) for entry in entries if entry.is_file() and entry.stat().st_mtime < before
            )


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a blob: {name!r}")
    return Path(settings.NETRAL_FILES) / name[:2] / name
