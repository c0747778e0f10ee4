"""What shows only with committed rows: simultaneous sending, and that no word of a report lies in any file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.config.running import PATIENCE

pytestmark = pytest.mark.process
PROGRAM = Path(__file__).with_name("register_process.py")


def run(task: str, folder: Path) -> tuple[dict[str, Any], str]:
    """The task's result, and everything the process said."""
    home, temporary = folder / "home", folder / "tmp"
    home.mkdir()
    temporary.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "NETRAL_HOME": str(home),
        "TMPDIR": str(temporary),
        "NETRAL_DATABASE": os.environ.get("NETRAL_TEST_DATABASE", ""),
    }
    done = subprocess.run(
        [sys.executable, str(PROGRAM), task],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    assert (home / "register.sqlite3").exists() is not bool(environment["NETRAL_DATABASE"])
    *log, result = done.stdout.splitlines()
    return json.loads(result), "\n".join([*log, done.stderr])


def test_simultaneous_sending_makes_one_report_a_code(tmp_path: Path) -> None:
    found, _log = run("race", tmp_path)
    assert found == {
        "receipts of the shared code": 1,
        "receipts of their own": 8,
        "reports": 9,
        "numbers": 9,
        "drafts": 0,
    }


def test_no_word_of_a_report_reaches_a_file_or_a_log(tmp_path: Path) -> None:
    found, log = run("canary", tmp_path)
    assert found["shown"] == ["Kanarisatu", "Kanaridua", "Kanaritiga", "kanariempat", "Kanarilima"]
    assert found["kept"] == [1, 1, 1]
    assert found["traces"] == []
    assert found["code"] == []
    assert "kanari" not in log.lower()


def test_the_search_for_a_word_finds_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above would pass just as well if it searched nowhere."""
    monkeypatch.setenv("NETRAL_HOME", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "kosong"))
    (tmp_path / "berkas").write_text("di sini kanarisatu bersembunyi")
    command = "import register_process as r; print(r._traces(('Kanarisatu',)))"
    done = subprocess.run([sys.executable, "-c", command], cwd=PROGRAM.parent, capture_output=True, text=True)
    assert done.stdout.strip() == str([str(tmp_path / "berkas")])
