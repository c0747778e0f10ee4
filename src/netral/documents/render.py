"""A letter as PDF: typeset in memory from the templates of this package, with the fonts Typst brings along.

The PDF is tagged (PDF/UA-1) and made to be kept (PDF/A-2a). The same letter gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from netral.ui.qr import qr_image

from .glyphs import spelled_out
from .kinds import LetterFields, Paper
from .typesetting import TEMPLATES, TypesettingError, typeset


@dataclass(frozen=True)
class Letterhead:
    """The agency as its letters name it; `kind` tells whether a government of a region stands above it."""

    name: str
    kind: str
    office: str
    address: str
    phone: str


def render(
    kind: str,
    fields: LetterFields,
    *,
    agency: Letterhead,
    number: str,
    dated: dt.date,
    check: str,
    replaces: Paper | None = None,
) -> bytes:
    """The PDF. `check` is the public address that tells number, day and hash of the letter. Raises TypesettingError."""
    letter = {
        "agency": asdict(agency),
        "number": number,
        "dated": dated.isoformat(),
        "check": check,
        "qr": qr_image(check),
        "fields": fields.model_dump(mode="json"),
        "replaces": replaces and replaces.model_dump(mode="json"),
    }
    template = (TEMPLATES / f"{kind}.typ").read_bytes()
    midnight = dt.datetime.combine(dated, dt.time(), dt.UTC)
    try:
        return typeset(template, letter, midnight)
    except TypesettingError:
        pass  # most likely something that no font of ours has
    try:
        return typeset(template, spelled_out(letter), midnight)
    except TypesettingError:
        return typeset(template, spelled_out(letter, every_script=True), midnight)
