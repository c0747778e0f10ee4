"""Who is no PNS: what is said of him, where the law that is loaded is silent, and what is never said to him."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from netral.guidance.dialogue import Inquiry
from netral.guidance.telling import tell, tell_people
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
    """A village head in a campaign team: no discipline of civil servants, but UU 7/2017 Pasal 280 ayat (3)."""
    told = tell(Inquiry("campaign_executor", DAY, {"actor.status": "kepala_desa", **CANDIDATE}))
    assert (told.verdict.tone, told.verdict.title) == ("danger", "Dapat dipidana")
    assert [article.name for article in told.articles] == [
        "UU 7/2017 Pasal 280 ayat (3)",
        "UU 7/2017 Pasal 494",
    ]
    assert told.instead


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
