"""What holds of every answer of the law, tried on facts drawn at random."""

from __future__ import annotations

import datetime as dt
import json
import random
from functools import cache
from typing import Any

from bench.law import drawn

from netral.lawbook import Answer, Corpus, answer, corpus, engine, vocabulary
from netral.lawbook.compile import compile_corpus

# Where the calendar speaks, it prevails over what was claimed, and the answer says so.
CALENDAR_SPEAKS = {"kalender_bertentangan", "tanggal_penetapan_berbeda", "hari_penetapan", "kalender_berubah"}


@cache
def asked() -> list[dict[str, Any]]:
    return list(drawn(1_500))


def without(facts: dict[str, Any], group: str, name: str) -> dict[str, Any]:
    return {**facts, group: {key: value for key, value in facts[group].items() if key != name}}


def test_a_further_fact_never_permits_what_was_forbidden_without_saying_why() -> None:
    draw = random.Random(7)  # noqa: S311 - the same draw every time is the point
    forbidden = 0
    for facts in asked():
        group = draw.choice([group for group in ("actor", "object", "circumstances") if facts.get(group)])
        name = draw.choice(list(facts[group]))
        before, after = answer(without(facts, group, name)), answer(facts)
        forbidden += before["verdict"] == "forbidden"
        if (before["verdict"], after["verdict"]) == ("forbidden", "permitted"):
            was_asked = {question["fact"] for question in before["missing"]}
            flags = {flag["code"] for flag in after["flags"]}
            assert f"{group}.{name}" in was_asked or flags & CALENDAR_SPEAKS, (facts, group, name)
            assert any(entry["result"] == "true" for entry in after["trace"])
    assert forbidden > 50


def test_what_is_found_rests_on_an_article_in_force_on_the_day_of_the_act() -> None:
    found = 0
    for facts in asked():
        told, day = answer(facts, trace=False), dt.date.fromisoformat(facts["act_date"])
        for finding in told["findings"]:
            found += 1
            assert finding["norm"], (facts, finding["rule"])
            assert {*finding["norm"], *finding["basis"]} <= {basis["ref"] for basis in told["basis"]}
        for basis in told["basis"]:
            (held,) = (one for one in corpus().articles[basis["ref"]] if one.start <= day <= one.until)
            assert (basis["says"], basis["status"]) == (held.says, held.status), (facts, basis)
        assert bool(told["findings"]) <= bool(told["basis"])
    assert found > 100


def of_a_candidate(facts: dict[str, Any]) -> dict[str, Any]:
    """The same of a civil servant and a candidate, of whom most rules speak."""
    known = {"actor": {"status": "pns"}, "object": {"kind": "calon", "election": "pilkada-2024"}}
    return {**facts, **{group: {**facts.get(group, {}), **more} for group, more in known.items()}}


def test_the_verdict_is_that_of_what_is_found_and_nothing_is_found_that_yields() -> None:
    forbidden = yielded = 0
    for facts in map(of_a_candidate, asked()):
        told = answer(facts)
        forbids = any(finding["verdict"] == "forbidden" for finding in told["findings"])
        assert not forbids or told["verdict"] == "forbidden", facts
        overridden = {entry["rule"] for entry in told["trace"] if entry["result"] == "overridden"}
        assert overridden.isdisjoint(finding["rule"] for finding in told["findings"]), facts
        forbidden, yielded = forbidden + forbids, yielded + len(overridden)
    assert (forbidden > 500, yielded > 5) == (True, True)


def test_the_order_in_which_facts_are_told_makes_no_difference() -> None:
    for facts in asked():
        turned = {
            key: dict(reversed(value.items())) if isinstance(value, dict) else value
            for key, value in reversed(facts.items())
        }
        assert answer(turned) == answer(facts)


@cache
def turned_round() -> Corpus:
    """The same law with every list of rules from back to front."""
    compiled = compile_corpus()
    for conduct in compiled["conduct"].values():
        conduct["rules"].reverse()
    return Corpus(compiled)


def unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: unordered(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted(map(unordered, value), key=lambda part: json.dumps(part, sort_keys=True))
    return value


def test_the_order_in_which_rules_are_written_makes_no_difference() -> None:
    def told(book: Corpus, facts: Any) -> Answer:
        return dict(unordered(engine.answer(book, facts)))

    for facts in asked()[:500]:
        assert told(turned_round(), facts) == told(corpus(), facts)


def test_of_nothing_but_the_act_an_answer_asks_and_finds_nothing_certain_of_the_person() -> None:
    for code in vocabulary()["conduct"]["values"]:
        told = answer({"conduct": code})
        assert not told["findings"]
        assert (
            "act_date" in {question["fact"] for question in told["missing"]}
            or told["verdict"] == "not_covered"
        )
