"""The real processes, started as a person starts them, and a bare Django beside them as their floor."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Browser

READY_SECONDS = 90
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Served:
    """Addresses of the sites and the process that all others descend from."""

    public: str
    staff: str
    root: int

    @property
    def pss(self) -> int:
        """Bytes of memory of all processes; what several share counts once."""
        return sum(map(_pss, family(self.root)))

    def processor_seconds(self, site: str) -> float:
        """What the site's living processes have used of the processors, in user and system mode."""
        return sum(_processor_seconds(pid) for pid in family(self.root) if _serves(pid, site))


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """`netral up` on the register at `home`, behind what says it is a trusted proxy."""
    public, staff = free_ports(2)
    command = [sys.executable, "-m", "netral.config.cli", "up"]
    ports = ["--public-port", str(public), "--staff-port", str(staff)]
    with _running(
        [*command, *ports], public, staff, NETRAL_HOME=str(home), NETRAL_TRUSTED_PROXY="true"
    ) as root:
        yield Served(f"http://localhost:{public}", f"http://localhost:{staff}", root)


@contextmanager
def serving_bare() -> Iterator[Served]:
    """Two gunicorns, each with an empty Django, and an idle third Django: the frame of our three processes."""
    first, second = free_ports(2)
    with _running([sys.executable, "-m", "bench.bare", str(first), str(second)], first, second) as root:
        yield Served(f"http://localhost:{first}", f"http://localhost:{second}", root)


@contextmanager
def _running(command: Sequence[str], *ports: int, **environment: str) -> Iterator[int]:
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        for port in ports:
            _wait_for(process, port)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def _wait_for(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            Browser(f"http://localhost:{port}").get("/")
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"did not start: {process.communicate()[1]}") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def family(root: int) -> set[int]:
    """The process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # gone meanwhile
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _serves(pid: int, site: str) -> bool:
    try:
        return f"NETRAL_SITE={site}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")  # utime and stime of proc(5), 14 and 15


def _pss(pid: int) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
