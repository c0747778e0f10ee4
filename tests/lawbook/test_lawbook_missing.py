"""What an answer asks for is what could change it: checked by trying every value of one and of two facts."""

from __future__ import annotations

from typing import Any

from bench.law import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.lawbook import Answer, answer, engine, vocabulary

from .small_book import small

VALUES: dict[str, list[Any]] = {
    "act_date": ["2029-12-31", "2030-03-31", "2030-07-19", "2030-07-20", "2031-05-09", "2031-05-10"],
    "actor.status": ["pns", "pppk", "lain"],
    "actor.cltn": [True, False],
    "actor.roles": [["camat"], ["guru"], []],
    "actor.resigned_on": ["2030-01-01", "2030-01-03"],
    "object.kind": ["bakal_calon", "calon", "partai", "tim"],
    "object.office": ["bupati", "gubernur"],
    "object.election": ["pilkada-2030", "pilkada-2031"],
    "object.region": ["18.71", "18.01"],
    "circumstances.joined_on": ["2030-01-01", "2030-01-02"],
}
KNOWN = st.fixed_dictionaries({}, optional={path: st.sampled_from(values) for path, values in VALUES.items()})


def answered(conduct: str, flat: dict[str, Any]) -> Answer:
    given: dict[str, Any] = {"conduct": conduct}
    for path, value in flat.items():
        group, _, name = path.rpartition(".")
        (given.setdefault(group, {}) if group else given)[name] = value
    return engine.answer(small(), given)


def core(told: Answer) -> Any:
    """What an answer says, without what it asks and how it got there."""
    return told["verdict"], [finding["rule"] for finding in told["findings"]], told["conditions"]


def that_could_change_it(conduct: str, flat: dict[str, Any]) -> set[str]:
    """Unknown facts that make a difference: as things stand, or once one other unknown fact is known."""
    unknown = [path for path in VALUES if path not in flat]
    known = [flat, *({**flat, path: value} for path in unknown for value in VALUES[path])]
    told = {str(facts): core(answered(conduct, facts)) for facts in known}
    found = set()
    for path in unknown:
        for facts in known:
            others = ({**facts, path: value} for value in VALUES[path] if path not in facts)
            if any(core(answered(conduct, other)) != told[str(facts)] for other in others):
                found.add(path)
                break
    return found


def asked_for(conduct: str, flat: dict[str, Any]) -> set[str]:
    return {question["fact"] for question in answered(conduct, flat)["missing"]}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["praise", "listen", "join", "boast"]), KNOWN)
def test_it_asks_for_whatever_could_change_the_answer(conduct: str, flat: dict[str, Any]) -> None:
    assert that_could_change_it(conduct, flat) <= asked_for(conduct, flat)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["praise", "listen", "join", "boast"]), KNOWN, st.sampled_from(VALUES["act_date"]))
def test_once_the_day_is_known_it_asks_for_nothing_else(conduct: str, flat: dict[str, Any], day: str) -> None:
    flat = flat | {"act_date": day}
    told, matter = answered(conduct, flat), that_could_change_it(conduct, flat)
    asked = {question["fact"] for question in told["missing"]}
    # Where three facts together would be needed to change anything, an open rule's own needs are asked for.
    assert asked == matter or (not matter and told["possible"])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["praise", "listen", "join", "boast"]), KNOWN)
def test_what_is_asked_for_is_unknown(conduct: str, flat: dict[str, Any]) -> None:
    assert asked_for(conduct, flat).isdisjoint(flat)


def test_a_fact_beside_one_that_decides_is_not_asked_for() -> None:
    """Whoever is no official is outside these rules, on leave or not."""
    known = {"act_date": "2030-07-20", "object.kind": "calon", "object.election": "pilkada-2030"}
    assert asked_for("praise", known) == {"actor.status", "actor.cltn"}
    assert asked_for("praise", {**known, "actor.status": "lain"}) == set()
    assert asked_for("praise", {**known, "actor.status": "pns"}) == {"actor.cltn"}
    assert asked_for("praise", {**known, "act_date": "2029-12-31"}) == {"actor.status"}  # no leave counts yet


def test_of_the_law_itself_nothing_that_changes_an_answer_goes_unasked() -> None:
    for facts in drawn(60):
        told = answer(facts)
        asked = {question["fact"] for question in told["missing"]}
        for path, fact in vocabulary().items():
            group, _, name = path.rpartition(".")
            if group in ("actor", "object", "circumstances") and name not in facts.get(group, {}):
                for value in fact["values"] or {"yes_no": (True, False)}.get(fact["type"], ()):
                    if not fact["derived"]:
                        other = answer({**facts, group: {**facts.get(group, {}), name: value}})
                        assert path in asked or core(other) == core(told), (facts, path, value)
