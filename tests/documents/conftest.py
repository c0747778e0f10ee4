"""An empty store for each test, and letters issued into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .samples import SAMPLES

SALT = b"\x07" * 32
DAY = dt.date(2024, 10, 24)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty store of its own."""
    settings.NETRAL_FILES = tmp_path / "files"
    return settings.NETRAL_FILES


@pytest.fixture
def stored_names(store: Path) -> Callable[[], list[str]]:
    """Names of everything that lies in the store, unfinished parts among it."""
    return lambda: sorted(path.name for path in store.rglob("*") if path.is_file())


@pytest.fixture
def issue(agency: Any, owner: Any, store: Path) -> Callable[..., Any]:
    """Issues a letter: `issue("bap", number="…")`, `issue(hour="10.00")` for a field of a summons."""
    from netral.documents.services import issue_letter

    def make(kind: str = "panggilan", *, dated: dt.date = DAY, number: str = "", **fields: Any) -> Any:
        return issue_letter(
            agency=agency,
            matter="cases.case/1",
            kind=kind,
            fields=SAMPLES[kind] | fields,
            dated=dated,
            user=owner,
            salt=SALT,
            number=number,
        )

    return make
