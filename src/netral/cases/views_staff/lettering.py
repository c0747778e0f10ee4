"""Letters as they were issued, their scans, and others in their place."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.accounts.access import StaffRequest, merely_opened
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.documents.correcting import wordings
from netral.documents.pages import pdf_response
from netral.documents.selectors import said
from netral.evidence.pages import received_files
from netral.evidence.uploads import Limits, discarded_on_failure, receives_files

from .. import forms, pages, selectors, services
from ..acting import act_view, carry_out, case_view, posted
from ..models import Case
from .case import case_page


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
