"""A report is made in one way, once, and sealed to whom it concerns."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from netral.accounts.keys import agency_key
from netral.audit.models import Entry
from netral.evidence import blobs
from netral.evidence.models import StoredFile
from netral.intake import services
from netral.intake.content import ContactDetails, DraftContent, ReportBody
from netral.intake.models import Contact, Draft, DraftFile, Report
from netral.intake.sealed import open_body
from netral.intake.selectors_public import draft_blobs
from netral.sealing import ReceiptSecrets, SealingError, commit, derive_salt, new_code, parse_receipt
from netral.worklist.models import WorkItem

NOW = dt.datetime(2024, 10, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
BODY = ReportBody(acts=("photo_with_sign", "like_post"), story="Camat berfoto.", who_name="Raden Rekaan")
CONTACT = ContactDetails(contact_name="Pelapor Rekaan", contact_phone="0812 0000 0000")


def save(code: str, contact: ContactDetails = CONTACT, *, now: dt.datetime | None = None) -> None:
    services.save_draft(
        code=code, content=DraftContent(BODY, contact), now=now or timezone.now(), today=TODAY
    )


def submit(code: str, agency: Any) -> services.Submitted:
    return services.submit_draft(code=code, agency=agency, now=NOW)


def test_a_draft_becomes_a_report_with_files_contact_work_and_entry(agency: Any, sealed_photo: Any) -> None:
    code = new_code()
    save(code)
    services.add_draft_file(code=code, upload=sealed_photo(name="swafoto.jpg"))
    made = submit(code, agency)
    report, receipt = made.report, ReceiptSecrets.derive(code)
    assert (report.number, report.received_on, report.state) == ("L-2024-0001", TODAY, "diterima")
    body = open_body(report, agency_key(agency))
    assert (body.body, body.salt) == (BODY, receipt.salt)
    assert report.commitment == commit(
        report.context("body"), derive_salt(receipt.salt, report.object_id), BODY.to_bytes()
    )
    stored = StoredFile.objects.get(matter=report.subject)
    assert blobs.exists(stored.blob)
    item = WorkItem.objects.get(subject=report.subject)
    assert (item.about, item.due, item.open) == ("photo_with_sign", TODAY + dt.timedelta(days=5), True)
    entry = json.loads(made.entry.body)
    assert entry["t"] == f"{made.entry.at:%Y-%m-%d}"  # the day alone
    assert entry["d"]["receipt"] == receipt.commitment
    rows = {report.subject, report.contact.subject, f"evidence.storedfile/{stored.pk}"}
    assert set(entry["rows"]) == rows
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()
    parse_receipt(made.receipt_text).verify()


def test_numbers_run_by_agency_and_year(agency: Any, other_agency: Any, make_report: Any) -> None:
    first = make_report(received_on=dt.date(2024, 10, 1))
    second = make_report(received_on=dt.date(2024, 10, 2))
    elsewhere = make_report(agency=other_agency, received_on=dt.date(2024, 10, 2))
    earlier = make_report(received_on=dt.date(2023, 5, 1))
    assert [r.number for r in (first, second, elsewhere, earlier)] == [
        "L-2024-0001", "L-2024-0002", "L-2024-0001", "L-2023-0001",
    ]  # fmt: skip


def test_sent_twice_it_is_one_report_with_the_same_receipt(agency: Any) -> None:
    code = new_code()
    save(code)
    first, second = submit(code, agency), submit(code, agency)
    assert first.receipt_text == second.receipt_text
    assert Report.objects.count() == 1
    assert Entry.objects.filter(action="intake.report.received").count() == 1


def test_what_was_never_kept_cannot_be_sent(agency: Any) -> None:
    with pytest.raises(services.NoDraftError):
        submit(new_code(), agency)


def test_after_sending_the_code_takes_no_other_draft(agency: Any) -> None:
    code = new_code()
    save(code)
    submit(code, agency)
    with pytest.raises(services.AlreadySentError):
        save(code)


def test_a_refused_report_leaves_nothing_and_keeps_the_draft(agency: Any, monkeypatch: Any) -> None:
    code = new_code()
    save(code)

    def fail(**_: Any) -> None:
        raise RuntimeError("the log is away")

    monkeypatch.setattr("netral.intake.services.submission.audit.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(code, agency)
    assert not Report.objects.exists()
    assert not WorkItem.objects.exists()
    assert Draft.objects.count() == 1


def test_contact_details_open_with_the_vault_only(agency: Any, vault_key: Any) -> None:
    code = new_code()
    save(code)
    contact = submit(code, agency).report.contact
    for key in (agency_key(agency), ReceiptSecrets.derive(code).key):
        with pytest.raises(SealingError):
            services.open_contact(contact=contact, vault_key=key, basis="Penetapan 1/2024")
    assert services.open_contact(contact=contact, vault_key=vault_key, basis="Penetapan 1/2024") == CONTACT
    opened = Entry.objects.get(action="intake.contact.opened")
    assert json.loads(opened.body)["d"] == {"basis": "Penetapan 1/2024"}
    assert opened.subject == contact.report.subject


def test_the_agencys_salt_does_not_open_the_contacts_commitment(agency: Any, vault_key: Any) -> None:
    """An officer knows the report's salt and could otherwise try names against the commitment."""
    from netral.sealing import canonical_json

    code = new_code()
    save(code)
    contact = submit(code, agency).report.contact
    salt = open_body(contact.report, agency_key(agency)).salt
    content = canonical_json(CONTACT.to_json())
    for guess in (salt, derive_salt(salt, contact.object_id)):
        assert contact.commitment != commit(contact.context("details"), guess, content)


def test_without_contact_there_is_no_row_for_it(agency: Any) -> None:
    code = new_code()
    save(code, ContactDetails())
    submit(code, agency)
    assert not Contact.objects.exists()


def test_a_draft_opens_with_its_code_only(agency: Any) -> None:
    from netral.intake.selectors_public import open_draft

    code = new_code()
    save(code)
    draft = Draft.objects.get()
    assert open_draft(draft, ReceiptSecrets.derive(code)).contact == CONTACT
    with pytest.raises(SealingError):
        open_draft(draft, ReceiptSecrets.derive(new_code()))


def test_a_finding_has_no_receipt_and_no_dialogue(agency: Any) -> None:
    made = services.register_report(
        agency=agency, body=BODY, contact=None, channel="pengawasan", kind="temuan", actor="user/1", code=None,
        now=NOW,
    )  # fmt: skip
    assert made.receipt_text == ""
    assert (made.report.lookup, bytes(made.report.dialogue_keyring)) == (None, b"")


@pytest.mark.parametrize("change", [{"channel": "merpati"}, {"kind": "gosip"}, {"body": ReportBody()}])
def test_the_service_checks_for_itself(agency: Any, change: dict[str, Any]) -> None:
    given = {"body": BODY, "channel": "situs", "kind": "laporan"} | change
    with pytest.raises(ValidationError):
        services.register_report(
            agency=agency, contact=None, actor="public", code=new_code(), now=NOW, **given
        )


def test_the_same_file_is_kept_once(agency: Any, sealed_photo: Any) -> None:
    code = new_code()
    save(code)
    first, again = sealed_photo(), sealed_photo(name="lain.jpg")
    services.add_draft_file(code=code, upload=first)
    services.add_draft_file(code=code, upload=again)
    assert [file.blob for file in DraftFile.objects.all()] == [first.blob]
    assert not blobs.exists(again.blob)
    assert draft_blobs([first.blob, again.blob]) == {first.blob}


def test_a_file_beyond_the_limit_is_not_kept(agency: Any, sealed_photo: Any) -> None:
    code = new_code()
    save(code)
    for side in range(10):
        services.add_draft_file(code=code, upload=sealed_photo(size=(10 + side, 10)))
    late = sealed_photo(size=(99, 10))
    with pytest.raises(services.TooManyFilesError):
        services.add_draft_file(code=code, upload=late)
    assert not blobs.exists(late.blob)


def test_a_file_without_a_draft_leaves_nothing(sealed_photo: Any) -> None:
    upload = sealed_photo()
    with pytest.raises(services.NoDraftError):
        services.add_draft_file(code=new_code(), upload=upload)
    assert not blobs.exists(upload.blob)


def test_a_removed_file_is_gone_from_the_store_and_only_its_owner_removes_it(sealed_photo: Any) -> None:
    code, upload = new_code(), sealed_photo()
    save(code)
    services.add_draft_file(code=code, upload=upload)
    services.remove_draft_file(code=new_code(), object_id=upload.object_id)
    assert blobs.exists(upload.blob)
    services.remove_draft_file(code=code, object_id=upload.object_id)
    services.remove_draft_file(code=code, object_id=upload.object_id)
    assert not blobs.exists(upload.blob)
    assert not DraftFile.objects.exists()


def test_drafts_go_after_a_day_with_their_files(sealed_photo: Any) -> None:
    now = timezone.now()
    old, young, upload = new_code(), new_code(), sealed_photo()
    save(old, now=now - dt.timedelta(hours=24))
    save(young, now=now - dt.timedelta(hours=23, minutes=59))
    services.add_draft_file(code=old, upload=upload)
    assert services.expire_drafts(now=now) == 1
    assert [bytes(draft.lookup) for draft in Draft.objects.all()] == [ReceiptSecrets.derive(young).lookup]
    assert not blobs.exists(upload.blob)
    assert services.expire_drafts(now=now) == 0


def test_typing_on_does_not_lengthen_a_drafts_day() -> None:
    code, begun = new_code(), timezone.now() - dt.timedelta(hours=20)
    save(code, now=begun)
    save(code)
    assert Draft.objects.get().created_at == begun


def test_a_sent_file_is_evidence_and_no_button_removes_it(agency: Any, sealed_photo: Any) -> None:
    code, upload = new_code(), sealed_photo()
    save(code)
    services.add_draft_file(code=code, upload=upload)
    submit(code, agency)
    services.remove_draft_file(code=code, object_id=upload.object_id)
    services.expire_drafts(now=timezone.now() + dt.timedelta(days=2))
    assert blobs.exists(upload.blob)
