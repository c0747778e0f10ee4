"""Issuing letters: numbers, the sealed file, what a failure leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from netral.accounts.keys import agency_key
from netral.accounts.models import Agency, letter_pattern
from netral.audit.services import record
from netral.documents.models import Letter, LetterCounter
from netral.documents.pages import pdf_response
from netral.documents.selectors import letters_of, open_pdf
from netral.documents.services import Order, attach_scan, issue_letter, issue_letters, issuing
from netral.evidence import blobs
from netral.evidence.models import StoredFile
from netral.evidence.selectors import check_sealed, facts
from netral.sealing import SealingError, sha256

from .conftest import DAY, SALT
from .samples import SAMPLES


class Unhappy(Exception):
    pass


def test_a_letter_is_recorded_sealed_and_opened(issue: Callable[..., Any], owner: Any, agency: Any) -> None:
    letter = issue()
    record(action="cases.case.summon", actor=owner.actor, rows=[letter, letter.file])
    kept = letters_of("cases.case/1").get()
    assert (kept.agency, kept.kind, kept.dated, kept.issued_by) == (agency, "panggilan", DAY, owner)
    assert (kept.number, len(bytes.fromhex(kept.token)), kept.scan) == ("800.1.6.4/1/NET/2024", 16, None)
    pdf = open_pdf(kept, agency_key(agency))
    assert pdf.startswith(b"%PDF")
    assert sha256(pdf).hex() == kept.sha256
    assert blobs.verify(kept.file.blob)
    assert list(check_sealed(kept.file, agency_key(agency), SALT)) == []
    assert facts(kept.file, agency_key(agency)).name == "panggilan 800.1.6.4-1-NET-2024.pdf"


def test_another_file_in_its_place_is_not_opened_as_the_letter(
    issue: Callable[..., Any], agency: Any
) -> None:
    first, second = issue(), issue()
    first.file = second.file
    with pytest.raises(SealingError, match="bukan yang tercatat"):
        open_pdf(first, agency_key(agency))


def test_numbers_run_by_year_and_pass_over_typed_ones(issue: Callable[..., Any], agency: Any) -> None:
    agency.letter_pattern = "{nomor}/INSP/{bulan}/{tahun}"
    assert issue(number=" 2/INSP/X/2024 ").number == "2/INSP/X/2024"
    numbers = [issue().number, issue().number, issue(dated=dt.date(2025, 1, 2)).number]
    assert numbers == ["1/INSP/X/2024", "3/INSP/X/2024", "1/INSP/I/2025"]


def test_a_number_is_given_once_in_an_agency(
    issue: Callable[..., Any], stored_names: Callable[[], list[str]], other_agency: Any, officer: Any
) -> None:
    issue(number="188.45/7/2024")
    kept = stored_names()
    for dated in (DAY, dt.date(2025, 3, 4)):
        with pytest.raises(ValidationError) as raised:
            issue(number="188.45/7/2024", dated=dated)
        assert raised.value.message_dict == {
            "number": ["Nomor surat “188.45/7/2024” sudah dipakai. Ketik nomor lain."]
        }
    with pytest.raises(ValidationError, match="paling banyak 80 karakter"):
        issue(number="9" * 81)
    assert stored_names() == kept
    issue_letter(
        agency=other_agency,
        matter="cases.case/9",
        kind="penutupan",
        fields=SAMPLES["penutupan"],
        dated=DAY,
        user=officer("pemeriksa", agency=other_agency),
        salt=SALT,
        number="188.45/7/2024",
    )


def test_the_table_takes_a_number_once_where_the_counters_did_not_see_it(
    issue: Callable[..., Any], stored_names: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(number="7/2024")
    kept = stored_names()
    monkeypatch.setattr("netral.documents.services._taken", lambda _agency, _number: False)
    with pytest.raises(ValidationError, match="sudah dipakai"):
        issue(number="7/2024", dated=dt.date(2025, 1, 2))
    assert (Letter.objects.count(), stored_names()) == (1, kept)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("800/{tahun}", "“800/{tahun}” harus memuat {nomor} tepat satu kali."),
        ("{nomor}/{nomor}/{tahun}", "harus memuat {nomor} tepat satu kali."),
        ("{nomor}/NET", "harus memuat {tahun} tepat satu kali."),
        ("{nomor}/{hari}/{tahun}", "kurung kurawal lain"),
        ("{nomor}/{tahun}/}", "kurung kurawal lain"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as raised:
        letter_pattern(pattern)
    assert sentence in raised.value.messages[0]


def test_the_pattern_stands_on_the_agency_form(agency: Any, officer: Any, staff_client: Any) -> None:
    client = staff_client(officer("administrator"))
    page = client.get("/instansi/")
    assert "Pola nomor surat" in page.content.decode()
    fields = page.context["form"].initial | {"letter_pattern": "{nomor}/A"}
    assert "harus memuat {tahun}" in client.post("/instansi/", fields).content.decode()
    client.post("/instansi/", fields | {"letter_pattern": "{nomor}/A/{tahun}"})
    assert Agency.objects.get(pk=agency.pk).letter_pattern == "{nomor}/A/{tahun}"


def test_a_failed_transaction_leaves_no_letter_no_number_and_no_file(
    issue: Callable[..., Any], stored_names: Callable[[], list[str]]
) -> None:
    def fail() -> None:
        with issuing():
            with issuing():
                issue()
            issue()
            assert len(stored_names()) == 2
            raise Unhappy

    with pytest.raises(Unhappy):
        fail()
    assert stored_names() == []
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()
    assert issue().number == "800.1.6.4/1/NET/2024"


def test_a_letter_whose_row_is_refused_leaves_no_file(
    issue: Callable[..., Any], stored_names: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_fields: Any) -> None:
        raise DatabaseError("penuh")

    monkeypatch.setattr("netral.documents.services.evidence.store_file", refuse)
    with pytest.raises(DatabaseError):
        issue()
    assert stored_names() == []


def test_wrong_fields_take_no_number(
    issue: Callable[..., Any], stored_names: Callable[[], list[str]]
) -> None:
    with pytest.raises(ValidationError, match="Jam: belum diisi"):
        issue(hour="")
    assert not LetterCounter.objects.exists()
    assert stored_names() == []


def test_only_an_officer_of_the_agency_issues(
    issue: Callable[..., Any], foreign_officer: Any, agency: Any
) -> None:
    with pytest.raises(PermissionDenied):
        issue_letter(
            agency=agency,
            matter="cases.case/1",
            kind="panggilan",
            fields=SAMPLES["panggilan"],
            dated=DAY,
            user=foreign_officer,
            salt=SALT,
        )
    assert not Letter.objects.exists()


def test_a_letter_that_cannot_be_set_says_so_and_leaves_nothing(
    issue: Callable[..., Any],
    stored_names: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    compile_ = typst.compile
    monkeypatch.setattr(typst, "compile", lambda *_given, **_more: compile_(b"#Kenarirekaan", format="pdf"))
    sentence = "Surat panggilan tidak dapat disusun, sehingga tidak ada yang disimpan."
    with pytest.raises(ValidationError, match=sentence), issuing():
        issue()
    assert stored_names() == []
    assert not Letter.objects.exists()
    assert not LetterCounter.objects.filter(value__gt=0).exists()
    assert "panggilan" in caplog.text
    assert "Kenarirekaan" not in caplog.text


def test_a_letter_is_handed_out_as_a_file_that_nobody_keeps(issue: Callable[..., Any], agency: Any) -> None:
    letter = issue(number="800/Ä 1/2024")
    response = pdf_response(letter, agency_key(agency))
    assert sha256(response.content).hex() == letter.sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''panggilan%20800-%C3%84%201-2024.pdf"
    )
    assert response["Cache-Control"] == "no-store"


def test_many_letters_are_issued_each_with_its_entry(store: Any, agency: Any, owner: Any) -> None:
    orders = [
        Order(matter=f"cases.case/{n}", kind="panggilan", fields=SAMPLES["panggilan"], dated=DAY, salt=SALT)
        for n in range(5)
    ]
    told: list[str] = []
    letters = issue_letters(
        agency=agency, orders=orders, user=owner, record=lambda _order, letter: told.append(letter.number)
    )
    assert [letter.matter for letter in letters] == [order.matter for order in orders]
    assert told == [f"800.1.6.4/{n}/NET/2024" for n in range(1, 6)]


def test_nothing_of_many_is_issued_where_one_is_wrong(
    store: Any, stored_names: Callable[[], list[str]], agency: Any, owner: Any
) -> None:
    right = Order(matter="cases.case/1", kind="penutupan", fields=SAMPLES["penutupan"], dated=DAY, salt=SALT)
    wrong = Order(matter="cases.case/2", kind="penutupan", fields={}, dated=DAY, salt=SALT)
    with pytest.raises(ValidationError):
        issue_letters(agency=agency, orders=[right, wrong], user=owner, record=lambda *_: None)
    assert not Letter.objects.exists()
    assert stored_names() == []


def test_a_scan_is_added_and_a_better_one_follows(
    issue: Callable[..., Any], sealed_photo: Callable[..., Any], owner: Any, agency: Any, foreign_officer: Any
) -> None:
    letter = issue()
    with pytest.raises(PermissionDenied):
        attach_scan(letter=letter, upload=sealed_photo(), user=foreign_officer, salt=SALT)
    first = attach_scan(letter=letter, upload=sealed_photo(name="pindaian.jpg"), user=owner, salt=SALT)
    assert facts(first.scan, agency_key(agency)).name == "pindaian.jpg"
    assert first.scan.matter == letter.matter
    second = attach_scan(letter=letter, upload=sealed_photo(), user=owner, salt=SALT)
    assert Letter.objects.get().scan == second.scan != first.scan
    assert StoredFile.objects.filter(matter=letter.matter).count() == 3


def test_outside_a_transaction_nothing_is_issued(
    issue: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, stored_names: Callable[[], list[str]]
) -> None:
    monkeypatch.setattr("netral.documents.services.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        issue()
    assert stored_names() == []
