"""The log's export is as long as the log: who reads it slowly, or only asks for it, must not hold up the site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from netral.audit.services import append, make_entry, sign_current_head
from netral.sealing import SigningKey, read_key
from netral.ui import downloads
from netral.ui.downloads import AT_ONCE, PACE_SECONDS, RATE, Download

PIECE = b"x" * 65_000


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Download]]:
    """As many as there are places, none held by an answer that an earlier test did not read."""
    monkeypatch.setattr(downloads, "_places", threading.BoundedSemaphore(AT_ONCE))
    found = [Download.begin(iter([PIECE] * 5)) for _ in range(AT_ONCE)]
    held = [one for one in found if one]
    yield held
    for one in held:
        one.close()


def test_there_are_so_many_places_and_a_closed_one_is_free_again(begun: list[Download]) -> None:
    assert len(begun) == AT_ONCE
    assert Download.begin(iter([PIECE])) is None
    for _ in range(2):
        begun[0].close()  # never begun, and closed twice
    next_one = Download.begin(iter([PIECE]))
    assert next_one
    assert Download.begin(iter([PIECE])) is None
    assert list(next_one) == [PIECE]
    next_one.close()


@pytest.mark.parametrize(("rate", "finishes"), [(RATE * 1.2, True), (RATE * 0.8, False)])
def test_who_reads_too_slowly_is_given_up(
    rate: float, finishes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(downloads.time, "monotonic", lambda: now)
    pieces = int(3 * PACE_SECONDS * rate / len(PIECE))
    download = Download.begin(iter([PIECE] * pieces))
    assert download
    try:
        for _ in range(pieces):
            next(download)
            now += len(PIECE) / rate
        assert finishes
    except ConnectionResetError:
        assert not finishes
        assert now < 2 * PACE_SECONDS
    finally:
        download.close()


def test_an_export_beyond_the_places_asks_to_come_again(
    agency: object, public_client: Client, begun: list[Download], tmp_path: Path, settings: Any
) -> None:
    settings.NETRAL_HEADS = tmp_path / "heads"
    with transaction.atomic():
        append([make_entry(action="accounts.agency.created", actor="cli", rows=[])])
    sign_current_head(log_key=read_key(settings.NETRAL_KEYS["worker"] / "log.key", SigningKey))
    refused = public_client.get("/register/daun.txt")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    begun[0].close()
    for _ in range(2):  # each gives its place back
        answer = public_client.get("/register/daun.txt")
        assert answer.status_code == 200
        assert b"netral-log-export-1" in answer.getvalue()
