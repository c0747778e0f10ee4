"""Calendars of elections and the working days of years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from .. import schema
from ..facts import is_region
from ..sources import At
from .draft import Draft

# In the order in which they follow one another; the draw of numbers falls among them.
STAGES = ("pendaftaran", "determined_on", "kampanye", "masa_tenang", "pemungutan")


def check_calendars(draft: Draft) -> None:
    elections = draft.facts["object.election"].values
    for path, election in draft.many["calendars"].items():
        if election.election not in elections:
            draft.say(path, ("election",), f"{election.election!r} bukan nilai object.election")
        for at, contest in enumerate(election.contests):
            _check_contest(draft, path, ("contests", at), contest)
    for path, year in draft.many["working_days"].items():
        for at, holiday in enumerate(year.holidays):
            if holiday.day.year != year.year:
                draft.say(path, ("holidays", at), f"{holiday.day} bukan tahun {year.year}")
            if holiday.day in [one.day for one in year.holidays[:at]]:
                draft.say(path, ("holidays", at), f"{holiday.day} disebut dua kali")


def _check_contest(draft: Draft, path: Path, at: At, contest: schema.Contest) -> None:
    stages, offices = draft.facts["stage"].values, draft.facts["object.office"].values
    for region in contest.regions:
        if not is_region(region):
            draft.say(path, (*at, "regions"), f"regions: {region!r} bukan kode seperti '18.71'")
    for office in contest.offices:
        if office not in offices:
            draft.say(path, (*at, "offices"), f"offices: {office!r} bukan nilai object.office")
    for place, version in enumerate(contest.versions):
        draft.check_refs(path, (*at, "versions", place), version.basis)
        for code in version.stages:
            if code not in stages and code != "pengundian":
                told = f"tahap {code!r}; yang boleh: {', '.join(stages)}"
                draft.say(path, (*at, "versions", place, "stages", code), told)
    _check_versions(draft, path, (*at, "versions"), contest.versions)


def _check_versions(draft: Draft, path: Path, at: At, versions: Sequence[schema.CalendarVersion]) -> None:
    """Each has a code and a first day of its own; in each the stages follow one another, up to the voting."""
    for different in ({one.code for one in versions}, {one.from_ for one in versions}):
        if len(different) < len(versions):
            draft.say(path, at, "dua versi kalender dengan kode atau tanggal mulai yang sama")
    for place, version in enumerate(versions):
        if version.stages and "pemungutan" not in version.stages:
            draft.say(path, (*at, place, "stages"), f"{version.code}: tahap pemungutan belum ada")
        for (first, _start, end), (then, start, _end) in pairwise(_in_order(version)):
            if start <= end:
                told = f"{version.code}: {then} mulai {start}, padahal {first} sampai {end}"
                draft.say(path, (*at, place, "stages"), told)


def _in_order(version: schema.CalendarVersion) -> list[tuple[str, dt.date, dt.date]]:
    """Its stages, and the day of determination among them, as they should follow one another."""
    days = {code: (stage.from_, stage.until) for code, stage in version.stages.items()}
    days["determined_on"] = version.determined_on, version.determined_on
    return [(code, *days[code]) for code in STAGES if code in days]
