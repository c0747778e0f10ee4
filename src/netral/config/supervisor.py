"""Keeps the processes of a register running, and leaves none behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 12.0  # a little more than the sites give their requests in flight
MANY_DEATHS, WITHIN_SECONDS = 3, 60.0
BACKOFF_SECONDS = (0.5, 2.0)
POLL_SECONDS = 0.2
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


@dataclass
class Child:
    """One process: its name, its command, what its environment adds to ours."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    restart_at: float = 0.0

    def start(self) -> None:
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603 (our own programs)
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches the supervisor alone, which then stops the others in order.
            process_group=0,
            preexec_fn=lambda: _die_with(parent),
        )

    def signal(self, number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def _die_with(parent: int) -> None:
    """In the child: be told to stop when the supervisor goes, also when it is killed."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went before we asked
            os._exit(1)


@dataclass
class Supervisor:
    children: list[Child]
    say: Callable[[str], None]
    _deaths: deque[float] = field(default_factory=lambda: deque(maxlen=MANY_DEATHS))
    _stop_requests: int = 0

    def run(self, when_started: Callable[[], None] = lambda: None) -> int:
        """Until SIGINT or SIGTERM (0), or until the children keep dying (1); `when_started` runs after the start."""
        previous = {
            number: signal.signal(number, self._on_stop) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            for child in self.children:
                child.start()
            when_started()
            return self._watch()
        finally:
            self._stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    @property
    def stopping(self) -> bool:
        return self._stop_requests > 0

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_requests += 1

    def _watch(self) -> int:
        while not self.stopping:
            for child in self.children:
                if not child.alive and not self._bring_back(child):
                    return 1
            time.sleep(POLL_SECONDS)
        return 0

    def _bring_back(self, child: Child) -> bool:
        """Restarts a dead child after a pause. False if deaths are too many to go on."""
        now = time.monotonic()
        if child.process is not None:
            code = child.process.wait()
            child.process = None
            self._deaths.append(now)
            if len(self._deaths) == MANY_DEATHS and now - self._deaths[0] < WITHIN_SECONDS:
                self.say(
                    f"Proses {child.name} berhenti (kode {code}) dan proses telah {MANY_DEATHS} kali berhenti dalam "
                    "satu menit; semuanya dihentikan. Sebabnya ada pada baris-baris di atas."
                )
                return False
            pause = BACKOFF_SECONDS[min(len(self._deaths), len(BACKOFF_SECONDS)) - 1]
            child.restart_at = now + pause
            self.say(f"Proses {child.name} berhenti (kode {code}); dijalankan lagi.")
        elif now >= child.restart_at:
            child.start()
        return True

    def _stop(self) -> None:
        """Asks everyone to end, lets requests in flight finish, then insists. A second Ctrl-C insists at once."""
        asked = self._stop_requests
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.alive for child in self.children) and time.monotonic() < deadline:
            if self._stop_requests > max(asked, 1):
                break
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process:
                child.process.wait()
