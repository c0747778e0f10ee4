"""Tries the rules on one act, three-valued.

A rule that holds is *certain* unless one that takes precedence over it could still hold; a rule that could still hold
is *possible*, and what it needs is what the answer asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .calendars import Standing
from .conditions import Truth
from .corpus import Corpus, Rule
from .facts import Flat


class Tried(NamedTuple):
    """One rule and what became of it: whether a rule that takes precedence holds, and what it then counts for."""

    rule: Rule
    truth: Truth
    overridden: bool = False
    certain: bool = False
    possible: bool = False


class Judged(NamedTuple):
    """One act with everything tried on it: `given` as it was told, `facts` with what the calendars add."""

    at: int
    given: Flat
    facts: Flat
    standing: Standing
    tried: Sequence[Tried]
    certain: Sequence[Rule]
    possible: Sequence[Rule]
    verdict: str


def judge(book: Corpus, act: Flat, at: int = 0) -> Judged:
    """Tries every rule about this kind of act that speaks for its day."""
    standing = book.calendars.standing(act)
    return judged_by(book, at, act, act | standing.facts, standing)


def judged_by(book: Corpus, at: int, given: Flat, facts: Flat, standing: Standing) -> Judged:
    tried = try_rules(book.rules[facts["conduct"]], facts)
    certain = [one.rule for one in tried if one.certain]
    possible = [one.rule for one in tried if one.possible]
    return Judged(at, given, facts, standing, tried, certain, possible, verdict_of(certain, bool(possible)))


def try_rules(rules: Sequence[Rule], facts: Flat) -> list[Tried]:
    day = facts.get("act_date")
    truths = {
        rule: rule.when.holds(facts) for rule in rules if day is None or rule.start <= day <= rule.until
    }
    if day is None:  # then none can be said to hold, though each may
        truths = {rule: None if truth else truth for rule, truth in truths.items()}
    return [
        Tried(rule, truth) if truth is False else _with_order(rule, truth, truths)
        for rule, truth in truths.items()
    ]


def _with_order(rule: Rule, truth: Truth, truths: Mapping[Rule, Truth]) -> Tried:
    if not rule.under:
        return Tried(rule, truth, False, truth is True, truth is None)
    above = [
        (other, held) for other, held in truths.items() if held is not False and other.code in rule.under
    ]
    overridden = any(held for _other, held in above)
    # One that would only cite more articles for the same consequence leaves the rule as certain as it was.
    doubted = any(held is None and other.consequence != rule.consequence for other, held in above)
    certain = truth is True and not overridden and not doubted
    return Tried(rule, truth, overridden, certain, not overridden and (truth is None or doubted))


def verdict_of(certain: Sequence[Rule], open_questions: bool) -> str:
    verdicts = [rule.verdict for rule in certain]
    if "forbidden" in verdicts:
        return "forbidden"
    if open_questions or "depends" in verdicts:
        return "depends"
    return "permitted" if verdicts else "not_covered"
