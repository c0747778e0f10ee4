"""Registers that take long to make: made once for all workers of a run, then copied."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(name: str, make: Callable[[Path], object], temporary: pytest.TempPathFactory) -> Path:
    """The home that `make` filled in whichever process asked first; nobody changes it.

    Workers of one run share it; so do several runs that name the same folder in NETRAL_TEST_HOMES.
    """
    home = _shared(temporary) / name
    with home.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            draft = home.with_name(f"{name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(home)
    return home


def _shared(temporary: pytest.TempPathFactory) -> Path:
    if folder := os.environ.get("NETRAL_TEST_HOMES"):
        return Path(folder)
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
