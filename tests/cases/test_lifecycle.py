"""The table of a case's life against what a lawyer can read, and the words that go with it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from itertools import product
from pathlib import Path

from netral import cases
from netral.accounts.models import Agency
from netral.accounts.rights import Role
from netral.cases.actions import ACTIONS
from netral.cases.basis import ALL, articles_of, bases
from netral.cases.codes import Track
from netral.cases.lifecycle import (
    ACTS,
    EDITS,
    OPEN,
    REPLACES,
    TRANSITIONS,
    WAITS,
    State,
    Step,
    acts_open_to,
)
from netral.cases.pages import NUDGES, OTHER_ACTS, WAY
from netral.cases.urls_staff import urlpatterns
from netral.cases.views_staff.case import NEXT_PAGES
from netral.documents.kinds import Kind
from netral.intake.status_words import STAGES
from netral.lawbook import corpus

EXPECTED = Path(__file__).with_name("expected_transitions.csv")
TEMPLATES = Path(cases.__file__).with_name("templates")
YES = "ya"


def rows() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_expected_file_names_every_state_and_act() -> None:
    named = [(row["keadaan"], row["tindakan"]) for row in rows()]
    assert set(product(State.values, ACTS)) - set(named) == set(), "rows to be written by hand"
    assert named == list(product(State.values, ACTS)), "in the order of the tables, each once"
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


def test_every_act_has_an_address_of_its_own_rights() -> None:
    rights = {address.name: getattr(address.callback, "netral_right", "") for address in urlpatterns}
    assert {name: rights.get(name) for name in ACTS} == {
        name: "|".join(sorted(act.rights)) for name, act in ACTS.items()
    }


def test_every_act_is_offered_on_a_page() -> None:
    """By a link or a button of a template, as what to do next, or beside the letter it replaces."""
    pages = "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.rglob("*.html"))
    linked = set(re.findall(r"cases:(\w+)", pages))
    assert set(ACTS) - linked - set(NEXT_PAGES) - set(REPLACES.values()) == set()


def test_every_state_and_step_has_its_words() -> None:
    assert {state for _label, states in WAY for state in states} == set(State.values)
    assert set(NUDGES) == set(Step.values)
    assert set(STAGES) == OPEN  # what the reporter reads of a case on its way


def test_every_letter_comes_from_an_act_and_can_be_replaced() -> None:
    made = {kind for name, act in ACTS.items() for kind in act.papers if name not in REPLACES.values()}
    assert made == set(REPLACES) == set(OTHER_ACTS) == set(Kind.values)
