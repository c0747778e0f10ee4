"""A body too large, sent by a raw socket to a real server: a page comes back and nothing of it is kept."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.config.running import PATIENCE

from netral.evidence.formats import MAX_BYTES
from netral.ui.middleware import FILES_LIMIT

pytestmark = pytest.mark.process
HERE = Path(__file__).parent


class Server:
    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "netral.config.wsgi:application",
             "-k", "netral.config.patient.PatientWorker", "--threads", "4",
             "-b", f"127.0.0.1:{self.port}", "--log-level", "warning"],
            cwd=HERE,
            env=os.environ | {
                "NETRAL_HOME": str(home),
                "DJANGO_SETTINGS_MODULE": "oversize_site",
                "PYTHONPATH": f"{HERE}:{HERE.parents[1] / 'src'}",
            },
        )  # fmt: skip

    def connect(self) -> socket.socket:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            except ConnectionRefusedError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def peak_memory(self) -> int:
        """Bytes, of the process that answers."""
        pid = self.process.pid
        (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        lines = Path(f"/proc/{worker}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024

    def post(self, *, announced: str, chunks: Iterator[bytes]) -> str:
        with self.connect() as line:
            line.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\n{announced}\r\n\r\n".encode())
            for chunk in chunks:
                line.sendall(chunk)
            return self.answer(line)

    @staticmethod
    def answer(line: socket.socket) -> str:
        received = b""
        while b"</html>" not in received and b"terbaca" not in received:
            piece = line.recv(1 << 16)
            if not piece:
                break
            received += piece
        return received.decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("home"))
    yield server
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(180)


def mebibytes(count: int) -> Iterator[bytes]:
    return (bytes(1 << 20) for _ in range(count))


def test_500_mb_end_as_a_page_and_leave_memory_flat(server: Server) -> None:
    small = server.post(announced="Content-Length: 1048576", chunks=mebibytes(1))
    assert "200 OK" in small
    assert "terbaca 1048576" in small
    before = server.peak_memory()
    large = server.post(announced=f"Content-Length: {500 << 20}", chunks=mebibytes(500))
    assert large.startswith("HTTP/1.1 413 ")
    assert "cache-control: no-store" in large.lower()
    assert "Kiriman terlalu besar" in large
    assert "melebihi batas 50 MB" in large
    assert server.peak_memory() - before < 8_000_000


def test_more_text_than_a_form_takes_is_read_to_its_end_too(server: Server) -> None:
    announced = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {50 << 20}"
    answer = server.post(announced=announced, chunks=mebibytes(50))
    assert answer.startswith("HTTP/1.1 413 ")
    assert "Teks yang dikirim melebihi batas 2" in answer


def test_a_view_that_does_not_read_the_body_still_gives_its_answer(server: Server) -> None:
    with server.connect() as line:
        line.sendall(
            f"POST /tolak/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {50 << 20}\r\n\r\n".encode()
        )
        for chunk in mebibytes(50):
            line.sendall(chunk)
        assert server.answer(line).startswith("HTTP/1.1 403 ")


def test_the_pages_promise_what_the_files_may_take() -> None:
    assert FILES_LIMIT == MAX_BYTES


def test_the_line_serves_on_after_a_drained_body(server: Server) -> None:
    with server.connect() as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {61 << 20}\r\n\r\n".encode())
        for chunk in mebibytes(61):
            line.sendall(chunk)
        assert "Kiriman terlalu besar" in server.answer(line)
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert "terbaca 0" in server.answer(line)


def test_above_the_drain_limit_the_answer_waits_for_no_body(server: Server) -> None:
    answer = server.post(announced="Content-Length: 700000000", chunks=mebibytes(0))
    assert answer.startswith("HTTP/1.1 413 ")


def test_a_body_of_unannounced_length_is_not_taken(server: Server) -> None:
    chunked = (b"100000\r\n" + chunk + b"\r\n" for chunk in mebibytes(100))
    answer = server.post(
        announced="Transfer-Encoding: chunked",
        chunks=(part for parts in (chunked, [b"0\r\n\r\n"]) for part in parts),
    )
    assert answer.startswith("HTTP/1.1 411 ")
    assert "Kiriman" in answer
