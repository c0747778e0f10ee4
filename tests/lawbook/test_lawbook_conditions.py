"""Three-valued conditions: what is unknown stays unknown exactly as long as it matters."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.lawbook.conditions import ConditionError, Plain, build, exclude_each_other, read, satisfiable
from netral.lawbook.schema import Fact, Text

NAMED = Text(id="x", en="x")
FACTS = {
    "a": Fact(label=NAMED, values={"1": NAMED, "2": NAMED, "3": NAMED}),
    "b": Fact(label=NAMED, values={"1": NAMED, "2": NAMED}),
    "m": Fact(label=NAMED, values={"x": NAMED, "y": NAMED}, many=True),
    "yes": Fact(label=NAMED, type="yes_no"),
    "on": Fact(label=NAMED, type="date"),
    "off": Fact(label=NAMED, type="date"),
}
DAYS = [dt.date(2030, 1, day) for day in (1, 2, 3)]
VALUES: dict[str, list[Any]] = {
    "a": ["1", "2", "3"],
    "b": ["1", "2"],
    "m": [frozenset(), frozenset("x"), frozenset("y"), frozenset("xy")],
    "yes": [True, False],
    "on": DAYS,
    "off": DAYS,
}
DOMAINS = {"a": frozenset("123"), "b": frozenset("12"), "yes": frozenset({True, False})}

LINES = st.one_of(
    st.lists(st.sampled_from("123"), min_size=1, max_size=2, unique=True).map(lambda v: ["in", "a", v]),
    st.sampled_from("12").map(lambda v: ["in", "b", [v]]),
    st.sampled_from("xy").map(lambda v: ["any_of", "m", [v]]),
    st.booleans().map(lambda v: ["in", "yes", [v]]),
    st.tuples(
        st.sampled_from(["before", "on_or_before", "after", "on_or_after"]),
        st.sampled_from(["off", "2030-01-02"]),
    ).map(lambda p: ["date", "on", *p]),
)
CONDITIONS = st.recursive(
    LINES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda p: [p[0], *p[1]]
        ),
        inner.map(lambda part: ["not", part]),
    ),
    max_leaves=6,
)
KNOWN = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


def completions(known: dict[str, Any]) -> list[dict[str, Any]]:
    open_names = [name for name in VALUES if name not in known]
    return [
        known | dict(zip(open_names, chosen, strict=True))
        for chosen in product(*(VALUES[name] for name in open_names))
    ]


@given(CONDITIONS, KNOWN)
def test_what_is_decided_stays_decided_whatever_else_becomes_known(
    plain: Plain, known: dict[str, Any]
) -> None:
    condition = build(plain)
    decided = condition.holds(known)
    if decided is not None:
        assert {condition.holds(facts) for facts in completions(known)} == {decided}
        assert list(condition.needs(known)) == []


@given(CONDITIONS, KNOWN)
def test_what_it_needs_is_unknown_and_enough(plain: Plain, known: dict[str, Any]) -> None:
    condition = build(plain)
    needed = set(condition.needs(known))
    assert needed.isdisjoint(known)
    if condition.holds(known) is None:
        assert needed
        filled = known | {name: VALUES[name][0] for name in needed}
        assert condition.holds(filled) is not None


@given(CONDITIONS, CONDITIONS)
def test_conditions_said_to_exclude_each_other_never_hold_together(one: Plain, other: Plain) -> None:
    if exclude_each_other(one, other, DOMAINS):
        left, right = build(one), build(other)
        assert not any(left.holds(facts) and right.holds(facts) for facts in completions({}))


@given(CONDITIONS)
def test_a_condition_said_to_be_dead_never_holds(plain: Plain) -> None:
    if not satisfiable(plain, DOMAINS):
        assert not any(build(plain).holds(facts) for facts in completions({}))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"a": "1"}, {"a": ["2", "3"]}, True),
        ({"a": ["1", "2"]}, {"a": ["2", "3"]}, False),
        ({"yes": True}, {"not": {"yes": True}}, True),
        ({"on": {"before": "off"}}, {"on": {"on_or_after": "off"}}, True),
        ({"on": {"before": "off"}}, {"on": {"on_or_before": "off"}}, False),
        ({"any": [{"a": "1"}, {"b": "1"}]}, {"a": "2", "b": "2"}, True),
        ({"m": "x"}, {"not": {"m": "x"}}, True),
        ({"m": "x"}, {"m": "y"}, False),
        (
            {"on": {"before": {"of": "off", "months": -6}}},
            {"on": {"on_or_after": {"of": "off", "months": -6}}},
            True,
        ),
        ({"on": {"before": {"of": "off", "months": -6}}}, {"on": {"on_or_after": "off"}}, False),
    ],
)
def test_opposites_exclude_each_other(one: dict[str, Any], other: dict[str, Any], apart: bool) -> None:
    assert exclude_each_other(read(one, FACTS, {}), read(other, FACTS, {}), DOMAINS) is apart


def test_a_term_is_the_condition_it_names() -> None:
    terms = {"odd": {"a": ["1", "3"]}, "both": {"is": "odd", "yes": True}}
    assert read({"is": ["both"]}, FACTS, terms) == ["all", ["in", "a", ["1", "3"]], ["in", "yes", [True]]]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ({"c": "1"}, "fakta 'c' tidak ada"),
        ({"a": "9"}, "'9'; yang boleh: 1, 2, 3"),
        ({"yes": "ya"}, "'ya'; yang boleh: true, false"),
        ({"on": "2030-01-01"}, "tanggal dibandingkan dengan before"),
        ({"on": {"since": "off"}}, "perbandingan tanggal memakai"),
        ({"on": {"before": "a"}}, "'a' bukan tanggal dan bukan fakta tanggal"),
        ({"a": {"before": "off"}}, "perbandingan tanggal memakai"),
        ({"on": {"before": {"of": "a", "months": 6}}}, "'a' bukan tanggal dan bukan fakta tanggal"),
        ({"on": {"before": {"of": "off", "months": "enam"}}}, "bukan tanggal dan bukan fakta tanggal"),
        ({"is": "even"}, "istilah 'even' tidak ada; yang ada: odd"),
        ({"any": []}, "any: harus daftar"),
        ({"not": "a"}, "not: harus berisi syarat"),
    ],
)
def test_a_wrong_condition_says_what_is_allowed(written: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConditionError, match=complaint):
        read(written, FACTS, {"odd": {"a": "1"}})


@pytest.mark.parametrize(
    ("off", "months", "on", "holds"),
    [
        ("2024-09-22", -6, "2024-03-21", False),
        ("2024-09-22", -6, "2024-03-22", True),
        ("2025-02-20", 6, "2025-08-19", False),
        ("2025-02-20", 6, "2025-08-20", True),
        ("2024-08-31", -6, "2024-02-28", False),  # the shorter month ends on its last day
        ("2024-08-31", -6, "2024-02-29", True),
        ("2024-12-15", 1, "2025-01-15", True),
    ],
)
def test_months_are_counted_from_another_day(off: str, months: int, on: str, holds: bool) -> None:
    condition = build(read({"on": {"on_or_after": {"of": "off", "months": months}}}, FACTS, {}))
    facts = {"on": dt.date.fromisoformat(on), "off": dt.date.fromisoformat(off)}
    assert condition.holds(facts) is holds
    assert list(condition.needs({"on": facts["on"]})) == ["off"]
