"""The machine a table was measured on, and what it can do without us."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.figures import latencies, percentile, rate

FSYNCS = 200
RAM = re.compile(r"MemTotal:\s+(\d+) kB")


def describe(place: Path) -> list[str]:
    """Sentences on the machine; `place` is a folder on the disk that is measured."""
    ram = RAM.search(Path("/proc/meminfo").read_text())
    memory = f"{int(ram[1]) / 1e6:.0f} GB RAM" if ram else "RAM unknown"
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"{len(os.sched_getaffinity(0))} cores ({_processor()}), {memory}, load before the run {load}",
        f"4 KiB appended and fsynced, one after the other: {latencies(fsyncs(place))}",
        f"SHA-256: {rate(hashes())} of 64 bytes each, one core",
        f"Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite3.sqlite_version}, "
        f"gunicorn {version('gunicorn')}, Linux {platform.release().split('-')[0]}",
    ]


def _processor() -> str:
    names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return " ".join(names[0].split()) if names else platform.machine()


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def fsyncs(place: Path, size: int = 4096, count: int = FSYNCS) -> list[float]:
    """Seconds of writing and fsyncing `size` bytes at a file's end, `count` times."""
    with tempfile.TemporaryFile(dir=place) as file:
        data = os.urandom(size)

        def write() -> None:
            os.write(file.fileno(), data)
            os.fsync(file.fileno())

        return [timed(write) for _ in range(count)]


@dataclass(frozen=True)
class Writes:
    """Seconds of all writes together and of each."""

    elapsed: float
    each: list[float]


def timed_writes(folder: Path, size: int, count: int, writers: int) -> Writes:
    """Writes `count` files of `size` bytes, each durable with its name, by so many writers at once."""
    data = os.urandom(size)

    def write(number: int) -> float:
        return timed(lambda: _write_durably(folder / f"write-{number}", data))

    with ThreadPoolExecutor(writers) as pool:
        started = time.perf_counter()
        each = list(pool.map(write, range(count)))
        elapsed = time.perf_counter() - started
    for number in range(count):
        (folder / f"write-{number}").unlink()
    return Writes(elapsed, each)


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def hashes(count: int = 300_000) -> float:
    """Hashes a second of the size of a tree's node."""
    data = b"\x01" + bytes(64)

    def work() -> None:
        for _ in range(count):
            hashlib.sha256(data).digest()

    return count / percentile([timed(work) for _ in range(3)], 0.5)
