"""The deep check: what the owner of the database does to ciphertexts and to rows without a digest is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from netral.audit import dialects, guards
from netral.audit.check import check_register
from netral.config.inspection import beside_the_log
from netral.evidence.cleaning import claim_next, clean_file
from netral.evidence.models import StoredFile
from netral.intake import inspection
from netral.intake.models import Message, Report
from netral.intake.sealed import seal_dialogue
from netral.intake.services import handling, mark_read, receive_message, screening
from netral.sealing import ReceiptSecrets, SealKey, SigningKey, new_object_id
from netral.ui import clock


@pytest.fixture
def reports(
    make_report: Callable[..., Any], sealed_photo: Callable[..., Any], owner: Any, keys: Any
) -> list[Report]:
    """Two reports alike: studied, asked about, answered, each with a photo and contact details."""
    from netral.accounts.keys import agency_key

    made = [make_report(files=[sealed_photo()], contact={"contact_name": "Wulan"}) for _ in range(2)]
    for report in made:
        screening.screen(report=report)
        handling.start_study(report=report, user=owner, revision=report.revision)
        handling.save_study(report=report, user=owner, revision=report.revision, items={}, note="Catatan.")
        handling.ask_reporter(report=report, user=owner, revision=report.revision, text="Di mana?")
        receive_message(
            report=report,
            receipt=ReceiptSecrets.derive(report.code),
            text="Di lapangan.",
            object_id=new_object_id(),
            now=clock.now(),
        )
        file = claim_next()
        assert isinstance(file, StoredFile)
        clean_file(stored_file=file, agency_key=agency_key(report.agency))
        report.refresh_from_db()
    return made


def found() -> list[str]:
    return [str(p) for check in (beside_the_log, inspection.check_contents) for p in check()]


def found_by_the_log() -> set[str]:
    return {str(problem) for problem in check_register(SigningKey.generate().public)}


def deed(sql: str) -> None:
    """As the database's owner, who puts the triggers back afterwards."""
    connection.check_constraints()  # PostgreSQL alters no table that still waits for its deferred constraints
    with connection.cursor() as cursor:
        for guard in guards.guards():
            for name in dialects.of(connection).expected(guard):
                if name.startswith(guard.table):
                    on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        cursor.execute(sql)
        assert cursor.rowcount != 0
    connection.check_constraints()
    guards.install()


def swap(table: str, columns: str, rows: str) -> str:
    """SQL that gives the first of two rows what the second holds."""
    names = columns.split()
    values = ", ".join(
        f"{name} = (SELECT {name} FROM {table} WHERE {rows} ORDER BY id DESC LIMIT 1)" for name in names
    )
    return f"UPDATE {table} SET {values} WHERE id = (SELECT min(id) FROM {table} WHERE {rows})"


def test_an_untouched_register_is_whole(reports: list[Report]) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (swap("intake_report", "sealed_body keyring", "1 = 1"), "isi laporan tidak terbuka"),
        (swap("intake_report", "dialogue_keyring", "1 = 1"), "pesan tidak terbuka"),
        (swap("intake_report", "log_index", "1 = 1"), "tidak menunjuk entri penerimaannya"),
        (swap("intake_message", "sealed_text", "direction = 'keluar'"), "pesan tidak terbuka"),
        (swap("intake_initialstudy", "sealed_note keyring", "1 = 1"), "catatan tidak terbuka"),
        (swap("evidence_storedfile", "blob", "1 = 1"), "berkas tidak terbuka"),
        (swap("evidence_storedfile", "blob sealed_facts keyring", "1 = 1"), "berkas tidak terbuka"),
        (swap("intake_contact", "keyring", "1 = 1"), "data kontak bukan yang tercatat dalam log"),
        (swap("evidence_cleancopy", "blob", "1 = 1"), "salinan bersih halaman 1 tidak terbuka"),
        (swap("evidence_cleancopy", "blob", "1 = 1"), "salinan bersihnya bukan yang tercatat dalam log"),
        ("DELETE FROM evidence_cleancopy", "salinan bersihnya bukan yang tercatat dalam log"),
        (
            "INSERT INTO evidence_cleancopy (file_id, page, blob, media_type, width, height)"
            " SELECT file_id, page + 1, blob, media_type, width, height FROM evidence_cleancopy",
            "salinan bersihnya bukan yang tercatat dalam log",
        ),
        ("UPDATE evidence_storedfile SET clean_state = 'failed'", "keadaan salinan bersihnya bukan"),
        ("UPDATE evidence_storedfile SET pages = 9", "keadaan salinan bersihnya bukan"),
        (
            "INSERT INTO intake_conflict (report_id, user_id, proof)"
            " SELECT id, (SELECT min(id) FROM accounts_user), lookup FROM intake_report",
            "oleh pihak lain",
        ),
        ("UPDATE intake_counter SET value = 1", "penghitung berdiri di 1, nomor tertinggi 2"),
        ("DELETE FROM intake_counter", "penghitung berdiri di 0, nomor tertinggi 2"),
        ("UPDATE worklist_workitem SET unread = (1 = 0)", "pesan yang belum dibaca disembunyikan"),
        ("DELETE FROM worklist_workitem", "hilang dari meja kerja"),
        ("UPDATE worklist_workitem SET open = (1 = 0)", "baris meja kerjanya tidak cocok"),
        ("UPDATE worklist_workitem SET due = '2099-01-01'", "baris meja kerjanya tidak cocok"),
        ("UPDATE worklist_workitem SET owner_id = NULL", "baris meja kerjanya tidak cocok"),
    ],
)
def test_what_the_log_cannot_see_is_told(reports: list[Report], sql: str, told: str) -> None:
    deed(sql)
    assert any(told in problem for problem in found()), found()


@pytest.mark.parametrize("read_on", ["'2024-10-20'", "NULL"])
def test_a_message_made_read_or_unread_is_told(reports: list[Report], owner: Any, read_on: str) -> None:
    for report in reports:
        if read_on == "NULL":
            mark_read(report=report, user=owner, now=clock.now())
    before = found_by_the_log()
    answers = list(Message.objects.filter(direction=Message.Direction.FROM_REPORTER))
    assert not before & {f"{answer.subject}: diubah di luar log" for answer in answers}
    deed(f"UPDATE intake_message SET read_on = {read_on} WHERE id = {answers[0].pk}")
    assert found_by_the_log() - before == {f"{answers[0].subject}: diubah di luar log"}


def test_a_conflict_moved_to_another_file_or_person_is_told(
    make_report: Callable[..., Any], officer: Callable[..., Any]
) -> None:
    accused, other = officer("pemeriksa", full_name="Bagas Prakoso Utama"), officer("pemeriksa")
    report, elsewhere = make_report(who_name="Bagas Prakoso Utama"), make_report()
    for one in (report, elsewhere):
        screening.screen(report=one)
    assert found() == []
    proof = report.conflicts.get().proof
    report.conflicts.create(user=other, proof=proof)
    elsewhere.conflicts.create(user=accused, proof=proof)
    assert found() == [
        f"{report.subject}: ditutup bagi user/{other.pk} oleh pihak lain",
        f"{elsewhere.subject}: ditutup bagi user/{accused.pk} oleh pihak lain",
    ]


def test_a_message_rewritten_under_its_own_key_does_not_keep_its_promise(reports: list[Report]) -> None:
    """Whoever holds the agency's key, too, can seal another text in the place of the first."""
    from netral.accounts.keys import agency_key
    from netral.intake.sealed import dialogue_key, seal_message

    message = Message.objects.filter(report=reports[0]).first()
    assert message is not None
    key = dialogue_key(reports[0], agency_key(reports[0].agency))
    message.sealed_text, _ = seal_message(reports[0], message.object_id, "Lain sekali.", key, bytes(32))
    message.save(update_fields=["sealed_text"])
    assert found() == [f"{message.subject}: pesan tidak cocok dengan yang tercatat dalam log"]


def test_a_dialogue_sealed_to_a_listener_is_told(reports: list[Report]) -> None:
    from netral.intake.models import dialogue_context
    from netral.intake.sealed import dialogue_key
    from netral.sealing import Keyring, SealPublicKey

    report, context = reports[0], dialogue_context(reports[0].object_id, "messages")
    data_key = dialogue_key(report, ReceiptSecrets.derive(report.code).key)  # type: ignore[attr-defined]
    recipients = [report.agency.seal_public, SealPublicKey.from_bytes(bytes(report.receipt_public or b""))]
    report.dialogue_keyring = Keyring.make(
        data_key, context, [*recipients, SealKey.generate().public]
    ).to_bytes()
    report.save(update_fields=["dialogue_keyring"])
    assert found() == [f"{report.subject}: dialog tersegel untuk penerima lain"]


def test_contact_details_and_the_key_of_a_silent_dialogue_are_held_against_the_log(
    make_report: Callable[..., Any],
) -> None:
    """Nobody here opens a contact; and before the first message nothing is sealed under the dialogue's key."""
    first, _other = (make_report(contact={"contact_name": "Wulan"}) for _ in range(2))
    assert found() == []
    deed(swap("intake_contact", "sealed_details", "1 = 1"))
    recipients = [first.agency.seal_public, ReceiptSecrets.derive(first.code).key.public]
    first.dialogue_keyring, _ = seal_dialogue(first.object_id, recipients)
    first.save(update_fields=["dialogue_keyring"])
    assert found() == [
        f"{first.subject}: kunci dialog bukan yang tercatat dalam log",
        f"{first.subject}: data kontak bukan yang tercatat dalam log",
    ]


def test_an_agency_that_seals_to_another_key_is_told(reports: list[Report]) -> None:
    agency = reports[0].agency
    agency.seal_key = SealKey.generate().public.raw
    agency.save(update_fields=["seal_key"])
    assert f"{agency.subject}: laporan baru disegel untuk kunci lain daripada kunci instansi" in found()


def test_someone_let_in_whom_the_words_keep_out_is_told(
    make_report: Callable[..., Any], officer: Callable[..., Any]
) -> None:
    accused = officer("pemeriksa", full_name="Bagas Prakoso Utama")
    report = make_report(who_name="Bagas Prakoso Utama")
    screening.screen(report=report)
    assert found() == []
    report.conflicts.all().delete()
    report.tokens.all().delete()
    assert found() == [
        f"{report.subject}: terbuka bagi user/{accused.pk} walaupun menyebut dia atau atasannya",
        f"{report.subject}: tidak lagi ditemukan oleh pencarian",
    ]
