"""The law as dated data, and the engine that answers from it. No Django, nothing of the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from . import citing, engine, terms
from .calendars import Contest, Version
from .citing import Citation
from .conduct import (
    OTHER,
    ConductGroup,
    ConductKind,
    ReportChoices,
    conduct_kinds,
    conduct_label,
    reportable_kinds,
)
from .corpus import LEVELS, TRACKS, Corpus, Text, corpus, load_corpus
from .engine import Answer
from .errors import LawbookError
from .facts import FactsError, is_region
from .terms import Due

__all__ = [
    "LEVELS",
    "OTHER",
    "TRACKS",
    "Answer",
    "Citation",
    "ConductGroup",
    "ConductKind",
    "Contest",
    "Corpus",
    "Due",
    "FactsError",
    "LawbookError",
    "ReportChoices",
    "Text",
    "Version",
    "answer",
    "citations",
    "conduct_kinds",
    "conduct_label",
    "contests",
    "corpus",
    "due_day",
    "is_region",
    "load_corpus",
    "reportable_kinds",
    "sanctions_on",
    "sanctions_within",
    "vocabulary",
]


def answer(facts: Any, *, trace: bool = True) -> Answer:
    """What the law says of `facts` (`docs/law.md`), as plain JSON. Raises FactsError, naming each field."""
    return engine.answer(corpus(), facts, trace=trace)


def citations(text: str, days: Collection[dt.date] = ()) -> list[Citation]:
    """Every regulation and article that `text` cites, and whether it may be cited so on one of these days."""
    return citing.citations(corpus(), text, days)


def contests() -> tuple[Contest, ...]:
    """Everything that is voted on, with every version of its calendar."""
    return tuple(corpus().calendars.contests())


def due_day(
    code: str, start: dt.date, *, facts: Mapping[str, Any] | None = None, reading: str | None = None
) -> Due | None:
    """When a clock that started on `start` ends; None where the law of that day has no such clock.

    `facts` are flat, by dotted path. Raises KeyError for a clock that is nowhere.
    """
    return terms.due_day(corpus(), code, start, facts=facts, reading=reading)


def sanctions_within(told: Answer, authority: str) -> tuple[str, ...]:
    """Of the sanctions an answer opens, those this authority may impose."""
    for entry in told["authorities"]["punishes"]:
        if entry["authority"] == authority:
            return tuple(entry["sanctions"])
    return ()


def sanctions_on(facts: Any, track: str, level: str, authority: str) -> tuple[str, ...]:
    """What an authority may impose where a person holds these acts to be of this track and level. Raises FactsError."""
    return engine.sanctions_on(corpus(), facts, track, level, authority)


def vocabulary() -> Mapping[str, Any]:
    """Every fact by its path: `label`, `question`, `type`, `values`, `many`, `derived`."""
    return corpus().vocabulary
