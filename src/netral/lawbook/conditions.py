"""Conditions on facts, three-valued: true, false, or None for "not known" (Kleene's logic).

A condition is written as a mapping (`docs/law.md`), kept in the compiled corpus as nested lists, and held in memory as
one of the classes below. Facts are a flat mapping from dotted path to value; a path that is not there is unknown.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar, Protocol

from .days import add_months
from .facts import is_region

Facts = Mapping[str, Any]
Truth = bool | None
Plain = list[Any]  # a condition as the compiled corpus keeps it

COMPARISONS: Mapping[str, Callable[[dt.date, dt.date], bool]] = {
    "before": operator.lt,
    "on_or_before": operator.le,
    "after": operator.gt,
    "on_or_after": operator.ge,
}
_OPPOSITE = {
    "before": "on_or_after",
    "on_or_before": "after",
    "after": "on_or_before",
    "on_or_after": "before",
}


class Condition(Protocol):
    def holds(self, facts: Facts) -> Truth: ...

    def reads(self) -> Iterator[str]:
        """Every fact it looks at."""

    def lines(self) -> Iterator[In | AnyOf | Compare]:
        """Every single comparison in it."""

    def needs(self, facts: Facts) -> Iterator[str]:
        """Unknown facts that could still decide it, given what is known; empty once it is decided."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a fact is, beside the values that make the condition true."""

    fact: str
    values: frozenset[Any]

    def reads(self) -> Iterator[str]:
        yield self.fact

    def needs(self, facts: Facts) -> Iterator[str]:
        if self.fact not in facts:
            yield self.fact


class In(_Chosen):
    def lines(self) -> Iterator[In | AnyOf | Compare]:
        yield self

    def holds(self, facts: Facts) -> Truth:
        value = facts.get(self.fact)
        return None if value is None else value in self.values


class AnyOf(_Chosen):
    """Of a fact with many values: at least one of these."""

    def lines(self) -> Iterator[In | AnyOf | Compare]:
        yield self

    def holds(self, facts: Facts) -> Truth:
        value = facts.get(self.fact)
        return None if value is None else not self.values.isdisjoint(value)


@dataclass(frozen=True, slots=True)
class Compare:
    """A date beside another date, fixed or a fact, or a number of months before or after that."""

    fact: str
    how: str
    other: str | dt.date
    months: int = 0

    def holds(self, facts: Facts) -> Truth:
        left = facts.get(self.fact)
        right = facts.get(self.other) if isinstance(self.other, str) else self.other
        if left is None or right is None:
            return None
        return COMPARISONS[self.how](left, add_months(right, self.months) if self.months else right)

    def reads(self) -> Iterator[str]:
        yield self.fact
        if isinstance(self.other, str):
            yield self.other

    def lines(self) -> Iterator[In | AnyOf | Compare]:
        yield self

    def needs(self, facts: Facts) -> Iterator[str]:
        yield from (fact for fact in self.reads() if fact not in facts)


@dataclass(frozen=True, slots=True)
class _Several:
    """Conditions joined; `decisive` is the truth of one that decides for all."""

    parts: tuple[Condition, ...]
    decisive: ClassVar[bool]

    def holds(self, facts: Facts) -> Truth:
        decisive = self.decisive
        result: Truth = not decisive
        for part in self.parts:
            found = part.holds(facts)
            if found is decisive:
                return found
            if found is None:
                result = None
        return result

    def reads(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.reads()

    def lines(self) -> Iterator[In | AnyOf | Compare]:
        for part in self.parts:
            yield from part.lines()

    def needs(self, facts: Facts) -> Iterator[str]:
        if self.holds(facts) is None:
            for part in self.parts:
                yield from part.needs(facts)


class All(_Several):
    decisive = False


class Either(_Several):
    decisive = True


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition

    def holds(self, facts: Facts) -> Truth:
        found = self.part.holds(facts)
        return None if found is None else not found

    def reads(self) -> Iterator[str]:
        yield from self.part.reads()

    def lines(self) -> Iterator[In | AnyOf | Compare]:
        yield from self.part.lines()

    def needs(self, facts: Facts) -> Iterator[str]:
        yield from self.part.needs(facts)


ALWAYS = All(())


def build(plain: Plain) -> Condition:
    """The condition that the compiled corpus holds as lists."""
    match plain:
        case ["all"]:
            return ALWAYS
        case ["all", *parts]:
            return _one(tuple(map(build, parts)), All)
        case ["any", *parts]:
            return _one(tuple(map(build, parts)), Either)
        case ["not", part]:
            return Not(build(part))
        case ["in", fact, values]:
            return In(fact, frozenset(values))
        case ["any_of", fact, values]:
            return AnyOf(fact, frozenset(values))
        case ["date", fact, how, other, *months]:
            return Compare(fact, how, _date_or_fact(other), *months)
    raise ValueError(f"no condition: {plain!r}")


def _one(parts: tuple[Condition, ...], many: Callable[[tuple[Condition, ...]], Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else many(parts)


def _date_or_fact(text: str) -> str | dt.date:
    return dt.date.fromisoformat(text) if text[:1].isdigit() else text


# Reading what a lawyer wrote ---------------------------------------------------------------------------------


class ConditionError(ValueError):
    """What is wrong with a condition, in a sentence, and the key it stands under."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def read(written: Mapping[str, Any], facts: Mapping[str, Any], terms: Mapping[str, Any]) -> Plain:
    """The plain form of a written condition. `facts` are schema Facts by path, `terms` written conditions by name.

    Raises ConditionError.
    """
    parts: list[Plain] = []
    for key, value in written.items():
        match key:
            case "all" | "any":
                parts.append([key, *(read(part, facts, terms) for part in _listed(key, value))])
            case "not":
                parts.append(["not", read(_mapped(key, value), facts, terms)])
            case "is":
                for name in [value] if isinstance(value, str) else _listed(key, value):
                    if name not in terms:
                        raise ConditionError(key, f"istilah {name!r} tidak ada; yang ada: {', '.join(terms)}")
                    parts.append(read(terms[name], facts, terms))
            case _:
                parts.append(_line(key, value, facts))
    return parts[0] if len(parts) == 1 else ["all", *parts]


def _line(fact: str, value: Any, facts: Mapping[str, Any]) -> Plain:
    if fact not in facts:
        raise ConditionError(fact, f"fakta {fact!r} tidak ada dalam facts.yaml")
    known = facts[fact]
    if isinstance(value, Mapping):
        if known.type != "date" or len(value) != 1 or (how := next(iter(value))) not in COMPARISONS:
            raise ConditionError(
                fact, f"{fact}: perbandingan tanggal memakai salah satu dari {', '.join(COMPARISONS)}"
            )
        return ["date", fact, how, *_other(fact, value[how], facts)]
    values = list(value) if isinstance(value, list) else [value]
    if not values:
        raise ConditionError(fact, f"{fact}: daftar nilainya kosong, jadi tidak pernah terpenuhi")
    for one in values:
        if known.type == "yes_no" and not isinstance(one, bool):
            raise ConditionError(fact, f"{fact}: {one!r}; yang boleh: true, false")
        if known.type == "code" and known.values and one not in known.values:
            raise ConditionError(fact, f"{fact}: {one!r}; yang boleh: {', '.join(known.values)}")
        if known.type == "region" and not (isinstance(one, str) and is_region(one)):
            raise ConditionError(fact, f"{fact}: {one!r} bukan kode daerah seperti '18.71'")
        if known.type == "date":
            raise ConditionError(fact, f"{fact}: tanggal dibandingkan dengan {', '.join(COMPARISONS)}")
    return ["any_of" if known.many else "in", fact, values]


def _other(fact: str, other: Any, facts: Mapping[str, Any]) -> list[Any]:
    match other:
        case dt.date():
            return [other.isoformat()]
        case str() if other in facts and facts[other].type == "date":
            return [other]
        case {"months": int(months), "of": of} if months and len(other) == 2 and not isinstance(of, Mapping):
            return [*_other(fact, of, facts), months]
    raise ConditionError(fact, f"{fact}: {other!r} bukan tanggal dan bukan fakta tanggal")


def _listed(key: str, value: Any) -> Sequence[Any]:
    if not isinstance(value, list) or not value:
        raise ConditionError(key, f"{key}: harus daftar yang tidak kosong")
    return value


def _mapped(key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConditionError(key, f"{key}: harus berisi syarat")
    return value


# Can two conditions hold at once? ------------------------------------------------------------------------------

# A literal is (what it speaks about, what that may be); what it may be is a set of values or one of two opposites.
Literal = tuple[tuple[Any, ...], frozenset[Any]]
BOTH = frozenset({True, False})


def exclude_each_other(one: Plain, other: Plain, domains: Mapping[str, frozenset[Any]]) -> bool:
    """Whether no facts make both true. Never wrong when it says so; says no where it cannot tell.

    `domains` are the values each coded fact may have.
    """
    return not any(
        _together([*left, *right])
        for left, right in product(_ways(one, domains, True), _ways(other, domains, True))
    )


def satisfiable(plain: Plain, domains: Mapping[str, frozenset[Any]]) -> bool:
    """Whether some facts could make it true."""
    return any(_together(way) for way in _ways(plain, domains, True))


def _together(literals: Sequence[Literal]) -> bool:
    allowed: dict[tuple[Any, ...], frozenset[Any]] = {}
    for about, values in literals:
        allowed[about] = allowed.get(about, values) & values
        if not allowed[about]:
            return False
    return True


def _ways(plain: Plain, domains: Mapping[str, frozenset[Any]], wanted: bool) -> list[list[Literal]]:
    """The disjunctive form: each way is a list of literals that together make the condition `wanted`."""
    match plain:
        case ["not", part]:
            return _ways(part, domains, not wanted)
        case ["all" | "any" as kind, *parts]:
            each = [_ways(part, domains, wanted) for part in parts]
            if (kind == "all") == wanted:
                return [[literal for way in ways for literal in way] for ways in product(*each)]
            return [way for ways in each for way in ways]
        case ["in", fact, values]:
            domain = domains.get(fact, frozenset(values) | {object()})
            return [[((fact,), frozenset(values) if wanted else domain - frozenset(values))]]
        case ["any_of", fact, values]:
            return [[((fact, frozenset(values)), frozenset({wanted}))]]
        case ["date", fact, how, *other]:
            # Of two opposite comparisons one is named; the other is its negation.
            named = how in ("before", "on_or_before")
            about = (fact, how if named else _OPPOSITE[how], *other)
            return [[(about, frozenset({wanted == named}))]]
    raise ValueError(f"no condition: {plain!r}")
