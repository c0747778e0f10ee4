"""Facts as they are given: nested JSON, checked field by field, laid flat for the rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

REGION = re.compile(r"^\d{2}(\.\d{2}){0,2}$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
PER_ACT = ("object", "circumstances")
GROUPS = ("actor", "dates")
PRIOR = ("nature", "level", "kind", "on", "final")
TOP = ("conduct", "act_date", "from", "until", "acts", *GROUPS, *PER_ACT, "prior", "assessed_on")
ACT = ("conduct", "act_date", "from", "until", *PER_ACT)

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
    prior: list[Mapping[str, Any]]
    assessed_on: dt.date | None


def read_facts(given: Any, vocabulary: Mapping[str, Any]) -> Given:
    """`given` as the interface describes it; `vocabulary` are the facts of the corpus by path.

    Raises FactsError naming every field that is unknown, of the wrong type or out of its values.
    """
    return _Reader(vocabulary).read(given)


class _Reader:
    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self.vocabulary = vocabulary
        self.errors: list[Complaint] = []

    def read(self, given: Any) -> Given:
        if not isinstance(given, Mapping):
            raise FactsError([Complaint("", None, [], "fakta harus berupa objek JSON")])
        self._only(given, TOP, "")
        shared: Flat = {}
        for group in GROUPS:
            self._group(given, group, shared, group)
        for group in PER_ACT:
            self._group(given, group, shared, group)
        acts = [act for at, part in self._acts(given) for act in self._act(part, at, shared)]
        assessed = self._date(given.get("assessed_on"), "assessed_on") if "assessed_on" in given else None
        prior = self._prior(given.get("prior", []))
        if self.errors:
            raise FactsError(self.errors)
        return Given(acts, prior, assessed)

    def _acts(self, given: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if "acts" not in given:
            yield (
                "",
                {
                    key: value
                    for key, value in given.items()
                    if key in ("conduct", "act_date", "from", "until")
                },
            )
            return
        if both := [key for key in ("conduct", "act_date", "from", "until") if key in given]:
            self._wrong(both[0], given[both[0]], [], f"{both[0]} ditulis di dalam acts, bukan di sampingnya")
        acts = given["acts"]
        if not isinstance(acts, list) or not acts:
            self._wrong("acts", acts, [], "acts harus daftar perbuatan yang tidak kosong")
            return
        for at, act in enumerate(acts):
            where = f"acts.{at}."
            if not isinstance(act, Mapping):
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
        else:
            self._value(flat, "conduct", act["conduct"], f"{where}conduct")
        days = [
            self._date(act[name], f"{where}{name}")
            for name in ("act_date", "from", "until")
            if act.get(name) is not None
        ]
        if "act_date" in act and ("from" in act or "until" in act):
            self._wrong(
                f"{where}act_date",
                act["act_date"],
                [],
                f"{where}act_date atau from dan until, bukan keduanya",
            )
        if len(days) == 2 and None not in days and days[0] > days[1]:  # type: ignore[operator]
            self._wrong(f"{where}until", act.get("until"), [], f"{where}until mendahului from")
        for day in dict.fromkeys(days) or [None]:
            yield flat | ({"act_date": day} if day else {})

    def _group(self, given: Mapping[str, Any], group: str, flat: Flat, where: str) -> None:
        part = given.get(group)
        if part is None:
            return
        if not isinstance(part, Mapping):
            self._wrong(where, part, [], f"{where} harus berupa objek")
            return
        for name, value in part.items():
            if value is not None:
                self._value(flat, f"{group}.{name}", value, f"{where}.{name}")

    def _value(self, flat: Flat, path: str, value: Any, where: str) -> None:
        fact = self.vocabulary.get(path)
        if fact is None or fact["derived"]:
            group = path.rpartition(".")[0]
            known = [
                other.rpartition(".")[2]
                for other, entry in self.vocabulary.items()
                if other.rpartition(".")[0] == group and not entry["derived"]
            ]
            self._wrong(
                where, value, known, f"{where}: fakta ini tidak dikenal; yang ada: {', '.join(known)}"
            )
            return
        kind, values = fact["type"], fact["values"]
        if kind == "date":
            day = self._date(value, where)
            if day:
                flat[path] = day
        elif kind == "yes_no":
            if isinstance(value, bool):
                flat[path] = value
            else:
                self._wrong(where, value, ["true", "false"], f"{where}: {value!r}; yang boleh: true, false")
        elif kind == "region":
            if isinstance(value, str) and is_region(value):
                flat[path] = value
            else:
                self._wrong(where, value, [], f"{where}: {value!r} bukan kode daerah seperti 18.71")
        elif fact["many"]:
            codes = value if isinstance(value, list) else [value]
            if all(isinstance(code, str) and code in values for code in codes):
                flat[path] = frozenset(codes)
            else:
                self._not_allowed(where, value, values)
        elif isinstance(value, str) and value in values:
            flat[path] = value
        else:
            self._not_allowed(where, value, values)

    def _not_allowed(self, where: str, value: Any, values: Mapping[str, Any]) -> None:
        self._wrong(where, value, list(values), f"{where}: {value!r}; yang boleh: {', '.join(values)}")

    def _date(self, value: Any, where: str) -> dt.date | None:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            if DAY.match(value):  # fromisoformat takes weeks and short forms too
                return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            pass
        example = "tulis tahun-bulan-hari, misalnya 2024-10-10"
        self._wrong(where, value, [], f"{where}: {value!r} bukan tanggal; {example}")
        return None

    def _prior(self, prior: Any) -> list[Mapping[str, Any]]:
        if not isinstance(prior, list):
            self._wrong("prior", prior, [], "prior harus daftar putusan terdahulu")
            return []
        for at, one in enumerate(prior):
            if not isinstance(one, Mapping):
                self._wrong(f"prior.{at}", one, [], f"prior.{at} harus berupa objek")
            else:
                self._only(one, PRIOR, f"prior.{at}.")
                if "on" in one:
                    self._date(one["on"], f"prior.{at}.on")
        return [one for one in prior if isinstance(one, Mapping)]

    def _only(self, given: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in given:
            if key not in known:
                message = f"{where}{key}: bidang ini tidak dikenal; yang ada: {', '.join(known)}"
                self._wrong(f"{where}{key}", given[key], list(known), message)

    def _wrong(self, field: str, value: Any, allowed: list[str], message: str) -> None:
        self.errors.append(Complaint(field, value, allowed, message))
