"""What the examination has brought, opened: summons, minutes, replies and reports, for the pages that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import law
from .content import Findings, Hearing, Missed, Sitting, Text
from .models import Absence, CaseNote, ExaminationMinutes, ExaminationReport, Summons
from .sealed import Envelope
from .selectors import replies_of


@dataclass(frozen=True)
class Called:
    """A summons, and the absences recorded for it, withdrawn ones among them, each with its words."""

    summons: Summons
    sitting: Sitting
    absences: list[tuple[Absence, Missed]]


@dataclass(frozen=True)
class Heard:
    minutes: ExaminationMinutes
    hearing: Hearing


@dataclass(frozen=True)
class Found:
    """A report, its verdicts by the acts' labels, the sanctions it recommends by theirs."""

    report: ExaminationReport
    findings: Findings
    proven: list[tuple[str, bool]]
    sanctions: list[str]


@dataclass(frozen=True)
class Replied:
    """What the respondent wrote, and when it was recorded."""

    note: CaseNote
    text: str


@dataclass(frozen=True)
class Examined:
    """Of all rounds, oldest first."""

    summons: list[Called]
    minutes: list[Heard]
    reports: list[Found]
    replies: list[Replied]


def examined(envelope: Envelope, labels: Mapping[str, str]) -> Examined:
    """`labels` name the acts by their object ids. As many queries whatever the file holds."""
    case = envelope.case
    summons = case.summons_set.order_by("round", "ordinal").prefetch_related("absences")
    return Examined(
        summons=[
            Called(
                one,
                envelope.read(one, Sitting),
                [(absence, envelope.read(absence, Missed)) for absence in one.absences.all()],
            )
            for one in summons
        ],
        minutes=[
            Heard(one, envelope.read(one, Hearing)) for one in case.examinationminutes_set.order_by("round")
        ],
        reports=[
            Found(
                report=one,
                findings=envelope.read(one, Findings),
                proven=[(labels.get(key, key), held) for key, held in one.proven.items()],
                sanctions=[law.choice_of(code).label for code in one.sanctions],
            )
            for one in ExaminationReport.objects.filter(case=case)
        ],
        replies=[Replied(one, envelope.read(one, Text).text) for one in replies_of(case)],
    )
