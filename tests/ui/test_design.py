"""The design holds what it promises: contrast, weight, no foreign address, nothing inline."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import netral.ui

pytestmark = pytest.mark.one_database

UI = Path(netral.ui.__file__).parent
PACKAGE = UI.parent
SHEET = (UI / "scss/_tokens.scss").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"^\$([\w-]+): (#[0-9a-f]{3,6});", SHEET, re.M))
TONES = re.findall(r"^  (\w+): \(\$([\w-]+), \$([\w-]+)\),$", SHEET, re.M)

LIGHT = ["card", "paper", *(name for name in TOKENS if name.startswith("wash-"))]
TEXT = [(ink, ground) for ink in ("ink", "ink-second", "ink-small", "action-deep") for ground in LIGHT]
TEXT += [("red", ground) for ground in ("card", "paper", "wash-red")]
TEXT += [
    ("amber-deep", "wash-amber"),
    ("amber", "card"),
    ("card", "action"),
    ("card", "action-deep"),
    ("card", "red"),
]
TEXT += [(ink, "ink") for ink in ("on-dark", "on-dark-second", "on-dark-action")]
TEXT += [(ink, "dark-raised") for ink in ("on-dark", "on-dark-second", "on-dark-action")]


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_contrast(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_every_tone_has_contrast_on_its_wash_and_on_a_card() -> None:
    assert len(TONES) == 6
    for tone, ink, wash in TONES:
        assert contrast(ink, wash) >= 4.5, tone
        assert contrast(ink, "card") >= 4.5, tone


@pytest.mark.parametrize(
    ("line", "ground"), [("field-line", "card"), ("action", "paper"), ("action", "card"), ("red", "wash-red")]
)
def test_edges_of_controls_and_focus_have_contrast(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_the_third_ink_colours_no_text() -> None:
    for sheet in (UI / "scss").glob("*.scss"):
        assert "$ink-third" not in re.sub(r"^\$ink-third:.*$", "", sheet.read_text(), flags=re.M)


@pytest.mark.parametrize(("sheet", "limit"), [("ui/public.css", 45_000), ("ui/staff.css", 90_000)])
def test_style_sheets_stay_small_and_load_nothing(sheet: str, limit: int) -> None:
    path = finders.find(sheet)
    assert path is not None
    css = Path(path).read_text(encoding="utf-8")
    assert len(css.encode()) <= limit
    assert "@import" not in css
    assert all(url.startswith("data:") for url in re.findall(r"""url\(["']?([^"')]*)""", css))


TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_page_loads_nothing_foreign_and_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", text)
    assert not re.search(r"<style|\sstyle\s*=|javascript:|\son[a-z]+\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_the_lock_of_the_styles_names_no_registry() -> None:
    root = PACKAGE.parent.parent
    lock = (root / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock
