"""Facts as they are given: nested JSON, checked field by field, laid flat for the rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

REGION = re.compile(r"^\d{2}(\.\d{2}){0,2}$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# Days of other years no clock can be counted from.
FIRST_YEAR, LAST_YEAR = 1945, 2050
PER_ACT = ("object", "circumstances")
GROUPS = ("actor", "dates")
DAYS = ("act_date", "from", "until")
OF_ACT = ("conduct", *DAYS)
TOP = (*OF_ACT, "acts", *GROUPS, *PER_ACT, "prior", "assessed_on")
ACT = (*OF_ACT, *PER_ACT)
RESIGNED_ON, HAS_RESIGNED = "actor.resigned_on", "actor.has_resigned"

OBJECT = (dict, Mapping)  # most are a dict, which is told at once

Flat = dict[str, Any]


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one field of the facts."""

    field: str
    value: Any
    allowed: list[str]
    message: str


def is_region(code: str) -> bool:
    """Whether it has the form of a code of the home ministry: `18` a province, `18.71` a regency or city."""
    return REGION.match(code) is not None


class FactsError(ValueError):
    """Facts that cannot be answered; `errors` has one complaint a field."""

    def __init__(self, errors: list[Complaint]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Given:
    """Checked facts. Every act is flat and complete in itself: what holds for all acts is in each of them."""

    acts: list[Flat]
    told_as: list[int]  # of each act, which of those told it is: one that lasts is judged on two days
    prior: list[Mapping[str, Any]]
    assessed_on: dt.date | None
    contradicted: frozenset[str]  # claims that a day told beside them contradicts


def read_facts(given: Any, known: KnownFacts) -> Given:
    """`given` as the interface describes it. Raises FactsError naming every field that is wrong."""
    return _Reader(known).read(given)


class Known:
    """One fact of the vocabulary: how its values are read, and what is said of one that is none."""

    def __init__(self, path: str, fact: Mapping[str, Any]) -> None:
        self.path = path
        self.type: str = "many" if fact["many"] else fact["type"]
        self.values: Mapping[str, Any] = fact["values"]
        ways: Mapping[str, Callable[[Any], Any]] = {
            "code": {code: code for code in self.values}.get,
            "many": self._many,
            "date": _day,
            "region": _region,
            "yes_no": _yes_no,
        }
        # Gives the value as rules compare it, None for what is none, or raises TypeError for what cannot be one.
        self.way = ways[self.type]

    def read(self, value: Any) -> Any:
        """The value as rules compare it; None where it is none of this fact's."""
        try:
            return self.way(value)
        except TypeError:  # a list or an object, where none belongs
            return None

    def _many(self, value: Any) -> frozenset[str] | None:
        codes = frozenset(value if isinstance(value, list) else [value])
        return codes if codes <= self.values.keys() else None

    def complaint(self, value: Any, where: str) -> Complaint:
        match self.type:
            case "date":
                told = f"{where}: {value!r} bukan tanggal; tulis tahun-bulan-hari, misalnya 2024-10-10"
                years = f"dari tahun {FIRST_YEAR} sampai {LAST_YEAR}"
                return Complaint(where, value, [f"tahun-bulan-hari, {years}"], f"{told}, {years}")
            case "region":
                return Complaint(where, value, [], f"{where}: {value!r} bukan kode daerah seperti 18.71")
            case "yes_no":
                allowed = ["true", "false"]
            case _:
                allowed = list(self.values)
        return Complaint(where, value, allowed, f"{where}: {value!r}; yang boleh: {', '.join(allowed)}")


@lru_cache(maxsize=1 << 15)
def _day(value: Any) -> dt.date | None:
    day = _date(value)
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return None if isinstance(value, dt.datetime) else value
    try:
        return dt.date.fromisoformat(value) if DAY.match(value) else None  # weeks and short forms are none
    except ValueError:
        return None


@lru_cache(maxsize=1 << 10)
def _region(value: Any) -> str | None:
    return value if isinstance(value, str) and is_region(value) else None


def _yes_no(value: Any) -> bool | None:
    return value if value is True or value is False else None


class KnownFacts:
    """The vocabulary of a corpus, made ready to read facts with: groups of facts by name."""

    def __init__(self, vocabulary: Mapping[str, Any], prior: Mapping[str, Any]) -> None:
        self.groups: dict[str, dict[str, Known]] = {group: {} for group in (*GROUPS, *PER_ACT)}
        for path, fact in vocabulary.items():
            group, _dot, name = path.rpartition(".")
            if group in self.groups and not fact["derived"]:
                self.groups[group][name] = Known(path, fact)
        # What reading needs of them and no more: much of an answer's time goes by there.
        self.ways = {
            group: {name: (fact.path, fact.way) for name, fact in known.items()}
            for group, known in self.groups.items()
        }
        self.prior = {name: Known(name, fact) for name, fact in prior.items()}
        self.conduct = Known("conduct", vocabulary["conduct"])
        self.day = Known("act_date", vocabulary["act_date"])


class _Reader:
    def __init__(self, known: KnownFacts) -> None:
        self.known = known
        self.errors: list[Complaint] = []
        self.contradicted: set[str] = set()

    def read(self, given: Any) -> Given:
        if not isinstance(given, OBJECT):
            raise FactsError([Complaint("", None, [], "fakta harus berupa objek JSON")])
        self._only(given, TOP, "")
        shared: Flat = {}
        for group in (*GROUPS, *PER_ACT):
            self._group(given, group, shared, group)
        told = [list(self._act(part, where, shared)) for where, part in self._acts(given)]
        acts = [act for days in told for act in days]
        told_as = [at for at, days in enumerate(told) for _day in days]
        assessed = self._day(given, "assessed_on", "")
        prior = self._prior(given.get("prior", []))
        if self.errors:
            raise FactsError(self.errors)
        return Given(acts, told_as, prior, assessed, frozenset(self.contradicted))

    def _acts(self, given: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if "acts" not in given:
            yield "", given
            return
        if both := [key for key in OF_ACT if key in given]:
            self._wrong(both[0], given[both[0]], [], f"{both[0]} ditulis di dalam acts, bukan di sampingnya")
        acts = given["acts"]
        if not isinstance(acts, list) or not acts:
            self._wrong("acts", acts, [], "acts harus daftar perbuatan yang tidak kosong")
            return
        for at, act in enumerate(acts):
            where = f"acts.{at}."
            if not isinstance(act, OBJECT):
                self._wrong(where[:-1], act, [], f"{where[:-1]} harus berupa objek")
                continue
            self._only(act, ACT, where)
            yield where, act

    def _act(self, act: Mapping[str, Any], where: str, shared: Flat) -> Iterator[Flat]:
        """The act laid flat; one that lasts is judged on its first and on its last day."""
        flat = dict(shared)
        for group in PER_ACT if where else ():
            self._group(act, group, flat, where + group)
        if "conduct" not in act:
            self._wrong(f"{where}conduct", None, [], f"{where}conduct belum ada")
        elif (conduct := self.known.conduct.read(act["conduct"])) is None:
            self.errors.append(self.known.conduct.complaint(act["conduct"], f"{where}conduct"))
        else:
            flat["conduct"] = conduct
        days = [self._day(act, name, where) for name in DAYS if act.get(name) is not None]
        if "act_date" in act and ("from" in act or "until" in act):
            self._wrong(
                f"{where}act_date",
                act["act_date"],
                [],
                f"{where}act_date atau from dan until, bukan keduanya",
            )
        if len(days) == 2 and None not in days and days[0] > days[1]:  # type: ignore[operator]
            self._wrong(f"{where}until", act.get("until"), [], f"{where}until mendahului from")
        if not days:
            yield flat
        for day in dict.fromkeys(days):
            yield self._resigned({**flat, "act_date": day})

    def _resigned(self, act: Flat) -> Flat:
        """Whether he had resigned follows from the day he did; the day prevails over what was claimed."""
        resigned_on, day = act.get(RESIGNED_ON), act["act_date"]
        if resigned_on and day:
            had = resigned_on <= day
            if had and act.get(HAS_RESIGNED) is False:
                self.contradicted.add(HAS_RESIGNED)
            act[HAS_RESIGNED] = had
        return act

    def _group(self, given: Mapping[str, Any], group: str, flat: Flat, where: str) -> None:
        part = given.get(group)
        if part is None:
            return
        if not isinstance(part, OBJECT):
            self._wrong(where, part, [], f"{where} harus berupa objek")
            return
        ways = self.known.ways[group]
        try:
            for name, value in part.items():
                path, way = ways[name]
                if (read := way(value)) is None:
                    break
                flat[path] = read
            else:
                return
        except (KeyError, TypeError):
            pass
        flat |= self._read_each(part, group, where)

    def _read_each(self, part: Mapping[str, Any], group: str, where: str) -> Iterator[tuple[str, Any]]:
        """One by one, where not every fact is known and has a value."""
        known = self.known.groups[group]
        for name, value in part.items():
            if value is None:
                continue
            if (fact := known.get(name)) is None:
                told = f"{where}.{name}: fakta ini tidak dikenal; yang ada: {', '.join(known)}"
                self._wrong(f"{where}.{name}", value, list(known), told)
            elif (read := fact.read(value)) is None:
                self.errors.append(fact.complaint(value, f"{where}.{name}"))
            else:
                yield fact.path, read

    def _day(self, given: Mapping[str, Any], name: str, where: str) -> dt.date | None:
        if (value := given.get(name)) is None:
            return None
        day: dt.date | None = self.known.day.read(value)
        if day is None:
            self.errors.append(self.known.day.complaint(value, f"{where}{name}"))
        return day

    def _prior(self, prior: Any) -> list[Mapping[str, Any]]:
        if not isinstance(prior, list):
            self._wrong("prior", prior, [], "prior harus daftar putusan terdahulu")
            return []
        told: list[Mapping[str, Any]] = []
        for at, one in enumerate(prior):
            if not isinstance(one, Mapping):
                self._wrong(f"prior.{at}", one, [], f"prior.{at} harus berupa objek")
                continue
            self._only(one, tuple(self.known.prior), f"prior.{at}.")
            facts = {name: fact for name, fact in self.known.prior.items() if one.get(name) is not None}
            read = {name: fact.read(one[name]) for name, fact in facts.items()}
            self.errors += [
                facts[name].complaint(one[name], f"prior.{at}.{name}")
                for name, value in read.items()
                if value is None
            ]
            told.append(read)
        return told

    def _only(self, given: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in given:
            if key not in known:
                message = f"{where}{key}: bidang ini tidak dikenal; yang ada: {', '.join(known)}"
                self._wrong(f"{where}{key}", given[key], list(known), message)

    def _wrong(self, field: str, value: Any, allowed: list[str], message: str) -> None:
        self.errors.append(Complaint(field, value, allowed, message))
