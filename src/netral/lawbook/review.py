"""For whoever keeps the law's files: which answers a change changes, what no rule cites, what no situation tries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import engine, sources
from .corpus import Corpus
from .expecting import differences
from .facts import FactsError
from .schema import Situation, Situations

COMPARED = ("verdict", "track", "level", "level_range", "sanctions", "criminal", "conditions")


@dataclass(frozen=True)
class Change:
    """One situation that two states of the law answer differently: by field, before and after."""

    says: str
    differences: Mapping[str, tuple[Any, Any]]


def situations(folder: Path) -> list[Situation]:
    """Every situation of a corpus folder, in the order of its files. Raises LawbookError."""
    files = sorted((folder / sources.SITUATIONS).glob("*.yaml"))
    return [one for path in files for one in sources.read(path, Situations).situations]


def failures(book: Corpus, folder: Path) -> Iterator[str]:
    """A line, with its place, for each situation of a corpus folder that is answered otherwise than expected."""
    seen: set[str] = set()
    for path in sorted((folder / sources.SITUATIONS).glob("*.yaml")):
        for at, one in enumerate(sources.read(path, Situations).situations):
            for told in (
                *_wrong(book, one),
                *(["sudah ada situasi dengan kalimat ini"] if one.says in seen else []),
            ):
                yield sources.complaint(path, ("situations", at), f"{one.says}: {told}")
            seen.add(one.says)


def _wrong(book: Corpus, one: Situation) -> Iterator[str]:
    if not one.expect:
        yield "expect: belum ada yang diharapkan"
    try:
        told = engine.answer(book, plain(one.facts), trace=False)
    except FactsError as error:
        yield from (complaint.message for complaint in error.errors)
    else:
        yield from differences(book, told, plain(one.expect))


def plain(written: Any) -> Any:
    """As it comes from outside: JSON, days as text."""
    return json.loads(json.dumps(written, default=str))


def changes(old: Corpus, new: Corpus, asked: Iterable[Situation]) -> Iterator[Change]:
    """The situations that the two answer differently."""
    for situation in asked:
        before, after = _answer(old, situation), _answer(new, situation)
        found = {name: (before.get(name), after.get(name)) for name in {**before, **after}}
        differences = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
        if differences:
            yield Change(situation.says, differences)


def _answer(book: Corpus, situation: Situation) -> dict[str, Any]:
    try:
        told = engine.answer(book, situation.facts, trace=False)
    except FactsError as error:
        return {"error": str(error)}
    except KeyError as error:  # an act that this state of the law does not know
        return {"error": f"{error}"}
    basis = sorted(one["ref"] for one in told["basis"])
    rules = sorted(finding["rule"] for finding in told["findings"])
    return {name: told[name] for name in COMPARED} | {"basis": basis, "rules": rules}


def uncited_articles(book: Corpus) -> list[str]:
    """Articles that no rule, sanction, authority, clock, crime or calendar rests on."""
    cited = {ref for rules in book.rules.values() for rule in rules for ref in (*rule.norm, *rule.sanction)}
    cited |= {ref for sanction in book.sanctions.values() for ref in sanction.basis}
    for authority in book.authorities:
        cited |= {*authority.basis, *(ref for power in authority.may for ref in power.basis)}
    cited |= {
        ref
        for clocks in book.clocks.values()
        for clock in clocks
        for reading in clock.readings
        for ref in reading.basis
    }
    for crimes in book.crimes.values():
        cited |= {ref for crime in crimes for ref in (crime.article, crime.penalty)}
    cited |= {ref for flag in book.flags.values() for ref in flag.basis}
    cited |= set(book.calendars.basis())
    return sorted(set(book.articles) - cited)


def uncited_by_reason(book: Corpus) -> Mapping[str, list[str]]:
    """The same, apart by why: nothing rests on the whole regulation, the text is not verified, or neither."""
    uncited = uncited_articles(book)
    used = {ref.partition("#")[0] for ref in set(book.articles) - set(uncited)}
    found: dict[str, list[str]] = {"instrument": [], "unverified": [], "other": []}
    for ref in uncited:
        unverified = all(version.status == "unverified" for version in book.articles[ref])
        whole = ref.partition("#")[0] not in used
        found["instrument" if whole else "unverified" if unverified else "other"].append(ref)
    return found


def untried_rules(book: Corpus, asked: Iterable[Situation]) -> list[str]:
    """Rules that hold in no situation."""
    held = set()
    for situation in asked:
        told = engine.answer(book, situation.facts)
        held |= {entry["rule"] for entry in told["trace"] if entry["result"] in ("true", "overridden")}
    return sorted(rule.code for rules in book.rules.values() for rule in rules if rule.code not in held)
