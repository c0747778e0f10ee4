"""Days as people write them: as a calendar sends them, in figures, or with the month in words."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
OTHERWISE = {"pebruari": 2, "agt": 8, "nopember": 11, "nop": 11}  # as letters of offices have them
SHORTEST = 3
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_FIGURES = re.compile(
    r"(?P<day>\d{1,2}) ?(?P<between>[-/.]) ?(?P<month>\d{1,2}) ?(?P=between) ?(?P<year>\d{4})", re.ASCII
)
_WORDS = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),? )?"
    r"(?P<day>\d{1,2})[ -](?P<month>[a-z]+)\.?,?[ -](?P<year>\d{4})",
    re.ASCII | re.IGNORECASE,
)


def read_day(text: str) -> dt.date:
    """The day that is meant. Raises ValueError for what is none; a year of two figures could be of two centuries."""
    text = " ".join(text.split())
    for form in (_ISO, _FIGURES, _WORDS):
        if found := form.fullmatch(text):
            return dt.date(int(found["year"]), _month(found["month"]), int(found["day"]))
    raise ValueError(text)


def read_month(text: str) -> dt.date:
    """The first day of the month that is meant: `2024-10`, `10-2024`, `Oktober 2024`. Raises ValueError."""
    for whole in (f"{text}-1", f"1-{text}", f"1/{text}", f"1 {text}"):
        try:
            return read_day(whole)
        except ValueError:
            continue
    raise ValueError(text)


def _month(said: str) -> int:
    if said.isdecimal():
        return int(said)
    said = said.lower()
    if said in OTHERWISE:
        return OTHERWISE[said]
    if len(said) < SHORTEST:
        raise ValueError(said)
    return next((at for at, name in enumerate(MONTHS, 1) if name.startswith(said)), 0)
