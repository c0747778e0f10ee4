"""A letter as PDF: typeset in memory from the templates of this package, with the fonts Typst brings along.

The PDF is tagged (PDF/UA-1) and made to be kept (PDF/A-2a). The same letter gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from netral.ui.qr import qr_image

from .kinds import LetterFields

TEMPLATES = Path(__file__).with_name("typst")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
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
        return _typeset(TEMPLATES / f"{kind}.typ", letter)
    except typst.TypstError:
        # A character that no font of ours has; a letter that is wrong otherwise fails once more.
        return _typeset_spelled_out(kind, letter)


def _typeset_spelled_out(kind: str, letter: dict[str, Any]) -> bytes:
    try:
        return _typeset(TEMPLATES / f"{kind}.typ", _spelled_out(letter))
    except typst.TypstError as error:
        raise TypesettingError(kind) from error


def _typeset(template: Path, letter: dict[str, Any]) -> bytes:
    return typst.compile(
        template,
        root=TEMPLATES,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"surat": json.dumps(letter)},
        pdf_standards=STANDARDS,
        timestamp=_midnight(letter["dated"]),
    )


def _midnight(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)


@cache
def _fonts() -> typst.Fonts:
    """Those of Typst and no others, so that a letter looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False)


def _spelled_out(value: Any) -> Any:
    """The same data with what cannot be set written as Unicode names it: [U+1F44D THUMBS UP SIGN]."""
    match value:
        case dict():
            return {key: _spelled_out(item) for key, item in value.items()}
        case list():
            return [_spelled_out(item) for item in value]
        case str() if not value.isascii():
            return "".join(map(_settable, value))
        case _:
            return value


@cache
def _settable(char: str) -> str:
    try:
        typst.compile(
            _SAMPLE, format="pdf", font_paths=_fonts(), sys_inputs={"surat": char}, pdf_standards=STANDARDS
        )
    except typst.TypstError:
        name = unicodedata.name(char, "")
        return f"[U+{ord(char):04X}{f' {name}' if name else ''}]"
    return char
