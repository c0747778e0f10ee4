"""What an answer asks for is what could change it: checked by trying every value of one and of two facts."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from netral.lawbook import Answer, engine

from .small_book import small

VALUES: dict[str, list[Any]] = {
    "act_date": ["2029-12-31", "2030-03-31", "2030-07-19", "2030-07-20", "2031-05-09", "2031-05-10"],
    "actor.status": ["pns", "pppk", "lain"],
    "actor.cltn": [True, False],
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
    """Unknown facts that alone, or together with one other, change the answer."""
    told = core(answered(conduct, flat))
    unknown = [path for path in VALUES if path not in flat]
    alone = {
        path
        for path in unknown
        if any(core(answered(conduct, {**flat, path: value})) != told for value in VALUES[path])
    }
    pairs = set()
    for one, other in combinations([path for path in unknown if path not in alone], 2):
        values = product(VALUES[one], VALUES[other])
        if any(core(answered(conduct, {**flat, one: left, other: right})) != told for left, right in values):
            pairs |= {one, other}
    return alone | pairs


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["praise", "listen", "join"]), KNOWN)
def test_it_asks_for_whatever_could_change_the_answer(conduct: str, flat: dict[str, Any]) -> None:
    asked = {question["fact"] for question in answered(conduct, flat)["missing"]}
    assert that_could_change_it(conduct, flat) <= asked


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["praise", "listen", "join"]), KNOWN)
def test_what_is_asked_for_is_unknown(conduct: str, flat: dict[str, Any]) -> None:
    told = answered(conduct, flat)
    assert {question["fact"] for question in told["missing"]}.isdisjoint(flat)
    if told["verdict"] in ("forbidden", "permitted", "not_covered") and not told["possible"]:
        asked = {question["fact"] for question in told["missing"]}
        assert asked <= {
            "object.election",
            "object.office",
            "object.region",
        }  # a claimed standing, not confirmed
