"""Referral of a case to another institution, or of what may be a crime beside it, and what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from .. import forms, law, pages, selectors, services
from ..acting import MakeForm, act_page, act_view, carry_out
from ..models import Case
from ..signing import leader


def _refer_form(receivers: Callable[[dt.date], Mapping[str, str]]) -> MakeForm:
    """To whom: those who receive on the day the form is shown."""
    return lambda request, case, data: forms.ReferForm(
        data, case=case, receivers=receivers(clock.today()), title=leader(request.user).title
    )


refer = act_page(
    "refer",
    _refer_form(law.receivers_of_cases),
    services.refer,
    heading=_("Teruskan perkara"),
    text=_(
        "Seluruh perkara diserahkan kepada lembaga lain tanpa kesimpulan tentang terlapor, dan selesai di sini; "
        "dapat diambil kembali dengan alasan."
    ),
    label=_("Teruskan"),
    done=_("Perkara diteruskan."),
)
refer_crime = act_page(
    "refer_crime",
    _refer_form(law.receivers_of_crimes),
    services.refer_crime,
    heading=_("Teruskan dugaan pidana"),
    text=_(
        "Hanya dugaan pidananya yang diteruskan. Perkara ini tetap berjalan dan tidak menunggu jawabannya."
    ),
    label=_("Teruskan"),
    done=_("Dugaan pidana diteruskan; suratnya ada pada halaman ini."),
)


@require_http_methods(["GET", "POST"])
@act_view("answer_crime")
def answer_crime(request: StaffRequest, case: Case, pk: int) -> HttpResponse:
    """What came back for one referral."""
    referral = selectors.access_crime_referral(user=request.user, number=case.number, pk=pk)

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "case": form.case,
            "form": form,
            "heading": _("Jawaban atas penerusan dugaan pidana"),
            "text": _("Diteruskan kepada %(to)s pada %(day)s.")
            % {"to": law.authority_label(referral.to), "day": tanggal(referral.day)},
            "label": _("Catat jawaban"),
            "open_here": True,
        }
        return render(request, "cases/staff/act.html", context | pages.beside(form.case), status=status)

    def answer(**told: Any) -> object:
        return services.answer_crime(referral=referral, **told)

    if merely_opened(request):
        return page(forms.CrimeAnswerForm(case=case, initial={"day": clock.today()}))
    form = forms.CrimeAnswerForm(request.POST, case=case)
    return carry_out(request, case, form, answer, done=_("Jawaban dicatat."), again=page)
