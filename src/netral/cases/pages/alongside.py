"""What stands beside the form of an act: the respondent, the acts, the law, the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .. import law, selectors
from ..codes import Level
from ..examined import Examined, examined
from ..models import Case
from ..sealed import Envelope
from .alleging import AllegedRow, alleged
from .law_beside import law_of


def beside(case: Case) -> dict[str, Any]:
    """What stands beside every act on a case: whom and what it is about, and the law."""
    envelope = Envelope.of(case)
    return {"person": envelope.person, "acts": alleged(envelope), "law": law_of(case)}


def beside_with_file(case: Case) -> dict[str, Any]:
    """The same, with what the examination brought: for whoever reports on it or decides."""
    envelope = Envelope.of(case)
    acts = alleged(envelope)
    return {
        "person": envelope.person,
        "acts": acts,
        "law": law_of(case),
        "file": examined_of(envelope, acts),
    }


def beside_with_sanction(case: Case) -> dict[str, Any]:
    """The same as `beside`, with the sanction that is carried out."""
    decision = selectors.decision_of(case)
    return {**beside(case), "sanction": law.choice_of(decision.sanction).label if decision else ""}


def examined_of(envelope: Envelope, acts: Sequence[AllegedRow]) -> Examined:
    return examined(envelope, {one.allegation.object_id: one.label for one in acts})


def advice_of(case: Case, choices: Sequence[law.Choice]) -> str:
    """What the examiners recommend, in a sentence, and who else may impose it where it is none of these `choices`.

    Empty without their report.
    """
    report = selectors.report_of(case)
    if report is None:
        return ""
    if not report.level:
        return _("Saran pemeriksa: tidak terbukti.")
    kinds = [law.choice_of(code).label for code in report.sanctions]
    said = _("Saran pemeriksa: %(advice)s.") % {
        "advice": ", ".join([str(Level(report.level).label), *kinds]),
    }
    closed = set(report.sanctions) - {choice.code for choice in choices}
    return f"{said} {_others_impose(case, closed)}" if closed else said


def _others_impose(case: Case, sanctions: Collection[str]) -> str:
    assessment = selectors.assessment_of(case)
    punishes = law.stored_answer(assessment)["authorities"]["punishes"] if assessment else []
    others = [one["label"]["id"] for one in punishes if set(one["sanctions"]) & set(sanctions)]
    return _(
        "Yang disarankan itu bukan kewenangan Anda; yang berwenang menurut jawaban hukum: %(others)s. Ia memutus "
        "dengan akunnya sendiri berperan pimpinan, yang kewenangannya dicatat administrator."
    ) % {"others": ", ".join(others) or _("tidak disebut")}
