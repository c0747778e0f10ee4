"""What a backup holds: database, sealed files, keys, heads and settings, taken in the order that keeps them consistent.

Nothing of it but the database's snapshot ever lies beside the register, and that is the sealed register itself,
private and removed at once.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from django.conf import settings
from django.db import connection

from netral.config import archive, snapshots
from netral.config.founding import PROCESSES
from netral.config.home import SETTINGS_FILE, home_path

BLOBS = "[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64


def write(target: Path, recipient: str) -> archive.Parts:
    """Writes the archive while the register serves. Raises Refusal, SealingError."""
    with archive.writing(target, recipient) as writer:
        # No head may be newer than the snapshot: a restored register must know every head that comes with it.
        for head in sorted(Path(settings.NETRAL_HEADS).glob("*.txt")):
            writer.add(f"heads/{head.name}", head)
        for process in PROCESSES:
            for key in sorted(Path(settings.NETRAL_KEYS[process]).iterdir()):
                writer.add(f"keys/{process}/{key.name}", key)
        writer.add(SETTINGS_FILE, home_path() / SETTINGS_FILE)
        with snapshots.of(connection, home_path() / "tmp") as snapshot:
            writer.add(f"register{snapshot.suffix}", snapshot)
        # Files are there before the rows that name them, so all that the snapshot names are among them.
        for blob in sorted(Path(settings.NETRAL_FILES).glob(BLOBS)):
            with contextlib.suppress(FileNotFoundError):  # of a draft that expired meanwhile
                writer.add(f"files/{blob.parent.name}/{blob.name}", blob)
    return writer.parts
