"""What a reporter was told is true whatever happens next: killed processes, a stopped worker, no trace in clear."""

from __future__ import annotations

import html
import json
import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from bench.browser import Browser, Page
from bench.reporter import must_lead_on, photo

from .running import PATIENCE, Up, gone, in_register, netral, state, turn_is_free, up

pytestmark = pytest.mark.process

CANARY = "Kenari Rekaan Tujuhbelas"
STORY = f"{CANARY} menyukai unggahan pasangan calon A dari telepon kantor."


def worker_of(running: Up) -> int:
    for pid in running.children():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"work" in words:
            return pid
    raise AssertionError("no worker below the supervisor")


def halt(worker: int, home: Path) -> None:
    """Stops the worker between two transactions: within one it would keep everybody from writing."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        os.kill(worker, signal.SIGSTOP)
        while state(worker) != "T":
            time.sleep(0.01)
        if all(map(free_to_write, home.glob("*.sqlite3"))):
            return
        os.kill(worker, signal.SIGCONT)
        time.sleep(0.1)
    raise AssertionError("the worker never rests")


def free_to_write(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as register:
        try:
            register.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
    return turn_is_free(Path(f"{database}-queue"))


def send_report(site: str) -> Page:
    """The whole form with one photo, up to the page that shows the receipt."""
    browser = Browser(site)
    opened = browser.get("/lapor/")
    told = {"acts": "like_post", "story": STORY, "who_name": CANARY, "contact_name": CANARY}
    must_lead_on(browser.post("/lapor/", told, token=opened.token))
    files = browser.get("/lapor/berkas/")
    upload = browser.upload("/lapor/berkas/", {"lanjut": "1"}, photo(200_000), token=files.token)
    review = browser.sent_to(must_lead_on(upload))
    return browser.sent_to(must_lead_on(browser.post("/lapor/periksa/", {}, token=review.token)))


def receipt_in(page: Page) -> str:
    """The receipt document that the page shows."""
    found = re.search(r"<pre[^>]*>(tanda-terima: 1\n.*?)</pre>", page.text, re.DOTALL)
    assert found, page.text[-3000:]
    return html.unescape(found[1])


def test_a_report_survives_the_death_of_every_process_the_moment_its_receipt_appears(
    home: Path, tmp_path: Path
) -> None:
    with up(home) as running:
        running.wait_ready()
        halt(worker_of(running), home)
        page = send_report(f"http://localhost:{running.public}")
        pids = [running.process.pid, *running.children()]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        assert gone(pids[1:], PATIENCE)
        running.process.wait(PATIENCE)
    (tmp_path / "catatan.txt").write_text(receipt_in(page))

    with up(home) as running:
        running.wait_ready()
        code = re.search(r"kode: (\S+)", receipt_in(page))
        assert code
        browser = Browser(f"http://localhost:{running.public}")
        status = browser.post("/cek/", {"kode": code[1]}, token=browser.get("/cek/").token)
        assert "Laporan Anda" in status.text
        export = wait_for_export(browser, after=receipt_index(page))
    (tmp_path / "daun.txt").write_text(export)
    proven = netral(
        "verify", "--receipt", tmp_path / "catatan.txt", "--export", tmp_path / "daun.txt", home=home
    )
    assert proven.returncode == 0, proven.stdout
    checked = netral("check", home=home)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    read = in_register(
        home,
        "from netral.intake.models import Report\nfrom netral.intake.selectors import open_body\n"
        "print(open_body(Report.objects.get()).body.story)",
    )
    assert read.strip() == STORY


def receipt_index(page: Page) -> int:
    found = re.search(r"nomor-urut: (\d+)", receipt_in(page))
    assert found
    return int(found[1])


def wait_for_export(browser: Browser, *, after: int) -> str:
    """The log's hashes, once the worker has signed a head that covers the leaf at `after`.

    The worker of the first start may have signed a smaller one before it was stopped.
    """
    deadline = time.monotonic() + PATIENCE
    while (page := browser.get("/register/daun.txt")).status != 200 or exported(page) <= after:
        assert time.monotonic() < deadline, "no head that covers the report was signed"
        time.sleep(0.5)
    return page.text


def exported(page: Page) -> int:
    return int(json.loads(page.text.partition("\n")[0])["size"])


def test_nothing_of_a_report_lies_in_clear_anywhere_while_the_processes_run(home: Path) -> None:
    with up(home) as running:
        running.wait_ready()
        send_report(f"http://localhost:{running.public}")
        time.sleep(5)  # the worker makes search tokens and the copy without metadata
        assert found_in(home) == []
        open_files = {os.readlink(link) for pid in running.children() for link in open_links(pid)}
        assert [
            name for name in open_files if "deleted" in name and "/tmp" in name and leaks(Path(name))
        ] == []
        running.process.send_signal(signal.SIGTERM)
        out, error = running.process.communicate(timeout=PATIENCE)
    assert CANARY not in out + error
    assert found_in(home) == []


def open_links(pid: int) -> list[str]:
    folder = Path(f"/proc/{pid}/fd")
    return [str(link) for link in folder.iterdir() if link.is_symlink()] if folder.exists() else []


def found_in(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and leaks(path)]


def leaks(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return any(
        word.encode() in data or word.encode("utf-16-le") in data for word in (CANARY, "telepon kantor")
    )
