"""A backup brings the register back, and nothing but a whole one does."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from netral.sealing.archive import new_backup_identity

from .running import SUBMIT, environment, in_register, init, netral, refused, up

pytestmark = pytest.mark.process

PHOTO = """
import io
from PIL import Image
from django.http import HttpRequest
from netral.evidence.uploads import SealingUploadHandler
from netral.accounts.selectors import site_agency
from netral.intake.content import ReportBody
from netral.intake.services import register_report
from netral.sealing import new_code
from netral.ui import clock
picture = io.BytesIO()
Image.new("RGB", (400, 300), "teal").save(picture, "JPEG")
handler = SealingUploadHandler(HttpRequest())
handler.new_file("files", "foto.jpg", "image/jpeg", None)
handler.receive_data_chunk(picture.getvalue(), 0)
handler.file_complete(len(picture.getvalue()))
register_report(agency=site_agency(), body=ReportBody(acts=("like_post",), story="Kenari hijau di lapangan."),
                contact=None, channel="situs", kind="laporan", actor="public", code=new_code(),
                files=handler.take("files"), now=clock.now())
"""
STORIES = """
from netral.intake.models import Report
from netral.intake.selectors import open_body
for report in Report.objects.order_by("pk"):
    print(open_body(report).body.story)
"""


def identity(home: Path) -> Path:
    return home / "keys" / "offline" / "cadangan.kunci"


def restore(file: Path, target: Path, key: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return netral("restore", file, "--identity", key, *words, home=target)


@pytest.fixture(scope="module")
def taken(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a register like `home`, with one report and its photo."""
    folder = tmp_path_factory.mktemp("taken")
    home = Path(shutil.copytree(founded, folder / "home"))
    in_register(home, PHOTO)
    netral("work", "--once", home=home)
    done = netral("backup", folder / "cadangan.age", home=home)
    assert done.returncode == 0, done.stderr
    return folder / "cadangan.age"


@pytest.fixture
def archive(taken: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(taken, tmp_path))


def test_a_restored_register_is_whole_opens_its_reports_and_serves(
    archive: Path, home: Path, tmp_path: Path
) -> None:
    key = Path(shutil.copy(identity(home), tmp_path / "kunci"))
    shutil.rmtree(home)
    again = tmp_path / "again"
    done = restore(archive, again, key)
    assert done.returncode == 0, done.stderr
    assert "Semuanya utuh" in done.stdout
    assert "2 berkas" in done.stdout  # the original and its clean copy
    assert in_register(again, STORIES) == "Kenari hijau di lapangan.\n"
    assert not list((again / "tmp").iterdir())
    with up(again) as running:
        running.wait_ready()


def test_the_archive_holds_neither_the_offline_keys_nor_a_word_in_clear(archive: Path, home: Path) -> None:
    assert b"Kenari" not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    again = home.parent / "again"
    restore(archive, again, identity(home))
    assert {place.name for place in (again / "keys").iterdir()} == {"public", "staff", "worker"}


def test_a_backup_while_reports_arrive_is_whole(home: Path, tmp_path: Path) -> None:
    loop = "from netral.config.boot import use_django; use_django('staff')\n" + SUBMIT
    loop += "import time\nprint('begun', flush=True)\nwhile True:\n    submit()\n    time.sleep(0.02)\n"
    writers = [
        subprocess.Popen([sys.executable, "-c", loop], env=environment(home), stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    try:
        for writer in writers:
            assert writer.stdout
            assert writer.stdout.readline() == b"begun\n"
        for number in range(3):
            assert netral("backup", tmp_path / f"{number}.age", home=home).returncode == 0
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert netral("check", home=home).returncode == 0
    sizes = []
    for number in range(3):
        done = restore(tmp_path / f"{number}.age", tmp_path / f"home-{number}", identity(home))
        assert done.returncode == 0, done.stdout + done.stderr
        sizes.append(
            int(
                in_register(
                    tmp_path / f"home-{number}",
                    "from netral.audit.selectors import frontier\nprint(frontier().size)",
                )
            )
        )
    assert sizes == sorted(set(sizes))  # reports did arrive in between


def test_nothing_is_overwritten(archive: Path, home: Path) -> None:
    assert "sudah ada" in refused(netral("backup", archive, home=home))
    assert "sudah berisi" in refused(restore(archive, home, identity(home)))
    assert netral("check", home=home).returncode == 0


def test_another_key_opens_nothing(archive: Path, tmp_path: Path) -> None:
    key = tmp_path / "lain.kunci"
    key.write_text(new_backup_identity()[0])
    assert "kunci salah" in refused(restore(archive, tmp_path / "again", key))
    assert not (tmp_path / "again").exists()


def test_an_archive_cut_short_or_altered_anywhere_is_refused(
    archive: Path, home: Path, tmp_path: Path
) -> None:
    whole = archive.read_bytes()
    damaged = tmp_path / "rusak.age"
    places = (1, 30, 150, len(whole) // 3, len(whole) // 2, len(whole) - 1)
    for data in [whole[:place] for place in places] + [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in places
    ]:
        damaged.write_bytes(data)
        refused(restore(damaged, tmp_path / "again", identity(home)))
        assert not list(tmp_path.glob("again")) + list(tmp_path.glob(".again*"))


def test_a_backup_without_a_recipient_asks_for_one(home: Path, tmp_path: Path) -> None:
    settings = home / "netral.env"
    settings.write_text(
        "".join(line for line in settings.read_text().splitlines(True) if "RECIPIENT" not in line)
    )
    assert "--recipient" in refused(netral("backup", tmp_path / "x.age", home=home))
    assert "tidak dapat dienkripsi" in refused(
        netral("backup", tmp_path / "x.age", "--recipient", "age1xyz", home=home)
    )
    assert not list(tmp_path.glob("*x.age*"))


def test_what_was_lost_since_the_backup_is_refused_then_put_on_record(tmp_path: Path) -> None:
    home, heads, file = tmp_path / "home", tmp_path / "media" / "kepala", tmp_path / "c.age"
    assert init(home, "--heads", heads).returncode == 0
    assert netral("backup", file, home=home).returncode == 0
    in_register(home, SUBMIT + "submit()")
    netral("work", "--once", home=home)  # a head outside the home knows of the report
    again = tmp_path / "again"
    restored = restore(file, again, identity(home))
    assert restored.returncode == 1
    assert "TIDAK COCOK" in restored.stdout
    assert "--accept-restored" in refused(netral("up", home=again))
    with up(again, "--accept-restored") as running:
        running.wait_ready()
    record = in_register(
        again,
        "from netral.audit.models import Entry\nprint(Entry.objects.get(action='register.restored').body)",
    )
    assert '"lost_head"' in record
    assert not (again / "restored.json").exists()
    with up(again) as running:
        running.wait_ready()


def test_postgresql_is_backed_up_while_reports_arrive_and_restored_elsewhere(
    tmp_path: Path, empty_database: str, postgres_address: str
) -> None:
    home, file = tmp_path / "home", tmp_path / "c.age"
    assert init(home, "--database", empty_database).returncode == 0
    in_register(home, PHOTO)
    stop = threading.Event()

    def arrive() -> None:
        while not stop.is_set():
            in_register(home, SUBMIT + "for _ in range(20): submit()")

    arriving = threading.Thread(target=arrive)
    arriving.start()
    try:
        done = netral("backup", file, home=home)
    finally:
        stop.set()
        arriving.join()
    assert done.returncode == 0, done.stderr
    assert "--database" in refused(restore(file, tmp_path / "none", identity(home)))
    assert "sudah berisi" in refused(
        restore(file, tmp_path / "none", identity(home), "--database", empty_database)
    )
    other = empty_database.replace("/kosong_", "/pulih_")
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {other.partition('?')[0].rsplit('/', 1)[1]}")
    restored = restore(file, tmp_path / "again", identity(home), "--database", other)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert in_register(tmp_path / "again", STORIES).startswith("Kenari hijau di lapangan.\n")


def test_a_backup_of_sqlite_is_not_taken_for_postgresql(archive: Path, home: Path, tmp_path: Path) -> None:
    sentence = refused(restore(archive, tmp_path / "again", identity(home), "--database", "postgresql:///x"))
    assert "SQLite" in sentence
