"""Slow clients against a real server of four threads on loopback: the honest finish, the dripping are let go."""

from __future__ import annotations

import os
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from netral.config import patient
from tests.config.running import PATIENCE, SOURCE, free_port

pytestmark = pytest.mark.process
HERE = Path(__file__).parent
MANY, SOME = 40, 9  # of a server of four threads
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
# What the server of these tests waits: for a head 2 s, in silence 2 s, below the rate 2 s, three files at a time.
LET_GO_SECONDS = 30.0
SOON = 10.0  # of a server that is not held up; held up it would take 2 s for each client, or for ever


def post(length: int, *headers: str) -> bytes:
    lines = ["POST / HTTP/1.1", "Host: localhost", f"Content-Length: {length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "patient_site.py", "-b", f"127.0.0.1:{port}"],
        cwd=HERE,
        env=os.environ | {"PYTHONPATH": f"{SOURCE}:{HERE}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
    yield port
    server.terminate()
    _, said = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert said == "", "who asked, what, and how badly is nobody's business; nor may the dripping fill a log"


@pytest.fixture
def connect(port: int) -> Iterator[Callable[[], socket.socket]]:
    with ExitStack() as lines:
        yield lambda: lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))


def answer(line: socket.socket) -> str:
    """The body of the next answer on this line; what follows stays there. Empty where the line ends before."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = line.recv(1)
        if not piece:
            return ""
        head += piece
    (length,) = re.findall(rb"Content-Length: (\d+)", head)
    return line.recv(int(length), socket.MSG_WAITALL).decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        b"GET /boleh/ kata rahasia HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /?kata=\x00rahasia HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nKata rahasia: 1\r\n\r\n",
        b"RAHASIA / HTTP/9.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_never_logged(
    connect: Callable[[], socket.socket], nonsense: bytes
) -> None:
    """The log is read where the server of these tests ends."""
    line = connect()
    line.sendall(nonsense)
    assert line.recv(20).startswith(b"HTTP/1.1 400")


def serves(connect: Callable[[], socket.socket]) -> float:
    """Seconds that a page and a form take meanwhile."""
    started = time.monotonic()
    line = connect()
    line.sendall(GET)
    assert answer(line) == "terbaca 0."
    line.sendall(post(300) + b"x" * 300)
    assert answer(line) == "terbaca 300."
    return time.monotonic() - started


def drip(lines: list[socket.socket], piece: bytes, seconds: float = LET_GO_SECONDS) -> float:
    """Sends a piece on each line five times a second until the server has closed all; seconds that took."""
    started, waiting = time.monotonic(), selectors.DefaultSelector()
    for line in lines:
        line.setblocking(False)
        waiting.register(line, selectors.EVENT_READ)
    while waiting.get_map() and time.monotonic() - started < seconds:
        for key, _ in waiting.select(0):
            if closed(key.fileobj):  # type: ignore[arg-type]
                waiting.unregister(key.fileobj)
        for key in list(waiting.get_map().values()):
            try:
                key.fileobj.send(piece)  # type: ignore[union-attr]
            except OSError:
                waiting.unregister(key.fileobj)
        time.sleep(0.2)
    assert not waiting.get_map(), f"{len(waiting.get_map())} lines are still held"
    return time.monotonic() - started


def closed(line: socket.socket) -> bool:
    try:
        return line.recv(1 << 16) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"G"),
        (b"", b""),
        (GET[:-2], b"X-A: b\r\n"),
        (post(1_500), b"x"),
        (post(50_000_000), b"x" * 100),
        (post(50_000_000), b""),
        (post(50_000_000, "Expect: 100-continue"), b"x"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["head", "nothing", "headers", "form", "file", "silent file", "expecting", "chunks"],
)
def test_who_only_holds_a_place_is_let_go_and_others_are_served_meanwhile(
    connect: Callable[[], socket.socket], start: bytes, piece: bytes
) -> None:
    short = b"50000000" not in start and b"chunked" not in start
    lines = [connect() for _ in range(MANY if short else SOME)]
    for line in lines:
        line.sendall(start)
    assert serves(connect) < SOON
    with ThreadPoolExecutor(1) as beside:
        dripping = beside.submit(drip, lines, piece)
        while not dripping.done():
            assert serves(connect) < SOON
            time.sleep(0.5)
        dripping.result()


def test_a_phone_of_four_kilobytes_a_second_that_loses_its_line_for_a_while_finishes(
    connect: Callable[[], socket.socket],
) -> None:
    line, sent = connect(), 0
    line.sendall(post(40_000))
    while sent < 40_000:
        line.sendall(b"x" * 400)
        sent += 400
        time.sleep(1 if sent == 20_000 else 0.1)  # silent for half of what is suffered
    assert answer(line) == "terbaca 40000."


def test_uploads_take_turns_and_all_finish(connect: Callable[[], socket.socket]) -> None:
    def upload(line: socket.socket) -> str:
        line.sendall(post(30_000))
        for _ in range(10):
            line.sendall(b"x" * 3_000)
            time.sleep(0.1)
        return answer(line)

    lines = [connect() for _ in range(12)]
    with ThreadPoolExecutor(len(lines)) as phones:
        assert set(phones.map(upload, lines)) == {"terbaca 30000."}


def test_who_never_hangs_up_holds_up_nobody(connect: Callable[[], socket.socket]) -> None:
    """After its answer a server waits a moment for the other side to close; not where it serves everyone."""
    lines = [connect() for _ in range(MANY)]
    for line in lines:
        line.sendall(GET[:-2] + b"Connection: close\r\n\r\n")
    assert [answer(line) for line in lines] == ["terbaca 0."] * MANY
    assert serves(connect) < SOON


def test_requests_sent_at_once_are_all_answered_in_order(connect: Callable[[], socket.socket]) -> None:
    line = connect()
    line.sendall(b"".join((post(5) + b"12345", GET, post(5_000) + b"x" * 5_000, post(1) + b"x", GET)))
    read = [answer(line) for _ in range(5)]
    assert read == [f"terbaca {count}." for count in (5, 0, 5_000, 1, 0)]


def test_a_body_that_waits_to_be_asked_for_is_asked_for(connect: Callable[[], socket.socket]) -> None:
    line = connect()
    line.sendall(post(10, "Expect: 100-continue"))
    assert line.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
    line.sendall(b"x" * 10)
    assert answer(line) == "terbaca 10."


@pytest.mark.parametrize(
    "junk", [b"A" * 200_000, b"\x16\x03\x01\x02", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000]
)
def test_what_is_no_request_is_let_go(connect: Callable[[], socket.socket], junk: bytes) -> None:
    line = connect()
    with suppress(OSError):  # it may be let go already
        line.sendall(junk)
    drip([line], b"")
    assert serves(connect) < SOON


def test_who_goes_away_in_the_middle_leaves_nothing_behind(connect: Callable[[], socket.socket]) -> None:
    for start in (b"GET", post(1_500) + b"x", post(50_000_000) + b"x"):
        for _ in range(MANY):
            line = connect()
            line.sendall(start)
            line.close()
    assert serves(connect) < SOON


def test_the_slowest_phone_stays_above_what_is_asked_of_it() -> None:
    assert patient.RATE * 4 <= 4_000
    # Silent for as long as a stall may last, it still makes up for it within one stretch.
    assert 4_000 * (patient.PACE_SECONDS - patient.STALL_SECONDS) > patient.RATE * patient.PACE_SECONDS
