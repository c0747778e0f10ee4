"""Citations in texts: read as Indonesians write them, judged by the law of a day, in time that grows with the text."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from netral.lawbook import Citation, citations, corpus
from netral.lawbook.citing.judging import names_of
from netral.lawbook.citing.reading import Token, read, tokens_of

SENTENCES: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("citations.yaml"))
NUMBERED = re.compile(r"(Pasal|Lampiran)( (ayat|huruf|angka|sampai|\(\w+\)|\w{1,4}))+")
# The sources tell of a circular without its number: no text can cite it.
WITH_NUMBER = sorted(one.code for one in names_of(corpus()).all.values() if one.number.isdigit())
DAY = dt.date(2024, 10, 10)


def told(one: Citation) -> str:
    """As `citations.yaml` writes it."""
    meant = one.means if one.status in ("mistaken", "unnumbered") else one.instrument
    instead = f" > {one.means}" if one.means and one.status in ("replaced", "not_yet") else ""
    articles = ", ".join(article.text for article in one.articles)
    return f"{one.status} {meant or '-'}{instead} {articles}".strip()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda one: f"{one['text'][:60]} {one.get('on', '')}")
def test_a_sentence_cites_what_a_reader_sees_in_it(sentence: dict[str, Any]) -> None:
    days = [sentence["on"]] if "on" in sentence else []
    assert [told(one) for one in citations(sentence["text"], days)] == sentence["cites"]


@pytest.mark.parametrize("code", WITH_NUMBER)
def test_every_regulation_is_found_by_its_short_name_and_its_articles_by_theirs(code: str) -> None:
    instrument = corpus().instruments[code]
    (found,) = citations(f"menurut {instrument['short']}, pegawai hadir")
    assert (found.instrument, found.status) == (code, "known")
    for key, article in instrument["articles"].items():
        if NUMBERED.fullmatch(article["cite"]):
            cited = citations(f"{article['cite']} {instrument['short']}")[0]
            assert cited.instrument == code
            assert f"{code}#{key}" in [one.ref for one in cited.articles], article["cite"]


@pytest.mark.parametrize("code", WITH_NUMBER)
def test_every_regulation_is_found_by_its_title(code: str) -> None:
    title = corpus().instruments[code]["title"]
    assert code in [one.instrument for one in citations(title)] or "pokoknya" in title


def test_it_says_page_line_and_column() -> None:
    text = "Surat.\nMenurut PP 94/2021\n\fHalaman dua\n\n  UU 7/2017 dan\nPP 94/2020"
    found = [(one.page, one.line, one.column, one.text) for one in citations(text)]
    assert found == [(1, 2, 9, "PP 94/2021"), (2, 3, 3, "UU 7/2017"), (2, 4, 1, "PP 94/2020")]


def test_an_article_that_is_not_loaded_or_not_in_force_says_so() -> None:
    (found,) = citations("Pasal 5 huruf n angka 5 dan Pasal 999 PP 94/2021", [DAY])
    assert [(one.ref, one.status) for one in found.articles] == [
        ("pp-94-2021#5-n-5", "in_force"),
        (None, "not_loaded"),
    ]


def test_what_was_in_force_on_any_of_the_days_may_be_cited() -> None:
    days = [dt.date(2023, 10, 1), DAY]
    assert [one.status for one in citations("UU 5/2014 dan UU 20/2023", days)] == ["in_force", "in_force"]


class Counting(list[Token]):
    """Tokens that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        Counting.looks += 1
        return super().__getitem__(at)


HOSTILE = [
    "Pasal 5 huruf n angka 5, ",
    "Pasal 5 dan ",
    "Pasal ",
    "huruf a, b, c, d, ",
    "Undang-Undang ",
    "Peraturan Pemerintah Pengganti ",
    "UU Nomor ",
    "PP tentang ",
    "SKB Menteri, ",
    "SE Menteri Pendayagunaan Aparatur Negara dan ",
    "1/",
    "PP 1/2/3/",
    "Surat Menteri PANRB 1.",
    "(((",
    "-",
    "PP (a b) ",
    "Pasal 1 sampai 9999 ",
    "Pasal 1 sampai Pasal 60 dan ",
    "PP 94/2021 tentang ",
    "Pasal 1, 2, 3, ",
    "PP 94/2021 tentang x Pasal 1 ",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_twice_the_text_is_at_most_twice_the_work(part: str) -> None:
    words = names_of(corpus()).words

    def looks(times: int) -> int:
        Counting.looks = 0
        list(read(words, Counting(tokens_of(part * times))))
        return Counting.looks

    once, twice = looks(500), looks(1000)
    assert twice <= 2.1 * once + 500
    assert twice <= 500 * len(tokens_of(part * 1000))


PIECES = ["Pasal", "5", "huruf", "n", "ayat", "(2)", "PP", "UU", "SKB", "Nomor", "Tahun", "2021", "94/2021", "dan",
          ",", ".", "/", "-", "(", ")", "sampai", "dengan", "tentang",
          "\n", "\f", "Surat Edaran", "Bawaslu", "é", "½", "²", "①", "٥", "sampai dengan"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Pasal 5 ayat (2", "Pasal 5 ayat (2)"),  # as a page or a quotation breaks off
        ("Pasal 7 sampai dengan ²", "Pasal 7"),  # a footnote is no number
        ("Pasal ² sampai dengan 5", None),
    ],
)
def test_a_text_that_breaks_off_or_has_footnotes_is_read(text: str, cited: str | None) -> None:
    assert [article.text for one in citations(text) for article in one.articles] == ([cited] if cited else [])


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.text(max_size=10))
def test_no_text_breaks_it_and_citations_never_overlap(pieces: list[str], tail: str) -> None:
    text = " ".join(pieces) + tail
    found = citations(text, [DAY])
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.plain()["says"]["id"] for one in found)
