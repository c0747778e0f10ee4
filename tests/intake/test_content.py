"""What may be said, in any channel."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from netral.intake.content import ContactDetails, DraftContent, ReportBody
from netral.lawbook import reportable_kinds
from netral.ui.text import clean_text, had_hidden_characters

TODAY = dt.date(2024, 10, 20)
FULL = ReportBody(
    acts=("like_post",),
    story="Camat menyukai unggahan.\nLalu menghapusnya.",
    who_name="Raden Rekaan",
    when_date=dt.date(2024, 10, 10),
    link="https://contoh.id/p/1?x=1",
    known_on=dt.date(2024, 10, 11),
)


def wrong(body: ReportBody) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        body.validate(today=TODAY, known_acts=reportable_kinds().codes)
    return raised.value.message_dict


def test_a_body_survives_its_bytes() -> None:
    FULL.validate(today=TODAY, known_acts=reportable_kinds().codes)
    assert ReportBody.from_bytes(FULL.to_bytes()) == FULL
    draft = DraftContent(FULL, ContactDetails(contact_phone="0812"), ("story",))
    assert DraftContent.from_bytes(draft.to_bytes()) == draft


def test_the_same_body_has_the_same_bytes() -> None:
    assert ReportBody.from_bytes(FULL.to_bytes()).to_bytes() == FULL.to_bytes()
    assert FULL.to_bytes() != ReportBody().to_bytes()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x9fd", "abcd"),
        ("satu\r\ndua\rtiga\tempat", "satu\ndua\ntiga\tempat"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("\u2066kiri\u2069 \u202akanan\u202c", "kiri kanan"),
        ("  Ni Luh  ", "Ni Luh"),
        ("عبد الله", "عبد الله"),
        ("a\ud800b", "ab"),
    ],
)
def test_control_and_direction_characters_are_taken_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_plain_text_has_nothing_hidden() -> None:
    assert not had_hidden_characters("dua baris\r\ndan\ttab — “kutip” 😀")
    assert had_hidden_characters("nol\x00")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"acts": ()}, "acts", "Pilih paling sedikit satu"),
        ({"acts": ("bukan_kode",)}, "acts", "bukan_kode"),
        ({"story": ""}, "story", "Belum diisi"),
        ({"story": "x" * 1_000_000}, "story", "1.000.000 karakter; yang diizinkan paling banyak 10.000"),
        ({"who_name": "x" * 301}, "who_name", "301 karakter; yang diizinkan paling banyak 300"),
        ({"when_date": dt.date(2024, 10, 21)}, "when_date", "Senin, 21 Oktober 2024 belum terjadi"),
        ({"when_date": dt.date(2014, 12, 31)}, "when_date", "Rabu, 31 Desember 2014 terlalu lama"),
        ({"known_on": dt.date(2024, 10, 21)}, "known_on", "belum terjadi"),
        (
            {"when_date": dt.date(2024, 10, 10), "known_on": dt.date(2024, 10, 9)},
            "known_on",
            "Rabu, 9 Oktober 2024 mendahului kejadiannya, Kamis, 10 Oktober 2024",
        ),
        ({"link": "javascript:alert(1)"}, "link", "“javascript:alert(1)” bukan alamat situs"),
        ({"link": "contoh.id/p/1"}, "link", "bukan alamat situs"),
        ({"link": "https://"}, "link", "bukan alamat situs"),
        ({"link": "https://[rusak"}, "link", "bukan alamat situs"),
        ({"link": "https://contoh.id/a b"}, "link", "bukan alamat situs"),
    ],
)
def test_what_is_refused_is_named_with_what_is_allowed(change: dict, field: str, words: str) -> None:
    told = {"acts": ("like_post",), "story": "Cerita."} | change
    problems = wrong(ReportBody(**told))
    assert list(problems) == [field]
    assert words in problems[field][0]


def test_the_first_and_the_last_allowed_day_are_allowed() -> None:
    for day in (dt.date(2015, 1, 1), TODAY):
        ReportBody(acts=("like_post",), story="Cerita.", when_date=day).validate(
            today=TODAY, known_acts=reportable_kinds().codes
        )


def test_contact_details_are_limited_too() -> None:
    assert not ContactDetails()
    assert ContactDetails(contact_phone="0812")
    with pytest.raises(ValidationError):
        ContactDetails(contact_phone="0" * 61).validate()
