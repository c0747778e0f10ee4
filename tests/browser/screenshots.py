"""Takes the README's pictures from a running demonstration.

`python -m tests.browser.screenshots PUBLIC STAFF HOME docs/screenshots`
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from netral.config.demo_text import PASSWORD

from .conftest import ARGUMENTS, CHROMIUM, DESKTOP, PHONE
from .test_pages import ASKED

COLOURS = 128  # flat drawings of an interface lose nothing by it, and a clone stays small


def shoot(page: Page, target: Path) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def phone(browser: Browser, public: str, folder: Path) -> None:
    page = browser.new_page(viewport=PHONE, locale="id-ID")  # type: ignore[arg-type]
    page.goto(public)
    shoot(page, folder / "home.png")
    page.goto(f"{public}/lapor/")
    page.get_by_label("Foto dengan simbol jari atau atribut").check()
    shoot(page, folder / "report.png")
    page.goto(f"{public}{ASKED}")
    shoot(page, folder / "may.png")


def desk(browser: Browser, staff: str, home: str, folder: Path) -> None:
    page = browser.new_page(viewport=DESKTOP, locale="id-ID")  # type: ignore[arg-type]
    page.goto(staff)
    page.fill("[name=login]", "demo-koordinator")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    command = [sys.executable, "-m", "netral.config.cli", "--home", home, "code", "demo-koordinator"]
    page.fill(
        "[name=code]", subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]
    )
    page.click("main button.btn-primary")
    page.goto(f"{staff}/?tab=tim")
    shoot(page, folder / "desk.png")
    page.goto(f"{staff}/laporan/L-2024-0018/")
    shoot(page, folder / "matter.png")
    page.goto(f"{staff}/perkara/P-2024-0019/")
    shoot(page, folder / "case.png")


def main(public: str, staff: str, home: str, folder: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        phone(browser, public, Path(folder))
        desk(browser, staff, home, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
