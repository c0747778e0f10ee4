"""A consistent copy of the register's database while it is in use, and putting one back: one way for each database."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from netral.config.failures import Refusal


@contextlib.contextmanager
def of(database: BaseDatabaseWrapper, folder: Path) -> Iterator[Path]:
    """A snapshot file in `folder`, private, gone when the block ends. Its suffix says which database it is of."""
    folder.mkdir(mode=0o700, exist_ok=True)
    take, suffix = (_dump, ".pgdump") if database.vendor == "postgresql" else (_copy, ".sqlite3")
    path = folder / f"cadangan-{secrets.token_hex(4)}{suffix}"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        take(database.settings_dict, path)
        yield path
    finally:
        for leftover in folder.glob(f"{path.name}*"):
            leftover.unlink()


def put_back(database: BaseDatabaseWrapper, dump: Path) -> None:
    """Loads a PostgreSQL dump into the empty database, whole or not at all."""
    if database.introspection.table_names():
        raise Refusal(
            "Basis data PostgreSQL itu sudah berisi tabel; tidak ada yang ditimpa. Buat basis data kosong."
        )
    database.close()
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--schema=public"]
    _run(
        "pg_restore",
        [*options, "-d", _environment(database.settings_dict)["PGDATABASE"], str(dump)],
        database.settings_dict,
    )


def _copy(facts: dict[str, Any], path: Path) -> None:
    """SQLite's online backup in one step: a reader of the WAL, it neither waits for writers nor stops them."""
    with (
        contextlib.closing(sqlite3.connect(facts["NAME"])) as source,
        contextlib.closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)


def _dump(facts: dict[str, Any], path: Path) -> None:
    _run("pg_dump", ["-Fc", "--no-owner", "--no-privileges", "--schema=public", "-f", str(path)], facts)


def _run(program: str, options: Sequence[str], facts: dict[str, Any]) -> None:
    found = shutil.which(program)
    if found is None:
        raise Refusal(
            f"Program {program} tidak ada di PATH; pasang postgresql-client dengan versi server itu."
        )
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL, found on PATH)
        [found, *options], env=_environment(facts), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refusal(f"{program} gagal: {(done.stderr.strip().splitlines() or ['tanpa keterangan'])[-1]}")


def _environment(facts: dict[str, Any]) -> dict[str, str]:
    """libpq's variables: a password on a command line would be seen by everyone on the machine."""
    names = {
        "NAME": "PGDATABASE",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "HOST": "PGHOST",
        "PORT": "PGPORT",
    }
    given = {variable: str(facts[name]) for name, variable in names.items() if facts.get(name)}
    ssl = {
        f"PG{name.upper()}": str(value) for name, value in facts["OPTIONS"].items() if name.startswith("ssl")
    }
    return {**os.environ, **given, **ssl}
