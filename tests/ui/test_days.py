"""Days as people write them, in every form that asks for one."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from netral.ui.days import MONTHS, read_day, read_month
from netral.ui.forms import day_field
from netral.ui.templatetags.netral import tanggal, tanggal_pendek

DAY = dt.date(2024, 10, 12)


class Form(forms.Form):
    day = day_field("Tanggal")


@pytest.mark.parametrize(
    "typed",
    [
        "2024-10-12", "12-10-2024", "12/10/2024", "12.10.2024", "12 - 10 - 2024", "12 Oktober 2024", "12 oktober 2024",
        "12 Okt 2024", "12 Okt. 2024", "12-Okt-2024", "Sabtu, 12 Oktober 2024", "  12   OKTOBER 2024 ",
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == DAY


@pytest.mark.parametrize("typed", ["2024-10", "10-2024", "10/2024", "Oktober 2024", " okt 2024 "])
def test_a_month_is_understood_as_people_write_it(typed: str) -> None:
    assert read_month(typed) == dt.date(2024, 10, 1)


@pytest.mark.parametrize("typed", ["", "2024", "13-2024", "2024-10-12", "12 Oktober 2024", "besok"])
def test_what_is_no_month(typed: str) -> None:
    with pytest.raises(ValueError, match=typed.strip() or "^$"):
        read_month(typed)


def test_every_month_is_understood_by_its_name_and_by_its_beginning() -> None:
    for at, name in enumerate(MONTHS, 1):
        for said in (name, name.title(), name[:3], name[:4]):
            assert read_day(f"1 {said} 2024") == dt.date(2024, at, 1), said
    assert read_day("1 Agt 2024").month == 8
    assert read_day("1 Nopember 2024").month == 11
    assert read_day("1 Pebruari 2024").month == 2


def test_what_the_pages_say_can_be_typed_back() -> None:
    for day in (dt.date(2024, 1, 1) + dt.timedelta(days=days) for days in range(0, 366, 5)):
        assert read_day(tanggal(day)) == read_day(tanggal_pendek(day)) == day


@pytest.mark.parametrize(
    "typed",
    [
        "kemarin", "31 Februari 2024", "12 Oktember 2024", "12 Ok 2024", "12-10-24", "10/12", "2024", "12 13 2024",
        "12-13-2024", "12-10/2024", "0-1-2024", "١٢-١٠-٢٠٢٤", "12 Oktober 02024", "20241012",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_a_sentence(typed: str) -> None:
    form = Form({"day": typed})
    assert form.errors["day"] == [
        f"“{typed}” bukan tanggal yang dikenal. Tulis seperti 24-10-2024 atau 24 Oktober 2024."
    ]


def test_a_form_keeps_the_day_that_was_typed_in_words() -> None:
    form = Form({"day": "12 Oktober 2024"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": DAY}
    assert 'value="2024-10-12"' in str(form["day"])


def test_a_day_may_be_left_out_only_where_it_may() -> None:
    assert Form({"day": " "}).errors["day"]
    assert day_field("Tanggal", required=False).clean("") is None
