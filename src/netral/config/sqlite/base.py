"""A transaction of SQLite waits for its turn instead of asking for it.

A writer who finds another at work is let sleep by SQLite and asks again, ever more rarely: of many at once some wait
for seconds, passed by those who came later. Here a transaction first takes its turn, within the process at a lock and
between processes at the kernel's lock on an empty file beside the database (`…-queue`), which wakes the next. A
process that dies leaves its turn. Exclusion stays SQLite's affair: a statement outside a transaction takes no turn.
"""

from __future__ import annotations

import fcntl
import os
from concurrent.futures import Future
from functools import cache
from threading import Lock, Thread
from time import monotonic

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class Queue:
    """The turns of one process at one database; `wait` is how many seconds a transaction may stand in line."""

    def __init__(self, path: str, wait: float) -> None:
        self._path = path
        self._wait = wait
        self._lock = Lock()

    def take(self) -> None:
        """Raises OperationalError as SQLite's own waiting does."""
        until = monotonic() + self._wait
        if not self._lock.acquire(timeout=self._wait):
            raise _locked()
        try:
            self._file = self._taken_before(until)
        except BaseException:
            self._lock.release()
            raise

    def leave(self) -> None:
        os.close(self._file)  # and with it the kernel's lock
        self._lock.release()

    def _taken_before(self, until: float) -> int:
        file = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _stand_in_line(file, until)
        return file


def _stand_in_line(file: int, until: float) -> None:
    """Waits for the kernel's lock in a thread, since the kernel knows no limit: its holder may be halted for ever."""
    turn: Future[None] = Future()
    Thread(target=_be_woken, args=(file, turn), daemon=True).start()
    try:
        turn.result(max(0.0, until - monotonic()))
    except TimeoutError:
        if turn.cancel():
            raise _locked() from None
        turn.result()  # it came at the last moment
    except BaseException:  # broken off by a signal
        if not turn.cancel():
            os.close(file)
        raise


def _be_woken(file: int, turn: Future[None]) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)
    if turn.set_running_or_notify_cancel():
        turn.set_result(None)
    else:
        os.close(file)  # nobody waits any more


def _locked() -> OperationalError:
    return OperationalError("database is locked")


_queue = cache(Queue)


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the turn before BEGIN and leaves it with the transaction's end, however that comes."""

    _taken: Queue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        settings = self.settings_dict
        queue = _queue(f"{settings['NAME']}-queue", settings["OPTIONS"]["timeout"])
        queue.take()
        self._taken = queue
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        queue, self._taken = self._taken, None
        if queue:
            queue.leave()
