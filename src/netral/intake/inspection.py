"""What the log cannot tell by itself: the queue held against the reports, what is sealed against its commitment.

A row's digest covers what was promised (the commitment), not the ciphertext that keeps the promise; and rows that only
follow from others have no digest. Both are looked at here, the second with the agency's key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from netral.accounts.keys import agency_key
from netral.accounts.models import Agency
from netral.audit.check import Problem, check_numbering
from netral.audit.models import Entry
from netral.evidence.selectors import check_sealed
from netral.sealing import Context, Keyring, SealingError, SealKey, SealPublicKey, commit, derive_salt
from netral.worklist.models import WorkItem

from .content import SealedBody
from .lifecycle import FIRST_STEP, OPEN, TRANSITIONS, State, Step
from .models import Conflict, Counter, InitialStudy, Message, Note, Report
from .notes import note_context, open_note
from .sealed import (
    contact_digest,
    dialogue_commitment,
    dialogue_key,
    message_context,
    open_body,
    open_message,
)
from .selectors import REPORT_SUBJECT, conflict_proof, files_of
from .services.screening import Watch, tokens_for, watched_in, watches_of

BATCH = 500
RECEIVED = "intake.report.received"
STEPS: dict[str, set[Step]] = {
    state: {t.step for t in TRANSITIONS.values() if t.target == state} for state in OPEN
}
STEPS[State.RECEIVED].add(FIRST_STEP)
STEPS[State.WAITING].add(Step.READ_ANSWER)


def check_queue() -> Iterator[Problem]:
    """Every report has its line in the queue, unread where it is; an open one's shows its step, due date and owner."""
    lines = WorkItem.objects.values_list(
        "subject", "agency", "number", "owner", "due", "opened_on", "about", "open", "step", "unread"
    )
    queue = {subject: line for subject, *line in lines.iterator(BATCH)}
    waiting = Message.objects.filter(direction=Message.Direction.FROM_REPORTER, read_on=None)
    unread = set(waiting.values_list("report", flat=True))
    reports = Report.objects.values_list(
        "pk", "state", "acts", "agency", "number", "assignee", "due", "received_on"
    )
    for pk, state, acts, *shown in reports.iterator(BATCH):
        subject = f"{REPORT_SUBJECT}{pk}"
        *line, is_open, step, is_unread = queue.pop(subject, [None, "", False])
        if not line:
            yield Problem(subject, "hilang dari meja kerja")
        elif state in OPEN and (line != [*shown, acts[0]] or not is_open or step not in STEPS[state]):
            yield Problem(subject, "baris meja kerjanya tidak cocok dengan laporan")
        elif is_unread != (pk in unread):
            yield Problem(subject, "pesan yang belum dibaca disembunyikan atau dibuat-buat di meja kerja")
    for subject in queue:
        if subject.startswith(REPORT_SUBJECT):
            yield Problem(subject, "ada di meja kerja tanpa laporannya")


def check_conflicts() -> Iterator[Problem]:
    """Nobody is kept out of a file but by a process that read it. What once was lifted could be put back."""
    for conflict in Conflict.objects.select_related("report").iterator(BATCH):
        if bytes(conflict.proof) != conflict_proof(conflict.report, conflict.user_id):
            yield Problem(conflict.report.subject, f"ditutup bagi user/{conflict.user_id} oleh pihak lain")


def check_numbers() -> Iterator[Problem]:
    """A lowered counter would give a number twice, which nobody then gets."""
    counters = {(row.agency_id, row.year): row.value for row in Counter.objects.all()}
    given = Report.objects.values_list("agency", "number").iterator(BATCH)
    yield from check_numbering(Counter, counters, given)


def check_contents(progress: Callable[[int], None] = lambda _: None) -> Iterator[Problem]:
    """Opens all that is sealed in every report and compares it with its commitment; contact details are the vault's."""
    done = 0
    for agency in Agency.objects.filter(report__isnull=False).distinct():
        key, watches = agency_key(agency), watches_of(agency)
        if key.public.raw != bytes(agency.seal_key):
            yield Problem(agency.subject, "laporan baru disegel untuk kunci lain daripada kunci instansi")
        reports = Report.objects.filter(agency=agency).select_related("agency", "study", "contact")
        for report in reports.order_by("pk").iterator(BATCH):
            yield from _check_report(report, key, watches)
            done += 1
            progress(done)


def _check_report(report: Report, key: SealKey, watches: list[Watch]) -> Iterator[Problem]:
    try:
        told = open_body(report, key)
    except SealingError as error:
        yield Problem(report.subject, f"isi laporan tidak terbuka: {error}")
        return
    for text in _texts(report, told, key):
        if problem := text.problem(told.salt):
            yield problem
    for stored_file in files_of(report):
        for what in check_sealed(stored_file, key, told.salt):
            yield Problem(stored_file.subject, what)
    yield from _check_doors(report, key)
    if report.screened_at:
        yield from _check_screening(report, told, watches)


@dataclass(frozen=True)
class _Text:
    """A sealed text: whose it is and what, its place and object, its commitment, and how it is opened."""

    subject: str
    what: str
    context: Context
    object_id: str
    commitment: str
    content: Callable[[], bytes]

    def problem(self, salt: bytes) -> Problem | None:
        try:
            found = commit(self.context, derive_salt(salt, self.object_id), self.content())
        except SealingError as error:
            return Problem(self.subject, f"{self.what} tidak terbuka: {error}")
        if found != self.commitment:
            return Problem(self.subject, f"{self.what} tidak cocok dengan yang tercatat dalam log")
        return None


def _texts(report: Report, told: SealedBody, key: SealKey) -> Iterator[_Text]:
    place, content = report.context("body"), told.body.to_bytes
    yield _Text(report.subject, "isi laporan", place, report.object_id, report.commitment, content)
    for row in report.messages.all():
        place, content = message_context(report, row.object_id), partial(_message, report, row, key)
        yield _Text(row.subject, "pesan", place, row.object_id, row.commitment, content)
    study = getattr(report, "study", None)
    for note in (*report.notes.all(), *([study] if study else [])):
        content = partial(_note, report, note)
        yield _Text(note.subject, "catatan", note_context(note), note.object_id, note.commitment, content)


def _message(report: Report, row: Message, key: SealKey) -> bytes:
    return open_message(report, row, dialogue_key(report, key)).encode()


def _note(report: Report, row: Note | InitialStudy) -> bytes:
    return open_note(report, row).encode()


def _check_doors(report: Report, key: SealKey) -> Iterator[Problem]:
    """The receipt finds its entry and opens the dialogue of the first day; the vault alone opens the contact."""
    entry = Entry.objects.filter(index=-1 if report.log_index is None else report.log_index).first()
    if entry is None or (entry.subject, entry.action) != (report.subject, RECEIVED):
        yield Problem(report.subject, "tidak menunjuk entri penerimaannya dalam log")
        return
    promised = json.loads(entry.body)["d"]
    if promised["dialogue"] != _dialogue(report, key):
        yield Problem(report.subject, "kunci dialog bukan yang tercatat dalam log")
    if report.receipt_public:
        reporter = SealPublicKey.from_bytes(bytes(report.receipt_public))
        if _recipients(report.dialogue_keyring) != {report.agency.seal_public.key_id, reporter.key_id}:
            yield Problem(report.subject, "dialog tersegel untuk penerima lain")
    contact = getattr(report, "contact", None)
    if promised["contact"] != ([contact_digest(contact)] if contact else []):
        yield Problem(report.subject, "data kontak bukan yang tercatat dalam log")
    if contact and _recipients(contact.keyring) != {report.agency.vault_public.key_id}:
        yield Problem(contact.subject, "data kontak tersegel untuk penerima lain")


def _dialogue(report: Report, key: SealKey) -> str | None:
    """Commitment to the dialogue's key as it is now; empty where it does not open."""
    if not report.dialogue_keyring:
        return None
    try:
        return dialogue_commitment(report.object_id, dialogue_key(report, key))
    except SealingError:
        return ""


def _recipients(keyring: bytes | memoryview) -> frozenset[str]:
    try:
        return Keyring.from_bytes(bytes(keyring)).key_ids
    except SealingError:
        return frozenset()


def _check_screening(report: Report, told: SealedBody, watches: list[Watch]) -> Iterator[Problem]:
    """Whom the words keep out is kept out, and the search finds what it should."""
    open_to = set(watched_in(report, told.body, watches)) - set(
        report.conflicts.values_list("user", flat=True)
    )
    for user in sorted(open_to):
        yield Problem(report.subject, f"terbuka bagi user/{user} walaupun menyebut dia atau atasannya")
    if tokens_for(told.body) - {bytes(token) for token in report.tokens.values_list("token", flat=True)}:
        yield Problem(report.subject, "tidak lagi ditemukan oleh pencarian")
