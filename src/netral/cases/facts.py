"""What a case says to the law: facts for `lawbook`, made from its row, its acts, the roster and its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from netral.accounts.models import Agency
from netral.lawbook import FactsError, vocabulary
from netral.roster.models import OfficeRole, Official

from .codes import Outcome
from .models import Allegation, Case, Decision, Delivery, ExaminationMinutes, ExaminationReport, Objection

Facts = dict[str, Any]


def actor_facts(official: Official, agency: Agency) -> Facts:
    """What the roster knows of the respondent, in the law's codes; what it does not know is left out."""
    known = vocabulary()["actor.roles"]["values"]
    position = official.position
    return {
        "status": official.employment,
        "agency_kind": agency.kind,
        "is_ppk": OfficeRole.PPK in official.roles,
        "roles": [role for role in official.roles if role in known],
        **({"level": position.level} if position and position.level else {}),
    }


def act_facts(act: Allegation) -> Facts:
    days = {"from": act.act_date, "until": act.until} if act.until else {"act_date": act.act_date}
    return {
        "conduct": act.conduct,
        **{name: day.isoformat() for name, day in days.items()},
        **{group: act.facts[group] for group in ("object", "circumstances") if act.facts.get(group)},
    }


def facts_of(case: Case, *, on: dt.date) -> Facts:
    """Everything the case knows that an answer may depend on; `on` is the day it is asked on."""
    return {
        "acts": [act_facts(act) for act in case.allegation_set.all()],
        "actor": case.actor,
        "dates": {**case.dates, **{name: day.isoformat() for name, day in days_of(case)}},
        "prior": list(_prior(case)),
        "assessed_on": on.isoformat(),
    }


def days_of(case: Case) -> Iterator[tuple[str, dt.date]]:
    """Days of the last round, and of what followed it."""
    of_round = {"case": case, "round": case.round}
    if summons := case.summons_set.filter(round=case.round).order_by("-ordinal").first():
        yield "summoned", summons.letter_day
        yield "to_be_examined", summons.hearing_day
    if minutes := ExaminationMinutes.objects.filter(**of_round).first():
        yield "examined", minutes.day
    if report := ExaminationReport.objects.filter(**of_round).last():
        yield "reported", report.day
    if decision := Decision.objects.filter(case=case).first():
        yield "decided", decision.day
    if delivery := Delivery.objects.filter(case=case).first():
        yield "delivered", delivery.day
    if objection := Objection.objects.filter(case=case).first():
        yield "objected", objection.filed_on


def _prior(case: Case) -> Iterator[Facts]:
    """Sanctions decided earlier against the same person, one for each kind of act."""
    earlier = Decision.objects.filter(case__official=case.official_id).exclude(case=case)
    for decision in earlier.exclude(outcome=Outcome.NOT_PROVEN).select_related("case").order_by("pk"):
        conducts = decision.case.allegation_set.values_list("conduct", flat=True).distinct()
        for conduct in conducts.order_by("conduct"):
            yield {
                "nature": conduct,
                "date": decision.day.isoformat(),
                "final": not decision.case.is_open,
                **({"level": decision.level} if decision.level else {}),
                **({"kind": decision.sanction} if decision.sanction else {}),
            }


def complaints(error: FactsError, names: Mapping[str, str] | None = None) -> ValidationError:
    """What is wrong with facts, by field of a form: `acts.0.object.office`, or what `names` calls it."""
    found: dict[str, Iterable[str]] = {}
    for one in error.errors:
        field = (names or {}).get(one.field, one.field)
        found[field] = [*found.get(field, ()), one.message]
    return ValidationError({field: list(sentences) for field, sentences in found.items()})
