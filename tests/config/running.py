"""Running the `netral` command as a person does: a process of its own, a home of its own, nothing from the tests."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 1200.0  # seconds until a process counts as stuck: many times what the slowest machine takes
SOURCE = Path(__file__).parents[2] / "src"
PASSPHRASES = {
    "NETRAL_INIT_VAULT_PASSPHRASE_1": "frasa pemegang pertama",
    "NETRAL_INIT_VAULT_PASSPHRASE_2": "frasa pemegang kedua",
}
ANSWERS = (
    "--slug", "muara-biru", "--name", "Kota Muara Biru", "--office", "Inspektorat Kota Muara Biru",
    "--admin-username", "rukmini", "--admin-name", "Rukmini Sekar",
    "--public-url", "https://lapor.contoh.example", "--staff-url", "https://petugas.contoh.example",
)  # fmt: skip


def environment(home: Path, **more: str) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return keep | {"PYTHONPATH": str(SOURCE), "NETRAL_HOME": str(home)} | more


def netral(
    *words: str | Path, home: Path, timeout: float = PATIENCE, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "netral.config.cli", *map(str, words)]


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that refused; fails unless it is one line and the exit code is not zero."""
    assert done.returncode != 0, done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("netral: ")
    return lines[0]


def init(home: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return netral("init", *ANSWERS, *words, home=home, **PASSPHRASES, **more)


def load_demo(home: Path, **more: str) -> None:
    done = netral("demo", home=home, **more)
    assert done.returncode == 0, done.stderr


def in_register(home: Path, script: str, **more: str) -> str:
    """What a Python script prints that runs inside the register, as the officers' process."""
    start = "from netral.config.boot import use_django; use_django('staff')\n"
    done = subprocess.run(
        [sys.executable, "-c", start + script],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SUBMIT = """
from netral.accounts.selectors import site_agency
from netral.intake.content import ReportBody
from netral.intake.services import register_report
from netral.sealing import new_code
from netral.ui import clock

def submit(story="Terlapor ikut berkampanye di lapangan."):
    body = ReportBody(acts=("like_post",), story=story)
    return register_report(agency=site_agency(), body=body, contact=None, channel="situs", kind="laporan",
                           actor="public", code=new_code(), now=clock.now())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Up:
    """A running `netral up`."""

    process: subprocess.Popen[str]
    public: int
    staff: int

    def children(self) -> list[int]:
        """Every process below the supervisor."""
        found, todo = [], [self.process.pid]
        while todo:
            below = _children(todo.pop())
            found += below
            todo += below
        return found

    def wait_ready(self, seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not (answers(self.public) and answers(self.staff)):
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline, "the sites did not come up"
            time.sleep(0.1)


@contextlib.contextmanager
def up(home: Path, *words: str) -> Iterator[Up]:
    public, staff = free_port(), free_port()
    ports = ("--public-port", str(public), "--staff-port", str(staff))
    process = subprocess.Popen(
        command("up", *ports, *words),
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    running = Up(process, public, staff)
    try:
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        process.communicate()


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits for its parent to notice does not."""
    try:
        return state(pid) != "Z"
    except FileNotFoundError:
        return False


def state(pid: int) -> str:
    """One letter, as `/proc` tells it: `T` is halted, `Z` has ended. Raises FileNotFoundError."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def turn_is_free(line: Path) -> bool:
    """Whether nobody has the turn at a SQLite database; `line` is the file of its queue."""
    with line.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def gone(pids: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _children(pid: int) -> list[int]:
    # Asked of each child, for the lists that a parent's threads keep vanish with the thread.
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _parent(entry) == pid]


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
