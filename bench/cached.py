"""Data that takes long to build, kept outside the tree under a hash of what makes it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import report_progress


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "netral-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def built(name: str, sources: Iterable[Path], build: Callable[[Path], object]) -> Path:
    """The folder `build` filled for this `name` and these source files; older builds of the name are removed."""
    digest = hashlib.sha256(name.encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    place = cache_folder() / f"{name}-{digest.hexdigest()[:16]}"
    if not place.exists():
        for stale in cache_folder().glob(f"{name}-*"):
            shutil.rmtree(stale)
        started = time.monotonic()
        report_progress(f"building {name} …")
        draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=cache_folder()))
        try:
            build(draft)
            draft.rename(place)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        report_progress(f"built {name} in {time.monotonic() - started:.0f} s; kept in {cache_folder()}")
    return place


@contextmanager
def copied(place: Path) -> Iterator[Path]:
    """A copy to measure on, on the same disk; what is measured changes it."""
    folder = Path(tempfile.mkdtemp(prefix=".run-", dir=cache_folder()))
    try:
        yield Path(shutil.copytree(place, folder / "home"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder on the measured disk."""
    folder = Path(tempfile.mkdtemp(prefix=".run-", dir=cache_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
