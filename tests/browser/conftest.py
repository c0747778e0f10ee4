"""A running demonstration and an installed Chromium that drives it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState, expect, sync_playwright

from tests.config.running import PATIENCE, command, environment, free_port, load_demo
from tests.homes import made_once

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOWEST = 180_000  # milliseconds until a page counts as stuck: a busy machine fails no test
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Register:
    """A register that runs in processes of its own."""

    home: Path
    public: str
    staff: str
    process: subprocess.Popen[bytes]

    def netral(self, *arguments: str) -> str:
        """Runs the `netral` command on this register; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "netral.config.cli", *arguments],
            env=os.environ | {"NETRAL_HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"netral up ended with {process.returncode}"
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own)
            return
        time.sleep(0.1)
    pytest.fail(f"{url} does not answer after {seconds} s")


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The demonstration, served; on PostgreSQL where NETRAL_TEST_DATABASE says so."""
    home = tmp_path_factory.mktemp("register") / "rumah"
    if address := os.environ.get("NETRAL_TEST_DATABASE"):
        load_demo(home, NETRAL_DATABASE=address)
    else:
        shutil.copytree(made_once("demo", load_demo, tmp_path_factory), home)
    public, staff = free_port(), free_port()
    ports = ("--public-port", str(public), "--staff-port", str(staff))
    process = subprocess.Popen(command("up", *ports), env=environment(home))
    try:
        for port in (public, staff):
            wait_for(f"http://localhost:{port}/", process)
        yield Register(home, f"http://localhost:{public}", f"http://localhost:{staff}", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium tidak terpasang")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        expect.set_options(timeout=SLOWEST)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor: `visit(PHONE, javascript=False)`. The console must stay silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        viewport: dict[str, int] = DESKTOP, *, javascript: bool = True, state: StorageState | None = None
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            locale="id-ID",
            storage_state=state,
            is_mobile=viewport is PHONE,
            has_touch=viewport is PHONE,
        )
        context.set_default_timeout(SLOWEST)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A 4xx page is part of some stories; everything else that the console says is a fault.
    assert [line for line in complaints if "the server responded with a status of 4" not in line] == []


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """Who is signed in already, by user name: a code works once and there are two a minute."""
    return {}


@pytest.fixture
def sign_in(
    register: Register, visit: Callable[..., Page], sessions: dict[str, StorageState]
) -> Callable[..., Page]:
    """An officer's page, signed in with password and code at the first time."""

    def enter(username: str = "demo-koordinator", viewport: dict[str, int] = DESKTOP) -> Page:
        page = visit(viewport, state=sessions.get(username))
        page.goto(f"{register.staff}/")
        if username not in sessions:
            pass_the_door(page, register, username)
            page.wait_for_url(f"{register.staff}/")
            sessions[username] = page.context.storage_state()
        return page

    return enter


def follow(target: Locator) -> None:
    """Clicks what leads to a page, and waits for it: a click alone returns while the old one may still stand."""
    with target.page.expect_navigation():
        target.click()


def pass_the_door(page: Page, register: Register, username: str) -> None:
    """Password and code on the pages of the door that stand open."""
    from netral.config.demo_text import PASSWORD

    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main button.btn-primary"))
    page.fill("[name=code]", register.netral("code", username).split()[-1])
    follow(page.locator("main button.btn-primary"))
