"""Elections by their calendars: what is near a day, its stage, what changes when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from netral.lawbook import Contest, Version, answer, conduct_kinds, contests, corpus, vocabulary

from .words import words_of

ONE_DAY = dt.timedelta(days=1)
# How long after its last day an election is still what people ask about.
LINGERS = dt.timedelta(days=180)
DETERMINED = "penetapan"


@dataclass(frozen=True)
class Event:
    """One entry of a calendar, `until` included."""

    code: str
    label: str
    start: dt.date
    until: dt.date


@dataclass(frozen=True)
class Schedule:
    """One contest as its calendar stands on a day."""

    contest: Contest
    version: Version
    stage: str
    events: tuple[Event, ...]

    @property
    def label(self) -> str:
        """The offices that are voted on."""
        return ", ".join(office_label(office) for office in _in_order(self.contest))

    @property
    def regions(self) -> str:
        """Where; empty for everywhere."""
        return ", ".join(region_label(code) for code in sorted(self.contest.regions))

    @property
    def stage_label(self) -> str:
        return words_of("stages")[self.stage]


@dataclass(frozen=True)
class Election:
    code: str
    label: str
    schedules: tuple[Schedule, ...]

    @property
    def end(self) -> dt.date:
        return max(schedule.events[-1].until for schedule in self.schedules)


def elections(day: dt.date, region: str = "") -> list[Election]:
    """Every election, in the order of their ends, as its calendar stands on a day; with `region`, those held there."""
    by_code: dict[str, list[Contest]] = {}
    for contest in contests():
        if not region or contest.holds_in(region):
            by_code.setdefault(contest.election, []).append(contest)
    found = [
        Election(code, election_label(code), tuple(_schedule(one, day) for one in found))
        for code, found in by_code.items()
    ]
    return sorted(found, key=lambda one: (one.end, one.code))


def election(code: str, day: dt.date) -> Election | None:
    return next((one for one in elections(day) if one.code == code), None)


def is_near(one: Election, day: dt.date) -> bool:
    """Whether its calendar was published by this day, and its voting is not long past."""
    return any(
        schedule.contest.versions[0].start <= day <= schedule.events[-1].until + LINGERS
        for schedule in one.schedules
    )


def near(day: dt.date) -> list[Election]:
    return [one for one in elections(day) if is_near(one, day)]


def regions_named() -> list[tuple[str, str]]:
    """Code and name of every region that a calendar names."""
    codes = {code for contest in contests() for code in contest.regions}
    return sorted(((code, region_label(code)) for code in codes), key=lambda pair: pair[1])


def election_label(code: str) -> str:
    return _label("object.election", code)


def office_label(code: str) -> str:
    return _label("object.office", code)


def region_label(code: str) -> str:
    return words_of("regions").get(code, code)


def _label(path: str, code: str) -> str:
    label: str = vocabulary()[path]["values"][code]["id"]
    return label


def _schedule(contest: Contest, day: dt.date) -> Schedule:
    version = contest.version_on(day)
    return Schedule(contest, version, version.stage(day), tuple(_events(version)))


def _events(version: Version) -> list[Event]:
    """What a calendar holds, in order; on one day the determination stands first."""
    labels = words_of("stages")
    spans = [(DETERMINED, version.determined_on, version.determined_on), *version.stages]
    return [
        Event(code, labels[code], start, until)
        for code, start, until in sorted(spans, key=lambda span: (span[1], span[0] != DETERMINED))
    ]


def _in_order(contest: Contest) -> list[str]:
    return [office for office in vocabulary()["object.office"]["values"] if office in contest.offices]


# What changes ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """An act that from some day on is answered otherwise, both answers in words."""

    act: str
    before: str
    after: str


def changes(schedule: Schedule, day: dt.date) -> Sequence[Change]:
    """What the law answers otherwise from this day on to a PNS who supports a candidate; computed, never typed."""
    return _changes(corpus().hash, schedule.contest, day)


@lru_cache(maxsize=256)
def _changes(_corpus: str, contest: Contest, day: dt.date) -> tuple[Change, ...]:
    found = []
    for code, kind in conduct_kinds().items():
        before, after = (_consequence(contest, code, on) for on in (day - ONE_DAY, day))
        if before != after:
            found.append(Change(kind.label.id, before, after))
    return tuple(found)


def _consequence(contest: Contest, act: str, day: dt.date) -> str:
    facts = {
        "conduct": act,
        "act_date": day.isoformat(),
        "actor": {"status": "pns"},
        "object": {"kind": "calon", "election": contest.election, "office": contest.office}
        | ({"region": min(contest.regions)} if contest.regions else {}),
    }
    told = answer(facts, trace=False)
    return consequence_words(told)


def consequence_words(told: Mapping[str, object]) -> str:
    """Verdict and level of an answer in a few words."""
    level = str(told["level"])
    return words_of("verdicts")[str(told["verdict"])] if level == "none" else words_of("levels")[level]
