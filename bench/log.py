"""The log at 1,000,000 entries: growing it, proving one entry, checking it whole.

Append: eight processes, each entry through `audit.services.record` in a durable transaction of its own (SQLite WAL
with synchronous FULL, PostgreSQL with fsync), into the log that is already there. The floor is the same number of
processes inserting the same bytes as plain rows through the engine's own driver, as durably, without tree or order.

Inclusion proof: made from stored nodes and verified, for entries spread over the log. Whole log: every entry, root,
node and head recomputed (`netral check`), and the export verified by the stand-alone program. Floor of both: the
hashes they cannot do without, on one core.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import cached
from bench.figures import Figure, latencies, ms, rate
from bench.filled import filled_register
from bench.machine import hashes, timed
from bench.registers import in_process, load_into_postgres, netral_command, postgres, together

CLIENTS = 8
APPENDS = 250  # by each client
PROOFS = 500
ROW = 600  # bytes of a plain row: what an entry and its nodes take
SQLITE_REACH, POSTGRES_REACH = "≥ 100/s", "≥ 300/s"
MAKE_TABLE = "CREATE TABLE plain (id {key}, body {bytes} NOT NULL)"


def measure(quick: bool) -> Iterator[Figure]:
    size = 20_000 if quick else 1_000_000
    with cached.copied(filled_register(reports=0, entries=size)) as home:
        yield from _proofs(home, size)
        yield from _whole(home, size, "SQLite")
        yield from _export(home, size)
        yield _append(home, "SQLite", SQLITE_REACH, partial(_insert_into_sqlite, home / "plain.sqlite3"))
    with cached.copied(filled_register(reports=0, entries=size)) as home, postgres() as address:
        if address:
            in_process(home, load_into_postgres, home, NETRAL_DATABASE=address)
            yield from _whole(home, size, "PostgreSQL", NETRAL_DATABASE=address)
            floor = partial(_insert_into_postgres, address)
            yield _append(home, "PostgreSQL", POSTGRES_REACH, floor, NETRAL_DATABASE=address)


# Appending -------------------------------------------------------------------------------------------------


def _append(
    home: Path, engine: str, reach: str, plain: Callable[[int], list[float]], **environment: str
) -> Figure:
    plain(0)  # makes the table
    floor = together(CLIENTS, home, plain, APPENDS, **environment)
    measured = together(CLIENTS, home, append_many, APPENDS, **environment)
    what = f"log: entries appended, {CLIENTS} clients, {engine}"
    return Figure(what, _throughput(measured), reach, f"{_throughput(floor)} plain rows")


def _throughput(clients: Sequence[Sequence[float]]) -> str:
    """Of clients that began together and worked without pause."""
    everything = [seconds for client in clients for seconds in client]
    return f"{rate(len(everything) / max(map(sum, clients)))}, {latencies(everything)}"


def append_many(count: int) -> list[float]:
    """Seconds of each durable append by this process."""
    from django.db import connection, transaction

    from netral.accounts.models import Agency
    from netral.audit.services import record

    agency = Agency.objects.get()
    connection.ensure_connection()

    def one() -> None:
        with transaction.atomic():
            record(
                action="accounts.agency.updated", actor="cli", rows=[agency], details={"fields": ["phone"]}
            )

    return [timed(one) for _ in range(count)]


def _insert_into_sqlite(path: Path, count: int) -> list[float]:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    if not count:
        connection.execute(MAKE_TABLE.format(key="INTEGER PRIMARY KEY", bytes="BLOB"))

    def one() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO plain (body) VALUES (?)", [os.urandom(ROW)])
        connection.execute("COMMIT")

    return [timed(one) for _ in range(count)]


def _insert_into_postgres(address: str, count: int) -> list[float]:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if not count:
            connection.execute(MAKE_TABLE.format(key="bigserial PRIMARY KEY", bytes="bytea"))

        def one() -> None:
            with connection.transaction():
                connection.execute("INSERT INTO plain (body) VALUES (%s)", [os.urandom(ROW)])

        return [timed(one) for _ in range(count)]


# Proving and checking --------------------------------------------------------------------------------------


def _proofs(home: Path, size: int) -> Iterator[Figure]:
    taken = in_process(home, prove_some, size)
    floor = size.bit_length() / hashes()
    what = f"log: inclusion proof made and verified, {size:,} entries"
    yield Figure(what, latencies(taken), "≤ 10 ms", f"{ms(floor)} for its hashes")


def prove_some(size: int) -> list[float]:
    from netral.audit.selectors import frontier, node
    from netral.sealing import inclusion_proof, verify_inclusion

    dice = random.Random(1)  # noqa: S311 (which entries, nothing secret)

    def one() -> None:
        index, root = dice.randrange(size), frontier().root()
        verify_inclusion(node(0, index), index, size, inclusion_proof(index, size, node), root)

    return [timed(one) for _ in range(PROOFS)]


def _whole(home: Path, size: int, engine: str, **environment: str) -> Iterator[Figure]:
    seconds, problems = in_process(home, check_all, **environment)
    # Of each entry its leaf (about eight blocks, four nodes' worth), its parent, and the peaks joined to its root.
    needed = sum(4 + 1 + (n.bit_count() - 1) for n in range(1, size + 1))
    yield Figure(
        f"log: {size:,} entries checked whole, {engine}",
        f"{seconds:.1f} s, {problems} problems",
        "≤ 30 s",
        f"{needed / hashes():.1f} s for its hashes",
    )


def check_all() -> tuple[float, int]:
    """Seconds, and how many problems there are."""
    from netral.accounts.keys import receipt_certificate
    from netral.audit.check import check_register

    started = time.perf_counter()
    problems = sum(1 for _ in check_register(receipt_certificate().log_key))
    return time.perf_counter() - started, problems


def _export(home: Path, size: int) -> Iterator[Figure]:
    file = home / "ekspor.txt"
    written = timed(lambda: netral_command("log", "export", str(file), home=home))
    with file.open() as lines:
        key = json.loads(next(lines))["log_key"]
    verified = timed(lambda: netral_command("verify", "--export", str(file), "--kunci", key, home=home))
    yield Figure(
        f"log: export of {size:,} leaves written, verified by `netral verify`",
        f"{written:.1f} s, {verified:.1f} s",
        floor=f"{size / hashes():.1f} s for its hashes",
    )
