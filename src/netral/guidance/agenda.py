"""Elections by their calendars: what is near a day, its stage, what changes when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from netral.lawbook import Answer, Contest, Version, answer, conduct_kinds, contests, corpus, vocabulary
from netral.ui import clock

from .words import Sample, samples, words_of

ONE_DAY = dt.timedelta(days=1)
# How long after its last day an election is still what people ask about.
LINGERS = dt.timedelta(days=180)
# How long before candidates are determined a window may open.
LOOKS_BACK = dt.timedelta(days=366)
# Days between two looks at the law for the windows of a calendar.
STEP = 8
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
    day: dt.date
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

    @property
    def next_event(self) -> Event | None:
        return next((one for one in self.events if one.start > self.day), None)


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
    return Schedule(contest, version, day, version.stage(day), tuple(_events(version)))


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


@dataclass(frozen=True)
class Window:
    """Days on which something is forbidden; `until` is the last of them, None where no end is in sight."""

    code: str
    label: str
    start: dt.date
    until: dt.date | None
    basis: str  # the article that forbids it
    unsure_before: bool  # not allowed on the days before either, it depends
    unsure_after: bool


def changes(contest: Contest, day: dt.date) -> Sequence[Change]:
    """What the law answers otherwise from this day on to a PNS who supports a candidate; computed, never typed."""
    return _changes(corpus().hash, contest, day)


def windows(contest: Contest) -> Sequence[Window]:
    """Spans of days in which what `words.yaml` asks about is forbidden; computed, never typed."""
    return _windows(corpus().hash, contest)


@lru_cache(maxsize=256)
def _changes(_corpus: str, contest: Contest, day: dt.date) -> tuple[Change, ...]:
    found = []
    for code, kind in conduct_kinds().items():
        facts = {"conduct": code, "actor": {"status": "pns"}, "object": {"kind": "calon"}}
        before, after = (consequence_words(_answer(contest, facts, on)) for on in (day - ONE_DAY, day))
        if before != after:
            found.append(Change(kind.label.id, before, after))
    return tuple(found)


@lru_cache(maxsize=64)
def _windows(_corpus: str, contest: Contest) -> tuple[Window, ...]:
    return tuple(window for sample in samples() for window in _spans(contest, sample))


def _spans(contest: Contest, sample: Sample) -> Iterator[Window]:
    """Runs of forbidden days around the election; what is forbidden from the first day on opens no window."""
    versions = contest.versions
    first, last = versions[0].determined_on - LOOKS_BACK, _events(versions[-1])[-1].until + LINGERS
    turns = list(_turns(contest, sample, first, last))
    ends: list[tuple[dt.date | None, str]] = [*turns[2:], (None, "")]
    for (_day, before), (start, verdict), (end, after) in zip(turns[:-1], turns[1:], ends, strict=False):
        if verdict == "forbidden":
            article = _answer(contest, sample.facts, start)["basis"][0]
            yield Window(
                sample.code,
                sample.label,
                start,
                end and end - ONE_DAY,
                f"{article['instrument']} {article['article']}",
                unsure_before=before == "depends",
                unsure_after=after == "depends",
            )


def _turns(contest: Contest, sample: Sample, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
    """Each day from which another verdict holds. Looked for by halves: no verdict lasts less than `STEP` days, which
    a test finds true of every calendar by asking about every day.
    """
    days = (last - first).days
    looks = [first + ONE_DAY * at for at in (*range(0, days, STEP), days)]
    before, verdict = looks[0], _verdict(contest, sample, looks[0])
    yield before, verdict
    for look in looks[1:]:
        if (now := _verdict(contest, sample, look)) != verdict:
            yield _first_day(contest, sample, before, look), now
        before, verdict = look, now


def _first_day(contest: Contest, sample: Sample, before: dt.date, after: dt.date) -> dt.date:
    """The day of the turn between two days of different verdicts."""
    old = _verdict(contest, sample, before)
    while (gap := (after - before).days) > 1:
        middle = before + ONE_DAY * (gap // 2)
        if _verdict(contest, sample, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _verdict(contest: Contest, sample: Sample, day: dt.date) -> str:
    return str(_answer(contest, sample.facts, day)["verdict"])


def _answer(contest: Contest, facts: Mapping[str, Any], day: dt.date) -> Answer:
    election = {"election": contest.election, "office": contest.office}
    region = {"region": min(contest.regions)} if contest.regions else {}
    about = {**facts.get("object", {}), **election, **region}
    return answer({**facts, "act_date": day.isoformat(), "object": about}, trace=False)


# Today in a line --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StageOfTheDay:
    """The stage an election stands in: its how-manieth day it is of how many, and what comes next."""

    election: str
    stage: str
    day: int
    days: int
    next_event: Event | None


def stage_of_the_day() -> StageOfTheDay | None:
    """Of the election that is under way, the one that ends first; None where none is."""
    today = clock.today()
    for one in elections(today):
        for schedule in one.schedules:
            if found := _under_way(one, schedule, today):
                return found
    return None


def _under_way(one: Election, schedule: Schedule, today: dt.date) -> StageOfTheDay | None:
    if schedule.events[0].start > today or schedule.events[-1].until < today:
        return None
    span = next((event for event in reversed(schedule.events) if event.start <= today <= event.until), None)
    day, days = ((today - span.start).days + 1, (span.until - span.start).days + 1) if span else (0, 0)
    return StageOfTheDay(one.label, schedule.stage_label, day, days, schedule.next_event)


# One card a contest ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """An event as a step of the way, with what the law answers otherwise from its first day on."""

    event: Event
    state: Literal["done", "now", "ahead"]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Card:
    election: Election
    schedule: Schedule
    lines: list[Line]
    windows: Sequence[Window]
    sure: bool
    sureness: str


def cards(one: Election) -> list[Card]:
    return [_card(one, schedule) for schedule in one.schedules]


def _card(one: Election, schedule: Schedule) -> Card:
    contest, status = schedule.contest, schedule.version.status
    lines = [
        Line(event, _state(event, schedule.day), changes(contest, event.start)) for event in schedule.events
    ]
    return Card(one, schedule, lines, windows(contest), status == "verified", words_of("statuses")[status])


def _state(event: Event, day: dt.date) -> Literal["done", "now", "ahead"]:
    if event.until < day:
        return "done"
    return "now" if event.start <= day else "ahead"


def consequence_words(told: Mapping[str, object]) -> str:
    """Verdict and level of an answer in a few words."""
    level = str(told["level"])
    return words_of("verdicts")[str(told["verdict"])] if level == "none" else words_of("levels")[level]
