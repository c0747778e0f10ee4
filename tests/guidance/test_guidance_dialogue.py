"""The conversation: five questions at most for every act, every address an answer, nothing personal in a link."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from netral.guidance import dialogue
from netral.guidance.dialogue import DAY, LIMIT, UNKNOWN, Inquiry, Question
from netral.guidance.telling import MARK, OF_THE_HANDLING, SILENT, Told, tell
from netral.guidance.words import acts, questions, unworded, words_of
from netral.lawbook import Answer, answer, conduct_kinds, contests, corpus, vocabulary
from tests.lawbook.small_book import small

pytestmark = pytest.mark.one_database

# In the campaign of 2024; under PP 53/2010; in a repeated election of two regions.
DAYS = [dt.date(2024, 10, 20), dt.date(2020, 10, 10), dt.date(2025, 8, 1)]

# What 100 KB leave for a page beside the style sheet at its largest.
ROOM = 100_000 - 45_000


def shape(told: Told) -> tuple[object, ...]:
    return told.verdict, *(bool(getattr(told, one.name)) for one in fields(told))


def options(question: Question) -> list[str]:
    codes = [choice.code for choice in question.choices] or ["2024-05-04"]
    return [*codes, UNKNOWN]


@pytest.fixture(scope="module", autouse=True)
def _answers_kept() -> Iterator[None]:
    """The law is asked once for what is tried before it is taken, and looked at again at the end of the way."""

    @cache
    def kept(facts: str) -> Answer:
        return answer(json.loads(facts))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialogue, "answer", lambda facts: kept(json.dumps(facts, sort_keys=True)))
        yield


@cache
def ends(act: str, day: dt.date) -> list[Inquiry]:
    """Every answer that can be reached."""
    return list(_ends(Inquiry(act, day)))


def _ends(inquiry: Inquiry) -> Iterator[Inquiry]:
    question = inquiry.question()
    if question is None:
        yield inquiry
        return
    for code in options(question):
        yield from _ends(inquiry.knowing(question.fact, code))


@pytest.mark.parametrize("act", conduct_kinds())
def test_every_way_ends_after_at_most_five_questions(act: str) -> None:
    for day in DAYS:
        for end in ends(act, day):
            assert len(end.given) <= LIMIT
            assert len(end.given) == LIMIT or end.still_open() == [], end.address


@pytest.mark.parametrize("act", conduct_kinds())
def test_every_answer_says_verdict_basis_and_what_to_do(act: str) -> None:
    for end in ends(act, DAYS[0]):
        told = tell(end)
        assert told.verdict.sentence
        if told.verdict.tone in ("danger", "ok"):
            assert told.why, end.address
            assert told.articles, end.address
        if told.verdict.tone != "ok":
            assert told.instead or told.people, end.address
        assert told.corpus == corpus().hash


def test_a_question_is_asked_only_if_a_choice_of_it_changes_the_answer() -> None:
    inquiry = Inquiry("like_post", DAYS[0], {"actor.status": "perangkat_desa"})
    assert inquiry.question() is None
    inquiry = Inquiry("like_post", DAYS[0], {"actor.status": "pns", "object.kind": "calon"})
    question = inquiry.question()
    assert question is not None
    assert [choice.code for choice in question.choices] == ["pilkada-2024"]
    assert Inquiry("like_post", DAYS[0], {**inquiry.given, "object.election": UNKNOWN}).question() is None


def test_a_region_is_asked_by_name_where_the_election_is_held_in_some_only() -> None:
    given = {"actor.status": "pns", "object.kind": "bakal_calon", "object.election": "pilkada-2025-ulang"}
    question = Inquiry("like_post", dt.date(2025, 8, 1), given).question()
    assert question is not None
    assert [(one.code, one.label) for one in question.choices] == [
        ("19.01", "Kabupaten Bangka"),
        ("19.71", "Kota Pangkalpinang"),
    ]


# The words -------------------------------------------------------------------------------------------------------


def test_what_the_law_has_guidance_has_words_for() -> None:
    assert list(unworded(corpus())) == []


def test_what_guidance_has_no_words_for_is_named_with_its_file() -> None:
    told = "\n".join(unworded(small()))
    assert "guidance/acts.yaml: perbuatan 'praise' belum ada; tulis words" in told
    assert "guidance/acts.yaml: 'like_post' bukan perbuatan dalam lawbook/conduct/" in told
    assert "guidance/words.yaml: regions: daerah '18.72' ada dalam sebuah kalender" in told


def test_every_act_has_words_enough_to_be_found_by() -> None:
    for code, words in acts().items():
        assert len(words.words) >= 5, code
        assert words.instead, code


def test_who_only_received_something_is_told_that_no_rule_speaks_of_it() -> None:
    for act in ("give_goods", "hand_out_material"):
        (said,) = [text for text in acts()[act].instead if text.startswith("Tentang menerima")]
        assert "tidak berkata apa-apa" in said, act


def test_what_to_do_instead_names_no_article() -> None:
    for code, words in acts().items():
        for text in words.instead:
            assert not {"Pasal", "PP", "UU", "SKB", "SE"} & set(text.split()), code
            assert len(text) <= 240, code


def test_every_fact_that_rules_read_can_be_asked_of_the_person_himself() -> None:
    needed = {"object.kind", "object.election", "object.office", "object.region"}
    assert needed - set(questions()) == set()
    for path, words in questions().items():
        assert "terlapor" not in words.question
        assert set(words.values) <= set(vocabulary()[path]["values"])


def test_every_code_of_an_answer_has_words() -> None:
    stages = {
        code
        for contest in contests()
        for version in contest.versions
        for code, _start, _until in version.stages
    }
    assert stages | set(vocabulary()["stage"]["values"]) <= set(words_of("stages"))
    rules = [rule for found in corpus().rules.values() for rule in found]
    assert {rule.track for rule in rules} - {"none"} <= set(words_of("tracks"))
    assert {rule.level for rule in rules} - {"none"} <= set(words_of("levels"))
    assert {rule.verdict for rule in rules} | {"not_covered"} == set(words_of("verdicts"))


# The pages -------------------------------------------------------------------------------------------------------


def test_from_everyday_words_to_a_link_without_them(
    agency: Any, demo_date: dt.date, public_client: Client
) -> None:
    page = public_client.get("/boleh/").content.decode()
    assert "Boleh atau tidak?" in page
    answer = public_client.post("/boleh/cari/", {"q": "boleh like foto Pak Surya Wirawan?"})
    assert answer.status_code == 302
    assert "surya" not in answer["Location"].lower()
    assert answer["Location"].startswith("/boleh/?hasil=like_post.")
    assert not answer.cookies
    results = public_client.get(answer["Location"]).content.decode()
    assert results.index("Menyukai unggahan dukungan") < results.index("Bukan itu?")


def test_an_answer_by_its_questions(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    page = public_client.get("/boleh/like_post/").content.decode()
    assert "Apa status kepegawaian Anda?" in page
    assert 'name="act_date" value="2024-10-20"' in page
    query = {
        "act_date": "2024-10-20",
        "actor.status": "pns",
        "object.kind": "calon",
        "object.election": "pilkada-2024",
    }
    page = public_client.get("/boleh/like_post/", query).content.decode()
    assert "Ini tidak boleh Anda lakukan." in page
    assert "hukuman disiplin berat".capitalize() in page
    assert "Masa kampanye" in page
    assert "SKB 2/2022" in page
    assert "Ini bukan putusan." in page
    assert corpus().hash in page
    assert "Apakah menyukai unggahan itu tindakan" in page


def test_the_day_decides(agency: Any, public_client: Client) -> None:
    query = {"actor.status": "pns", "object.kind": "calon", "object.election": "pilkada-2024"}
    before = public_client.get("/boleh/like_post/", {"act_date": "2024-09-21", **query}).content.decode()
    after = public_client.get("/boleh/like_post/", {"act_date": "2024-09-22", **query}).content.decode()
    assert "Sanksi moral." in before
    assert "Hukuman disiplin berat." in after


def test_a_link_holds_codes_and_days_only(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    codes = {UNKNOWN, "ya", "tidak", "tidak_ada"} | {
        code for path in questions() for code in vocabulary()[path]["values"]
    }
    for act in conduct_kinds():
        for end in ends(act, DAYS[0])[::200]:
            page = public_client.get(f"/boleh/{act}/?{end.address}&nama=Surya")
            assert page.status_code == 200
            link = urlsplit(page.context["link"])
            assert link.path == f"/boleh/{act}/"
            for name, value in parse_qsl(link.query):
                assert name in questions() or name in (DAY, "korpus")
                if name == "korpus":
                    assert value == corpus().hash[:MARK]
                elif value not in codes:
                    dt.date.fromisoformat(value)
            again = public_client.get(f"{link.path}?{link.query}")
            assert again.context["told"] == page.context["told"]


def test_a_link_from_older_rules_says_so(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    old = public_client.get("/boleh/vote/", {"actor.status": "pns", "korpus": "0" * MARK})
    assert "Aturan sudah berubah." in old.content.decode()
    new = public_client.get("/boleh/vote/", {"actor.status": "pns", "korpus": corpus().hash[:MARK]})
    assert "Aturan sudah berubah." not in new.content.decode()


def test_a_day_is_understood_as_people_write_it(agency: Any, public_client: Client) -> None:
    """Where a browser has no calendar to pick from."""
    asked = {"actor.status": "pns", "object.kind": "calon"}
    wanted = public_client.get("/boleh/like_post/", {"act_date": "2024-10-12", **asked}).context["inquiry"]
    for typed in ("12-10-2024", "12 Oktober 2024", "12/10/2024"):
        found = public_client.get("/boleh/like_post/", {"act_date": typed, **asked}).context["inquiry"]
        assert (found.day, found.address) == (dt.date(2024, 10, 12), wanted.address)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"actor.status": "presiden"}, "Tertulis “presiden”; yang boleh: PNS, CPNS, PPPK, pegawai non-ASN"),
        ({"actor.status": "<b>\x07x"}, "Tertulis “&lt;b&gt;x”;"),
        ({"actor.roles": "raja"}, "Tertulis “raja”; yang boleh: camat, lurah"),
        ({"act_date": "kemarin"}, "Tertulis “kemarin”; tulis tanggal seperti 10 Oktober 2024"),
        ({"act_date": "2024-02-30"}, "tulis tanggal seperti"),
        ({"object.region": "Bangka"}, "tulis kode daerah"),
        ({"circumstances.published": "entah"}, "yang boleh: ya, tidak"),
    ],
)
def test_an_address_that_means_nothing_says_what_is_wrong_in_words(
    query: dict[str, str], told: str, agency: Any, public_client: Client
) -> None:
    answer = public_client.get("/boleh/photo_with_sign/", {**query, "object.kind": "calon"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in page
    assert not {path for path in questions() if f"{path}:" in page}
    assert "/boleh/photo_with_sign/?object.kind=calon" in page  # the way on keeps what was known


@pytest.mark.parametrize(
    ("day", "status"), [("0001-01-01", 400), ("1945-08-17", 200), ("2050-12-31", 200), ("9999-12-31", 400)]
)
def test_a_day_far_away_has_an_answer_as_long_as_it_can_be_counted_from(
    day: str, status: int, agency: Any, public_client: Client
) -> None:
    for act in conduct_kinds():
        query = {"act_date": day, "actor.status": "pns", "object.kind": "calon"}
        assert public_client.get(f"/boleh/{act}/", query).status_code == status


def test_an_unknown_act_is_no_page(agency: Any, public_client: Client) -> None:
    assert public_client.get("/boleh/tidak_ada/").status_code == 404


def test_a_search_without_words_or_with_too_many_says_what_to_do(agency: Any, public_client: Client) -> None:
    for typed, told in (
        ("", "Tulis dahulu"),
        ("a" * 201, "panjangnya 201 karakter; yang diizinkan paling banyak 200"),
    ):
        answer = public_client.post("/boleh/cari/", {"q": typed})
        assert answer.status_code == 400
        assert told in answer.content.decode()
    answer = public_client.post("/boleh/cari/", {"q": "xyzzy"}, follow=True)
    assert "Belum ditemukan." in answer.content.decode()


@pytest.mark.usefixtures("agency", "slept")
def test_a_machine_that_searches_without_end_is_refused(public_client: Client) -> None:
    ask = partial(public_client.post, "/boleh/cari/", {"q": "like"}, REMOTE_ADDR="203.0.113.9")
    assert {ask().status_code for _ in range(100)} == {302}
    refused = [answer for answer in (ask() for _ in range(40)) if answer.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) >= 1


def test_every_page_of_an_answer_is_light_and_needs_no_script(
    agency: Any, demo_date: dt.date, public_client: Client
) -> None:
    for act in conduct_kinds():
        # Of ways whose pages have the same sections one is drawn.
        different = {shape(tell(end)): end for end in ends(act, DAYS[0])}
        for end in different.values():
            answer = public_client.get(f"/boleh/{act}/?{end.address}")
            assert answer.status_code == 200
            assert b"<script" not in answer.content
            assert len(answer.content) <= ROOM, end.address


def test_the_first_page_is_light(agency: Any, public_client: Client) -> None:
    assert len(public_client.get("/boleh/").content) <= ROOM


def test_the_officers_site_has_none_of_these_pages() -> None:
    for path in ("/boleh/", "/boleh/cari/", "/boleh/vote/", "/kalender-pemilu/", "/api/", "/api/v1/conducts"):
        assert resolve(path, urlconf="netral.config.urls_public")
        with pytest.raises(Resolver404):
            resolve(path, urlconf="netral.config.urls_staff")


def test_pages_are_read_and_the_search_is_posted(agency: Any, public_client: Client) -> None:
    for path in ("/boleh/", "/boleh/vote/", "/kalender-pemilu/", "/kalender-pemilu/pilkada-2024/", "/api/"):
        assert public_client.post(path).status_code == 405
    asked_again = public_client.get("/boleh/cari/", {"q": "like"})
    assert (asked_again.status_code, asked_again["Location"]) == (302, "/boleh/")


def test_nothing_is_written_or_logged_of_what_is_asked(
    agency: Any, public_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with CaptureQueriesContext(connection) as queries:
        public_client.post("/boleh/cari/", {"q": "boleh foto dengan Surya Wirawan?"}, follow=True)
        public_client.get("/boleh/vote/", {"actor.status": "pns"})
    assert not [one for one in queries.captured_queries if not one["sql"].startswith("SELECT")]
    assert "surya" not in caplog.text.lower()


def test_a_crime_says_what_is_still_to_be_made_sure_of() -> None:
    given = {"actor.status": "pns", "object.kind": "calon", "object.election": "pilkada-2024"}
    (official,) = tell(Inquiry("give_goods", DAYS[0], {**given, "actor.level": "administrator"})).crimes
    (unknown,) = tell(Inquiry("give_goods", DAYS[0], given)).crimes
    assert official.open == []
    assert unknown.article.name == "UU 10/2016 Pasal 71 ayat (1)"
    assert unknown.open == ["apakah Anda termasuk orang yang disebut pasal itu"]
    assert unknown.penalty is not None
    assert "penjara" in unknown.penalty.says


def test_what_depends_on_the_unknown_is_told_from_what_the_law_leaves_open() -> None:
    given = {"actor.status": "pns", "object.kind": "calon", "object.election": "pilkada-2024"}
    open_in_law = tell(
        Inquiry("attend_quietly", DAYS[0], {**given, "circumstances.official_capacity": "tidak"})
    )
    assert "Aturan saja tidak cukup" in open_in_law.verdict.sentence
    assert "belum diketahui" in tell(Inquiry("like_post", DAYS[0])).verdict.sentence


def test_what_depends_says_where_it_may_lead() -> None:
    given = {"actor.status": "pns", "object.kind": "calon", "object.election": "pilkada-2024"}
    assert tell(Inquiry("like_post", DAYS[0])).verdict.sentence.startswith("Bisa dilarang:")
    leaves = tell(Inquiry("spouse_campaigns", DAYS[0], given))
    assert leaves.verdict.sentence.startswith("Bisa boleh, bisa dilarang:")
    judged = tell(
        Inquiry(
            "spouse_present",
            DAYS[0],
            {
                "actor.status": "pns",
                "circumstances.in_uniform": "tidak",
                "circumstances.support_aim": "tidak",
            },
        )
    )
    assert judged.verdict.sentence.startswith("Bisa boleh, bisa juga dinilai pejabat:")


def test_sanctions_of_several_levels_are_told_level_by_level() -> None:
    given = {"actor.status": "pns", "object.kind": "calon", "object.election": "pilkada-2024"}
    cost = tell(Inquiry("attend_quietly", DAYS[0], given)).cost
    assert cost is not None
    assert list(cost.sanctions) == [words_of("levels")[one] for one in ("ringan", "sedang", "berat")]


def test_every_page_says_its_day_and_its_rules(
    agency: Any, demo_date: dt.date, public_client: Client
) -> None:
    for path in (
        "/boleh/",
        "/boleh/siapa/",
        "/boleh/vote/",
        "/boleh/vote/?actor.status=pns",
        "/kalender-pemilu/",
        "/kalender-pemilu/pilkada-2024/",
        "/api/",
    ):
        page = public_client.get(path).content.decode()
        assert "20 Oktober 2024" in page, path
        assert corpus().hash[:MARK] in page, path


def test_who_asks_before_acting_reads_nothing_of_how_a_case_is_handled() -> None:
    assert set(corpus().flags) >= SILENT | OF_THE_HANDLING
    inquiry = Inquiry("like_post", dt.date(2026, 12, 1), {"actor.status": "pns", "object.kind": "calon"})
    assert any(one["code"] == "pengawas_independen" for one in inquiry.told["flags"])
    assert not [note for note in tell(inquiry).notes if "MK 121" in note]
