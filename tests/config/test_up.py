"""`netral up`: what it refuses to start with, that it keeps running, and that it leaves nobody behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from netral.config.cli import require_python
from netral.config.failures import Refusal

from .running import (
    PATIENCE,
    SUBMIT,
    Up,
    alive,
    answers,
    command,
    environment,
    gone,
    in_register,
    netral,
    refused,
    up,
)

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]


def statement(home: Path, sql: str, *values: object) -> None:
    with sqlite3.connect(home / "register.sqlite3") as register:
        register.execute(sql, values)


def content(home: Path) -> list[str]:
    with sqlite3.connect(home / "register.sqlite3") as register:
        return list(register.iterdump())


# What stops the start -------------------------------------------------------------------------------------


def test_a_python_too_old_is_named() -> None:
    with pytest.raises(Refusal, match=r"3\.11.*3\.10\.4"):
        require_python((3, 10, 4))


def test_make_run_names_a_python_too_old_or_missing(tmp_path: Path) -> None:
    old = tmp_path / "python3.10"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.10.4" && exit 0\nexit 1\n')
    old.chmod(0o755)
    for python, named in ((str(old), "Python 3.10.4"), (str(tmp_path / "tidak-ada"), "python3.11")):
        done = subprocess.run(
            ["make", "run", f"PYTHON={python}", f"VENV={tmp_path / 'venv'}"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode != 0
        assert "Netral memerlukan Python 3.11" in done.stderr
        assert named in done.stderr
        assert not (tmp_path / "venv").exists()


def test_without_a_register_the_way_to_one_is_told(tmp_path: Path) -> None:
    assert "netral init" in refused(netral("up", home=tmp_path))


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in refused(netral("up", "--public-port", port, home=home))


def test_a_register_from_a_newer_version_is_not_touched(home: Path) -> None:
    statement(
        home,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('intake', '9999_later', '2030-01-01')",
    )
    before = content(home)
    sentence = refused(netral("up", home=home))
    assert "versi lebih baru" in sentence
    assert "intake.9999_later" in sentence
    assert content(home) == before


@pytest.mark.parametrize("words", [("up",), ("serve", "public"), ("work", "--once")])
def test_missing_guards_stop_every_process(home: Path, words: tuple[str, ...]) -> None:
    statement(home, "DROP TRIGGER audit_entry_no_delete")
    assert "audit_entry_no_delete" in refused(netral(*words, home=home))


def test_migrate_brings_guards_back(home: Path) -> None:
    statement(home, "DROP TRIGGER audit_entry_no_delete")
    assert netral("migrate", home=home).returncode == 0
    assert netral("work", "--once", home=home).returncode == 0


def test_a_register_set_back_to_yesterday_is_refused(home: Path) -> None:
    netral("work", "--once", home=home)
    yesterday = (home / "register.sqlite3").read_bytes()
    in_register(home, SUBMIT + "submit()")
    netral("work", "--once", home=home)
    for journal in home.glob("register.sqlite3-*"):
        journal.unlink()
    (home / "register.sqlite3").write_bytes(yesterday)
    for words in (("up",), ("up", "--accept-restored"), ("serve", "staff"), ("work", "--once")):
        assert "restore" in refused(netral(*words, home=home))


def test_an_account_of_the_demonstration_stops_a_real_register(home: Path) -> None:
    in_register(
        home,
        "from netral.accounts.models import User\nfrom netral.accounts.selectors import site_agency\n"
        "User.objects.create(username='demo-lama', full_name='x', agency=site_agency(), role='petugas')",
    )
    assert "demo-lama" in refused(netral("up", home=home))


def test_a_home_without_its_files_folder_is_refused(home: Path) -> None:
    (home / "files").rmdir()
    assert str(home / "files") in refused(netral("up", home=home))


# Running --------------------------------------------------------------------------------------------------


def test_ctrl_c_stops_all_cleanly(home: Path) -> None:
    with up(home) as running:
        running.wait_ready()
        children = running.children()
        assert len(children) >= 5  # two sites of two processes each, and the worker
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
        assert gone(children, PATIENCE)


def test_killing_the_supervisor_leaves_no_orphan(home: Path) -> None:
    with up(home) as running:
        running.wait_ready()
        children = running.children()
        running.process.kill()
        running.process.wait(PATIENCE)
        assert gone(children, PATIENCE)


def kill_a_child(running: Up) -> None:
    for child in running.children()[:1]:
        with contextlib.suppress(ProcessLookupError):  # it may end by itself meanwhile, when all are stopped
            os.kill(child, signal.SIGKILL)


def test_a_process_that_dies_comes_back_and_too_many_deaths_stop_all(home: Path) -> None:
    with up(home) as running:
        running.wait_ready()
        kill_a_child(running)
        deadline = time.monotonic() + PATIENCE
        while not answers(running.public):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        # However slow the machine is: sooner or later three deaths fall into one minute.
        while running.process.poll() is None and time.monotonic() < deadline:
            kill_a_child(running)
            time.sleep(0.2)
        assert running.process.wait(PATIENCE) == 1
        assert "3 kali" in (running.process.stdout.read() if running.process.stdout else "")


def test_a_slow_sender_is_waited_for(home: Path) -> None:
    """Longer than any keep-alive: a body that trickles in for seconds still gets its answer."""
    body = b"code=" + b"0" * 26
    with up(home) as running:
        running.wait_ready()
        with socket.create_connection(("127.0.0.1", running.public), timeout=PATIENCE) as phone:
            head = f"POST /cek/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
            phone.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n")
            for start in range(0, len(body), 4):
                phone.sendall(body[start : start + 4])
                time.sleep(1)
            assert phone.recv(12).startswith(b"HTTP/1.1 ")


def test_the_demonstration_listens_on_this_machine_only(home: Path) -> None:
    (home / "netral.env").write_text((home / "netral.env").read_text() + "NETRAL_DEMO_DATE='2024-10-20'\n")
    assert "--bind" in refused(netral("up", "--bind", "192.0.2.1", home=home))


def test_the_worker_ends_at_once_when_told(home: Path) -> None:
    worker = subprocess.Popen(command("work"), env=environment(home))
    deadline = time.monotonic() + PATIENCE
    while not list((home / "heads").glob("*.txt")):  # its first round signs a head
        assert time.monotonic() < deadline
        time.sleep(0.1)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert not alive(worker.pid)
