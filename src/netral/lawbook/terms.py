"""Clocks of the procedure: when a term ends, by every reading of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .conditions import ALWAYS
from .corpus import Clock, Corpus, Reading, Text
from .days import Counted, add_days, month_end
from .facts import Given


@dataclass(frozen=True)
class Due:
    """A day reached by one reading of a clock, or by several."""

    code: str
    label: Text
    reading: str
    day: dt.date
    kind: str  # at_most: the last day; at_least: the first; on: the very day
    length: int
    unit: str
    basis: tuple[str, ...]
    says: Text
    status: str
    provisional: bool  # a year on the way has no decreed working days
    at_expiry: Text
    # Where there is more than one reading: each that can be counted, this one included.
    readings: tuple[Due, ...] = ()

    @property
    def disputed(self) -> bool:
        return bool(self.readings)

    @property
    def unverified(self) -> bool:
        return self.status == "unverified"


def due_day(
    book: Corpus,
    code: str,
    start: dt.date,
    *,
    facts: Mapping[str, Any] | None = None,
    reading: str | None = None,
) -> Due | None:
    """When the clock `code`, started on `start`, ends; None where no law of that day has such a clock.

    `reading` is the one an agency has confirmed; left out, the corpus's default. A reading that starts with another day
    is there if `facts` hold it. Raises KeyError for an unknown clock.
    """
    for clock in book.clocks[code]:
        if clock.start <= start <= clock.until and clock.when.holds(facts or {}) is not False:
            return _due(book, clock, _starts(clock, start, facts or {}), reading)
    return None


def _starts(clock: Clock, start: dt.date, facts: Mapping[str, Any]) -> tuple[dt.date | None, ...]:
    """The day each reading starts with; None where it starts with another fact, and that is not known."""
    return tuple(facts.get(one.starts) if one.starts else start for one in clock.readings)


@lru_cache(maxsize=8192)
def _due(book: Corpus, clock: Clock, starts: tuple[dt.date | None, ...], reading: str | None = None) -> Due:
    each = tuple(
        _read(book, clock, one, start)
        for one, start in zip(clock.readings, starts, strict=True)
        if start is not None
    )
    wanted = reading or clock.default
    chosen = next((due for due in each if due.reading == wanted), each[0])
    if len(clock.readings) == 1:
        return chosen
    return Due(**{**vars(chosen), "readings": each})


def _read(book: Corpus, clock: Clock, reading: Reading, start: dt.date) -> Due:
    counted = _counted(book, reading, start)
    return Due(
        code=clock.code,
        label=clock.label,
        reading=reading.code,
        day=counted.day,
        kind=reading.kind,
        length=reading.length,
        unit=reading.unit,
        basis=reading.basis,
        says=reading.says,
        status=reading.status,
        provisional=counted.provisional,
        at_expiry=clock.at_expiry,
    )


def _counted(book: Corpus, reading: Reading, start: dt.date) -> Counted:
    match reading.unit:
        case "hari_kerja":
            return book.working_days.add(start, reading.length, counts_start=reading.counts_start)
        case "akhir_bulan":
            return month_end(start, reading.length)
    return add_days(start, reading.length, counts_start=reading.counts_start)


def clocks_of(
    book: Corpus, given: Given, facts: Mapping[str, Any], tracks: frozenset[str]
) -> list[dict[str, Any]]:
    """Every clock of these tracks; one whose start is not known says so."""
    otherwise = given.assessed_on or facts.get("act_date")
    told = []
    for clock in _clocks_of_tracks(book, tracks):
        start = facts.get(clock.starts)
        day = start or otherwise
        if (day is None or clock.start <= day <= clock.until) and (
            clock.when is ALWAYS or clock.when.holds(facts) is not False
        ):
            told.append(_told(book, clock, start, facts))
    return told


@lru_cache(maxsize=64)
def _clocks_of_tracks(book: Corpus, tracks: frozenset[str]) -> tuple[Clock, ...]:
    return tuple(
        clock for clocks in book.clocks.values() for clock in clocks if not clock.tracks.isdisjoint(tracks)
    )


def _told(book: Corpus, clock: Clock, start: dt.date | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The clock as JSON; before it starts, as its default reading would count it."""
    if start is None:
        return dict(clock.told)
    begun = {**clock.told, "start": start.isoformat()}
    if len(clock.readings) == 1:
        return begun | _days_of(book, clock.readings[0], start)
    readings = [
        one.told | _days_of(book, one, day)
        for one, day in zip(clock.readings, _starts(clock, start, facts), strict=True)
        if day
    ]
    chosen = next((one for one in readings if one["reading"] == clock.default), readings[0])
    return {**begun, **chosen, "readings": readings}


def _days_of(book: Corpus, reading: Reading, start: dt.date) -> dict[str, Any]:
    counted = _counted(book, reading, start)
    return {"due": counted.day.isoformat(), "provisional": counted.provisional}
