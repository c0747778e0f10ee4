"""What shows only with committed rows: two officers at one moment, a process that dies in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.config.running import PATIENCE

pytestmark = pytest.mark.process
PROGRAM = Path(__file__).with_name("case_process.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Runs a task in a register of its own: `run("race")` gives its result."""

    def start(task: str) -> dict[str, Any]:
        home = tmp_path / "home"
        home.mkdir()
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path)]),
            "NETRAL_HOME": str(home),
            "NETRAL_DATABASE": os.environ.get("NETRAL_TEST_DATABASE", ""),
        }
        done = subprocess.run(
            [sys.executable, str(PROGRAM), task],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    return start


def one_wins_and_the_other_is_told(found: dict[str, Any]) -> None:
    rounds = len(found["summoned"])
    assert rounds >= 4
    assert found["summoned"] == [["OvertakenError cases.case.summon", "done"]] * rounds
    assert found["decided"] == [["OvertakenError cases.case.decide", "done"]] * rounds
    assert found["opened"] == [["ValidationError", "done"]] * rounds
    assert found["rows"] == [rounds, rounds, 2 * rounds]
    assert found["numbers"] == 2 * rounds
    assert found["check"] == []


def test_of_two_officers_at_one_moment_one_wins_and_the_other_is_told(run: Any) -> None:
    one_wins_and_the_other_is_told(run("race"))


def test_of_two_officers_at_one_moment_one_wins_on_postgresql(run: Any, postgres_address: str) -> None:
    one_wins_and_the_other_is_told(run("race"))


def test_a_process_killed_at_any_statement_leaves_the_case_before_or_after(run: Any) -> None:
    assert run("kill") == {"died before": True, "check": []}


def test_a_process_killed_at_any_statement_leaves_it_whole_on_postgresql(
    run: Any, postgres_address: str
) -> None:
    assert run("kill") == {"died before": True, "check": []}
