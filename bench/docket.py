"""The cases of a filled register: in every state and of every year, each sealed and logged, under a roster of 3,000.

Two of them were led through the services, because their pages show what only acts make: one is being assessed, one
waits for its decision with examiners, summons, minutes of twenty questions, report, reply and photos in its file.
The officer who looks is an official himself, whose superiors' cases are kept from him.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from bench import report_progress
from bench.registers import ADMINISTRATOR

if TYPE_CHECKING:
    from netral.accounts.models import Agency, User
    from netral.cases.models import Allegation, Case, CaseSource
    from netral.intake.models import Report
    from netral.roster.models import Official
    from netral.worklist.models import WorkItem

    Opened = tuple[Case, Allegation, CaseSource]

T = TypeVar("T")
ASSESSED, TO_DECIDE = "P-2024-0001", "P-2024-0002"
BATCH = 1_000
OPEN_SHARE = 0.4  # of all cases; in service far fewer stay open for long
QUESTIONS, PHOTOS = 20, 3
RESPONDENTS = (("Analis Kebijakan", "Padang Serai", 1), ("Kepala Seksi", "Karang Anyar", 0))
OBJECT = {"object": {"kind": "calon", "office": "bupati", "election": "pilkada-2024", "region": "18.71"}}


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def bring_roster(officer: User) -> None:
    """The invented regency's officials; `officer` is one of them. Before anything that looks at who is kept out."""
    from netral.accounts.models import User
    from netral.config.demo_people import roster_csv
    from netral.roster.models import Official
    from netral.roster.services import import_roster, link_account

    import_roster(user=officer, data=roster_csv(), file_name="pegawai.csv")
    auditors = Official.objects.filter(position__title="Auditor Ahli Muda").order_by("nip")
    keeper = User.objects.get(username=ADMINISTRATOR)
    link_account(user=keeper, official=auditors[0], account=officer)


def fill(agency: Agency, officer: User, reports: Sequence[Report]) -> None:
    """The two that are looked at, then one from each of these reports."""
    from netral.cases.models import Counter
    from netral.roster.models import Official

    _lead(officer)
    people = list(Official.objects.select_related("position", "unit").order_by("nip"))
    numbers: dict[int, int] = {row.year: row.value for row in Counter.objects.all()}
    for batch in batches(_cases(agency, officer, reports, people, numbers), BATCH):
        _store(officer, batch)
    for year, value in numbers.items():
        Counter.objects.update_or_create(agency=agency, year=year, defaults={"value": value})


# Led through the services ------------------------------------------------------------------------------------


def _lead(officer: User) -> None:
    from netral.accounts.keys import agency_key
    from netral.config.demo_cases import CaseStory, Road
    from netral.config.demo_text import DEMO_DATE
    from netral.evidence import cleaning

    today = dt.date.fromisoformat(DEMO_DATE)
    people = {"koordinator": officer, "pimpinan": officer}
    for who, until in zip(RESPONDENTS, ("open", "summon"), strict=True):
        story = CaseStory(
            until=until,
            conduct="share_post",
            who=who,
            day=today - dt.timedelta(days=15),
            facts=OBJECT,
            words="Membagikan undangan kampanye dari akun sendiri.",
            opened=today - dt.timedelta(days=12),
        )
        case = Road(story, people, today).walk([])
    _fill_file(case, officer)
    while waiting := cleaning.claim_next():
        cleaning.clean_file(stored_file=waiting, agency_key=agency_key(officer.agency))
    assert case.number == TO_DECIDE, case.number


def _fill_file(case: Case, officer: User) -> None:
    """From the summons to where it waits for the decision, with all that a file may hold by then."""
    from netral.cases import services
    from netral.cases.content import Exchange, Findings, Hearing
    from netral.cases.lifecycle import State
    from netral.config.demo_photos import photo
    from netral.evidence.uploads import seal_file

    exchanges = tuple(
        Exchange(f"Pertanyaan {number}: di mana Saudara pada hari itu?", "Di lapangan bersama warga. " * 8)
        for number in range(1, QUESTIONS + 1)
    )
    findings = Findings(
        aggravating="Menjabat sebagai kepala seksi.",
        mitigating="Kooperatif dan belum pernah dihukum.",
        impact="Menimbulkan pertanyaan warga tentang netralitas kantor.",
        reasoning="Keterangan terlapor dan bukti yang ada saling bersesuaian. " * 10,
    )
    files = [
        seal_file(f"tangkapan-{at}.jpg", photo(at, "TEMU WARGA", "2024:10:05 09:00:00"))
        for at in range(PHOTOS)
    ]

    def act(service: Any, **told: Any) -> None:
        case.refresh_from_db()
        service(case=case, user=officer, revision=case.revision, **told)

    act(services.reply, text="Saya membagikan undangan itu tanpa maksud mendukung siapa pun. " * 6)
    act(services.add_files, files=files)
    hearing = Hearing(exchanges, "Saya menyesal bila perbuatan itu dinilai berpihak.")
    summons = case.summons_set.get()
    act(services.hear, day=summons.hearing_day, hearing=hearing)
    paper = seal_file("berita-acara.jpg", photo(PHOTOS, "BERITA ACARA", "2024:10:24 10:00:00"))
    act(services.sign_minutes, signing="ditandatangani", scan=paper)
    acts = case.allegation_set.values_list("object_id", flat=True)
    act(
        services.report,
        proven=dict.fromkeys(acts, True),
        findings=findings,
        level="berat",
        sanctions=["turun_jabatan_12"],
    )
    assert case.state == State.DECISION, case.state


# Written many at a time -----------------------------------------------------------------------------------------


def _cases(
    agency: Agency,
    officer: User,
    reports: Sequence[Report],
    people: Sequence[Official],
    numbers: dict[int, int],
) -> Iterator[tuple[Case, Report]]:
    """One case from each report, two weeks after it; numbers run on from those of `numbers`."""
    from netral.cases.codes import Level, Outcome, Track
    from netral.cases.content import Person
    from netral.cases.lifecycle import OPEN, State
    from netral.cases.models import Case
    from netral.cases.sealed import Envelope

    dice = random.Random(2)  # noqa: S311 (which state a case has, nothing secret)
    opened = sorted(OPEN)
    decided = (State.DELIVERY, State.REMEDY, State.OBJECTION)
    for at, report in enumerate(reports):
        day = report.received_on + dt.timedelta(days=14)
        numbers[day.year] = numbers.get(day.year, 0) + 1
        state = dice.choice(opened) if dice.random() < OPEN_SHARE else State.CLOSED
        on_a_road = state != State.ASSESSMENT
        outcome = Outcome.DISCIPLINE if state in decided else ""
        respondent = people[at % len(people)]
        case = Case(
            agency=agency,
            number=f"P-{day.year}-{numbers[day.year]:04d}",
            official=respondent,
            opened_on=day,
            actor={"status": "pns"},
            state=state,
            track=Track.DISCIPLINE if on_a_road else "",
            level=Level.HEAVY if on_a_road else "",
            outcome=dice.choice(Outcome.values) if state == State.CLOSED else outcome,
            due=day + dt.timedelta(days=dice.randrange(3, 30)) if state in OPEN else None,
            clock="assess_days" if state in OPEN else "",
            clock_start=day if state in OPEN else None,
            owner=officer if dice.random() < 0.5 else None,
        )
        Envelope.new(case, Person.of(respondent))
        yield case, report


def _store(officer: User, batch: Sequence[tuple[Case, Report]]) -> None:
    """Stores cases with what is alleged, where they came from, their work items and log entries."""
    from django.db import transaction

    from netral.audit.services import append, make_entry
    from netral.cases.models import Allegation, Case, CaseSource, Progress
    from netral.worklist.models import WorkItem

    cases = [case for case, _ in batch]
    with transaction.atomic():
        Case.objects.bulk_create(cases)
        parts = [_allegation(case, report) for case, report in batch]
        Allegation.objects.bulk_create(parts)
        sources = [CaseSource(case=case, origin=told.subject, number=told.number) for case, told in batch]
        CaseSource.objects.bulk_create(sources)
        Progress.objects.bulk_create(
            Progress(case=case, origin=told.subject, state=case.state, outcome=case.outcome)
            for case, told in batch
        )
        WorkItem.objects.bulk_create(map(_work_item, cases, parts))
        append(
            [
                make_entry(action="cases.case.open", actor=officer.actor, rows=rows)
                for rows in zip(cases, parts, sources, strict=True)
            ]
        )
    report_progress(cases[-1].number)


def _allegation(case: Case, report: Report) -> Allegation:
    """With its words sealed under the case's key."""
    from netral.cases.content import Text
    from netral.cases.models import Allegation
    from netral.cases.sealed import Envelope
    from netral.sealing import new_object_id

    allegation = Allegation(
        case=case,
        object_id=new_object_id(),
        official=case.official,
        conduct=report.acts[0],
        act_date=report.received_on,
        facts=OBJECT,
    )
    Envelope.of(case).seal(allegation, Text("Menurut laporan."))
    return allegation


def _work_item(case: Case, allegation: Allegation) -> WorkItem:
    from netral.cases.lifecycle import WAITS
    from netral.worklist.models import WorkItem

    return WorkItem(
        agency=case.agency,
        subject=case.subject,
        number=case.number,
        step=WAITS[case.state].step,
        about=allegation.conduct,
        due=case.due,
        owner=case.owner,
        open=case.is_open,
        opened_on=case.opened_on,
    )
