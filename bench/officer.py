"""An officer of the demonstration: signs in with password and time-based code, as a person does."""

from __future__ import annotations

from pathlib import Path

from bench.browser import Browser
from bench.registers import netral_command
from bench.reporter import must_lead_on
from netral.config.demo_text import PASSWORD


def sign_in(browser: Browser, home: Path, username: str) -> None:
    opened = browser.get("/akun/masuk/")
    asked = browser.post("/akun/masuk/", {"login": username, "password": PASSWORD}, token=opened.token)
    second = browser.sent_to(must_lead_on(asked))
    code = netral_command("code", username, home=home).strip()
    browser.sent_to(must_lead_on(browser.post("/akun/kode/", {"code": code}, token=second.token)))
