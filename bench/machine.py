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


def fsync_floor(place: Path, size: int) -> str:
    return f"{size / 1e6:.0f} MB + fsync {latencies(fsyncs(place, size, 40))}"


def hashes(count: int = 300_000) -> float:
    """Hashes a second of the size of a tree's node."""
    data = b"\x01" + bytes(64)

    def work() -> None:
        for _ in range(count):
            hashlib.sha256(data).digest()

    return count / percentile([timed(work) for _ in range(3)], 0.5)
