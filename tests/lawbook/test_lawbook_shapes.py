"""The interface as `docs/schema/` describes it: the files are what the corpus makes, answers and facts fit them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.law import drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from netral.lawbook import Answer, FactsError, answer, corpus, vocabulary
from netral.lawbook.review import plain
from netral.lawbook.shapes import answer_schema, facts_schema

from .test_lawbook_situations import FILES, situations

FOLDER = Path(__file__).parents[2] / "docs" / "schema"
FACTS, ANSWER = (Draft202012Validator(make(corpus())) for make in (facts_schema, answer_schema))


def told(facts: Any) -> Answer:
    try:
        return answer(facts)
    except FactsError as error:
        return {"errors": [vars(one) for one in error.errors]}


def complaints(schema: Draft202012Validator, value: Any) -> list[str]:
    """Nothing where it fits; the place and the sentence of each mistake else."""
    errors = [deep for error in schema.iter_errors(value) for deep in (error.context or [error])]
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]


@pytest.mark.parametrize(("name", "schema"), [("facts", FACTS), ("answer", ANSWER)])
def test_the_file_is_what_the_corpus_makes(name: str, schema: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(schema.schema)
    written = json.loads((FOLDER / f"{name}.json").read_text())
    assert written == schema.schema, f"write it anew: netral law schema {name} > docs/schema/{name}.json"


def test_thousands_of_answers_and_their_facts_fit() -> None:
    for facts in drawn(2_000):
        assert not complaints(FACTS, facts)
        assert not complaints(ANSWER, answer(facts))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_situation_and_its_answer_fit(path: Path, subtests: pytest.Subtests) -> None:
    for situation in situations(path):
        with subtests.test(situation.says):
            facts = plain(situation.facts)
            assert not complaints(FACTS, facts)
            assert not complaints(ANSWER, json.loads(json.dumps(answer(facts))))


@pytest.mark.parametrize("year", range(1940, 2060))
def test_a_year_fits_where_it_is_read(year: int) -> None:
    facts = {"conduct": "like_post", "act_date": f"{year}-06-30", "assessed_on": f"{year}-06-30"}
    assert bool(complaints(FACTS, facts)) == ("errors" in told(facts)) == (not 1945 <= year <= 2050)


WRONG: list[Any] = [
    {},
    [],
    {"act_date": "2024-10-10"},
    {"conduct": "terbang"},
    {"conduct": "like_post", "act_date": "10-10-2024"},
    {"conduct": "like_post", "act_date": 20241010},
    {"conduct": "like_post", "act_date": "1944-12-31"},
    {"conduct": "like_post", "act_date": "2051-01-01"},
    {"conduct": "like_post", "actor": {"resigned_on": "2051-01-01"}},
    {"conduct": "like_post", "weather": 1},
    {"conduct": "like_post", "actor": {"status": "raja"}},
    {"conduct": "like_post", "actor": {"cltn": 1}},
    {"conduct": "like_post", "actor": {"roles": ["camat", "raja"]}},
    {"conduct": "like_post", "actor": []},
    {"conduct": "like_post", "object": {"standing": "calon"}},
    {"conduct": "like_post", "object": {"region": "Lampung"}},
    {"conduct": "like_post", "act_date": "2024-10-10", "from": "2024-10-10"},
    {"conduct": "like_post", "assessed_on": "kemarin"},
    {"conduct": "like_post", "prior": {}},
    {"conduct": "like_post", "prior": [{"nature": "dosa"}]},
    {"conduct": "like_post", "prior": [{"level": "parah"}]},
    {"conduct": "like_post", "prior": [{"kind": "cambuk"}]},
    {"conduct": "like_post", "prior": [{"date": "2024"}]},
    {"conduct": "like_post", "prior": [{"final": "ya"}]},
    {"conduct": "like_post", "prior": [{"on": "2024-01-01"}]},
    {"acts": []},
    {"acts": [{"act_date": "2024-10-10"}]},
    {"acts": [{"conduct": "like_post"}], "conduct": "like_post"},
    {"acts": [{"conduct": "like_post", "dates": {}}]},
]


@pytest.mark.parametrize("facts", WRONG, ids=json.dumps)
def test_what_the_schema_refuses_the_engine_refuses_naming_the_field(facts: Any) -> None:
    assert complaints(FACTS, facts)
    refused = told(facts)
    assert not complaints(ANSWER, refused)
    assert all(error["message"] for error in refused["errors"])


def values_of(fact: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a caller may say of a fact, and some of what he may not."""
    match fact["type"]:
        case "date":
            days = st.dates(dt.date(2015, 1, 1), dt.date(2027, 1, 1)).map(str)
            return days | st.sampled_from([None, "", "besok", 2024, True])
        case "yes_no":
            return st.sampled_from([True, False, None, "ya", 1])
        case "region":
            return st.sampled_from(["18", "18.71", None, "Lampung", 18.71])
    codes = st.sampled_from([*fact["values"], "raja"])
    return codes | st.none() | st.lists(codes, max_size=3)


VALUES = {path: values_of(fact) for path, fact in vocabulary().items() if not fact["derived"]}
CONDUCT = {"conduct": VALUES.pop("conduct")}


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries(CONDUCT, optional=VALUES))
def test_schema_and_engine_take_the_same_facts(flat: dict[str, Any]) -> None:
    facts: dict[str, Any] = {}
    for path, value in flat.items():
        group, _, name = path.rpartition(".")
        (facts.setdefault(group, {}) if group else facts)[name] = value
    answered = told(facts)
    assert ("errors" in answered) == bool(complaints(FACTS, facts))
    assert not complaints(ANSWER, answered)
