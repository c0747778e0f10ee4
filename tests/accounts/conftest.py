from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from netral.accounts import factors

PASSWORD = "kata sandi uji yang panjang"


@pytest.fixture(autouse=True)
def _apart(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layers above stay away, earlier tests' failed tries are forgotten, and nobody sleeps."""
    settings.ROOT_URLCONF = "tests.accounts.standin_urls"
    cache.clear()
    monkeypatch.setattr("netral.ui.throttle.time.sleep", lambda _seconds: None)


@pytest.fixture
def administrator(officer: Callable[..., Any]) -> Any:
    return officer("administrator")


@pytest.fixture
def admin_client(administrator: Any, staff_client: Callable[..., Client]) -> Client:
    return staff_client(administrator)


@pytest.fixture
def enrolled(officer: Callable[..., Any]) -> Any:
    """An officer with a second factor who is signed out."""
    user = officer("petugas")
    factors.enrol(user)
    return user


@pytest.fixture
def visitor(staff_client: Callable[..., Client]) -> Client:
    return staff_client()


@pytest.fixture
def process_log() -> Any:
    """Lines of the accounts' process log."""

    class Lines(logging.Handler):
        def __init__(self) -> None:
            super().__init__()
            self.lines: list[str] = []

        def emit(self, record: logging.LogRecord) -> None:
            self.lines.append(record.getMessage())

    handler = Lines()
    logger = logging.getLogger("netral.accounts")
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """Posts the password and, with `code`, the second factor; returns the last answer."""

    def post(client: Client, username: str, password: str = PASSWORD, *, code: str | None = None) -> Any:
        response = client.post("/akun/masuk/", {"login": username, "password": password})
        return client.post("/akun/kode/", {"code": code}) if code is not None else response

    return post
