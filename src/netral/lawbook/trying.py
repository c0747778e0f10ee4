"""Tries the rules on one act, three-valued.

A rule that holds is *certain* unless one that takes precedence over it could still hold; a rule that could still hold
is *possible*, and what it needs is what the answer asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Judged:
    """One act with everything tried on it: `given` as it was told, `facts` with what the calendars add."""

    at: int
    given: Flat
    facts: Flat
    standing: Standing
    tried: Sequence[Tried]

    @cached_property
    def certain(self) -> list[Rule]:
        return [one.rule for one in self.tried if one.certain]

    @cached_property
    def possible(self) -> list[Rule]:
        return [one.rule for one in self.tried if one.possible]


def judge(book: Corpus, act: Flat, at: int = 0) -> Judged:
    """Tries every rule about this kind of act that speaks for its day."""
    standing = book.calendars.standing(act)
    facts = act | standing.facts
    return Judged(at, act, facts, standing, try_rules(book.rules[facts["conduct"]], facts))


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
    above = [(other, held) for other, held in truths.items() if held is not False and rule.code in other.over]
    overridden = any(held for _other, held in above)
    # One that would only cite more articles for the same consequence leaves the rule as certain as it was.
    doubted = any(held is None and other.consequence != rule.consequence for other, held in above)
    return Tried(
        rule,
        truth,
        overridden,
        certain=truth is True and not overridden and not doubted,
        possible=not overridden and (truth is None or doubted),
    )


def verdict_of(certain: Sequence[Rule], open_questions: bool) -> str:
    verdicts = {rule.verdict for rule in certain}
    for verdict in ("forbidden", "depends"):
        if verdict in verdicts:
            return verdict
    if open_questions:
        return "depends"
    return "permitted" if "permitted" in verdicts else "not_covered"
