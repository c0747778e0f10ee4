"""What the processes write about themselves names nobody."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from netral.config.logs import JsonFormatter

CANARY = "Kenari Rekaan"


def line(name: str, message: str, *arguments: object, **more: Any) -> dict[str, str]:
    record = logging.LogRecord(
        name, logging.ERROR, __file__, 1, message, arguments, more.pop("exc_info", None)
    )
    record.__dict__.update(more)
    written: dict[str, str] = json.loads(JsonFormatter().format(record))
    return written


def test_an_event_of_ours_is_written_as_it_is() -> None:
    assert line("netral.worker", "%s finished", "cleaning")["event"] == "cleaning finished"


def test_arguments_of_other_libraries_stay_out() -> None:
    assert line("django.request", "%s: %s", "Internal Server Error", f"/{CANARY}/", status_code=500) == line(
        "django.request", "%s: %s", "Internal Server Error", "/lain/", status_code=500
    ) | {"event": "HTTP 500"}
    assert CANARY not in str(line("lain", "cannot read %s", CANARY))


def test_of_an_exception_type_and_place_are_written_never_its_words() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        written = line("django.request", "boom", exc_info=sys.exc_info())
    assert written["error"] == "ValueError"
    assert "test_logs.py:" in written["at"]
    assert CANARY not in str(written)


def test_a_line_break_in_a_message_makes_no_second_line() -> None:
    assert "\n" not in JsonFormatter().format(
        logging.LogRecord("netral", logging.INFO, __file__, 1, "a\nb", (), None)
    )
