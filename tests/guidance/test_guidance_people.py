"""Who is no PNS: what is said of him, where the law that is loaded is silent, and what is never said to him."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from netral.guidance.dialogue import Inquiry
from netral.guidance.telling import Article, Crime, _verdict, tell, tell_people
from netral.guidance.words import acts, people
from netral.lawbook import conduct_kinds, corpus, vocabulary

pytestmark = pytest.mark.one_database

DAY = dt.date(2024, 1, 10)
CANDIDATE = {"object.kind": "calon", "object.election": "pileg-2024"}


def test_what_is_said_of_them_rests_on_articles_in_force() -> None:
    statuses = vocabulary()["actor.status"]["values"]
    for one in people():
        assert not one.status or one.status in statuses
        assert one.silent.endswith(".")
        assert not one.ask.endswith(".")
        for says in one.says:
            assert says.refs, one.code
            assert set(says.refs) <= set(corpus().articles), one.code
    for day in (DAY, dt.date(2026, 12, 1)):
        for told in tell_people(day):
            assert all(articles for _text, articles in told.says), told.people.code


def test_the_page_shows_them_all(agency: Any, public_client: Client) -> None:
    page = public_client.get("/boleh/siapa/")
    assert page.status_code == 200
    for one in people():
        assert f'id="{one.code}"' in page.content.decode()


def test_a_search_that_names_them_shows_them_first(agency: Any, public_client: Client) -> None:
    found = public_client.post("/boleh/cari/", {"q": "pak kades jadi timses"}, follow=True)
    assert [one.code for one in found.context["people"]] == ["kepala_desa"]
    assert "camat tentang peraturan desa" in found.content.decode()
    assert [kind.code for kind in found.context["found"]]
    assert "q=" not in found.redirect_chain[0][0]
    assert public_client.get("/boleh/?hasil=&siapa=<b>.raja").context["people"] == []


def test_what_may_be_a_crime_is_never_called_merely_unmentioned() -> None:
    """Whatever the corpus leaves without a rule beside a crime; today it has a ban beside each that is certain."""
    silent = {**Inquiry("like_post", DAY, {"actor.status": "kepala_desa"}).told, "verdict": "not_covered"}
    article = Article("UU 10/2016 Pasal 71 ayat (1)", "dilarang", None, "verified", "")
    crime = Crime(article, "kepala desa yang sengaja menguntungkan calon", None, [])
    told = _verdict(silent, [], [], [crime])
    assert (told.tone, told.title) == ("danger", "Dapat dipidana")
    assert _verdict(silent, [], [], []).title == "Tidak disebut"
    for act in conduct_kinds():
        for one in (
            Inquiry(act, DAY, {"actor.status": who.status, **CANDIDATE}) for who in people() if who.status
        ):
            if one.told["verdict"] == "not_covered" and (shown := tell(one)).crimes:
                assert shown.verdict.title == "Dapat dipidana", one.address
                assert shown.articles, one.address


def test_a_crime_of_which_something_is_open_only_warns() -> None:
    """Whether staff who are not ASN are in the campaign team was not asked."""
    told = tell(Inquiry("involve_officials", DAY, {"actor.status": "non_asn", **CANDIDATE}))
    assert (told.verdict.tone, told.verdict.title) == ("warn", "Dapat dipidana")
    assert told.crimes[0].open


@pytest.mark.parametrize("act", conduct_kinds())
def test_who_is_not_mentioned_is_told_whom_to_ask_and_not_what_to_do(act: str) -> None:
    """`Use your vote` would be wrong advice to a soldier."""
    for one in people():
        if not one.status:
            continue
        inquiry = Inquiry(act, DAY, {"actor.status": one.status, **CANDIDATE})
        told = tell(inquiry)
        assert told.people == one
        if inquiry.told["verdict"] == "not_covered":
            assert bool(told.instead) == bool(told.crimes)
            assert told.instead in ([], list(acts()[act].instead))


def test_a_civil_servant_is_told_nothing_of_others(agency: Any, public_client: Client) -> None:
    page = public_client.get(
        "/boleh/like_post/", {"act_date": "2024-01-10", "actor.status": "pns", **CANDIDATE}
    )
    assert page.context["told"].people is None
