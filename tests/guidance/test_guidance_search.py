"""Everyday questions find their act."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from netral.guidance.finding import _tokens, people_named, search
from netral.guidance.words import language, people
from netral.lawbook import conduct_kinds

pytestmark = pytest.mark.one_database

QUESTIONS = Path(__file__).with_name("questions.yaml")
FIRST = 3
PAIR = 2


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("boleh like foto calon?", "like_post"),
        ("foto dua jari", "photo_with_sign"),
        ("istri saya caleg", "spouse_campaigns"),
        ("BOLEHKAH SAYA MENYUKAI FOTO PASLON???", "like_post"),
        ("pasng spandk calon di rumah", "put_up_display"),  # letters left out
        ("nge-like vidio kampanye", "like_post"),
        ("kalau pakai mobil dinas ke acara partai gimana", "use_state_facilities"),
    ],
)
def test_words_lead_to_acts(question: str, act: str) -> None:
    assert act in search(question)[:FIRST]


def test_every_act_is_found_by_its_own_words() -> None:
    for code, kind in conduct_kinds().items():
        for words in (kind.label, *kind.everyday):
            assert code in search(words.id)[:FIRST], words.id


def test_nothing_is_found_where_no_word_is_known() -> None:
    assert search("") == search("apakah boleh") == search("zzz qqq") == []


def test_the_order_is_the_same_every_time() -> None:
    assert len({tuple(search("foto sama calon di rumah")) for _ in range(5)}) == 1


def test_many_may_search_at_once() -> None:
    """As the threads of one process do. A stemmer shared by them failed, or stemmed a word of somebody else's."""
    asked = [
        "boleh like foto calon?",
        "istri saya caleg",
        "mengumpulkan ktp dukungan",
        "menyebarkan video kampanye",
    ]
    alone = {question: search(question) for question in asked}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(search, asked * 20))
    finally:
        sys.setswitchinterval(interval)
    assert together == [alone[question] for question in asked * 20]


def questions() -> list[dict[str, Any]]:
    """Written by people who have not seen the synonyms: `q`, and the `acts` any of which answers it."""
    return list(YAML(typ="safe", pure=True).load(QUESTIONS))


def test_everyday_questions_find_their_act_among_the_first_three() -> None:
    asked = questions()
    assert len(asked) >= 60
    assert {act for one in asked for act in one.get("acts", ())} <= set(conduct_kinds())
    missed = [
        f"{one['q']} → {search(one['q'])[:FIRST]}, not {one['acts']}"
        for one in asked
        if "acts" in one and not set(one["acts"]) & set(search(one["q"])[:FIRST])
    ]
    assert missed == []


def test_who_is_no_pns_is_told_who_is_bound() -> None:
    missed = [
        f"{one['q']} → {people_named(one['q'])}, not {one['people']}"
        for one in questions()
        if not set(one.get("people", ())) <= set(people_named(one["q"]))
    ]
    assert missed == []
    assert people_named("boleh like foto calon bupati?") == []


def test_two_words_may_have_a_meaning_of_their_own() -> None:
    assert search("anak buah saya diam saja")[0] == search("bawahan saya diam saja")[0]
    assert search("kotak kosong") == search("kolom kosong")
    assert search("kampanye") == search("kampanye bukan wkwk") == search("kampanye bukan mobil")


def test_every_word_of_the_language_can_be_met() -> None:
    """A question is read word by word, two at most; a longer key, or one with a sign in it, would never be found."""
    known = language()
    named = {word for one in people() for word in one.words}
    for word in (*known.means, *named, *known.empty, *known.who):
        assert " ".join(_tokens(word)) == word, word
        assert len(_tokens(word)) <= PAIR, word
    assert known.empty & set(known.means) == set()
