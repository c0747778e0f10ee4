"""Runs a command with a private PostgreSQL cluster: `python tests/postgres.py pytest …`.

The cluster is made by an ordinary user in a temporary folder, listens on a Unix socket there only, and goes when
the command ends. The command finds it in NETRAL_TEST_DATABASE. Exit code 78 where PostgreSQL's programs are missing.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MISSING = 78


def programs() -> Path | None:
    """Folder of PostgreSQL's server programs, the newest installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return versions[-1].parent if versions else None


def ordinary_user() -> str | None:
    """PostgreSQL refuses to run as root; None where we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def cluster(bin_folder: Path, *, durable: bool = False) -> Iterator[str]:
    """A running cluster; yields its address. `durable` keeps fsync on, for measurements."""
    user = ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="netral-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        folder.chmod(0o755)
        data = folder / "data"
        run: dict[str, Any] = {"user": user} if user else {}
        subprocess.run(
            [
                bin_folder / "initdb",
                "-D",
                data,
                "-U",
                "netral",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **run,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=120"
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        control: list[str | Path] = [bin_folder / "pg_ctl", "-D", data, "-w", "-s"]
        subprocess.run(
            [*control, "-o", options, "-l", folder / "log", "start"], check=True, cwd=folder, **run
        )
        try:
            yield f"postgresql://netral@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder, **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    bin_folder = programs()
    if bin_folder is None:
        print("PostgreSQL: program initdb tidak ada; suite pada PostgreSQL DILEWATI.", file=sys.stderr)
        return MISSING
    with cluster(bin_folder) as address:
        return subprocess.run(
            command, env=os.environ | {"NETRAL_TEST_DATABASE": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
