"""Which files a corpus is made of, and its name: a hash over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent
SINGLE = ("facts.yaml", "conduct_form.yaml", "disputes.yaml", "flags.yaml", "sources.yaml", "citing.yaml")
FOLDERS = (
    "instruments",
    "conduct",
    "sanctions",
    "authorities",
    "procedure",
    "crimes",
    "calendars",
    "working_days",
)


def source_files(folder: Path) -> list[Path]:
    """Every file of the corpus, in an order that is always the same."""
    many = (path for name in FOLDERS for path in sorted((folder / name).glob("*.yaml")))
    return [path for name in SINGLE if (path := folder / name).exists()] + list(many)


def corpus_hash(folder: Path) -> str:
    """SHA-256 over names and contents, in hex."""
    return _hash(folder, source_files(folder))


def program_hash() -> str:
    """The same over the program that compiles: what another one compiled from these files may be of another shape."""
    return _hash(FOLDER, sorted(FOLDER.rglob("*.py")))


def _hash(folder: Path, files: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
