"""How an officer acts on a report: the door, the form, the service; and what happens where somebody was first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, View, merely_opened, staff_view

from . import pages, selectors
from .forms_staff import (
    ActForm,
)
from .lifecycle import TRANSITIONS
from .models import Report
from .services import screening
from .services.handling import OvertakenError

P = ParamSpec("P")
ReportView = Callable[Concatenate[StaffRequest, Report, P], HttpResponse]
Act = Callable[[dict[str, Any]], object]
Again = Callable[[ActForm, int], HttpResponse]
Words = str | Promise


def report_view(right: str) -> Callable[[ReportView[P]], View[Concatenate[str, P]]]:
    """A view of one report: right, then the conflict check; what is not screened yet is screened before."""

    def decorate(view: ReportView[P]) -> View[Concatenate[str, P]]:
        @wraps(view)
        def opened(request: StaffRequest, number: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            screening.screen_pending(agency=request.user.agency)
            report = selectors.access_report(user=request.user, number=number)
            return view(request, report, *args, **kwargs)

        return staff_view(right)(cast(Any, opened))

    return decorate


def posted(view: ReportView[P]) -> ReportView[P]:
    """An act has no page of its own: who comes by its address is led to the report's.

    Who typed for it before he had to sign in again comes by it with that (`accounts.unsent`), and `carry_out` shows it.
    """

    @wraps(view)
    def acted(request: StaffRequest, report: Report, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if merely_opened(request):
            return redirect("reports:report", report.number)
        return view(request, report, *args, **kwargs)

    return acted


def carry_out(
    request: StaffRequest,
    report: Report,
    form: ActForm,
    act: Act,
    *,
    done: Words | Callable[[], str],
    again: Again,
) -> HttpResponse:
    """Does `act` with the form's data; otherwise shows `again`: what was typed is kept, what is wrong is said."""
    if request.method != "POST":
        return again(form, 200)
    status = 422
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.take_errors(error)
        except OvertakenError:
            status = 409
        else:
            messages.success(request, str(done() if callable(done) else done))
            return _onward(request, report)
    # Every conditional update may have left a changed object behind; the page shows what the register holds.
    report = selectors.access_report(user=request.user, number=report.number)
    if status == 409:
        messages.warning(request, _who_was_first(report))
    form.catch_up(report)
    return again(form, status)


def _onward(request: StaffRequest, report: Report) -> HttpResponse:
    if selectors.Sight(request.user).sees(report):
        return redirect("reports:report", report.number)
    closed = _("Laporan %(number)s kini tertutup bagi Anda karena benturan kepentingan.")
    messages.info(request, closed % {"number": report.number})
    return redirect("desk:queue")


def _who_was_first(report: Report) -> str:
    act = selectors.last_act(report)
    name, what = pages.who_acted(act) if act else ("", "")
    return _(
        "Belum disimpan: laporan sudah berubah. Terakhir, %(name)s: %(what)s. "
        "Isian Anda masih ada; periksa, lalu kirim lagi bila masih perlu."
    ) % {"name": name, "what": what}


def confirm(
    request: StaffRequest,
    report: Report,
    form_class: type[ActForm],
    act: Act,
    *,
    heading: Words,
    text: Words,
    label: Words,
    done: Words,
) -> HttpResponse:
    """A page that says what will happen, asks for the reason, and does it."""

    def page(form: ActForm, status: int = 200) -> HttpResponse:
        context = {"report": form.report, "form": form, "heading": heading, "text": text, "label": label}
        return render(request, "intake/staff/confirm.html", context, status=status)

    if merely_opened(request):
        return page(form_class(report=report))
    return carry_out(request, report, form_class(request.POST, report=report), act, done=done, again=page)


def act_page(
    act: str, form_class: type[ActForm], service: Callable[..., object], **words: Words
) -> View[Concatenate[str, ...]]:
    """An act with a page of its own, which says what will happen and asks for the reason."""

    @require_http_methods(["GET", "POST"])
    @report_view(TRANSITIONS[act].right)
    def view(request: StaffRequest, report: Report) -> HttpResponse:
        def do(data: dict[str, Any]) -> None:
            service(report=report, user=request.user, **data)

        return confirm(request, report, form_class, do, **words)

    return view
