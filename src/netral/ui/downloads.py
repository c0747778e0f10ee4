"""Long answers: each holds a thread until its reader has taken it. So a few at a time, and none that only trickles."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator

AT_ONCE = 16  # of one process; the public site has four times as many threads
RATE = 10_000  # bytes a second
PACE_SECONDS = 60.0  # of waiting for the reader, over which the rate is taken
RETRY_SECONDS = 60

_places = threading.BoundedSemaphore(AT_ONCE)


class Download(Iterator[bytes]):
    """The pieces of a long answer in one of the places there are; given up where the reader is too slow.

    Whoever serves it closes it (PEP 3333), also where it was never begun.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._taken, self._waited = 0, 0.0
        self._handed_out: float | None = None
        self._open = True

    @classmethod
    def begin(cls, pieces: Iterator[bytes]) -> Download | None:
        """None where all places are taken."""
        return cls(pieces) if _places.acquire(blocking=False) else None

    def __next__(self) -> bytes:
        if self._handed_out is not None:
            self._waited += time.monotonic() - self._handed_out
            if self._waited >= PACE_SECONDS:
                if self._taken < RATE * self._waited:
                    raise ConnectionResetError(errno.ECONNRESET, "the reader is too slow")
                self._taken, self._waited = 0, 0.0
        piece = next(self._pieces)
        self._taken += len(piece)
        self._handed_out = time.monotonic()
        return piece

    def close(self) -> None:
        if self._open:
            self._open = False
            _places.release()
