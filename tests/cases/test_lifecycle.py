"""The table of a case's life against what a lawyer can read, and the words that go with it."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import product
from pathlib import Path

from netral.accounts.models import Agency
from netral.accounts.rights import Role
from netral.cases.actions import ACTIONS
from netral.cases.basis import ALL, articles_of, bases
from netral.cases.codes import Track
from netral.cases.lifecycle import ACTS, EDITS, OPEN, TRANSITIONS, WAITS, State, acts_open_to
from netral.lawbook import corpus

EXPECTED = Path(__file__).with_name("expected_transitions.csv")
YES = "ya"


def rows() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_expected_file_names_every_state_and_act() -> None:
    named = [(row["keadaan"], row["tindakan"]) for row in rows()]
    assert named == list(product(State.values, ACTS))
    assert list(rows()[0]) == ["keadaan", "tindakan", *Track.values, *Role.values]


def test_the_table_allows_what_the_expected_file_says() -> None:
    for row in rows():
        for track, role in product(Track.values, Role.values):
            expected = row[track] == YES and row[role] == YES
            actual = row["tindakan"] in acts_open_to(role, row["keadaan"], track)
            assert actual == expected, (row["keadaan"], row["tindakan"], track, role)


def test_every_open_state_waits_for_a_step_by_some_day() -> None:
    assert set(WAITS) == set(State.values)
    for state in OPEN:
        wait = WAITS[state]
        assert wait.hearing or wait.standard, state
        if wait.standard:
            Agency._meta.get_field(wait.standard)


def test_every_state_is_reached_and_all_but_the_last_are_left() -> None:
    reached = {t.leads_to(source) for t in TRANSITIONS.values() for source in t.sources}
    assert reached == set(State.values)
    for state in OPEN:
        assert any(state in t.sources and t.leads_to(state) != state for t in TRANSITIONS.values()), state


def test_every_act_rests_on_articles_that_are_in_the_corpus() -> None:
    assert set(bases()) <= set(ACTS)
    for act, roads in bases().items():
        assert set(roads) <= {*Track.values, ALL}, act
        for ref in (ref for refs in roads.values() for ref in refs):
            assert ref in corpus().articles, (act, ref)


def test_an_act_names_what_is_in_force_on_its_road() -> None:
    cites = [one.cite for one in articles_of("summon", "disiplin", dt.date(2024, 10, 14))]
    assert cites == ["Pasal 26 ayat (1)", "Pasal 26 ayat (2)"]
    assert articles_of("summon", "kode_etik", dt.date(2024, 10, 14)) == ()
    assert articles_of("summon", "disiplin", dt.date(2021, 8, 30)) == ()


def test_every_act_has_its_sentence() -> None:
    assert {f"cases.case.{name}" for name in (*TRANSITIONS, *EDITS)} <= set(ACTIONS)
