"""Rules: what each says, from when until when it rests on something, and the order between two that clash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import schema
from ..conditions import exclude_each_other, satisfiable
from ..corpus import LEVELS
from ..days import ONE_DAY
from ..sources import At
from .draft import EVER, NEVER, Draft, Ref


def check_rules(draft: Draft) -> None:
    for path, conduct in draft.many["conduct"].items():
        codes, before = [rule.code for rule in conduct.rules], len(draft.wrong)
        draft.rules[conduct.code] = [
            _rule(draft, path, ("rules", at), rule, codes) for at, rule in enumerate(conduct.rules)
        ]
        if len(draft.wrong) == before:  # between rules that are wrong themselves, an order says nothing yet
            _check_order(draft, path, conduct, _overridden(conduct.rules))


def _rule(draft: Draft, path: Path, at: At, rule: schema.Rule, codes: list[str]) -> dict[str, Any]:
    if codes.count(rule.code) > 1:
        draft.say(path, (*at, "code"), f"kode aturan {rule.code!r} disebut dua kali")
    for other in rule.over:
        if other == rule.code:
            draft.say(path, (*at, "over"), f"over: {other!r} menyebut dirinya sendiri")
        elif other not in codes:
            draft.say(path, (*at, "over"), f"over: aturan {other!r} tidak ada dalam berkas ini")
    when = draft.condition(path, (*at, "when"), rule.when)
    for name in ("norm", "sanction"):
        draft.check_refs(path, (*at, name), getattr(rule, name))
    draft.check_told(path, at, rule)
    start, end = _days(draft, rule)
    _check_in_force(draft, path, at, rule, start, end)
    _check_level(draft, path, at, rule)
    days = {"from": _iso(start), "until": _iso(end)}
    return rule.model_dump(mode="json", by_alias=True) | {"when": when, **days}


def _check_in_force(
    draft: Draft, path: Path, at: At, rule: schema.Rule, start: dt.date, end: dt.date
) -> None:
    """On every day of the rule there is an article it rests on."""
    if not all(ref in draft.spans for ref in rule.norm):
        return
    if start > end or (day := _day_without(draft, rule.norm, start, end)):
        told = "masanya" if start > end else str(day)
        draft.say(path, (*at, "norm"), f"{rule.code}: pada {told} tidak satu pun pasal pada norm berlaku")


def _check_level(draft: Draft, path: Path, at: At, rule: schema.Rule) -> None:
    """Track and level go together, and there are sanctions for them."""
    where: At = (*at, "level")
    if (rule.level == "undetermined") != bool(rule.level_range):
        draft.say(path, where, f"{rule.code}: level undetermined memerlukan level_range, yang lain tidak")
    if (rule.level == "none") != (rule.track == "none"):
        draft.say(path, where, f"{rule.code}: track dan level disebut bersama, atau keduanya none")
    if rule.verdict == "permitted" and rule.track != "none":
        draft.say(path, (*at, "track"), f"{rule.code}: yang diperbolehkan tidak memiliki track dan level")
    for level in rule.level_range or [rule.level] * (rule.track != "none"):
        if level != "undetermined" and level not in _levels(draft, rule.track):
            told = f"{rule.code}: jalur {rule.track} tidak memiliki sanksi tingkat {level}"
            draft.say(path, where, f"{told}; yang ada: {', '.join(_levels(draft, rule.track))}")


def _levels(draft: Draft, track: str) -> Collection[str]:
    """Those for which there are sanctions; a reading may lead from any road to a merely moral one."""
    found = {
        one.level for file in draft.many["sanctions"].values() for one in file.sanctions if one.track == track
    }
    return [level for level in LEVELS if level in found | {"moral"}]


def _days(draft: Draft, rule: schema.Rule) -> tuple[dt.date, dt.date]:
    """Those it names; what it leaves out, as long as what it rests on is in force."""
    spans = [span for ref in rule.norm for span in draft.spans.get(ref, ())] or [(EVER, NEVER)]
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    return rule.from_ or first, rule.until or last


def _check_order(draft: Draft, path: Path, conduct: schema.Conduct, over: Mapping[str, set[str]]) -> None:
    """Two rules that clash and can both hold must have an order between them."""
    rules = draft.rules[conduct.code]
    for at, one in enumerate(rules):
        if one["code"] in over[one["code"]]:
            draft.say(path, ("rules", at, "over"), f"{one['code']}: urutan over berputar")
        if not satisfiable(one["when"], draft.domains):
            draft.say(path, ("rules", at, "when"), f"{one['code']}: syaratnya tidak pernah dapat terpenuhi")
        for other in rules[at + 1 :]:
            ordered = other["code"] in over[one["code"]] or one["code"] in over[other["code"]]
            if _clash(one, other) and not ordered and not _apart(draft, one, other):
                message = (
                    f"{one['code']} dan {other['code']} dapat berlaku bersama; tulis over pada salah satunya"
                )
                draft.say(path, ("rules", at, "code"), message)


def _apart(draft: Draft, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    days = [(_day(rule["from"], EVER), _day(rule["until"], NEVER)) for rule in (one, other)]
    if days[0][1] < days[1][0] or days[1][1] < days[0][0]:
        return True
    return exclude_each_other(one["when"], other["when"], draft.domains)


def _day_without(draft: Draft, refs: Iterable[Ref], start: dt.date, end: dt.date) -> dt.date | None:
    """The first day of a span on which none of these articles is in force."""
    day = start
    for first, last in sorted(span for ref in refs for span in draft.spans.get(ref, ())):
        if first > day:
            break
        if last >= end:
            return None
        day = max(day, last + ONE_DAY)
    return day


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    same_track = one["track"] == other["track"] != "none"
    return same_track or {one["verdict"], other["verdict"]} == {"forbidden", "permitted"}


def _overridden(rules: Iterable[schema.Rule]) -> dict[str, set[str]]:
    """By rule: all those it takes precedence over, through others too."""
    over = {rule.code: set(rule.over) for rule in rules}
    grown = True
    while grown:
        grown = False
        for found in over.values():
            more = set().union(*(over.get(code, set()) for code in found)) - found
            if more:
                found |= more
                grown = True
    return over


def _iso(day: dt.date) -> str | None:
    return None if day in (EVER, NEVER) else day.isoformat()


def _day(text: str | None, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else otherwise
