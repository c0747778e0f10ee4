"""The backup's form: a tar stream encrypted with age, every member held to a manifest that comes last."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import secrets
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from netral.config.failures import Refusal
from netral.config.home import sync_folder
from netral.sealing import SealingError
from netral.sealing.archive import decrypt_stream, encrypt_stream

FORMAT = "netral-backup-1"
MANIFEST = "manifest.json"
# Nothing else is written to a home from an archive, whatever it says.
MEMBER = re.compile(
    r"netral\.env|manifest\.json|register\.(sqlite3|pgdump)|heads/[0-9]{12}\.txt"
    r"|keys/(public|staff|worker)/[a-z0-9.-]{1,80}|files/[0-9a-f]{2}/[0-9a-f]{64}"
)
CHUNK = 1 << 20


@dataclass
class Parts:
    """Members written or read so far, by name, with their SHA-256."""

    digests: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> int:
        return sum(name.startswith("files/") for name in self.digests)


@dataclass
class Writer:
    tar: tarfile.TarFile
    parts: Parts = field(default_factory=Parts)

    def add(self, name: str, path: Path) -> None:
        """Appends a file as it is now. Raises OSError."""
        with path.open("rb") as file:
            hashing = _Hashing(file)
            self._append(name, hashing, os.fstat(file.fileno()).st_size)
        self.parts.digests[name] = hashing.hexdigest()

    def finish(self) -> None:
        made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        manifest = json.dumps({"format": FORMAT, "made": made, "parts": self.parts.digests}).encode()
        self._append(MANIFEST, io.BytesIO(manifest), len(manifest))

    def _append(self, name: str, content: IO[bytes] | io.RawIOBase, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, cast(IO[bytes], content))


@contextlib.contextmanager
def writing(target: Path, recipient: str) -> Iterator[Writer]:
    """An archive at `target`, whole and durable once the block ends well; else nothing. Never overwrites."""
    if target.exists():
        raise Refusal(f"{target} sudah ada; tidak ada yang ditimpa.")
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with (
                _piped(lambda reader: encrypt_stream(reader, file, [recipient])) as stream,
                tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                writer = Writer(tar)
                yield writer
                writer.finish()
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        return data

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def unpack(source: Path, identity: str, home: Path) -> Parts:
    """Decrypts the archive into the empty folder `home` and holds every part to the manifest.

    Raises Refusal for a wrong key and for an archive that is cut short, altered, or none of ours.
    """
    with (
        source.open("rb") as file,
        _piped_out(lambda writer: decrypt_stream(file, writer, identity)) as reader,
    ):
        parts, manifest = _read_tar(reader, home)
    if manifest.get("format") != FORMAT or manifest.get("parts") != parts.digests:
        raise Refusal(f"{source} tidak lengkap atau diubah: isinya tidak cocok dengan daftarnya.")
    return parts


def _read_tar(reader: BinaryIO, home: Path) -> tuple[Parts, Mapping[str, object]]:
    parts, manifest = Parts(), b"{}"
    with tarfile.open(fileobj=reader, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() and MEMBER.fullmatch(member.name) else None
            if content is None or member.name in parts.digests:
                raise Refusal(f"Cadangan memuat bagian yang tidak dikenal: {member.name!r}.")
            if member.name == MANIFEST:
                manifest = content.read()
            else:
                parts.digests[member.name] = _extract(content, home / member.name)
    return parts, json.loads(manifest)


def _extract(content: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@contextlib.contextmanager
def _piped(consume: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A stream to write to, read by `consume` in a thread. What stopped the reader is what is raised."""
    reading, writing = os.pipe()
    reader, writer = open(reading, "rb"), open(writing, "wb")  # noqa: SIM115 (closed by whoever uses the end)
    with _beside(lambda: consume(reader), reader), contextlib.closing(writer):
        yield writer


@contextlib.contextmanager
def _piped_out(produce: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A stream to read from, written by `produce` in a thread. What stopped the writer is what is raised."""
    reading, writing = os.pipe()
    reader, writer = open(reading, "rb"), open(writing, "wb")  # noqa: SIM115 (as above)
    with _beside(lambda: produce(writer), writer), contextlib.closing(reader):
        yield reader
        while reader.read(CHUNK):  # tar stops at its end mark, the age stream a little later
            pass


@contextlib.contextmanager
def _beside(work: Callable[[], None], end: BinaryIO) -> Iterator[None]:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            with contextlib.suppress(OSError):
                end.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    except Refusal:
        raise
    except (OSError, tarfile.TarError, ValueError):
        thread.join()
        if not failures:
            raise
    thread.join()
    if failures:
        raise Refusal(str(failures[0])) if isinstance(failures[0], SealingError) else failures[0]
