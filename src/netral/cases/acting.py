"""How an officer acts on a case: the door, the form, the service; and what happens where somebody was first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, View, merely_opened, staff_view
from netral.ui import clock

from . import pages, selectors
from .basis import articles_of
from .forms import ActForm
from .letters import left_out
from .lifecycle import ACTS, PUT_OFF
from .models import Case
from .services import OvertakenError

P = ParamSpec("P")
CaseView = Callable[Concatenate[StaffRequest, Case, P], HttpResponse]
MakeForm = Callable[[StaffRequest, Case, Any], ActForm]
Again = Callable[[ActForm, int], HttpResponse]
Words = str | Promise


def case_view(*rights: str) -> Callable[[CaseView[P]], View[Concatenate[str, P]]]:
    """A view of one case: one of these rights, then agency and conflict of interest."""

    def decorate(view: CaseView[P]) -> View[Concatenate[str, P]]:
        @wraps(view)
        def opened(request: StaffRequest, number: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            case = selectors.access_case(user=request.user, number=number)
            return view(request, case, *args, **kwargs)

        return staff_view(*rights)(cast(Any, opened))

    return decorate


def act_view(name: str) -> Callable[[CaseView[P]], View[Concatenate[str, P]]]:
    """A view of one act of the lifecycle: its rights are those of the table."""
    return case_view(*sorted(ACTS[name].rights))


def posted(view: CaseView[P]) -> CaseView[P]:
    """An act has no page of its own: who comes by its address is led to the case's.

    Who typed for it before he had to sign in again comes by it with that (`accounts.unsent`), and `carry_out` shows it.
    """

    @wraps(view)
    def acted(request: StaffRequest, case: Case, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if merely_opened(request):
            return redirect("cases:case", case.number)
        return view(request, case, *args, **kwargs)

    return acted


def carry_out(
    request: StaffRequest,
    case: Case,
    form: ActForm,
    service: Callable[..., object],
    *,
    done: Words,
    again: Again,
) -> HttpResponse:
    """Hands the form to `service`; otherwise shows `again`: what was typed is kept, what is wrong is said."""
    if request.method != "POST":
        return again(form, 200)
    status = 422
    if form.is_valid():
        try:
            service(case=case, user=request.user, **form.arguments())
        except ValidationError as error:
            form.take_errors(error)
        except OvertakenError as error:
            messages.warning(request, _who_was_first(error))
            status = 409
        else:
            messages.success(request, str(done))
            return _onward(request, case)
    # Whatever was tried may have left a changed object behind; the page shows what the register holds.
    form.catch_up(selectors.access_case(user=request.user, number=case.number))
    return again(form, status)


def _onward(request: StaffRequest, case: Case) -> HttpResponse:
    if selectors.Sight(request.user).sees(case):
        return redirect("cases:case", case.number)
    raise PermissionDenied


def _who_was_first(error: OvertakenError) -> str:
    name, what = pages.who_acted(error.act) if error.act else ("", "")
    return _(
        "Belum disimpan: perkara sudah berubah. Terakhir, %(name)s: %(what)s. "
        "Isian Anda masih ada; periksa, lalu kirim lagi bila masih perlu."
    ) % {"name": name, "what": what}


def _put_off(case: Case, name: str) -> str:
    """How often this very act has put off the end of the case already; nothing for one that does not."""
    times = selectors.times_put_off([case.pk]).get(case.pk, {}) if name in PUT_OFF else {}
    return pages.put_off({act: number for act, number in times.items() if act == name})


def plain_form(form_class: type[ActForm]) -> MakeForm:
    """A form that needs nothing but the case."""
    return lambda _request, case, data: form_class(data, case=case)


def dated_form(form_class: type[ActForm], name: str) -> MakeForm:
    """One whose day `name` is today's unless the officer says otherwise."""
    return lambda _request, case, data: form_class(data, case=case, initial={name: clock.today()})


def act_page(
    name: str,
    make_form: MakeForm,
    service: Callable[..., object],
    *,
    heading: Words,
    label: Words,
    done: Words,
    text: Words = "",
    template: str = "cases/staff/act.html",
    beside: Callable[[Case], dict[str, Any]] = pages.beside,
) -> View[Concatenate[str, ...]]:
    """An act with a page of its own, which says what will happen, asks for what is needed, and does it."""

    @require_http_methods(["GET", "POST"])
    @act_view(name)
    def view(request: StaffRequest, case: Case) -> HttpResponse:
        def page(form: ActForm, status: int = 200) -> HttpResponse:
            context = {"case": form.case, "form": form, "heading": heading, "text": text, "label": label}
            open_here = ACTS[name].open_in(form.case.state, form.case.track)
            told = {
                "open_here": open_here,
                "basis": articles_of(name, form.case.track, clock.today()),
                "left_out": left_out(form.case, name),
                "put_off": _put_off(form.case, name),
                **beside(form.case),
            }
            return render(request, template, context | told, status=status)

        if merely_opened(request):
            return page(make_form(request, case, None))
        return carry_out(
            request, case, make_form(request, case, request.POST), service, done=done, again=page
        )

    return view
