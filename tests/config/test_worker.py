"""The worker's rounds."""

from __future__ import annotations

from typing import NoReturn

import pytest

from netral.config.worker import FAILURE_PAUSE_SECONDS, Task, round_of, run_once


def fail() -> NoReturn:
    raise RuntimeError("broken")


def test_a_task_that_fails_stops_no_other_and_is_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []
    tasks = [Task("broken", fail, every=1), Task("sound", lambda: done.append("sound"), every=2)]
    assert round_of(tasks, now=100.0) == 102.0
    assert done == ["sound"]
    assert tasks[0].due == 100.0 + FAILURE_PAUSE_SECONDS


def test_only_what_is_due_runs() -> None:
    done: list[str] = []
    tasks = [Task("a", lambda: done.append("a"), every=2), Task("b", lambda: done.append("b"), every=60)]
    for now in (0.0, 1.0, 2.0, 3.0, 4.0):
        round_of(tasks, now)
    assert done == ["a", "b", "a", "a"]


def test_a_task_with_more_to_do_goes_on_at_once() -> None:
    waiting = [3]

    def work() -> bool:
        waiting[0] -= 1
        return waiting[0] > 0

    task = Task("files", work, every=60)
    assert round_of([task], 10.0) == 10.0
    assert round_of([task], 10.0) == 10.0
    assert round_of([task], 10.0) == 70.0


def test_once_means_until_nothing_is_left() -> None:
    waiting = [5]

    def work() -> bool:
        waiting[0] -= 1
        return waiting[0] > 0

    run_once([Task("files", work, every=60)])
    assert waiting == [0]
