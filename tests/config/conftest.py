"""A founded register to copy from: founding takes seconds, copying none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.homes import made_once

from .running import init


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def found(home: Path) -> None:
        done = init(home)
        assert done.returncode == 0, done.stderr

    return made_once("founded", found, tmp_path_factory)


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """A register of one's own, of Kota Muara Biru."""
    return Path(shutil.copytree(founded, tmp_path / "home"))


@pytest.fixture
def empty_database(postgres_address: str) -> str:
    """The address of a new empty database in the tests' cluster."""
    import secrets

    import psycopg

    name = f"kosong_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    before, _, query = postgres_address.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}?{query}"
