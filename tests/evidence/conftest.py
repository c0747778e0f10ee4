"""An empty store for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty store of its own."""
    settings.NETRAL_FILES = tmp_path / "files"
    return settings.NETRAL_FILES


@pytest.fixture
def stored_names(store: Path) -> Callable[[], list[str]]:
    """Names of everything that lies in the store, unfinished parts among it."""
    return lambda: sorted(path.name for path in store.rglob("*") if path.is_file())
