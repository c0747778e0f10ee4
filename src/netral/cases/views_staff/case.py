"""The page of a case, and the acts that need no more than a button on it."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.evidence.pages import ShownFile, shown_files
from netral.ui import clock
from netral.worklist.selectors import next_step

from .. import clocks, forms, law, pages, selectors
from ..acting import act_view, carry_out, case_view, posted
from ..codes import Attendance
from ..content import Announced, Person, Ruling, Text
from ..lifecycle import OFTEN, State, Step, acts_open_to
from ..models import CarryingOut, Case, Delivery, Objection
from ..sealed import Envelope

# Where the next act has a page of its own.
NEXT_PAGES = {
    act: f"cases:{act}"
    for act in (
        "appoint",
        "summon",
        "summon_again",
        "hear",
        "sign_minutes",
        "report",
        "decide",
        "carry_out",
    )
}


@require_safe
@case_view(Right.CASES_VIEW)
def case(request: StaffRequest, case: Case) -> HttpResponse:
    return case_page(request, case)


def case_page(request: StaffRequest, case: Case, *, status: int = 200, **own: forms.ActForm) -> HttpResponse:
    """The case's page, with a form that could not be carried out in place of its empty one."""
    prefetch_related_objects([case], "allegation_set")
    envelope, may = Envelope.of(case), acts_open_to(request.user.role, case.state, case.track)
    item, beside, acts = next_step(case), pages.law_of(case), pages.alleged(envelope)
    file = pages.examined_of(envelope, acts)
    called = file.summons[-1] if file.summons else None
    times = selectors.times_put_off([case.pk]).get(case.pk, {})
    objection = Objection.objects.filter(case=case).first()
    delivery = Delivery.objects.filter(case=case).first()
    nudge = pages.nudge_of(case, item.step if item else Step.NONE, beside)
    context: dict[str, Any] = {
        "case": case,
        "person": envelope.person,
        "acts": acts,
        "title": pages.title_of(acts[0].allegation.conduct),
        "track": pages.track_of(case),
        "nudge": nudge,
        "due": clocks.basis_of(case),
        "put_off": pages.put_off(times),
        "put_off_often": pages.put_off(times, least=OFTEN),
        "law": beside,
        "departure": _departure(envelope),
        "may": may,
        "act": forms.ActForm(case=case),
        "questions": _questions(case, beside) if "state_facts" in may else None,
        "team": _team(envelope),
        "file": file,
        "decision": _decision(envelope),
        "delivery": delivery,
        "delivery_note": envelope.read(delivery, Text).text if delivery else "",
        "carried_out": _carried_out(envelope),
        "sanction_stands": case.state == State.OBJECTION and selectors.results(case, ends=False),
        "objection": objection,
        "grounds": envelope.read(objection, Text).text if objection else "",
        "crimes": _crimes(envelope),
        "sources": case.sources.all(),
        "siblings": selectors.siblings(selectors.Sight(request.user), case),
        "letters": pages.letters_of(case, may),
        "files": _files(case),
        "history": pages.events_of(case, selectors.reasons_of(envelope)),
        "assign": forms.AssignForm(case=case, owners=selectors.possible_owners(case))
        if "assign" in may
        else None,
        "deciders": selectors.deciders(case) if nudge.act == "decide" and "decide" not in may else None,
        "next_url": NEXT_PAGES.get(nudge.act, ""),
        "referred_label": law.authority_label(case.referred_to),
        "hearing_over": called is not None and clocks.hearing_is_over(called.summons, called.sitting),
        "missed": called is not None and called.summons.attendance == Attendance.ABSENT,
        "overdue": bool(case.due and case.due < clock.today()),
        "closable": case.state == State.REMEDY
        and (clocks.may_close_on(case) or clock.today()) <= clock.today(),
    }
    return render(request, "cases/staff/case.html", context | own, status=status)


def _departure(envelope: Envelope) -> dict[str, Any] | None:
    """What an officer held instead of the law's answer, and why."""
    assessment = selectors.assessment_of(envelope.case)
    if assessment is None or assessment.accepted or envelope.case.state == State.ASSESSMENT:
        return None
    return {"assessment": assessment, "reason": envelope.read(assessment, Text).text}


def _questions(case: Case, beside: pages.Law | None) -> forms.FactsForm | None:
    asked = beside.asked if beside else []
    return forms.FactsForm(case=case, acts=list(case.allegation_set.all()), asked=asked) if asked else None


def _team(envelope: Envelope) -> dict[str, Any] | None:
    team = selectors.team_of(envelope.case)
    if team is None:
        return None
    members, decree = team.members.filter(left_on=None).order_by("-chair", "pk"), selectors.decree_of(team)
    elsewhere = decree and decree.matter != envelope.case.subject
    return {
        "team": team,
        "decree": decree if elsewhere else None,
        "decree_case": selectors.case_of(decree) if decree and elsewhere else None,
        "former": envelope.read(team, Person),
        "members": [(member, envelope.read(member, Person)) for member in members],
    }


def _decision(envelope: Envelope) -> dict[str, Any] | None:
    decision = selectors.decision_of(envelope.case)
    if decision is None:
        return None
    return {
        "decision": decision,
        "sanction": law.choice_of(decision.sanction).label if decision.sanction else "",
        "authority": law.authority_label(decision.authority),
        "reason": envelope.read(decision, Ruling).text,
    }


def _carried_out(envelope: Envelope) -> dict[str, Any] | None:
    """When and how a moral sanction was stated."""
    found = CarryingOut.objects.filter(case=envelope.case).first()
    return {"day": found.day, "words": envelope.read(found, Announced)} if found else None


def _crimes(envelope: Envelope) -> list[dict[str, Any]]:
    """What was referred as a possible crime, and what came back."""
    return [
        {
            "referral": one,
            "to": law.authority_label(one.to),
            "reason": envelope.read(one, Text).text,
            "answer": answer,
            "said": envelope.read(answer, Text).text if answer else "",
        }
        for one in envelope.case.crimereferral_set.select_related("answer")
        for answer in (getattr(one, "answer", None),)
    ]


def _files(case: Case) -> list[ShownFile]:
    """Evidence; letters and their scans have a list of their own."""

    def page_url(pk: int, page: int) -> str:
        return reverse("cases:file_page", args=[case.number, pk, page])

    files = selectors.evidence_of(case).prefetch_related("copies")
    return list(shown_files(files, agency_key(case.agency), page_url))


def button(name: str, service: Any, done: Any) -> Any:
    """An act that needs no more than a button on the case's page."""

    @act_view(name)
    @posted
    def view(request: StaffRequest, case: Case) -> HttpResponse:
        return carry_out(
            request,
            case,
            forms.ActForm(request.POST, case=case),
            service,
            done=done,
            again=lambda form, status: case_page(request, form.case, status=status, act=form),
        )

    return view
