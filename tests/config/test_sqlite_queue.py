"""Writers of a SQLite register stand in line, across threads and processes, and every turn ends."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler

from netral.config.sqlite.base import Queue
from tests.config.running import PATIENCE, turn_is_free

pytestmark = pytest.mark.process

HOLD = "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, 2); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Path]:
    """The line beside a database of one table, known as `queued`, by the engine of the settings."""
    path = tmp_path / "register.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": "PRAGMA journal_mode=WAL"}
    facts = {"ENGINE": "netral.config.sqlite", "NAME": path, "OPTIONS": options}
    monkeypatch.setitem(
        connections.settings, "queued", ConnectionHandler({"default": facts}).settings["default"]
    )
    with django_db_blocker.unblock():
        with transaction.atomic(using="queued"), connections["queued"].cursor() as cursor:
            cursor.execute("CREATE TABLE act (number integer PRIMARY KEY)")
        yield Path(f"{path}-queue")
        connections["queued"].close()
        del connections["queued"]


def write(*numbers: int) -> None:
    with transaction.atomic(using="queued"), connections["queued"].cursor() as cursor:
        for number in numbers:
            cursor.execute("INSERT INTO act VALUES (%s)", [number])


def written() -> int:
    with connections["queued"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM act")
        return int(cursor.fetchone()[0])


@contextmanager
def held_elsewhere(line: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the turn until it ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(line)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_transaction_holds_the_turn_until_it_ends(line: Path) -> None:
    with transaction.atomic(using="queued"):
        assert not turn_is_free(line)
        with transaction.atomic(using="queued"):
            write(1)
        assert not turn_is_free(line)
    assert turn_is_free(line)


def test_a_transaction_that_fails_leaves_its_turn(line: Path) -> None:
    with pytest.raises(IntegrityError):
        write(1, 1)
    assert turn_is_free(line)
    assert written() == 0


def test_a_connection_that_closes_leaves_its_turn(line: Path) -> None:
    with transaction.atomic(using="queued"):
        connections["queued"].close()
        assert turn_is_free(line)


def test_a_transaction_that_cannot_begin_leaves_its_turn(line: Path) -> None:
    with connections["queued"].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(line.with_name("register.sqlite3"))) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            write(1)
    assert turn_is_free(line)


def test_a_process_that_dies_leaves_its_turn(line: Path) -> None:
    with held_elsewhere(line) as other, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(write_and_close, 1)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        other.send_signal(signal.SIGKILL)
        waiting.result(timeout=PATIENCE)
    assert written() == 1


def write_and_close(*numbers: int) -> None:
    """In a thread, whose connection is its own."""
    try:
        write(*numbers)
    finally:
        connections["queued"].close()


def test_many_at_once_all_write(line: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_and_close, range(80)))
    assert written() == 80


def test_nobody_stands_in_line_for_ever(tmp_path: Path) -> None:
    queue = Queue(str(tmp_path / "line"), 0.05)
    queue.take()
    with pytest.raises(OperationalError, match="locked"):
        queue.take()
    queue.leave()
    queue.take()


def test_nobody_waits_for_ever_for_a_process_that_is_halted(line: Path) -> None:
    queue = Queue(str(line), 0.05)
    with held_elsewhere(line) as other:
        with pytest.raises(OperationalError, match="locked"):
            queue.take()
        other.kill()
    Queue(str(line), PATIENCE).take()  # whoever gave up does not keep the turn it gets afterwards


def test_who_is_broken_off_does_not_keep_the_turn(line: Path) -> None:
    def break_off(*_signal: object) -> None:
        raise InterruptedError

    queue = Queue(str(line), PATIENCE)
    with held_elsewhere(line) as other:
        before = signal.signal(signal.SIGALRM, break_off)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        try:
            with pytest.raises(InterruptedError):
                queue.take()
        finally:
            signal.signal(signal.SIGALRM, before)
        other.kill()
    Queue(str(line), PATIENCE).take()
