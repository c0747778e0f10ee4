"""Facts, what is alleged, and the law's answer: accepted, or departed from."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened

from .. import forms, pages, selectors, services
from ..acting import act_page, act_view, carry_out, plain_form
from ..content import Text
from ..models import Case
from ..sealed import Envelope
from .case import button


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


accept = button("assess", services.assess, _("Jawaban hukum diterima dan disimpan."))


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
