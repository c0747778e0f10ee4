"""The API: its examples hold, what it says of itself is true, and what is wrong is refused by name."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from netral.guidance.views_api import BODY, describe
from netral.guidance.words import Example, examples
from netral.lawbook import answer, corpus

pytestmark = pytest.mark.one_database


def call(client: Client, example: Example) -> Any:
    if example.method == "GET":
        return client.get(f"/api/v1/{example.path}")
    return client.post(f"/api/v1/{example.path}", json.dumps(example.body), content_type="application/json")


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.says)
def test_the_examples_hold(example: Example, agency: Any, public_client: Client) -> None:
    answered = call(public_client, example)
    assert answered.status_code == example.status
    told = answered.json()
    assert {name: told.get(name) for name in example.holds} == example.holds
    assert (told.get("corpus") == corpus().hash) is (example.status == HTTPStatus.OK)
    assert not answered.cookies
    kept = example.method == "GET" and example.status == HTTPStatus.OK
    assert answered["Cache-Control"] == ("public, max-age=300" if kept else "no-store")


def test_every_address_has_an_example_and_a_description() -> None:
    described = {path.removeprefix("/api/v1/") for path in describe()["paths"]}
    shown = {one.path.partition("?")[0].partition("/")[0] for one in examples()}
    assert {path.partition("/")[0] for path in described} == shown


def test_the_answer_is_that_of_the_law(agency: Any, public_client: Client) -> None:
    facts = {"conduct": "photo_with_sign", "act_date": "2024-10-20", "actor": {"status": "pppk"}}
    answered = public_client.post("/api/v1/ask", json.dumps(facts), content_type="application/json")
    assert answered.json() == json.loads(json.dumps(answer(facts)))


def test_the_description_is_openapi_3_1_and_knows_every_fact(agency: Any, public_client: Client) -> None:
    told = public_client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert {method for path in told["paths"].values() for method in path} == {"get", "post"}
    asking = told["paths"]["/api/v1/ask"]["post"]
    content = asking["requestBody"]["content"]["application/json"]
    answers = Draft202012Validator(asking["responses"]["200"]["content"]["application/json"]["schema"])
    assert content["examples"]
    for example in content["examples"].values():
        Draft202012Validator(content["schema"]).validate(example["value"])
        answers.validate(json.loads(json.dumps(answer(example["value"]))))


def test_the_page_shows_every_example(agency: Any, public_client: Client) -> None:
    answered = public_client.get("/api/")
    page = answered.content.decode()
    for one in examples():
        assert one.says in page
    for shown in answered.context["examples"]:
        curl, address, *rest = shlex.split(shown["command"].replace("\\\n", ""))
        assert curl == "curl"
        assert address.endswith(f"/api/v1/{shown['example'].path}")
        if shown["example"].method == "POST":
            assert rest[:3] == ["-H", "Content-Type: application/json", "-d"]
            assert json.loads(rest[3]) == shown["example"].body


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ("{", "", "bukan JSON"),
        (b"\xff", "", "bukan JSON"),
        ("[1]", "", "harus berupa objek JSON"),
        ('{"conduct": "like_post", "actor": {"level": NaN}}', "", "bukan JSON"),
        ("[" * 15_000, "", "bukan JSON"),
        ('{"conduct": "suka"}', "conduct", "yang boleh: added_to_group"),
        ('{"conduct": "like_post", "actor": {"status": "presiden"}}', "actor.status", "yang boleh: pns"),
        ('{"conduct": "like_post", "act_date": "2024-02-30"}', "act_date", "bukan tanggal"),
        ('{"conduct": "like_post", "nama": "Surya"}', "nama", "tidak dikenal"),
        (json.dumps({"acts": [{"conduct": "vote"}] * 21}), "acts", "paling banyak 20 perbuatan"),
        ('{"conduct": "like_post", "act_date": "9999-12-31"}', "act_date", "sampai 2050"),
        ('{"acts": {"conduct": "vote"}}', "acts", "acts harus daftar"),
    ],
)
def test_facts_that_are_none_are_refused_by_name(
    body: str | bytes, field: str, words: str, agency: Any, public_client: Client
) -> None:
    answered = public_client.post("/api/v1/ask", body, content_type="application/json")
    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    (error,) = answered.json()["errors"]
    assert error["field"] == field
    assert words in error["message"]


def test_other_refusals_are_json_too(agency: Any, public_client: Client) -> None:
    answered = public_client.post("/api/v1/ask", "x" * (BODY + 1), content_type="application/json")
    assert answered.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "16 kB" in answered.json()["errors"][0]["message"]
    for path in ("conducts/suka", "instruments/uu-0", "calendar/pilpres-1955"):
        answered = public_client.get(f"/api/v1/{path}")
        assert answered.status_code == HTTPStatus.NOT_FOUND
        (error,) = answered.json()["errors"]
        assert error["field"] == "code"
        assert error["value"] not in error["allowed"]
        listed = path.partition("/")[0]
        codes = [one["code"] for one in public_client.get(f"/api/v1/{listed}").json()["items"]]
        assert error["allowed"] == sorted(codes)
    for number in ("0", "0.0", "1729382400", "20241020"):
        answered = public_client.get(f"/api/v1/calendar?on={number}")
        assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answered.json()["errors"][0]["value"] == number
    answered = public_client.get("/api/v1/calendar?on=kemarin")
    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answered.json()["errors"] == [
        {
            "field": "on",
            "value": "kemarin",
            "allowed": ["tahun-bulan-hari"],
            "message": "on: tulis tahun-bulan-hari, misalnya 2024-10-10",
        }
    ]


def test_nothing_can_be_changed(agency: Any, public_client: Client) -> None:
    for path in (
        "ask",
        "facts",
        "conducts",
        "conducts/vote",
        "instruments",
        "calendar",
        "calendar/pilkada-2024",
    ):
        for method in ("put", "patch", "delete", *(() if path == "ask" else ("post",))):
            assert (
                getattr(public_client, method)(f"/api/v1/{path}").status_code == HTTPStatus.METHOD_NOT_ALLOWED
            )


def test_a_network_that_asks_too_much_is_told_when_to_come_back(agency: Any, public_client: Client) -> None:
    def ask(address: str) -> Any:
        return public_client.get("/api/v1/conducts/vote", REMOTE_ADDR=address)

    assert {ask("203.0.113.9").status_code for _ in range(100)} == {HTTPStatus.OK}
    refused = next(
        one for one in (ask("203.0.113.9") for _ in range(400)) if one.status_code != HTTPStatus.OK
    )
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(refused["Retry-After"]) >= 1
    assert "terlalu banyak" in refused.json()["errors"][0]["message"]
    assert ask("198.51.100.7").status_code == HTTPStatus.OK


def test_instruments_tell_their_articles_and_calendars_their_stage(
    agency: Any, public_client: Client
) -> None:
    listed = public_client.get("/api/v1/instruments").json()
    assert listed["corpus"] == corpus().hash
    assert {one["code"] for one in listed["items"]} == set(corpus().instruments)
    for code in corpus().instruments:
        told = public_client.get(f"/api/v1/instruments/{code}").json()
        assert {one["ref"] for one in told["articles"]} <= set(corpus().articles)
    told = public_client.get("/api/v1/calendar/pilkada-2024?on=2024-11-25").json()
    assert told["contests"][0]["stage"] == "masa_tenang"
    days = [dt.date.fromisoformat(one["start"]) for one in told["contests"][0]["events"]]
    assert days == sorted(days)


@pytest.mark.parametrize(
    "path", ["/api/v1/conducts", "/api/v1/openapi.json", "/kalender-pemilu/pilkada-2024.ics"]
)
def test_what_was_read_need_not_be_sent_again(path: str, agency: Any, public_client: Client) -> None:
    first = public_client.get(path)
    assert first["ETag"].strip('"').startswith(corpus().hash[:12])
    again = public_client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = public_client.get("/api/v1/facts", headers={"if-none-match": first["ETag"]})
    assert other.status_code == HTTPStatus.OK


def test_the_head_of_an_answer_is_that_of_the_answer(agency: Any, public_client: Client) -> None:
    read, head = public_client.get("/api/v1/facts"), public_client.head("/api/v1/facts")
    assert (head.status_code, head.content) == (HTTPStatus.OK, b"")
    assert (head["ETag"], head["Content-Length"]) == (read["ETag"], read["Content-Length"])


@pytest.mark.parametrize(("path", "method"), [("ask", "POST"), ("calendar", "GET")])
def test_a_page_of_any_origin_may_ask(path: str, method: str, agency: Any, public_client: Client) -> None:
    may = public_client.options(f"/api/v1/{path}", headers={"origin": "https://contoh.id"})
    assert may.status_code == HTTPStatus.NO_CONTENT
    assert may["Access-Control-Allow-Origin"] == "*"
    assert method in may["Access-Control-Allow-Methods"].split(", ")
    assert "Content-Type" in may["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in may
    assert not public_client.get("/boleh/").has_header("Access-Control-Allow-Origin")


def test_where_no_view_answers_the_refusal_is_json(agency: Any, public_client: Client) -> None:
    for path in ("tidak-ada", "conducts/", "conducts/vote/lagi"):
        absent = public_client.get(f"/api/v1/{path}")
        assert (absent.status_code, absent["Content-Type"]) == (HTTPStatus.NOT_FOUND, "application/json")
        assert "alamat ini tidak ada" in absent.json()["errors"][0]["message"]
    refused = public_client.delete("/api/v1/conducts")
    assert (refused.status_code, refused["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS")
    (error,) = refused.json()["errors"]
    assert (error["field"], error["value"], error["allowed"]) == (
        "method",
        "DELETE",
        ["GET", "HEAD", "OPTIONS"],
    )
    assert int(refused["Content-Length"]) == len(refused.content)
    assert public_client.get("/boleh/tidak_ada/")["Content-Type"].startswith("text/html")
