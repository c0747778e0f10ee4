"""Sanctions, authorities, clocks, crimes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from .. import schema
from ..sources import At
from .draft import EVER, NEVER, Draft

# What their folder holds, by the name of the list.
LISTS = {"sanctions": "sanctions", "authorities": "authorities", "procedure": "clocks"}


def check_consequences(draft: Draft) -> None:
    for folder, name in LISTS.items():
        for path, file in draft.many[folder].items():
            for at, item in enumerate(getattr(file, name)):
                draft.check_refs(path, (name, at, "basis"), getattr(item, "basis", ()))
                draft.check_told(path, (name, at), item)
                draft.condition(path, (name, at, "when"), item.when)
    _check_clocks(draft)
    _check_crimes(draft)
    _check_authorities(draft)


def _check_clocks(draft: Draft) -> None:
    for path, file in draft.many["procedure"].items():
        for at, clock in enumerate(file.clocks):
            _check_start(draft, path, ("clocks", at, "starts"), clock.starts)
            _check_readings(draft, path, ("clocks", at, "readings"), clock.readings)
            if clock.default not in [one.code for one in clock.readings if not one.starts]:
                told = f"default: bacaan {clock.default!r} tidak ada, atau dimulai fakta lain"
                draft.say(path, ("clocks", at, "default"), told)


def _check_readings(draft: Draft, path: Path, at: At, readings: Sequence[schema.Reading]) -> None:
    for place, reading in enumerate(readings):
        draft.check_refs(path, (*at, place), reading.basis)
        if reading.starts:
            _check_start(draft, path, (*at, place), reading.starts)
        if not reading.length and reading.unit != "akhir_bulan":
            draft.say(path, (*at, place), f"length: 0 {reading.unit}; paling sedikit 1")
        if reading.code in [one.code for one in readings[:place]]:
            draft.say(path, (*at, place), "readings: dua bacaan dengan kode yang sama")


def _check_authorities(draft: Draft) -> None:
    sanctions = {item.code for file in draft.many["sanctions"].values() for item in file.sanctions}
    for path, file in draft.many["authorities"].items():
        for at, one in enumerate(file.authorities):
            for power in one.may:
                _check_power(draft, path, ("authorities", at, "may"), power, sanctions)
    _check_competence(draft)


def _check_competence(draft: Draft) -> None:
    """One authority is competent for one purpose once at a time."""
    seen: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for path, file in draft.many["authorities"].items():
        for at, one in enumerate(file.authorities):
            start, end = one.from_ or EVER, one.until or NEVER
            spans = seen[one.code, one.purpose]
            if any(start <= last and first <= end for first, last in spans):
                told = f"{one.code}: dua masa wewenang {one.purpose} yang bertumpang tindih"
                draft.say(path, ("authorities", at, "code"), told)
            spans.append((start, end))


def _check_start(draft: Draft, path: Path, at: At, fact: str) -> None:
    if fact not in draft.facts or draft.facts[fact].type != "date":
        draft.say(path, at, f"starts: {fact!r} bukan fakta tanggal")


def _check_power(draft: Draft, path: Path, at: At, power: schema.Power, sanctions: Collection[str]) -> None:
    draft.check_refs(path, at, power.basis)
    for level in power.target:
        if level not in draft.facts["actor.level"].values:
            draft.say(path, at, f"target: {level!r} bukan nilai actor.level")
    for kind in power.kinds:
        if kind not in sanctions:
            draft.say(path, at, f"kinds: jenis sanksi {kind!r} tidak ada")


def _check_crimes(draft: Draft) -> None:
    for path, file in draft.many["crimes"].items():
        for at, crime in enumerate(file.crimes):
            draft.check_refs(path, ("crimes", at, "article"), (crime.article, crime.penalty))
            draft.condition(path, ("crimes", at, "subject"), crime.subject)
            for code, condition in crime.elements.items():
                draft.condition(path, ("crimes", at, "elements", code), condition)
            for code in crime.conducts:
                if code not in draft.domains["conduct"]:
                    draft.say(path, ("crimes", at, "conducts"), f"conducts: perbuatan {code!r} tidak ada")
            if set(crime.elements) != set(crime.labels):
                draft.say(
                    path, ("crimes", at, "labels"), "labels: tiap unsur memerlukan sebutan, dan hanya itu"
                )
