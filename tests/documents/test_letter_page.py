"""The page behind a letter's code: number, day, hash, and nothing that tells a right token from a wrong one sooner."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import netral
from netral.documents.services import check_address

UNKNOWN = "f" * 32


@pytest.fixture
def letter(issue: Callable[..., Any]) -> Any:
    return issue()


def words_of(page: str) -> str:
    _, _, main = page.partition("<main")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.partition("</main>")[0])).split())


def test_the_page_shows_number_day_and_hash_and_nothing_else(letter: Any, public_client: Client) -> None:
    answer = public_client.get(f"/surat/{letter.token}/")
    shown = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert letter.number in shown
    assert "Kamis, 24 Oktober 2024" in shown
    assert letter.sha256 in shown
    assert "sha256sum surat.pdf" in shown
    letter.number, letter.sha256 = "x", "y"
    for hidden in (
        "panggilan",
        "Raden",
        "Kusuma",
        "Camat",
        "cases.case",
        letter.token,
        letter.issued_by.full_name,
    ):
        assert hidden.lower() not in answer.content.decode().lower(), hidden


def test_the_code_on_the_letter_leads_to_the_page(letter: Any, settings: Any, public_client: Client) -> None:
    settings.NETRAL_PUBLIC_URL = "https://netral.contoh/"
    address = check_address(letter.token)
    assert address == f"https://netral.contoh/surat/{letter.token}/"
    assert public_client.get(address.removeprefix("https://netral.contoh")).status_code == 200


def test_an_unknown_token_costs_the_same_and_is_told_calmly(letter: Any, public_client: Client) -> None:
    queries = []
    for token, status in ((letter.token, 200), (UNKNOWN, 404), ("x", 404)):
        with CaptureQueriesContext(connection) as asked:
            answer = public_client.get(f"/surat/{token}/")
        assert answer.status_code == status
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        queries.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in asked])
    assert "Surat tidak ditemukan" in answer.content.decode()
    assert queries[0] == queries[1] == queries[2]


@pytest.mark.usefixtures("agency", "slept")
def test_a_machine_that_tries_tokens_is_refused(public_client: Client) -> None:
    answers = [public_client.get(f"/surat/{number:032x}/").status_code for number in range(61)]
    assert set(answers[:60]) == {404}
    assert answers[60] == 429


def test_nothing_links_to_the_page() -> None:
    templates = Path(netral.__path__[0]).rglob("*.html")
    assert not [
        path for path in templates if re.search(r"/surat/|url '(?:documents:)?letter'", path.read_text())
    ]
