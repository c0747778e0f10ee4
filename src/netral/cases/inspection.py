"""What the log cannot tell of a case by itself: the queue and the reporter's view held against it, what is sealed.

A row's digest covers what was promised (the commitment), not the ciphertext that keeps the promise; and rows that only
follow from others have no digest. Both are looked at here, the second with the agency's key.
"""

from __future__ import annotations

from collections.abc import Iterator

from netral.accounts.keys import agency_key
from netral.audit.check import Problem, check_numbering
from netral.documents.inspection import check_letter
from netral.documents.selectors import letters_of
from netral.evidence.selectors import check_sealed
from netral.sealing import SealingError
from netral.worklist.models import WorkItem

from .lifecycle import OPEN, WAITS, Step
from .models import Allegation, Case, CasePart, CaseSource, Counter, Progress
from .sealed import Envelope
from .selectors import CASE_SUBJECT, files_of, unsigned

BATCH = 500


def check_queue() -> Iterator[Problem]:
    """Every case has its line in the queue, which shows what it is about, its step, due date and owner.

    It is never unread: reporters write about reports.
    """
    lines = WorkItem.objects.filter(subject__startswith=CASE_SUBJECT)
    columns = ("subject", "about", "step", "open", "unread", "agency", "number", "owner", "due", "opened_on")
    queue = {subject: line for subject, *line in lines.values_list(*columns).iterator(BATCH)}
    about = dict(Allegation.objects.order_by("-pk").values_list("case", "conduct").iterator(BATCH))
    to_sign = set(unsigned().values_list("case", flat=True).iterator(BATCH))
    cases = Case.objects.values_list("pk", "state", "agency", "number", "owner", "due", "opened_on")
    for pk, state, *shown in cases.iterator(BATCH):
        subject = f"{CASE_SUBJECT}{pk}"
        line = queue.pop(subject, None)
        step = Step.SIGN if pk in to_sign else WAITS[state].step if state in WAITS else None
        if line is None:
            yield Problem(subject, "hilang dari meja kerja")
        elif line != [about.get(pk), step, state in OPEN, False, *shown]:
            yield Problem(subject, "baris meja kerjanya tidak cocok dengan perkara")
    for subject in queue:
        yield Problem(subject, "ada di meja kerja tanpa perkaranya")


def check_numbers() -> Iterator[Problem]:
    """A lowered counter would give a number twice, which nobody then gets."""
    counters = {(row.agency_id, row.year): row.value for row in Counter.objects.all()}
    yield from check_numbering(
        Counter, counters, Case.objects.values_list("agency", "number").iterator(BATCH)
    )


def check_progress() -> Iterator[Problem]:
    """What a reporter sees is how far the case is, for each of its origins and for nothing else."""
    shown = {(pk, origin): rest for pk, origin, *rest in _progress()}
    sources = CaseSource.objects.values_list("case", "origin", "case__state", "case__outcome")
    for pk, origin, *true in sources.iterator(BATCH):
        if shown.pop((pk, origin), None) != true:
            yield Problem(f"{CASE_SUBJECT}{pk}", "kemajuan yang dilihat pelapor tidak cocok dengan perkara")
    for pk, _origin in shown:
        yield Problem(f"{CASE_SUBJECT}{pk}", "kemajuan terlihat oleh pelapor laporan lain")


def _progress() -> Iterator[tuple[int, str, str, str]]:
    yield from Progress.objects.values_list("case", "origin", "state", "outcome").iterator(BATCH)


def check_contents() -> Iterator[Problem]:
    """Opens all that is sealed in every case and compares it with its commitment."""
    for case in Case.objects.select_related("agency").order_by("pk").iterator(BATCH):
        yield from _check_case(case)


def _check_case(case: Case) -> Iterator[Problem]:
    try:
        envelope = Envelope.of(case)
    except SealingError as error:
        yield Problem(case.subject, f"isi perkara tidak terbuka: {error}")
        return
    if envelope.promise("body", case.object_id, envelope.person) != case.commitment:
        yield Problem(case.subject, "identitas terlapor tidak cocok dengan yang tercatat dalam log")
    for part in parts_of(case):
        yield from _check_part(envelope, part)
    key = agency_key(case.agency)
    for stored_file in files_of(case):
        for what in check_sealed(stored_file, key, envelope.body.salt):
            yield Problem(stored_file.subject, what)
    for letter in letters_of(case.subject).defer(None):
        yield from check_letter(letter, key, envelope.body.salt)


def parts_of(case: Case) -> Iterator[CasePart]:
    """Every row of the case's file that holds sealed words."""
    for model in CasePart.__subclasses__():
        yield from model._default_manager.filter(case=case).order_by("pk")


def _check_part(envelope: Envelope, part: CasePart) -> Iterator[Problem]:
    try:
        content = envelope.raw(part)
    except SealingError as error:
        yield Problem(part.subject, f"isi tidak terbuka: {error}")
        return
    if envelope.promise(part.place, part.object_id, content) != part.commitment:
        yield Problem(part.subject, "isi tidak cocok dengan yang tercatat dalam log")
