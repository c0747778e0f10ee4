"""A small invented book of law, and short ways to ask it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from netral.lawbook import Answer, Corpus, engine
from netral.lawbook.compile import compile_corpus

SMALL = Path(__file__).with_name("small")


@cache
def small() -> Corpus:
    return Corpus(compile_corpus(SMALL))


def ask(conduct: str = "praise", on: str | None = "2030-08-01", /, **facts: Any) -> Answer:
    """The small book's answer; `election` and `kind` stand for the facts of the object most tests give."""
    object_ = {"kind": facts.pop("kind", "calon"), "election": facts.pop("election", "pilkada-2030")}
    object_ |= facts.pop("object", {})
    given = {"conduct": conduct, "object": {key: value for key, value in object_.items() if value}}
    given |= {"actor": {"status": "pns", "cltn": False}} | facts
    return engine.answer(small(), given | ({"act_date": on} if on else {}))


def codes(entries: list[dict[str, Any]], key: str = "code") -> list[str]:
    return [entry[key] for entry in entries]
