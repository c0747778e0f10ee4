"""The worker's rounds: each task as data, each failure logged and kept to itself."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connections

logger = logging.getLogger("netral.worker")

FAILURE_PAUSE_SECONDS = 30.0


@dataclass
class Task:
    """`run` does a piece of work and says whether there may be more of it; it is asked again after `every` seconds."""

    name: str
    run: Callable[[], object]
    every: float
    due: float = field(default=0.0, compare=False)


def round_of(tasks: list[Task], now: float) -> float:
    """Runs what is due. Returns when the next is due, on the clock of `now` (monotonic seconds)."""
    for task in tasks:
        if task.due <= now:
            task.due = now + _pause_after(task)
    return min(task.due for task in tasks)


def _pause_after(task: Task) -> float:
    try:
        return 0.0 if task.run() else task.every
    except Exception:
        logger.exception("task failed: %s", task.name)
        # A connection that broke must not break every later task.
        close_old_connections()
        return max(task.every, FAILURE_PAUSE_SECONDS)


def run_forever(tasks: list[Task]) -> None:
    """Until SIGTERM or SIGINT; a task under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        due = round_of(tasks, time.monotonic())
        stop.wait(max(0.0, due - time.monotonic()))
    connections.close_all()


def run_once(tasks: list[Task], *, rounds: int = 10_000) -> None:
    """Runs every task until none has more to do."""
    for task in tasks:
        for _ in range(rounds):
            if not task.run():
                break
