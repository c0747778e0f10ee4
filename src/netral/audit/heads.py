"""Signed heads kept outside the database, one file each."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from netral.sealing.system import sync_folder


def keep(size: int, note: str) -> Path:
    """Writes a head's note to the heads folder, durable before it returns."""
    folder: Path = settings.NETRAL_HEADS
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{size:012d}.txt"
    part = target.with_suffix(".part")
    with part.open("w") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    sync_folder(folder)
    return target


def kept() -> list[Path]:
    """The files of all kept heads, smallest first."""
    return sorted(settings.NETRAL_HEADS.glob("*.txt"))


def newest() -> str | None:
    """The note of the largest kept head."""
    files = kept()
    return files[-1].read_text() if files else None
