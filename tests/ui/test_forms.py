"""What a form says of a field: which, what was typed, what is allowed. Nothing is cut off on the way."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from netral.ui.checks import told_together
from netral.ui.forms import PhoneField, ServiceForm, long_text

pytestmark = pytest.mark.one_database


class Everything(ServiceForm):
    name = forms.CharField(label="Nama", max_length=5)
    story = long_text("Uraian", rows=2, limit=1_000)
    days = forms.IntegerField(label="Hari", min_value=1, max_value=90)
    email = forms.EmailField(label="Surel", max_length=30)
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A")])
    sure = forms.BooleanField(label="Yakin")


def test_what_is_missing_is_named() -> None:
    assert Everything({}).errors == {
        "name": ["“Nama” belum diisi."],
        "story": ["“Uraian” belum diisi."],
        "days": ["“Hari” belum diisi."],
        "email": ["“Surel” belum diisi."],
        "kind": ["“Jenis” belum dipilih."],
        "sure": ["“Yakin” belum dicentang."],
    }


def test_what_is_wrong_is_named_with_what_is_allowed() -> None:
    typed = {
        "name": "Budiman", "story": "x" * 1_204, "days": "91", "email": "budi@", "kind": "b", "sure": "on",
    }  # fmt: skip
    assert Everything(typed).errors == {
        "name": ["“Nama”: panjangnya 7 karakter; yang diizinkan paling banyak 5 karakter."],
        "story": ["“Uraian”: panjangnya 1.204 karakter; yang diizinkan paling banyak 1.000 karakter."],
        "days": ["“Hari” paling banyak 90; yang diisi 91."],
        "email": ["“Surel”: “budi@” bukan alamat surel. Tulis seperti nama@contoh.id."],
        "kind": ["“Jenis”: “b” bukan salah satu pilihannya."],
    }
    assert Everything(typed | {"days": "lima"}).errors["days"] == ["“Hari” harus bilangan bulat, misalnya 5."]
    assert Everything(typed | {"days": "0"}).errors["days"] == ["“Hari” paling sedikit 1; yang diisi 0."]


def test_what_is_too_long_comes_back_whole_and_no_browser_cuts_it() -> None:
    long = "Panjang & berisi.\n" * 80
    form = Everything({"name": "Budi", "story": long})
    assert not form.is_valid()
    shown = render_to_string("ui/parts/fields.html", {"form": form})
    assert long.strip().replace("&", "&amp;") in shown
    assert "maxlength" not in shown
    assert 'data-limit="1000"' in shown
    assert 'data-limit="5"' in shown


def test_a_line_end_counts_once_however_it_was_sent() -> None:
    exactly = "\r\n".join(["x" * 9] * 100) + "\r\n"
    assert "story" not in Everything({"story": exactly}).errors
    assert "1.002 karakter" in Everything({"story": "x" + exactly + "y"}).errors["story"][0]


@pytest.mark.parametrize(
    "number", ["", "0812-3456-7890", "+62 721 123456", "(0721) 123456 ext. 12", "0721.123456", "0721 123/124"]
)
def test_a_telephone_number_as_people_write_one(number: str) -> None:
    assert PhoneField(required=False).clean(number) == number


@pytest.mark.parametrize("number", ["belum ada", "12345", "0812 atau surel", "1" * 40, "08/12"])
def test_what_is_no_telephone_number(number: str) -> None:
    with pytest.raises(ValidationError, match=f"“{number[:40]}” bukan nomor telepon"):
        PhoneField(required=False).clean(number)


def complain() -> None:
    with told_together() as one:
        with one():
            raise ValidationError({"a": "satu"})
        with one():
            pass
        with one():
            raise ValidationError({"a": "dua", "b": "tiga"})


def test_complaints_are_told_together() -> None:
    with pytest.raises(ValidationError) as refused:
        complain()
    assert refused.value.message_dict == {"a": ["satu", "dua"], "b": ["tiga"]}
