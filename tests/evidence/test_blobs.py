"""The store: durable before it is named, named by its hash, swept of what nothing names."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from netral.evidence import blobs

pytestmark = pytest.mark.usefixtures("store")


def put(content: bytes) -> str:
    with blobs.BlobWriter() as writer:
        writer.write(content)
        return writer.commit()


def make_old(store: Path, days: float = 2) -> None:
    past = time.time() - days * blobs.DAY
    for path in store.rglob("*"):
        if path.is_file():
            os.utime(path, (past, past))


def test_a_blob_is_named_by_its_content(store: Path) -> None:
    name = put(b"sandi")
    assert name == hashlib.sha256(b"sandi").hexdigest()
    assert blobs.open_blob(name).read() == b"sandi"
    assert (store / name[:2] / name).stat().st_mode & 0o007 == 0
    assert blobs.exists(name)
    assert blobs.verify(name)


def test_an_altered_or_missing_blob_does_not_verify(store: Path) -> None:
    name = put(b"sandi")
    (store / name[:2] / name).write_bytes(b"sandj")
    assert not blobs.verify(name)
    blobs.remove(name)
    assert not blobs.verify(name)
    assert not blobs.exists(name)


def test_an_error_leaves_no_part(stored_names: Callable[[], list[str]]) -> None:
    def fail() -> None:
        with blobs.BlobWriter() as writer:
            writer.write(b"sandi")
            assert len(stored_names()) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stored_names() == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_nothing_but_a_hash_names_a_blob(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a blob"):
        blobs.open_blob(name)


def test_everything_is_synced_before_the_name_is_given(monkeypatch: Any, store: Path) -> None:
    events: list[str] = []
    sync, rename = os.fsync, Path.rename

    def note(handle: int) -> None:
        events.append(f"sync {Path(os.readlink(f'/proc/self/fd/{handle}')).relative_to(store)}")
        sync(handle)

    def note_rename(self: Path, target: Path) -> Path:
        events.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "rename", note_rename)
    name = put(b"sandi")
    assert events[0].endswith(".part")
    assert events[1:] == ["sync .", "rename", f"sync {name[:2]}"]


def test_writers_do_not_disturb_each_other(stored_names: Callable[[], list[str]]) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(put, [bytes([n]) * 1000 for n in range(40)]))
    assert sorted(names) == stored_names()


def test_the_sweep_takes_old_parts_and_unnamed_blobs_only(
    store: Path, stored_names: Callable[[], list[str]]
) -> None:
    named, unnamed = put(b"satu"), put(b"dua")
    (store / "putus.part").write_bytes(b"x")
    assert blobs.sweep(lambda names: names) == 0
    make_old(store)
    fresh = put(b"tiga")
    assert blobs.sweep(lambda names: {named} & set(names)) == 2
    assert stored_names() == sorted([named, fresh])
    assert not blobs.exists(unnamed)
