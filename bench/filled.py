"""A register after ten years: reports that open and are found, and a log in which each of them was acted on.

Where cases are asked for, some of the reports became one (see `docket`).

Envelopes, keyrings, commitments, search tokens, row digests and log entries are real and made by the functions the
services use; only rows are written many at a time. Names repeat as names do: some are common, most are not.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench import cached, docket, report_progress
from bench.docket import batches
from bench.registers import OFFICER, found_empty, in_process

if TYPE_CHECKING:
    from netral.accounts.models import Agency, User
    from netral.audit.models import LoggedModel
    from netral.intake.content import ReportBody
    from netral.intake.models import Report
    from netral.worklist.models import WorkItem

    Told = tuple[Report, str]  # a report, and the words by which it is found

HEAD_EVERY = 100_000
BATCH = 2_000
YEARS, FIRST_YEAR = 10, 2015
OPEN_SHARE = 0.4  # of all reports; in service far fewer stay open for long
GIVEN = [
    "Bagas",
    "Citra",
    "Danu",
    "Endah",
    "Farid",
    "Gita",
    "Hasan",
    "Intan",
    "Jaya",
    "Kirana",
    "Lestari",
    "Made",
]
MIDDLE = ["Adi", "Bayu", "Cakra", "Dewi", "Eka", "Fajar", "Galih", "Hari", "Indra", "Jati", "Krisna", "Laras"]
FAMILY = ["Basuki", "Cendana", "Darmawan", "Erlangga", "Firdaus", "Gunawan", "Hartono", "Iskandar", "Jatmiko"]


def filled_register(*, reports: int, entries: int = 0, cases: int = 0) -> Path:
    """Home of a register with so many reports, log entries and cases, from the cache."""
    name = f"register-{reports}-{entries}-{cases}"
    return cached.built(name, _sources(), lambda draft: _build(draft, reports, entries, cases))


def _sources() -> list[Path]:
    """Whatever decides how the rows look: this module, the formats, models, migrations."""
    import netral

    package = Path(netral.__file__).parent
    makers = [
        package / "audit" / "services.py",
        package / "intake" / "sealed.py",
        package / "intake" / "content.py",
        package / "cases" / "sealed.py",
        package / "cases" / "content.py",
        Path(docket.__file__),
    ]
    rows = ("sealing/*.py", "*/models.py", "*/migrations/*.py")
    return [Path(__file__), *makers, *(path for pattern in rows for path in package.glob(pattern))]


def _build(home: Path, reports: int, entries: int, cases: int) -> None:
    in_process(home, found_empty, home)
    in_process(home, fill, reports, entries, cases)


def fill(reports: int, entries: int, cases: int) -> None:
    """Fills the empty register of this process."""
    from django.db import connection

    from netral.accounts.models import Agency, User
    from netral.intake.lifecycle import State

    agency, officer = Agency.objects.get(), User.objects.get(username=OFFICER)
    if cases:
        docket.bring_roster(officer)
    made: list[Report] = []
    for batch in batches(_reports(agency, officer, reports, cases), BATCH):
        made += _receive(batch)
    if cases:
        docket.fill(agency, officer, [report for report in made if report.state == State.CASE])
    _act_on(made or [agency], entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _reports(agency: Agency, officer: User, count: int, cases: int) -> Iterator[Told]:
    """Reports of ten years, the last ones in the year of the demonstration, in every state but merged.

    Evenly among them, so many as there are to be cases became one.
    """
    from django.utils import timezone

    from netral.intake.lifecycle import OPEN, ClosingReason, State
    from netral.intake.models import Report, dialogue_context
    from netral.intake.sealed import seal_body
    from netral.lawbook import reportable_kinds
    from netral.sealing import DataKey, Keyring, ReceiptSecrets, new_code, new_object_id

    dice = random.Random(1)  # noqa: S311 (which state and name a report has, nothing secret)
    acts, opened, now = sorted(reportable_kinds().codes), sorted(OPEN), timezone.now()
    a_year = -(-count // YEARS)
    cased = set(range(0, count, count // cases)) if cases else set()
    for number in range(count):
        year, running = FIRST_YEAR + number // a_year, number % a_year + 1
        day = dt.date(year, 1, 1) + dt.timedelta(days=running * 280 // a_year)
        receipt, object_id = ReceiptSecrets.derive(new_code()), new_object_id()
        body = _body(dice, (dice.choice(acts),), day)
        sealed_body, keyring, commitment = seal_body(object_id, body, receipt.salt, agency.seal_public)
        state = dice.choice(opened) if dice.random() < OPEN_SHARE else State.CLOSED
        if number in cased:
            state = State.CASE
        recipients = [agency.seal_public, receipt.key.public]
        report = Report(
            agency=agency,
            object_id=object_id,
            number=f"L-{year}-{running:04d}",
            acts=list(body.acts),
            received_on=day,
            state=state,
            due=day + dt.timedelta(days=dice.randrange(3, 30)) if state in OPEN else None,
            assignee=officer if dice.random() < 0.5 else None,
            closing_reason=ClosingReason.NO_FACTS if state == State.CLOSED else "",
            commitment=commitment,
            sealed_body=sealed_body,
            keyring=keyring,
            lookup=receipt.lookup,
            receipt_public=receipt.key.public.raw,
            dialogue_keyring=Keyring.make(
                DataKey.generate(), dialogue_context(object_id, "messages"), recipients
            ).to_bytes(),
            screened_at=now,
        )
        yield report, f"{body.who_name}\n{body.who_office}"


def _body(dice: random.Random, acts: tuple[str, ...], day: dt.date) -> ReportBody:
    from netral.intake.content import ReportBody

    return ReportBody(
        acts=acts,
        story="Saya melihat pegawai itu mengajak warga memilih salah satu pasangan calon di ruang pelayanan. "
        * 4,
        who_name=" ".join(dice.choice(names) for names in (GIVEN, MIDDLE, FAMILY)),
        who_office=f"Kantor Kecamatan Ukur {dice.randrange(40)}",
        when_date=day,
        where="ruang pelayanan",
    )


def _receive(told: Sequence[Told]) -> list[Report]:
    """Stores reports with their work items, search tokens and log entries."""
    from django.db import transaction

    from netral.audit.services import append, make_entry
    from netral.intake.models import Report, SearchToken
    from netral.intake.selectors import tokens_of
    from netral.worklist.models import WorkItem

    reports = [report for report, _ in told]
    with transaction.atomic():
        Report.objects.bulk_create(reports)
        SearchToken.objects.bulk_create(
            SearchToken(report=report, token=token) for report, who in told for token in tokens_of(who)
        )
        WorkItem.objects.bulk_create(_work_item(report) for report in reports)
        details = {"kind": "laporan", "channel": "situs"}
        append(
            [
                make_entry(action="intake.report.received", actor="public", rows=[report], details=details)
                for report in reports
            ]
        )
    report_progress(reports[-1].number)
    return reports


def _work_item(report: Report) -> WorkItem:
    from netral.intake.lifecycle import TRANSITIONS, Step
    from netral.worklist.models import WorkItem

    steps = {transition.target: transition.step for transition in TRANSITIONS.values()}
    return WorkItem(
        agency=report.agency,
        subject=report.subject,
        number=report.number,
        step=steps.get(report.state, Step.START_STUDY),  # type: ignore[call-overload]
        about=report.acts[0],
        due=report.due,
        owner=report.assignee,
        open=report.is_open,
        opened_on=report.received_on,
    )


def _act_on(rows: Sequence[LoggedModel], entries: int) -> None:
    """Fills the log up to `entries`, each act naming one of `rows`, with a signed head now and then."""
    from django.db import transaction

    from netral.accounts.keys import log_key
    from netral.audit.selectors import frontier
    from netral.audit.services import append, make_entry, sign_current_head

    acted, action = cycle(rows), "intake.report.kind_changed"
    while (left := entries - frontier().size) > 0:
        with transaction.atomic():
            touched = islice(acted, min(BATCH, left))
            append([make_entry(action=action, actor="user/1", rows=[row]) for row in touched])
        if frontier().size % HEAD_EVERY < BATCH:
            report_progress(f"{frontier().size:,} log entries")
            sign_current_head(log_key=log_key())
    sign_current_head(log_key=log_key())
