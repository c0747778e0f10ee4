"""Situations beside their answers: in what an answer is not what is expected (`docs/law.md`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

from .corpus import Corpus
from .engine import Answer


def differences(book: Corpus, told: Answer, expect: Mapping[str, Any]) -> Iterator[str]:
    """A line for everything in which the answer is not what is expected, and for what nothing could be."""
    for key, wanted in expect.items():
        name, _, way = key.rpartition("_")
        names = NAMES.get(key if key in EACH else name)
        if names and (strange := set(wanted) - names(book)):
            yield f"{key}: {', '.join(sorted(strange))} tidak ada dalam korpus"
        elif key in SAME:
            found = SAME[key](told)
            if found != wanted:
                yield f"{key}: diharapkan {wanted}, jawabannya {found}"
        elif key in EACH:
            for code, each in wanted.items():
                if (found := EACH[key](told, code)) != each:
                    yield f"{key} {code}: diharapkan {each}, jawabannya {found}"
        elif name in SETS and way in ("has", "lacks"):
            found = SETS[name](told)
            wrong = set(wanted) - found if way == "has" else set(wanted) & found
            if wrong:
                listed = ", ".join(sorted(found)) or "tidak memuat apa pun"
                yield f"{key}: {', '.join(sorted(wrong))}; jawabannya {listed}"
        else:
            known = [*SAME, *EACH, *(f"{one}_has/_lacks" for one in SETS)]
            yield f"{key}: harapan ini tidak dikenal; yang ada: {', '.join(known)}"


def _codes(entries: Iterable[Mapping[str, Any]], key: str = "code") -> set[str]:
    return {entry[key] for entry in entries}


def _norms(told: Answer) -> set[str]:
    """The articles found broken or permitting, each also by its instrument alone."""
    named = {ref for finding in told["findings"] for ref in finding["norm"]}
    return named | {ref.partition("#")[0] for ref in named}


def _due(told: Answer, code: str) -> str | None:
    return next((clock["due"] for clock in told["clocks"] if clock["code"] == code), None)


def _readings(told: Answer, code: str) -> list[str]:
    return sorted(
        one["due"] for clock in told["clocks"] if clock["code"] == code for one in clock["readings"]
    )


def _may_impose(told: Answer, authority: str) -> list[str]:
    punishing = told["authorities"]["punishes"]
    return next((list(one["sanctions"]) for one in punishing if one["authority"] == authority), [])


def _crimes(book: Corpus) -> Set[str]:
    return {crime.code for crimes in book.crimes.values() for crime in crimes}


def _competent(purpose: str) -> Callable[[Answer], list[str]]:
    return lambda told: [entry["authority"] for entry in told["authorities"][purpose]]


SETS: Mapping[str, Callable[[Answer], set[str]]] = {
    "norm": _norms,
    "basis": lambda told: _codes(told["basis"], "ref"),
    "sanctions": lambda told: set(told["sanctions"]),
    "flags": lambda told: _codes(told["flags"]),
    "disputes": lambda told: _codes(told["disputes"]),
    "missing": lambda told: _codes(told["missing"], "fact"),
    "criminal": lambda told: _codes(told["criminal"]),
    "criminal_unsure": lambda told: {one["code"] for one in told["criminal"] if one["subject_ok"] is None},
}
SAME: Mapping[str, Callable[[Answer], Any]] = {
    "verdict": lambda told: told["verdict"],
    "track": lambda told: told["track"],
    "level": lambda told: told["level"],
    "level_range": lambda told: told["level_range"],
    "stage": lambda told: told["stage"],
    "standing": lambda told: told["acts"][0]["standing"],
    "conditional": lambda told: bool(told["conditions"]),
    "recommends": _competent("recommends"),
    "receives_crime": _competent("receives_crime"),
    "receives_referral": _competent("receives_referral"),
}
EACH: Mapping[str, Callable[[Answer, str], Any]] = {
    "clock": _due,
    "clock_readings": _readings,
    "may_impose": _may_impose,
}
# What may be expected there: a name that is none would be lacking for ever.
NAMES: Mapping[str, Callable[[Corpus], Set[str]]] = {
    "norm": lambda book: book.articles.keys() | book.instruments.keys(),
    "basis": lambda book: book.articles.keys(),
    "sanctions": lambda book: book.sanctions.keys(),
    "flags": lambda book: book.flags.keys(),
    "disputes": lambda book: book.disputes.keys(),
    "missing": lambda book: book.vocabulary.keys(),
    "criminal": _crimes,
    "criminal_unsure": _crimes,
    "clock": lambda book: book.clocks.keys(),
    "clock_readings": lambda book: book.clocks.keys(),
    "may_impose": lambda book: {one.code for one in book.authorities},
}
