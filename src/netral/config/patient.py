"""A worker that waits for slow clients and lets go of those who only hold their place.

A thread is what is scarce, so no client gets one before it is needed: the loop itself takes in what comes, until
the head of a request is whole and, where the body is short, the body too. Only a long body, a file on its way, is
read by the thread that answers; such requests get a share of the threads, the others stay free for everyone else.

Whoever stays below `RATE` over `PACE_SECONDS` of waiting, is silent for `STALL_SECONDS`, or has not sent a whole
head within `HEAD_SECONDS` finds the connection closed.
"""

from __future__ import annotations

import errno
import re
import selectors
import struct
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from socket import SHUT_WR, SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

RATE = 1_000  # bytes a second; the slowest line of a phone gives four times as much
PACE_SECONDS = 60.0  # as long as two stalls: a phone may lose its line for half a minute
STALL_SECONDS = 30
HEAD_SECONDS = 20.0
LEAVE_SECONDS = 2.0
# A head longer than this is none of a browser's; a body up to this is a form, which the loop takes in itself.
HEAD_LIMIT = 64 * 1024
SHORT_BODY = 64 * 1024
UPLOAD_SHARE = 0.75  # of the threads
_PIECE = 64 * 1024
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
# Its length is not said beforehand, or it comes only once it was asked for: the thread has to read it.
_UNFORESEEN = re.compile(rb"^(transfer-encoding|expect):", re.IGNORECASE | re.MULTILINE)


class PacedUnreader(SocketUnreader):  # type: ignore[misc]
    """Reads what a thread waits for, and gives a sender up who is too slow. Only time spent waiting counts."""

    # gunicorn's own MiB is copied several times on its way to a view, which reads 64 KiB at once.
    max_body_chunk = 4 * _PIECE

    def __init__(self, sock: Any) -> None:
        super().__init__(sock)
        self.given_up = False
        self._received, self._waited = 0, 0.0

    def chunk(self, size_hint: int | None = None) -> bytes:
        started = time.monotonic()
        try:
            data: bytes = super().chunk(size_hint)
        except BlockingIOError:  # SO_RCVTIMEO
            self._give_up()
        self._received += len(data)
        self._waited += time.monotonic() - started
        if self._waited >= PACE_SECONDS:
            if self._received < RATE * self._waited:
                self._give_up()
            self._received, self._waited = 0, 0.0
        return data

    def _give_up(self) -> None:
        self.given_up = True
        raise ConnectionResetError(errno.ECONNRESET, "the sender is too slow")


@dataclass
class Arrival:
    """A request on its way in, as far as it has come."""

    deadline: float
    received: bytearray = field(default_factory=bytearray)
    wanted: int | None = None  # bytes of head and short body together, once the head is whole
    long: bool = False

    def take(self, data: bytes) -> None:
        self.received += data
        if self.wanted is None and (end := self.received.find(b"\r\n\r\n")) >= 0:
            self._read_head(end + 4)

    def _read_head(self, size: int) -> None:
        head = bytes(self.received[:size])
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        self.long = length > SHORT_BODY or _UNFORESEEN.search(head) is not None
        self.wanted = size if self.long else size + length
        self.deadline = time.monotonic() + STALL_SECONDS + length / RATE

    @property
    def whole(self) -> bool:
        return self.wanted is not None and len(self.received) >= self.wanted

    @property
    def shapeless(self) -> bool:
        """More than any head takes, and no end of it."""
        return self.wanted is None and len(self.received) > HEAD_LIMIT


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads, with what comes in before a thread is needed taken in by the loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrivals: dict[TConn, Arrival] = {}
        self.leaving: dict[TConn, float] = {}
        self.uploading: set[TConn] = set()
        self.queueing: deque[TConn] = deque()

    # All of this runs in the loop, so nothing is locked.

    def enqueue_req(self, conn: TConn) -> None:
        """A new connection, or one that goes on: a thread gets it when its request has come in."""
        arrival = self.arrivals[conn] = Arrival(time.monotonic() + HEAD_SECONDS)
        if conn.parser:
            arrival.take(conn.parser.unreader.take_buffered())  # sent along with the request before
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_arriving, conn))
        self._advance(conn)

    def _on_arriving(self, conn: TConn, _sock: Any) -> None:
        if data := self._received(conn):
            self.arrivals[conn].take(data)
            self._advance(conn)

    def _received(self, conn: TConn) -> bytes:
        """What a readable line gives; where it has ended, the connection is dropped."""
        try:
            data: bytes = conn.sock.recv(_PIECE)
        except BlockingIOError:  # nothing after all
            return b""
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
        return data

    def _advance(self, conn: TConn) -> None:
        arrival = self.arrivals[conn]
        if arrival.shapeless:
            self._drop(conn)
        elif arrival.whole:
            self._forget(conn)
            self._ready(conn, bytes(arrival.received))
            if arrival.long:
                self.queueing.append(conn)
                self._start_uploads()
            else:
                super().enqueue_req(conn)

    def _ready(self, conn: TConn, received: bytes) -> None:
        stall = struct.pack("ll", STALL_SECONDS, 0)
        conn.init()
        for option in (SO_RCVTIMEO, SO_SNDTIMEO):
            conn.sock.setsockopt(SOL_SOCKET, option, stall)
        conn.parser.unreader = PacedUnreader(conn.sock)
        conn.parser.unreader.unread(received)

    def _start_uploads(self) -> None:
        while self.queueing and len(self.uploading) < max(1, int(self.cfg.threads * UPLOAD_SHARE)):
            conn = self.queueing.popleft()
            self.uploading.add(conn)
            super().enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: Future[bool]) -> None:
        self.uploading.discard(conn)
        self._start_uploads()
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        elif conn.parser.unreader.given_up:
            self._close(conn)
        else:
            self._take_leave(conn)

    def _take_leave(self, conn: TConn) -> None:
        """Waits a moment for the other side to close (RFC 9112 section 9.6); gunicorn would serve nobody meanwhile."""
        try:
            conn.sock.shutdown(SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.sock.setblocking(False)
        self.leaving[conn] = time.monotonic() + LEAVE_SECONDS
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_leaving, conn))

    def _on_leaving(self, conn: TConn, _sock: Any) -> None:
        self._received(conn)

    def murder_pending(self) -> None:
        """Each second: whoever is late, and in a worker that ends, whoever has not begun."""
        super().murder_pending()
        now = time.monotonic()
        late = [conn for conn, deadline in self.leaving.items() if deadline < now]
        late += [
            conn
            for conn, arrival in self.arrivals.items()
            if arrival.deadline < now or not (self.alive or arrival.received)
        ]
        for conn in late:
            self._drop(conn)

    def _forget(self, conn: TConn) -> None:
        self.arrivals.pop(conn, None)
        self.leaving.pop(conn, None)
        self.poller.unregister(conn.sock)

    def _drop(self, conn: TConn) -> None:
        self._forget(conn)
        self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()
