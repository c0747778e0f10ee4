"""What is still unknown and would change the answer.

What an undecided rule needs may change nothing: another rule may lead to the same, or a further unknown fact decide
first. So each is tried: a fact is asked for if some value of it makes a difference, by itself or once one other
unknown fact is known.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from .calendars import STANDINGS
from .conditions import AnyOf, Compare, Condition, In
from .corpus import Corpus, Rule
from .days import ONE_DAY, add_months
from .facts import Flat
from .trying import Judged, Tried, judged_by, try_rules, verdict_of

DERIVED = (
    "object.standing",
    "object.contest",
    "object.determination",
    "object.voting",
    "stage",
    "circumstances.during_campaign",
)
# What the calendars read: with another value of these, an act has another standing.
OF_CALENDAR = (
    "act_date",
    "object.kind",
    "object.office",
    "object.election",
    "object.region",
    "object.determined_on",
)
FAR = (dt.date(1900, 1, 1), dt.date(2900, 1, 1))
ELSEWHERE = "00"  # a region that no calendar names


def asked(book: Corpus, judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Unknown facts that would change the answer, each with the question that asks for it."""
    found: dict[tuple[str, int | None], None] = {}
    for one in judged:
        for path in _that_matter(book, one, _candidates(book, one)):
            found[path, _place(path, one.at, judged)] = None
    return [_question(book, path, at) for path, at in found]


def _candidates(book: Corpus, one: Judged) -> list[str]:
    """Every unknown fact that could matter, and some that do not."""
    found = dict.fromkeys(path for rule in one.possible for path in needed(one, rule))
    if one.standing.claimed:
        turned = _turned(book, one)
        if [tried[2:] for tried in turned.tried] != [tried[2:] for tried in one.tried]:
            found |= dict.fromkeys(one.standing.needs)
            found |= dict.fromkeys(path for rule in turned.possible for path in needed(turned, rule))
    return list(found)


# Trying values ---------------------------------------------------------------------------------------------------


def _that_matter(book: Corpus, one: Judged, candidates: Sequence[str]) -> Sequence[str]:
    """Of these facts those that make a difference, in their order. All of them while not even the day is known."""
    if "act_date" in candidates or not candidates or (len(candidates) == 1 and one.possible):
        return candidates  # of an open act's only candidate there is nothing to tell apart
    return _tried_out(book, _Unclear(tuple(candidates), _as_told_apart(book, one), one))


@dataclass(frozen=True, slots=True)
class _Unclear:
    """An act to try values on; the same as any that neither its rules nor the calendars tell from it."""

    candidates: tuple[str, ...]
    told_apart: tuple[Any, ...]
    one: Judged = field(compare=False)


def _as_told_apart(book: Corpus, one: Judged) -> tuple[Any, ...]:
    """What is read of an act: days, and what the calendars read, as they are; of all else which lines it meets."""
    met = (
        one.given.get(path)
        if any(isinstance(line, Compare) for line in lines)
        else tuple([line.holds(one.given) for line in lines])
        for path, lines in _lines(book, one.facts["conduct"]).items()
        if path not in DERIVED and path not in OF_CALENDAR
    )
    return (one.facts["conduct"], *map(one.given.get, OF_CALENDAR), *met)


@lru_cache(maxsize=1 << 10)
def _tried_out(book: Corpus, act: _Unclear) -> Sequence[str]:
    one, candidates = act.one, act.candidates
    trial = _Trial(book, one, candidates)
    alone = {path for path in candidates if trial.differs(trial.one, path)}
    matter = alone | {path for path in candidates if path not in alone and trial.differs_with_another(path)}
    # Where only three facts together would tell, the rules' own needs are asked for.
    return [path for path in candidates if path in matter] or (candidates if one.possible else [])


class _Step(NamedTuple):
    """The act with some of what is unknown supposed: as given, with what the calendars add, and what they need."""

    given: Flat
    facts: Flat
    needs: Sequence[str]


class _Trial:
    """One act, tried again with values of what is unknown."""

    def __init__(self, book: Corpus, one: Judged, candidates: Sequence[str]) -> None:
        self.book, self.candidates = book, candidates
        self.known = _told_apart(book, one.facts["conduct"])
        self.rules = [tried.rule for tried in one.tried]
        # Only what is read: an act is copied for every value.
        read = (*OF_CALENDAR, *self.known)
        given = {path: one.given[path] for path in read if path in one.given}
        facts = {path: one.facts[path] for path in read if path in one.facts}
        self.one = _Step(given, facts, one.standing.needs)
        self.steps: dict[str, list[_Step]] = {}
        self.results = {self._read(facts): _result(one.tried)}

    def differs(self, at: _Step, path: str) -> bool:
        """Whether some value of the fact leads elsewhere than what is known at this point."""
        if path in OF_CALENDAR and path not in self.known and path not in at.needs:
            return False
        told = self._result(at)
        return any(self._result(self._with(at, path, value)) != told for value in self._values(at, path))

    def _result(self, at: _Step) -> Any:
        """Many values lead to the same facts: what no rule reads makes no difference."""
        read = self._read(at.facts)
        if read not in self.results:
            self.results[read] = _result(try_rules(self.rules, at.facts))
        return self.results[read]

    def _read(self, facts: Flat) -> tuple[Any, ...]:
        return facts["act_date"], *map(facts.get, self.known)

    def differs_with_another(self, path: str) -> bool:
        # What goes with it most likely comes first: facts that the calendars read with one another.
        near = path in OF_CALENDAR
        others = sorted(self.candidates, key=lambda other: (other in OF_CALENDAR) != near)
        return any(
            self.differs(step, path) for other in others if other != path for step in self._steps(other)
        )

    def _steps(self, path: str) -> list[_Step]:
        """The act with each value of one fact."""
        if path not in self.steps:
            self.steps[path] = [self._with(self.one, path, value) for value in self._values(self.one, path)]
        return self.steps[path]

    def _with(self, at: _Step, path: str, value: Any) -> _Step:
        given = at.given | {path: value}
        if path not in OF_CALENDAR:
            return _Step(given, at.facts | {path: value}, at.needs)
        standing = self.book.calendars.standing(given)
        return _Step(given, given | standing.facts, standing.needs)

    def _values(self, at: _Step, path: str) -> Iterable[Any]:
        match self.book.vocabulary[path]:
            case {"type": "date"}:
                return dict.fromkeys(_days(self.known[path], path, at.facts))  # many lines name the same days
            case {"type": "yes_no"}:
                return (True, False)
            case {"type": "region"}:
                return _regions(self.book, at.facts.get("object.election"))
            case fact if path in OF_CALENDAR:
                return dict.fromkeys([*self.known.get(path, ()), *fact["values"]])
        return self.known[path]


def _result(tried: Sequence[Tried]) -> Any:
    """What an answer says of an act, without what it asks and how it got there."""
    certain = [one.rule for one in tried if one.certain]
    return (
        verdict_of(certain, any(one.possible for one in tried)),
        [rule.code for rule in certain if rule.track != "none"],
        [text for rule in certain for text in rule.conditions],
    )


@lru_cache(maxsize=1 << 10)
def _told_apart(book: Corpus, conduct: str) -> Mapping[str, Sequence[Any]]:
    """For each fact that the rules of an act read, one value of each kind they tell apart; of a date its lines."""
    return {path: list(_kinds(book, path, lines)) for path, lines in _lines(book, conduct).items()}


@lru_cache(maxsize=1 << 10)
def _lines(book: Corpus, conduct: str) -> Mapping[str, Sequence[In | AnyOf | Compare]]:
    """For each fact that the rules of an act read, the lines of their conditions that read it."""
    read: dict[str, dict[In | AnyOf | Compare, None]] = defaultdict(dict)
    for rule in book.rules[conduct]:
        for line in rule.when.lines():
            for path in line.reads():
                read[path][line] = None
    return {path: list(lines) for path, lines in read.items()}


def _kinds(book: Corpus, path: str, lines: Sequence[In | AnyOf | Compare]) -> Iterator[Any]:
    """Those that hold in the fewest lines first: they are the likeliest to make a difference."""
    fact = book.vocabulary[path]
    if fact["type"] == "date":
        yield from lines
        return
    if fact["many"]:
        yield from (frozenset(), frozenset(fact["values"]))
    kinds: dict[tuple[bool, ...], str] = {}
    for value in fact["values"]:
        kinds.setdefault(
            tuple(value in line.values for line in lines if not isinstance(line, Compare)), value
        )
    for _held, value in sorted(kinds.items(), key=lambda kind: sum(kind[0])):
        yield frozenset({value}) if fact["many"] else value


def _days(lines: Iterable[Compare], path: str, facts: Flat) -> Iterator[dt.date]:
    """Around every day it is compared with, and far from all of them."""
    yield from FAR
    for line in lines:
        other = line.other if line.fact == path else line.fact
        day: dt.date = (facts.get(other) or facts["act_date"]) if isinstance(other, str) else other
        day = add_months(day, line.months if line.fact == path else -line.months)
        yield from (day - ONE_DAY, day, day + ONE_DAY)
    yield from (facts["act_date"], facts["act_date"] + ONE_DAY)


@lru_cache(maxsize=64)
def _regions(book: Corpus, election: str | None) -> Sequence[str]:
    """One region of each contest, and one of none."""
    contests = (one for one in book.calendars.contests() if election in (None, one.election) and one.regions)
    return [*dict.fromkeys(min(one.regions) for one in contests), ELSEWHERE]


# Questions ---------------------------------------------------------------------------------------------------------


def _place(path: str, at: int, judged: Sequence[Judged]) -> int | None:
    """Which act a fact belongs to; None for what is the same for all."""
    return None if len(judged) == 1 or path.startswith(("actor.", "dates.")) else at


def _question(book: Corpus, path: str, at: int | None) -> dict[str, Any]:
    fact = book.vocabulary[path]
    question = fact["question"] or {"id": f"{fact['label']['id']}?", "en": f"{fact['label']['en']}?"}
    return {"fact": path, **({} if at is None else {"act": at}), "question": question}


def needed(one: Judged, rule: Rule) -> Iterator[str]:
    """What an undecided rule needs: its own unknown facts, and those of what may take precedence over it."""
    if "act_date" not in one.facts:
        yield "act_date"
    undecided = [tried.rule for tried in one.tried if tried.truth is None and rule.code in tried.rule.over]
    for each in (rule, *undecided):
        yield from needed_by(one, each.when)


def needed_by(one: Judged, condition: Condition) -> Iterator[str]:
    """The unknown facts that decide a condition; of what the calendars tell, those that they lack."""
    for path in condition.needs(one.facts):
        yield from one.standing.needs if path in DERIVED else (path,)


def _turned(book: Corpus, one: Judged) -> Judged:
    """The act with the other standing than the one claimed."""
    other = next(standing for standing in STANDINGS if standing != one.facts["object.standing"])
    facts = one.facts | {"object.standing": other}
    return judged_by(book, one.at, one.given, facts, one.standing)
