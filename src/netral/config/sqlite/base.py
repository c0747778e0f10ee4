"""A transaction of SQLite waits for its turn instead of asking for it.

A writer who finds another at work is let sleep by SQLite and asks again, ever more rarely: of many at once some wait
for seconds, passed by those who came later. Here a transaction first takes its turn, within the process at a lock and
between processes at the kernel's lock on an empty file beside the database (`…-queue`), which wakes the next. A
process that dies leaves its turn. Exclusion stays SQLite's affair: a statement outside a transaction takes no turn.
"""

from __future__ import annotations

import fcntl
import os
import threading
from functools import cache

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class Queue:
    """The turns of one process at one database; `wait` is how many seconds a transaction may stand in line."""

    def __init__(self, path: str, wait: float) -> None:
        self._wait = wait
        self._file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o660)
        self._lock = threading.Lock()

    def take(self) -> None:
        """Raises OperationalError as SQLite's own waiting does."""
        if not self._lock.acquire(timeout=self._wait):
            raise OperationalError("database is locked")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()


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
