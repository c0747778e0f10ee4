"""A letter in place of another: what may be set right, what the old one then says, what the register sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from netral.accounts.keys import agency_key
from netral.audit.services import record
from netral.documents.correcting import CORRECTABLE, corrected, wordings
from netral.documents.inspection import check_letter, check_numbers, check_replacements
from netral.documents.kinds import Kind, read_fields
from netral.documents.models import Letter, LetterCounter
from netral.documents.selectors import open_pdf, said, standing
from netral.documents.services import replace_letter
from netral.ui import clock

from .conftest import DAY, SALT
from .samples import SAMPLES
from .test_letter_page import words_of
from .test_letters_render import text_of

LATER = dt.date(2024, 10, 25)


@pytest.fixture
def replace(owner: Any, agency: Any) -> Callable[..., Letter]:
    """Replaces a letter on the day after: `replace(letter, hour="10.00 WIB")`."""

    def make(letter: Letter, *, user: Any = None, number: str = "", **words: str) -> Letter:
        with clock.at(dt.datetime.combine(LATER, dt.time(10))):
            return replace_letter(
                letter=letter,
                words=words,
                dated=LATER,
                user=user or owner,
                key=agency_key(agency),
                salt=SALT,
                number=number,
            )

    return make


@pytest.mark.parametrize("kind", Kind.values)
def test_what_may_be_corrected_stands_in_the_letter_and_goes_back_unchanged(kind: str) -> None:
    fields = read_fields(kind, SAMPLES[kind]).model_dump(mode="json")
    words = wordings(kind, fields)
    assert [one.path for one in words] == list(CORRECTABLE[kind])
    assert corrected(kind, fields, {one.path: one.text for one in words}) == fields
    assert all(one.label for one in words)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("panggilan", "hearing_day"),
        ("panggilan", "summoned.name"),
        ("bap", "statement"),
        ("bap", "exchanges"),
        ("lhp", "conclusion"),
        ("tim", "members"),
        ("keputusan_disiplin", "sanction"),
        ("penutupan", "outcome"),
    ],
)
def test_what_is_of_the_act_is_not_corrected_by_a_letter(
    kind: str, path: str, issue: Callable[..., Any], replace: Callable[..., Letter]
) -> None:
    letter = issue(kind)
    with pytest.raises(ValidationError, match="ubah lewat tindakannya"):
        replace(letter, **{path: "lain"})
    assert standing(Letter.objects.get()) == letter


def test_the_letter_in_its_place_says_the_corrected_words_and_names_the_old_one(
    issue: Callable[..., Any], replace: Callable[..., Letter], agency: Any
) -> None:
    old = issue(hour="90.00 WIB")
    before = open_pdf(old, agency_key(agency))
    new = replace(old, hour="09.00 WIB", copies="Bupati Way Tirta\n\n  Inspektur  ")
    text = text_of(open_pdf(new, agency_key(agency)))
    assert (
        "Surat ini menggantikan surat Nomor 800.1.6.4/1/NET/2024 tanggal 24 Oktober 2024, yang dicabut."
        in text
    )
    assert "Jam : 09.00 WIB" in text
    assert "90.00" not in text
    fields = said(new, agency_key(agency))
    assert (fields["copies"], fields["hearing_day"]) == (["Bupati Way Tirta", "Inspektur"], "2024-10-31")
    old.refresh_from_db()
    assert (old.replaced_by, old.replaced_on, new.dated) == (new, LATER, LATER)
    assert open_pdf(old, agency_key(agency)) == before
    assert (standing(old), new.number) == (new, "800.1.6.4/2/NET/2024")


def test_an_old_number_stays_taken_and_a_letter_is_replaced_once(
    issue: Callable[..., Any], replace: Callable[..., Letter], foreign_officer: Any
) -> None:
    old = issue()
    with pytest.raises(ValidationError, match="sudah dipakai"):
        replace(old, number=old.number)
    with pytest.raises(PermissionDenied):
        replace(old, user=foreign_officer)
    with pytest.raises(ValidationError, match="Jam: belum diisi"):
        replace(old, hour=" ")
    new = replace(old)
    with pytest.raises(ValidationError, match=f"sudah diganti dengan nomor {new.number}"):
        replace(old)
    newest = replace(new)
    old.refresh_from_db()
    assert standing(old) == newest
    assert Letter.objects.count() == 3


def test_the_public_page_tells_that_a_letter_was_replaced_and_on_which_day_no_more(
    issue: Callable[..., Any], replace: Callable[..., Letter], request: pytest.FixtureRequest
) -> None:
    old = issue()
    new = replace(old)
    public_client: Client = request.getfixturevalue("public_client")
    shown = words_of(public_client.get(f"/surat/{old.token}/").content.decode())
    assert "Surat ini sudah diganti" in shown
    assert "diganti dengan surat lain pada Jumat, 25 Oktober 2024" in shown
    assert old.number in shown
    assert old.sha256 in shown
    assert new.number not in shown
    assert new.token not in shown
    assert "sudah diganti" not in words_of(public_client.get(f"/surat/{new.token}/").content.decode())


# The register's check of itself -------------------------------------------------------------------------------


def strange() -> list[str]:
    return [str(problem) for problem in check_replacements()]


def test_a_counter_above_the_letters_it_counted_is_told_and_one_set_back_does_no_harm(
    issue: Callable[..., Any],
) -> None:
    def told() -> list[str]:
        return [str(problem) for problem in check_numbers()]

    assert told() == []
    issue(number="800.1.6.4/2/NET/2024")  # typed, and passed over by the counter
    issue()
    issue()
    counter = LetterCounter.objects.get()
    assert (counter.value, told()) == (3, [])
    LetterCounter.objects.update(value=4)
    assert len(told()) == 1
    assert "penghitung berdiri di 4, tetapi surat tahun itu 3" in told()[0]
    LetterCounter.objects.update(value=0)
    assert told() == []
    assert issue().number == "800.1.6.4/4/NET/2024"


def test_a_replacement_that_is_none_is_told(
    issue: Callable[..., Any], replace: Callable[..., Letter]
) -> None:
    old, other = issue(), issue("bap")
    replace(old)
    assert strange() == []
    for changed in ({"replaced_by": other}, {"replaced_by": old}):
        Letter.objects.filter(pk=old.pk).update(**changed)
        assert [told.partition(":")[0] for told in strange()] == [old.subject]


def test_a_day_without_a_replacement_is_refused_by_the_table(issue: Callable[..., Any]) -> None:
    letter = issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(replaced_on=DAY)


def test_what_a_letter_says_is_held_against_the_log(
    issue: Callable[..., Any], agency: Any, owner: Any
) -> None:
    first, second = issue(), issue(hour="10.00 WIB")
    record(action="cases.case.summon", actor=owner.actor, rows=[first, first.file, second, second.file])
    key = agency_key(agency)
    assert list(check_letter(first, key, SALT)) == []
    first.commitment, sealed = second.commitment, first.sealed_fields
    (problem,) = check_letter(first, key, SALT)
    assert "isi surat tidak cocok" in str(problem)
    first.sealed_fields = second.sealed_fields
    (problem,) = check_letter(first, key, SALT)
    assert "surat tidak terbuka" in str(problem)
    assert sealed != second.sealed_fields
