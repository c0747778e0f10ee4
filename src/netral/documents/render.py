"""A letter as PDF: typeset in memory from the templates of this package, with the fonts Typst brings along.

The PDF is tagged (PDF/UA-1) and made to be kept (PDF/A-2a). The same letter gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from netral.ui.qr import qr_image

from .kinds import LetterFields

TEMPLATES = Path(__file__).with_name("typst")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
MOST_TRIED = 100  # characters tried one by one, each a typesetting of its own; the rest is written by name
_SAMPLE = b"""
#set document(title: "x")
#set text(font: "Libertinus Serif", lang: "id")
#sys.inputs.surat
"""


class TypesettingError(Exception):
    """A letter of this kind cannot be set, whatever the reason; nothing was written."""


@dataclass(frozen=True)
class Letterhead:
    """The agency as its letters name it; `kind` tells whether a government of a region stands above it."""

    name: str
    kind: str
    office: str
    address: str
    phone: str


def render(
    kind: str, fields: LetterFields, *, agency: Letterhead, number: str, dated: dt.date, check: str
) -> bytes:
    """The PDF. `check` is the public address that tells number, day and hash of the letter. Raises TypesettingError."""
    letter = {
        "agency": asdict(agency),
        "number": number,
        "dated": dated.isoformat(),
        "check": check,
        "qr": qr_image(check),
        "fields": fields.model_dump(mode="json"),
    }
    try:
        return _typeset(kind, letter)
    except TypesettingError:
        # A character that no font of ours has; a letter that is wrong otherwise fails once more.
        return _typeset(kind, _spelled_out(letter, _settings(letter)))


def _typeset(kind: str, letter: dict[str, Any]) -> bytes:
    return _compile(
        TEMPLATES / f"{kind}.typ",
        json.dumps(letter),
        root=TEMPLATES,
        timestamp=_midnight(letter["dated"]),
    )


def _compile(template: Path | bytes, words: str, **options: Any) -> bytes:
    """The PDF. Raises TypesettingError whatever the typesetter says, or where it breaks down itself."""
    options |= {"format": "pdf", "font_paths": _fonts(), "pdf_standards": STANDARDS}
    try:
        pdf: bytes = typst.compile(template, sys_inputs={"surat": words}, **options)
    except typst.TypstError as error:
        raise TypesettingError from error
    except BaseException as error:
        # A panic is no Exception, so nobody above would take it for a letter that cannot be set.
        if type(error).__name__ != "PanicException":
            raise
        raise TypesettingError from error
    return pdf


def _midnight(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


@cache
def _fonts() -> typst.Fonts:
    """Those of Typst and no others, so that a letter looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False)


def _settings(letter: dict[str, Any]) -> dict[int, str]:
    """For every character beyond ASCII what is set in its place: itself, or its name."""
    strange = dict.fromkeys(char for char in json.dumps(letter, ensure_ascii=False) if not char.isascii())
    return {
        ord(char): _settable(char) if at < MOST_TRIED else _named(char) for at, char in enumerate(strange)
    }


def _spelled_out(value: Any, settings: Mapping[int, str]) -> Any:
    """The same data with what cannot be set written as Unicode names it: [U+1F44D THUMBS UP SIGN]."""
    match value:
        case dict():
            return {key: _spelled_out(item, settings) for key, item in value.items()}
        case list():
            return [_spelled_out(item, settings) for item in value]
        case str():
            return value.translate(settings)
        case _:
            return value


@cache
def _settable(char: str) -> str:
    try:
        _compile(_SAMPLE, char)
    except TypesettingError:
        return _named(char)
    return char


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"[U+{ord(char):04X}{f' {name}' if name else ''}]"
