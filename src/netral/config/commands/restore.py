"""`netral restore FILE`: an empty home (and an empty PostgreSQL database) becomes the register again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from netral.config import archive
from netral.config.boot import use_django
from netral.config.failures import Refusal
from netral.config.home import (
    DATABASE_FILE,
    SETTINGS_FILE,
    built_beside,
    home_path,
    read_settings,
    settings_text,
    write_private,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="berkas dari `netral backup`")
    parser.add_argument(
        "--identity", type=Path, required=True, help="berkas cadangan.kunci yang disimpan di luar"
    )
    parser.add_argument(
        "--database",
        default="",
        help="alamat basis data PostgreSQL kosong, jika cadangan berasal dari PostgreSQL",
    )


def run(arguments: argparse.Namespace) -> int:
    home = home_path()
    identity = arguments.identity.read_text().strip()
    with built_beside(home) as (draft,):
        parts, problems = _rebuild(arguments.file, identity, draft, arguments.database)
    print(f"Register dipulihkan ke {home} ({parts} berkas tersegel).")
    if problems:
        print("Periksa masalah di atas sebelum menjalankannya.")
        return 1
    print("Jalankan: netral up. Jika kepala log di luar folder rumah lebih baru: netral up --accept-restored")
    return 0


def _rebuild(source: Path, identity: str, draft: Path, database: str) -> tuple[int, int]:
    """Number of sealed files, number of problems found."""
    parts = archive.unpack(source, identity, draft)
    dump = draft / "register.pgdump"
    if dump.exists() and not database:
        raise Refusal("Cadangan ini dari PostgreSQL; beri --database dengan alamat basis data kosong.")
    if database and not dump.exists():
        raise Refusal("Cadangan ini dari SQLite; hapus --database.")
    _adapt_settings(draft, database)
    use_django("staff", draft)
    from django.core.management import call_command
    from django.db import connection, connections

    from netral.config import inspection, preflight, restored, snapshots

    if database:
        snapshots.put_back(connection, dump)
        dump.unlink()
    preflight.migrated(may_change=True)
    call_command("migrate", interactive=False, verbosity=0)
    problems = inspection.inspect()
    restored.mark(draft, {"backup": parts.digests.get(DATABASE_FILE) or parts.digests["register.pgdump"]})
    connections.close_all()
    return parts.files, problems


def _adapt_settings(draft: Path, database: str) -> None:
    """The home becomes self-contained; only heads that lie elsewhere and are still there go on counting."""
    values = read_settings(draft)
    kept_heads = values.get("NETRAL_HEADS", "")
    dropped = {
        "NETRAL_KEYS_PUBLIC",
        "NETRAL_KEYS_STAFF",
        "NETRAL_KEYS_WORKER",
        "NETRAL_FILES",
        "NETRAL_HEADS",
    }
    values = {name: value for name, value in values.items() if name not in dropped} | {
        "NETRAL_DATABASE": database
    }
    if kept_heads and Path(kept_heads).is_dir():
        values["NETRAL_HEADS"] = kept_heads
    (draft / SETTINGS_FILE).unlink()
    write_private(draft / SETTINGS_FILE, settings_text(values))
    for folder in ("files", "heads", "log", "tmp"):
        (draft / folder).mkdir(mode=0o700, exist_ok=True)
    for name in dropped:
        os.environ.pop(name, None)
    os.environ["NETRAL_DATABASE"] = database
