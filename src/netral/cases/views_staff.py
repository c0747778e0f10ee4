"""A case on the officers' site: its page, and the acts that need no more than a form of their own."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.accounts.access import StaffRequest, merely_opened
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.documents.correcting import wordings
from netral.documents.pages import pdf_response
from netral.documents.selectors import said
from netral.evidence.pages import ShownFile, image_response, received_files, shown_files
from netral.evidence.uploads import Limits, discarded_on_failure, receives_files
from netral.ui import clock
from netral.worklist.selectors import next_step

from . import clocks, forms, law, pages, selectors, services
from .acting import act_page, act_view, carry_out, case_view, plain_form, posted
from .codes import Attendance
from .content import Announced, Person, Ruling, Text
from .lifecycle import OFTEN, State, Step, acts_open_to
from .models import CarryingOut, Case, Delivery, Objection
from .sealed import Envelope

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
        "resolve",
    )
}


# The page ----------------------------------------------------------------------------------------------------


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
        "objection": Objection.objects.filter(case=case).first(),
        "crimes": _crimes(envelope),
        "sources": case.sources.all(),
        "siblings": selectors.siblings(selectors.Sight(request.user), case),
        "letters": pages.letters_of(case, may),
        "files": _files(case),
        "history": pages.events_of(case, selectors.reasons_of(envelope)),
        "assign": _assign_form(request, case, None) if "assign" in may else None,
        "next_url": NEXT_PAGES.get(nudge.act, ""),
        "referred_label": law.authority_label(case.referred_to),
        "hearing_over": called is not None and clocks.hearing_is_over(called.summons, called.sitting),
        "missed": called is not None and called.summons.attendance == Attendance.ABSENT,
        "overdue": bool(case.due and case.due < clock.today()),
        "due_now": bool(case.due and case.due <= clock.today()),
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


# Facts and what is alleged -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@act_view("state_facts")
def facts(request: StaffRequest, case: Case) -> HttpResponse:
    """All that can be stated on GET; on POST what was asked, on this page or on the case's own.

    Answers come back as answers until they are right: what nobody asked for stays as it was.
    """
    acts = list(case.allegation_set.all())
    beside = pages.law_of(case)
    everything = [
        *(
            (path, None)
            for path in (
                "actor.status",
                "actor.level",
                "actor.roles",
                "actor.has_resigned",
                "actor.resigned_on",
            )
        ),
        *((path, at) for at, act in enumerate(acts) for path in forms.askable(act.conduct)),
    ]
    if merely_opened(request):
        return _facts_page(request, forms.FactsForm(case=case, acts=acts, asked=everything))
    asked = beside.asked if beside and "jawab" in request.POST else everything
    form = forms.FactsForm(request.POST, case=case, acts=acts, asked=asked)
    done = _("Fakta disimpan. Jawaban hukum di samping sudah disesuaikan.")
    return carry_out(
        request,
        case,
        form,
        services.state_facts,
        done=done,
        again=lambda form, status: _facts_page(request, form, status),
    )


def _facts_page(request: StaffRequest, form: forms.ActForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "case": form.case,
        "form": form,
        "heading": _("Fakta perkara"),
        "text": _(
            "Yang belum diketahui dikosongkan. Hukum menjawab dari fakta ini dan dari tanggal perbuatan."
        ),
        "label": _("Simpan fakta"),
        "open_here": True,
        "answers_only": "jawab" in request.POST,
    }
    return render(request, "cases/staff/facts.html", context | pages.beside(form.case), status=status)


@require_http_methods(["GET", "POST"])
@act_view("add_allegation")
def add_allegation(request: StaffRequest, case: Case) -> HttpResponse:
    def add(**data: Any) -> object:
        return services.add_allegation(**_alleging(form, data, {}))

    form = forms.AllegationForm(request.POST or None, case=case)
    return _allegation(request, form, add, _("Tambah dugaan perbuatan"), _("Dugaan perbuatan ditambahkan."))


@require_http_methods(["GET", "POST"])
@act_view("amend_allegation")
def amend_allegation(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    allegation = selectors.access_allegation(user=request.user, number=case.number, pk=pk)

    def amend(**data: Any) -> object:
        return services.amend_allegation(allegation=allegation, **_alleging(form, data, allegation.facts))

    known = {
        "conduct": allegation.conduct,
        "act_date": allegation.act_date,
        "until": allegation.until,
        "description": Envelope.of(case).read(allegation, Text).text,
    }
    form = forms.AllegationForm(request.POST or None, case=case, initial=known)
    return _allegation(
        request, form, amend, _("Perbaiki dugaan perbuatan"), _("Dugaan perbuatan diperbaiki.")
    )


def _alleging(form: forms.AllegationForm, data: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    names = ("case", "user", "revision", "another_act")
    return {**{name: data[name] for name in names}, "act": form.act(facts)}


def _allegation(
    request: StaffRequest, form: forms.AllegationForm, service: Any, heading: Any, done: Any
) -> HttpResponse:
    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "case": form.case,
            "form": form,
            "heading": heading,
            "label": _("Simpan"),
            "open_here": True,
        }
        return render(request, "cases/staff/act.html", context | pages.beside(form.case), status=status)

    if merely_opened(request):
        return page(form)
    return carry_out(request, form.case, form, service, done=done, again=page)


# The law -------------------------------------------------------------------------------------------------------


@act_view("assess")
@posted
def accept(request: StaffRequest, case: Case) -> HttpResponse:
    """Accepts the law's answer as it stands on the page."""
    return carry_out(
        request,
        case,
        forms.ActForm(request.POST, case=case),
        services.assess,
        done=_("Jawaban hukum diterima dan disimpan."),
        again=lambda form, status: case_page(request, form.case, status=status, act=form),
    )


def _depart(*, case: Case, user: Any, **told: Any) -> object:
    return services.assess(case=case, user=user, accept=False, **told)


depart = act_page(
    "assess",
    plain_form(forms.DepartForm),
    _depart,
    heading=_("Menilai berbeda dari jawaban hukum"),
    text=_(
        "Jalur dan tingkat menentukan cara pemeriksaan dan sanksi yang tersedia. Alasannya ikut tersimpan."
    ),
    label=_("Simpan penilaian"),
    done=_("Penilaian disimpan."),
)


# Who holds it, what is added -------------------------------------------------------------------------------------


def _simple(name: str, service: Any, done: Any) -> Any:
    """An act of a single button on the case's page."""

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


take = _simple("take", services.take, _("Anda kini memegang perkara ini."))
close = _simple("close", services.close, _("Perkara ditutup."))


def _assign_form(request: StaffRequest, case: Case, data: Any) -> forms.AssignForm:
    return forms.AssignForm(data, case=case, owners=selectors.possible_owners(case))


@act_view("assign")
@posted
def assign(request: StaffRequest, case: Case) -> HttpResponse:
    return carry_out(
        request,
        case,
        _assign_form(request, case, request.POST),
        services.assign,
        done=_("Pemegang ditetapkan."),
        again=lambda form, status: case_page(request, form.case, status=status, assign=form),
    )


reply = act_page(
    "reply",
    plain_form(forms.ReplyForm),
    services.reply,
    heading=_("Catat tanggapan tertulis terlapor"),
    text=_("Tanggapan disimpan dengan kata-kata terlapor sendiri dan dibaca sebelum perkara diputus."),
    label=_("Simpan tanggapan"),
    done=_("Tanggapan terlapor disimpan."),
)


@receives_files
@act_view("add_file")
@posted
def add_files(request: StaffRequest, case: Case) -> HttpResponse:
    taken = received_files(request)

    def add(**told: Any) -> object:
        with discarded_on_failure(taken):
            return services.add_files(files=taken, **told)

    return carry_out(
        request,
        case,
        forms.ActForm(request.POST, case=case),
        add,
        done=_("Berkas ditambahkan."),
        again=lambda form, status: case_page(request, form.case, status=status, file_form=form),
    )


# Letters ---------------------------------------------------------------------------------------------------------


@require_safe
@case_view(Right.CASES_VIEW)
def letter(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    """A letter as it was issued."""
    found = selectors.access_letter(user=request.user, number=case.number, pk=pk)
    return pdf_response(found, agency_key(case.agency))


@receives_files
@act_view("attach_scan")
@posted
def attach_scan(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    """The signed letter, scanned."""
    found = selectors.access_letter(user=request.user, number=case.number, pk=pk)
    taken = received_files(request, field="pindaian", limits=Limits(files=1))
    form = forms.ActForm(request.POST, case=case)

    def attach(**told: Any) -> object:
        with discarded_on_failure(taken):
            return services.attach_scan(letter=found, scan=next(iter(taken), None), **told)

    return carry_out(
        request,
        case,
        form,
        attach,
        done=_("Pindaian surat ditambahkan."),
        again=lambda form, status: case_page(request, form.case, status=status, act=form),
    )


def _replacing(name: str) -> Any:
    """A page with the words of a letter that may be set right."""

    @require_http_methods(["GET", "POST"])
    @act_view(name)
    def view(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
        found = selectors.access_replaceable(user=request.user, number=case.number, pk=pk, act=name)
        as_it_stands = wordings(found.kind, said(found, agency_key(case.agency)))

        def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
            context: dict[str, Any] = {
                "case": form.case,
                "form": form,
                "letter": found,
                "other_act": pages.OTHER_ACTS[found.kind],
                "open_here": True,
                "heading": _("Batalkan dan ganti surat"),
                "label": _("Ganti surat"),
            }
            template = "cases/staff/replace_letter.html"
            return render(request, template, context | pages.beside(form.case), status=status)

        def replace(**told: Any) -> object:
            return services.replace_letter(letter=found, **told)

        form = forms.ReplacementForm(request.POST or None, case=case, wordings=as_it_stands)
        if merely_opened(request):
            return page(form)
        return carry_out(
            request,
            case,
            form,
            replace,
            done=_("Surat diganti. Kirimkan penggantinya kepada penerima surat yang lama."),
            again=page,
        )

    return view


replace_letter = _replacing("replace_letter")
replace_decree = _replacing("replace_decree")


@require_safe
@case_view(Right.CASES_VIEW)
def file_page(request: StaffRequest, case: Case, pk: int, page: int) -> HttpResponse:
    """One page of a file as an image made anew, without metadata."""
    copy = selectors.access_copy(user=request.user, number=case.number, pk=pk, page=page)
    return image_response(copy, agency_key(case.agency), name=f"{case.number}-{pk}-{page}")
