"""What shows only with committed rows: officers who number at once, and that no letter lies in clear in any file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.config.running import PATIENCE

pytestmark = pytest.mark.process
PROGRAM = Path(__file__).with_name("letters_process.py")


def run(task: str, folder: Path, database: str = "") -> dict[str, Any]:
    home, temporary, work = folder / "home", folder / "tmp", folder / "work"
    for made in (home, temporary, work):
        made.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "HOME": str(home),
        "NETRAL_HOME": str(home),
        "TMPDIR": str(temporary),
        "NETRAL_DATABASE": database,
    }
    done = subprocess.run(
        [sys.executable, str(PROGRAM), task],
        env=environment,
        cwd=work,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


RACED = {
    "won": 1,
    "refused": 7,
    "running": [f"800.1.6.4/{number}/NET/2024" for number in range(1, 9)],
    "letters": 9,
    "files": 9,
    "blobs": 9,
}


def test_of_many_at_once_one_gets_the_number(tmp_path: Path) -> None:
    assert run("race", tmp_path) == RACED


def test_of_many_at_once_one_gets_the_number_on_postgresql(tmp_path: Path, postgres_address: str) -> None:
    assert run("race", tmp_path, postgres_address) == RACED


def test_no_letter_lies_in_clear_in_any_file(tmp_path: Path) -> None:
    assert run("canary", tmp_path) == {"letters": 1, "refused": True, "words": [], "pdfs": [], "blobs": 1}
