"""What officers bring in: reports that came another way, and files handed over later. And pages of files going out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.accounts.access import StaffRequest, staff_view
from netral.accounts.keys import agency_key
from netral.accounts.rights import Right
from netral.evidence.pages import image_response, received_files
from netral.evidence.uploads import discarded_on_failure, receives_files
from netral.sealing import group
from netral.ui.qr import qr_svg

from . import selectors
from .acting import carry_out, posted, report_view
from .acts import offered
from .forms_staff import ActForm, EntryForm
from .lifecycle import EDITS
from .models import Report
from .services import entry, handling
from .services.submission import Submitted
from .views_staff import report_page

# Forms sent without a receipt, by their code's first characters: a second submit finds its report.
REMEMBERED = "entered"


@require_http_methods(["GET", "POST"])
@staff_view(Right.REPORTS_ENTER)
def enter(request: StaffRequest) -> HttpResponse:
    """A report that came another way. The receipt is shown in the answer itself: its code is stored nowhere."""
    if request.method == "GET":
        return _entry_page(request, EntryForm(request.POST or None))
    form = EntryForm(request.POST)
    known = request.session.get(REMEMBERED, {})
    if number := known.get(request.POST.get("code", "")[:6]):
        return redirect("reports:report", number)
    submitted = _recorded(request, form) if form.is_valid() else None
    if submitted is None:
        return _entry_page(request, form, status=422)
    report, code = submitted.report, form.cleaned_data["code"]
    if submitted.receipt_text:
        context = {
            "submitted": submitted,
            "code": code,
            "qr": qr_svg(group(code)),
            "report": report,
            # Written out: the addresses of the public site are not among those of this one.
            "check_url": f"{settings.NETRAL_PUBLIC_URL}/cek/",
        }
        return render(request, "intake/staff/receipt.html", context)
    request.session[REMEMBERED] = {**known, code[:6]: report.number}
    messages.success(request, _("Laporan %(number)s dicatat.") % {"number": report.number})
    seen = selectors.Sight(request.user).sees(report)
    return redirect("reports:report", report.number) if seen else redirect("desk:queue")


def _entry_page(request: StaffRequest, form: EntryForm, status: int = 200) -> HttpResponse:
    return render(request, "intake/staff/entry.html", {"form": form} | offered(form.chosen), status=status)


def _recorded(request: StaffRequest, form: EntryForm) -> Submitted | None:
    try:
        return entry.enter_report(
            user=request.user,
            body=form.body(),
            contact=form.contact() or None,
            channel=form.cleaned_data["channel"],
            kind=form.cleaned_data["kind"],
            code=form.cleaned_data["code"] if form.cleaned_data["with_receipt"] else None,
        )
    except ValidationError as error:
        form.take_errors(error)
        return None


@receives_files
@report_view(EDITS["add_file"].right)
@posted
def add_files(request: StaffRequest, report: Report) -> HttpResponse:
    taken = received_files(request)

    def act(data: dict[str, Any]) -> None:
        with discarded_on_failure(taken):
            handling.add_files(report=report, user=request.user, revision=data["revision"], files=taken)

    return carry_out(
        request,
        report,
        ActForm(request.POST, report=report),
        act,
        done=_("Berkas ditambahkan."),
        again=lambda form, status: report_page(request, form.report, status=status, file_form=form),
    )


@require_safe
@report_view(Right.REPORTS_VIEW)
def file_page(request: StaffRequest, report: Report, pk: int, page: int) -> HttpResponse:
    """One page of a file as an image made anew, without metadata. The original stays sealed."""
    copy = selectors.access_copy(user=request.user, number=report.number, pk=pk, page=page)
    return image_response(copy, agency_key(report.agency), name=f"{report.number}-{pk}-{page}")
