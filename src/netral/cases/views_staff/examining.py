"""Minutes, their signatures, and the report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened
from netral.accounts.selectors import deciding_authorities
from netral.evidence.pages import received_files
from netral.evidence.uploads import Limits, discarded_on_failure, receives_files
from netral.ui import clock

from .. import forms, law, pages, selectors, services
from ..acting import act_page, act_view, carry_out
from ..basis import articles_of
from ..codes import TeamKind
from ..letters import left_out
from ..lifecycle import ACTS
from ..models import Case
from ..sealed import Envelope


@require_http_methods(["GET", "POST"])
@act_view("hear")
def hear(request: StaffRequest, case: Case) -> HttpResponse:
    """A second button adds rows and keeps what was typed."""
    pairs, summons = _pairs(request), selectors.summons_of(case)
    asked: dict[str, Any] = {"case": case, "pairs": pairs, "called": summons and summons.hearing_day}

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context = {
            "case": form.case,
            "form": form,
            "pairs": pairs,
            "basis": articles_of("hear", form.case.track, clock.today()),
            "left_out": left_out(form.case, "hear"),
            **pages.beside(form.case),
        }
        return render(request, "cases/staff/hear.html", context, status=status)

    if merely_opened(request):
        day = min(summons.hearing_day, clock.today()) if summons else clock.today()
        return page(forms.HearingForm(initial={"day": day}, **asked))
    if "tambah" in request.POST:
        form = forms.HearingForm(initial=request.POST.dict(), **asked)
        form.begin_at(pairs - forms.FEWEST_EXCHANGES + 1)
        return page(form)
    done = _("Berita acara dibuat. Cetak, minta tanda tangan, lalu catat tanda tangannya di sini.")
    form = forms.HearingForm(request.POST, **asked)
    return carry_out(request, case, form, services.hear, done=done, again=page)


def _pairs(request: StaffRequest) -> int:
    """Rows of questions the page has; a few more where the button was pressed."""
    said = request.POST.get("pairs", "")
    pairs = int(said) if said.isdecimal() and len(said) < 4 else forms.FEWEST_EXCHANGES
    return min(pairs + forms.FEWEST_EXCHANGES * ("tambah" in request.POST), 60)


@receives_files
@require_http_methods(["GET", "POST"])
@act_view("sign_minutes")
def sign_minutes(request: StaffRequest, case: Case) -> HttpResponse:
    """The minutes as they came back from the hearing: signed, or the respondent refused."""

    def page(form: forms.ActForm, status: int = 200) -> HttpResponse:
        context = {
            "case": form.case,
            "form": form,
            "open_here": ACTS["sign_minutes"].open_in(form.case.state, form.case.track),
            "basis": articles_of("hear", form.case.track, clock.today()),
            "minutes": pages.minutes_letter(form.case),
            **pages.beside(form.case),
        }
        return render(request, "cases/staff/sign_minutes.html", context, status=status)

    if merely_opened(request):
        return page(forms.SigningForm(case=case))
    taken = received_files(request, field="pindaian", limits=Limits(files=1))

    def sign(**told: Any) -> object:
        with discarded_on_failure(taken):
            return services.sign_minutes(scan=next(iter(taken), None), **told)

    form = forms.SigningForm(request.POST, case=case)
    return carry_out(request, case, form, sign, done=_("Tanda tangan berita acara dicatat."), again=page)


def _report_form(request: StaffRequest, case: Case, data: Any) -> forms.ReportForm:
    acts = [(row.allegation, f"{row.label}, {row.days}") for row in pages.alleged(Envelope.of(case))]
    return forms.ReportForm(data, case=case, acts=acts, choices=_recommendable(case))


def _recommendable(case: Case) -> list[law.Choice]:
    """Every sanction the law offers here, whoever may impose it."""
    assessment, team = selectors.assessment_of(case), selectors.team_of(case)
    if assessment is None or team is None:
        return []
    offered = {
        code: None
        for authority in deciding_authorities()
        for code in law.sanctions_open(assessment, authority)
    }
    choices = [law.choice_of(code) for code in offered]
    return [choice for choice in choices if team.kind == TeamKind.TEAM or not choice.by_team_only]


report = act_page(
    "report",
    _report_form,
    services.report,
    heading=_("Laporan hasil pemeriksaan"),
    text=_("Laporan ini menjadi dasar pejabat yang berwenang memutus. Saran tidak mengikat."),
    label=_("Sampaikan laporan"),
    done=_("Laporan hasil pemeriksaan disampaikan."),
    template="cases/staff/lhp.html",
    beside=pages.beside_with_file,
)
