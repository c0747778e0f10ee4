"""Many lines in, one line out for each, in order: what waits is worked on at once, a flood of it by several processes.

Memory is bounded: a batch has a size, a fixed number of batches is under way, and of a line too long only the
beginning is kept.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import select
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO, Generic, Self, TypeVar

T = TypeVar("T")

READ = 1 << 16
BATCH = 1 << 18  # bytes
LONGEST = 1 << 20  # of one line
WAIT = 0.005  # seconds in which a producer who is at work sends more
ALONE = 1 << 20  # bytes of a flood before other processes are worth their start
MOST_PROCESSES = 8


@dataclass(frozen=True)
class Batch:
    """Whole lines; `more` says that others wait behind them."""

    lines: list[bytes]
    size: int
    more: bool


def batches(source: BinaryIO) -> Iterator[Batch]:
    """What the source has, as soon as it has it. A line longer than LONGEST comes as its first bytes alone."""
    rest, lines, size = b"", [], 0
    while chunk := _read(source):
        whole = (rest + chunk).split(b"\n")
        rest = whole.pop()[: LONGEST + 1]
        lines += [line[: LONGEST + 1] for line in whole]
        size += sum(map(len, whole))
        more = _waits(source)
        if lines and (size >= BATCH or not more):
            yield Batch(lines, size, more)
            lines, size = [], 0
    if lines or rest:
        yield Batch([*lines, rest], size + len(rest), more=False)


def _read(source: BinaryIO) -> bytes:
    """What is there, up to a chunk; waits only where nothing is."""
    try:
        return os.read(source.fileno(), READ)
    except io.UnsupportedOperation:  # one in memory
        return source.read(READ)


def _waits(source: BinaryIO) -> bool:
    try:
        return bool(select.select([source], [], [], WAIT)[0])
    except io.UnsupportedOperation:
        return True


def each_in_order(work: Callable[[list[bytes]], T], source: BinaryIO) -> Iterator[T]:
    """`work` on every batch, results in the order of the lines. A source that dawdles is served without delay."""
    seen = 0
    with _Workers(work) as workers:
        for batch in batches(source):
            seen += batch.size
            if batch.more and seen > ALONE and workers.count > 1:
                yield from workers.put(batch.lines)
            else:
                yield from workers.finish()
                yield work(batch.lines)
        yield from workers.finish()


class _Workers(Generic[T]):
    """Processes that are started by the first batch they get; twice as many batches are under way."""

    def __init__(self, work: Callable[[list[bytes]], T]) -> None:
        self.count = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
        self._work = work
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: deque[Future[T]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def put(self, lines: list[bytes]) -> Iterator[T]:
        """Takes one batch on; gives the oldest result where enough are under way."""
        if self._pool is None:
            # What this process has loaded already, a forked one need not load again.
            self._pool = ProcessPoolExecutor(self.count, mp_context=multiprocessing.get_context("fork"))
        if len(self._under_way) >= 2 * self.count:
            yield self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(self._work, lines))

    def finish(self) -> Iterator[T]:
        while self._under_way:
            yield self._under_way.popleft().result()
