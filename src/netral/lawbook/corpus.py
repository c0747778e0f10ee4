"""The corpus in memory: the compiled law, indexed for answering. Compiled once, kept in a cache named by its hash.

Its entries are compared by identity: one corpus holds each of them once, and answers are cached by them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from .calendars import Calendars
from .conditions import ALWAYS, Condition, build
from .days import WorkingDays
from .facts import KnownFacts
from .hashing import FOLDER, corpus_hash, program_hash

EVER, NEVER = dt.date.min, dt.date.max
TRACKS = ("none", "kode_etik", "disiplin", "pemberhentian")  # from light to heavy
LEVELS = ("none", "moral", "ringan", "sedang", "berat", "ptdh")
UNDETERMINED = "undetermined"
TARGET = "actor.level"  # the fact that powers to punish go by


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    id: str
    en: str


@dataclass(frozen=True)
class ArticleVersion:
    """What an article said in a span of days."""

    ref: str
    instrument: str
    short: str
    cite: str
    says: str
    status: str
    start: dt.date
    until: dt.date
    source: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Rule:
    code: str
    start: dt.date
    until: dt.date
    when: Condition
    reads: tuple[str, ...]
    verdict: str
    track: str
    level: str
    level_range: tuple[str, ...]
    norm: tuple[str, ...]
    sanction: tuple[str, ...]
    over: frozenset[str]  # through others too
    under: frozenset[str]  # the rules that take precedence over it
    conditions: tuple[Mapping[str, str], ...]
    disputes: tuple[str, ...]
    flags: tuple[str, ...]
    says: Mapping[str, str]

    @property
    def consequence(self) -> tuple[object, ...]:
        """What it leads to, whichever articles it rests on."""
        return self.verdict, self.track, self.level, self.level_range


@dataclass(frozen=True, eq=False)
class Sanction:
    code: str
    label: Text
    track: str
    level: str
    basis: tuple[str, ...]
    start: dt.date
    until: dt.date
    when: Condition
    flags: tuple[str, ...]
    months: int | None
    suspended: str | None
    effect: str | None  # `ends_service`, `new_post`


@dataclass(frozen=True, eq=False)
class Power:
    target: frozenset[str]
    levels: frozenset[str]
    kinds: frozenset[str]  # empty: all of the level
    basis: tuple[str, ...]

    def covers(self, sanction: Sanction, target: str | None) -> bool:
        """Whether it reaches this sanction of an official of this level; of one whose level is not known, it may."""
        return (
            (target is None or target in self.target)
            and sanction.level in self.levels
            and (not self.kinds or sanction.code in self.kinds)
        )


@dataclass(frozen=True, eq=False)
class Authority:
    code: str
    label: Text
    purpose: str
    tracks: frozenset[str]  # empty: on every track
    start: dt.date
    until: dt.date
    when: Condition
    may: tuple[Power, ...]
    basis: tuple[str, ...]
    status: str
    vacancy: bool
    known: bool
    flags: tuple[str, ...]

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """As an answer names it."""
        head = {"authority": self.code, "label": vars(self.label)}
        if self.purpose == "punishes":
            return head
        return {**head, "status": self.status, "vacancy": self.vacancy, "flags": list(self.flags)}

    def holds_for(self, facts: Mapping[str, Any]) -> bool:
        """Whether it is competent by these facts; where they do not tell, it may be unless it has to be known."""
        if self.when is ALWAYS:
            return True
        held = self.when.holds(facts)
        return held is True or (held is None and not self.known)

    def serves(self, tracks: frozenset[str]) -> bool:
        return not (self.tracks and self.tracks.isdisjoint(tracks))


@dataclass(frozen=True, eq=False)
class Reading:
    code: str
    says: Text
    kind: str
    length: int
    unit: str
    counts_start: bool
    starts: str | None
    basis: tuple[str, ...]
    status: str

    @cached_property
    def told(self) -> dict[str, Any]:
        """As an answer tells it before it is counted."""
        return {
            "reading": self.code,
            "due": None,
            "kind": self.kind,
            "day_basis": self.unit,
            "length": self.length,
            "basis": list(self.basis),
            "status": self.status,
            "provisional": False,
        }


@dataclass(frozen=True, eq=False)
class Clock:
    code: str
    label: Text
    tracks: frozenset[str]
    start: dt.date
    until: dt.date
    when: Condition
    starts: str
    readings: tuple[Reading, ...]
    default: str
    at_expiry: Text

    @cached_property
    def told(self) -> dict[str, Any]:
        """As an answer tells it before it starts."""
        head = {"code": self.code, "label": vars(self.label), "starts": self.starts, "start": None}
        default = next(one for one in self.readings if one.code == self.default)
        return {**head, **default.told, "readings": []}


@dataclass(frozen=True, eq=False)
class Crime:
    code: str
    article: str
    penalty: str
    conducts: frozenset[str]
    start: dt.date
    until: dt.date
    subject: Condition
    elements: Mapping[str, Condition]
    labels: Mapping[str, Text]
    says: Text


@dataclass(frozen=True, eq=False)
class Flag:
    """Something to point out; with `tracks` it is raised by itself beside a finding on one of them."""

    text: Mapping[str, str]
    start: dt.date
    until: dt.date
    when: Condition
    tracks: frozenset[str]
    basis: tuple[str, ...]

    def speaks_on(self, day: dt.date) -> bool:
        return self.start <= day <= self.until


class Corpus:
    """One state of the law. Everything in it is data of the compiled corpus; nothing of it changes."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        self.hash: str = compiled["hash"]
        self.vocabulary: Mapping[str, Any] = _with_conducts(compiled)
        self.form: Mapping[str, Any] = compiled["form"]
        self.conduct: Mapping[str, Any] = compiled["conduct"]
        self.disputes: Mapping[str, Any] = compiled["disputes"]
        self.flags: Mapping[str, Flag] = {code: _flag(item) for code, item in compiled["flags"].items()}
        self.instruments: Mapping[str, Any] = compiled["instruments"]
        self.citing: Mapping[str, Any] = compiled["citing"]
        self.calendars = Calendars(compiled["calendars"])
        self._compiled = compiled

    # Made when first asked for: a site that only lists kinds of act never needs them.

    @cached_property
    def working_days(self) -> WorkingDays:
        return WorkingDays(self._compiled["working_days"])

    @cached_property
    def rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """By kind of act."""
        return {code: _rules(conduct["rules"]) for code, conduct in self.conduct.items()}

    @cached_property
    def reads(self) -> Mapping[str, tuple[str, ...]]:
        """By kind of act: the facts its rules read."""
        return {
            code: tuple(dict.fromkeys(path for rule in rules for path in rule.reads))
            for code, rules in self.rules.items()
        }

    @cached_property
    def prior(self) -> Mapping[str, Any]:
        """What a decision taken earlier says of itself, as the vocabulary says it of facts."""
        kinds = {code: vars(sanction.label) for code, sanction in self.sanctions.items()}
        values: Mapping[str, Mapping[str, Any]] = {
            "nature": dict.fromkeys(TRACKS[1:]) | self.vocabulary["conduct"]["values"],
            "level": dict.fromkeys([*LEVELS, UNDETERMINED]),
            "kind": kinds,
        }
        types = {"nature": "code", "level": "code", "kind": "code", "date": "date", "final": "yes_no"}
        return {
            name: {
                "label": {"id": name, "en": name},
                "type": kind,
                "many": False,
                "values": values.get(name, {}),
            }
            for name, kind in types.items()
        }

    @cached_property
    def known(self) -> KnownFacts:
        return KnownFacts(self.vocabulary, self.prior)

    @cached_property
    def sanctions(self) -> Mapping[str, Sanction]:
        return {item["code"]: _sanction(item) for item in self._compiled["sanctions"]}

    @cached_property
    def sanctions_by_level(self) -> Mapping[tuple[str, str], tuple[Sanction, ...]]:
        """Those that are imposed, by track and level."""
        found: dict[tuple[str, str], list[Sanction]] = defaultdict(list)
        for sanction in self.sanctions.values():
            if not sanction.suspended:
                found[sanction.track, sanction.level].append(sanction)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def flags_of_tracks(self) -> Mapping[str, tuple[tuple[str, Flag], ...]]:
        """By track: those that stand beside its findings by themselves."""
        return {
            track: tuple((code, flag) for code, flag in self.flags.items() if track in flag.tracks)
            for track in TRACKS
        }

    @cached_property
    def authorities(self) -> tuple[Authority, ...]:
        return tuple(_authority(item) for item in self._compiled["authorities"])

    @cached_property
    def may_impose(self) -> Mapping[Authority, Mapping[str | None, frozenset[str]]]:
        """By authority and level of the official, None where that is not known: the sanctions within its powers."""
        targets = (None, *self.vocabulary[TARGET]["values"])
        return {
            one: {
                target: frozenset(
                    sanction.code
                    for sanction in self.sanctions.values()
                    if any(power.covers(sanction, target) for power in one.may)
                )
                for target in targets
            }
            for one in self.authorities
        }

    @cached_property
    def clocks(self) -> Mapping[str, tuple[Clock, ...]]:
        """By code; a clock whose law changed has one for each span."""
        found: dict[str, list[Clock]] = defaultdict(list)
        for item in self._compiled["clocks"]:
            found[item["code"]].append(_clock(item))
        return {code: tuple(clocks) for code, clocks in found.items()}

    @cached_property
    def crimes(self) -> Mapping[str, tuple[Crime, ...]]:
        """By kind of act."""
        crimes = [_crime(item) for item in self._compiled["crimes"]]
        return {code: tuple(crime for crime in crimes if code in crime.conducts) for code in self.conduct}

    @cached_property
    def articles(self) -> Mapping[str, tuple[ArticleVersion, ...]]:
        return {
            f"{code}#{key}": tuple(
                _article(code, instrument, key, version) for version in article["versions"]
            )
            for code, instrument in self.instruments.items()
            for key, article in instrument["articles"].items()
        }

    def article_on(self, ref: str, day: dt.date) -> ArticleVersion | None:
        """The version of an article that was in force on a day."""
        return next((one for one in self.articles.get(ref, ()) if one.start <= day <= one.until), None)

    def in_force(self, refs: Iterable[str], day: dt.date) -> tuple[ArticleVersion, ...]:
        return tuple(article for ref in refs if (article := self.article_on(ref, day)))


@cache
def corpus() -> Corpus:
    """The corpus that comes with the program. Raises LawbookError where its files are wrong."""
    return load_corpus()


def load_corpus(folder: Path = FOLDER, cache_folder: Path | None = None) -> Corpus:
    """The corpus in `folder`, from the cache where it is there; else compiled, and kept if the cache can be written."""
    kept = (cache_folder or default_cache()) / f"corpus-{corpus_hash(folder)}-{program_hash()[:16]}.json"
    try:
        return Corpus(json.loads(kept.read_bytes()))
    except (OSError, ValueError, KeyError):
        # Only who compiles needs the tools for it: imported by name, so that no server carries them in memory.
        compiled = import_module(".compile", __package__).compile_corpus(folder)
    _keep(kept, compiled)
    return Corpus(compiled)


def default_cache() -> Path:
    """`NETRAL_CACHE`, else a folder beside the sources, as Python keeps its own compiled files."""
    return Path(os.environ.get("NETRAL_CACHE") or FOLDER / "__pycache__")


def _keep(place: Path, compiled: Mapping[str, Any]) -> None:
    """Whole or not at all; a cache that cannot be written costs seconds at the next start and nothing else."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False) as file:
            json.dump(compiled, file, separators=(",", ":"))
        Path(file.name).replace(place)
    except OSError:
        return


# From plain JSON -----------------------------------------------------------------------------------------------


def _with_conducts(compiled: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts by path, with the kinds of act as the values of `conduct`."""
    conducts = {code: conduct["label"] for code, conduct in compiled["conduct"].items()}
    return {**compiled["facts"], "conduct": {**compiled["facts"]["conduct"], "values": conducts}}


def _span(item: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    return _day(item["from"]) or EVER, _day(item["until"]) or NEVER


@lru_cache(maxsize=4096)
def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _rules(items: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    items = list(items)
    over = _closure({item["code"]: set(item["over"]) for item in items})
    return tuple(
        _rule(item, over[code], {other for other in over if code in over[other]})
        for item in items
        for code in [item["code"]]
    )


def _closure(over: dict[str, set[str]]) -> dict[str, set[str]]:
    grown = True
    while grown:
        before = sum(map(len, over.values()))
        for found in over.values():
            found.update(*(over.get(code, ()) for code in list(found)))
        grown = sum(map(len, over.values())) > before
    return over


def _rule(item: Mapping[str, Any], over: set[str], under: set[str]) -> Rule:
    when = build(item["when"])
    start, until = _span(item)
    return Rule(
        code=item["code"],
        start=start,
        until=until,
        when=when,
        reads=tuple(dict.fromkeys(when.reads())),
        verdict=item["verdict"],
        track=item["track"],
        level=item["level"],
        level_range=tuple(item["level_range"]),
        norm=tuple(item["norm"]),
        sanction=tuple(item["sanction"]),
        over=frozenset(over),
        under=frozenset(under),
        conditions=tuple(item["conditions"]),
        disputes=tuple(item["disputes"]),
        flags=tuple(item["flags"]),
        says=item["says"],
    )


def _sanction(item: Mapping[str, Any]) -> Sanction:
    start, until = _span(item)
    return Sanction(
        code=item["code"],
        label=Text(**item["label"]),
        track=item["track"],
        level=item["level"],
        basis=tuple(item["basis"]),
        start=start,
        until=until,
        when=build(item["when"]) if item["when"] else ALWAYS,
        flags=tuple(item["flags"]),
        months=item["months"],
        suspended=item["suspended"],
        effect=item["effect"],
    )


def _authority(item: Mapping[str, Any]) -> Authority:
    start, until = _span(item)
    return Authority(
        code=item["code"],
        label=Text(**item["label"]),
        purpose=item["purpose"],
        tracks=frozenset(item["tracks"]),
        start=start,
        until=until,
        when=build(item["when"]) if item["when"] else ALWAYS,
        may=tuple(
            Power(
                frozenset(power["target"]),
                frozenset(power["levels"]),
                frozenset(power["kinds"]),
                tuple(power["basis"]),
            )
            for power in item["may"]
        ),
        basis=tuple(item["basis"]),
        status=item["status"],
        vacancy=item["vacancy"],
        known=item["known"],
        flags=tuple(item["flags"]),
    )


def _clock(item: Mapping[str, Any]) -> Clock:
    start, until = _span(item)
    return Clock(
        code=item["code"],
        label=Text(**item["label"]),
        tracks=frozenset(item["tracks"]),
        start=start,
        until=until,
        when=build(item["when"]) if item["when"] else ALWAYS,
        starts=item["starts"],
        readings=tuple(
            Reading(
                reading["code"],
                Text(**reading["says"]),
                reading["kind"],
                reading["length"],
                reading["unit"],
                reading["counts_start"],
                reading["starts"],
                tuple(reading["basis"]),
                reading["status"],
            )
            for reading in item["readings"]
        ),
        default=item["default"],
        at_expiry=Text(**item["at_expiry"]),
    )


def _flag(item: Mapping[str, Any]) -> Flag:
    start, until = _span(item)
    when = build(item["when"]) if item["when"] else ALWAYS
    return Flag(
        text={"id": item["id"], "en": item["en"]},
        start=start,
        until=until,
        when=when,
        tracks=frozenset(item["tracks"]),
        basis=tuple(item["basis"]),
    )


def _crime(item: Mapping[str, Any]) -> Crime:
    start, until = _span(item)
    return Crime(
        code=item["code"],
        article=item["article"],
        penalty=item["penalty"],
        conducts=frozenset(item["conducts"]),
        start=start,
        until=until,
        subject=build(item["subject"]),
        elements={code: build(part) for code, part in item["elements"].items()},
        labels={code: Text(**label) for code, label in item["labels"].items()},
        says=Text(**item["says"]),
    )


def _article(
    code: str, instrument: Mapping[str, Any], key: str, version: Mapping[str, Any]
) -> ArticleVersion:
    start, until = _span(version)
    return ArticleVersion(
        ref=f"{code}#{key}",
        instrument=code,
        short=instrument["short"],
        cite=instrument["articles"][key]["cite"],
        says=version["says"],
        status=version["status"],
        start=start,
        until=until,
        source=tuple(version["source"]),
    )
