"""Who holds a case, and what is added to its file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.evidence.pages import image_response, received_files
from netral.evidence.uploads import discarded_on_failure, receives_files

from .. import forms, selectors, services
from ..acting import act_page, act_view, carry_out, case_view, plain_form, posted
from ..models import Case
from .case import button, case_page

take = button("take", services.take, _("Anda kini memegang perkara ini."))


@act_view("assign")
@posted
def assign(request: StaffRequest, case: Case) -> HttpResponse:
    return carry_out(
        request,
        case,
        forms.AssignForm(request.POST, case=case, owners=selectors.possible_owners(case)),
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
def add_file(request: StaffRequest, case: Case) -> HttpResponse:
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


@require_safe
@case_view(Right.CASES_VIEW)
def file_page(request: StaffRequest, case: Case, pk: int, page: int) -> HttpResponse:
    """One page of a file as an image made anew, without metadata."""
    copy = selectors.access_copy(user=request.user, number=case.number, pk=pk, page=page)
    return image_response(copy, agency_key(case.agency), name=f"{case.number}-{pk}-{page}")
