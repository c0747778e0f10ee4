"""Registers to measure on, and processes that speak to them as Netral's own processes do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TypeVar

from tests.postgres import cluster, programs

from bench import cached, report_progress
from netral.config.boot import use_django
from netral.config.home import DATABASE_FILE

T = TypeVar("T")
OFFICER, ADMINISTRATOR = "demo-koordinator", "demo-admin"
_start: Barrier


def netral_command(*words: str, home: Path) -> str:
    """What the `netral` command says on the register at `home`. Raises RuntimeError with it if the command fails."""
    command = [sys.executable, "-m", "netral.config.cli", *words]
    environment = os.environ | {"NETRAL_HOME": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"netral {words[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def in_process(home: Path, work: Callable[..., T], *arguments: object, **environment: str) -> T:
    """Result of `work(*arguments)` in a process of its own with Django on the register at `home`."""
    return together(1, home, work, *arguments, **environment)[0]


def together(
    count: int, home: Path, work: Callable[..., T], *arguments: object, **environment: str
) -> list[T]:
    """The same in `count` processes that begin at one moment."""
    context = get_context("spawn")
    start = context.Barrier(count)
    with context.Pool(count, _begin, (home, environment, start)) as pool:
        return pool.map(partial(_when_all_are_ready, work, arguments), range(count), chunksize=1)


def _begin(home: Path, environment: Mapping[str, str], start: Barrier) -> None:
    global _start
    _start = start
    os.environ |= environment
    if (home / "netral.env").exists():
        use_django("worker", home)


def _when_all_are_ready(work: Callable[..., T], arguments: tuple[object, ...], _number: int) -> T:
    _start.wait()
    return work(*arguments)


def found_empty(home: Path) -> None:
    """An empty register of an invented regency with an officer and an administrator.

    Founding sets Django up, so a process of its own.
    """
    from netral.config.demo_text import DEMO_DATE, PASSWORD
    from netral.config.founding import AgencyFacts, Plan, found
    from netral.sealing import AgencyKeys

    facts = AgencyFacts("way-ukur", "Kabupaten Way Ukur", "Inspektorat Kabupaten Way Ukur")
    # As a demonstration it may be served without TLS, and its people sign in with a known password.
    settings = {"NETRAL_DEMO_DATE": DEMO_DATE}
    plan = Plan(facts, ("brankas ukur satu", "brankas ukur dua"), settings)

    def fill(keys: AgencyKeys) -> None:
        from netral.accounts import services as accounts  # the tables are there only now
        from netral.config.people import make_agency

        agency = make_agency(facts, keys)
        people = (
            (OFFICER, "Wira Setara", "koordinator"),
            (ADMINISTRATOR, "Rukmini Sekar Danu", "administrator"),
        )
        for username, full_name, role in people:
            accounts.create_demo_user(
                agency=agency, username=username, full_name=full_name, role=role, password=PASSWORD
            )

    found(plan, home, fill)


def demo_home() -> Path:
    """Home of the demonstration, from the cache."""
    import netral

    sources = [path for path in Path(netral.__file__).parent.rglob("*") if path.suffix in (".py", ".yaml")]
    return cached.built("demo", sources, lambda draft: netral_command("demo", home=draft))


@contextmanager
def postgres() -> Iterator[str | None]:
    """Address of an empty durable cluster; None, said aloud, where PostgreSQL's programs are missing."""
    folder = programs()
    if folder is None:
        report_progress("PostgreSQL: initdb is missing; its figures are left out")
        yield None
        return
    with cluster(folder, durable=True) as address:
        yield address


def load_into_postgres(home: Path) -> None:
    """Copies every row of the SQLite register at `home` into the empty PostgreSQL database of this process."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    source = sqlite3.connect(home / DATABASE_FILE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # rows come in any order, keys fit at the end
        cursor.execute("SET timezone = 'UTC'")
        for table in _tables():
            rows = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
            columns = ", ".join(f'"{column[0]}"' for column in rows.description)
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    source.close()


def _tables() -> list[str]:
    """Of Netral's own models; Django's fill themselves."""
    from django.apps import apps

    return [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("netral.")]
