"""Who a report is about, and which reports are about the same: respondents and mergers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netral.accounts.access import StaffRequest, merely_opened
from netral.accounts.models import User
from netral.cases.models import Case
from netral.lawbook import conduct_kinds
from netral.roster.models import Official
from netral.roster.selectors import access_official, search_officials
from netral.ui.paging import Page

from . import selectors
from .acting import carry_out, confirm, report_view
from .acts import act_label
from .content import ReportBody
from .forms_staff import ActForm, CaseForm, MergeForm, ReasonForm, RespondentForm
from .lifecycle import EDITS, OPEN, TRANSITIONS
from .models import Report
from .services import casing, handling

SIMILAR_SHOWN = 20


@require_http_methods(["GET", "POST"])
@report_view(EDITS["name_respondent"].right)
def respondents(request: StaffRequest, report: Report) -> HttpResponse:
    """Search of the roster on GET; naming the chosen official on POST."""
    if merely_opened(request):
        return _picker(request, RespondentForm(report=report))

    def act(data: dict[str, Any]) -> None:
        official = access_official(user=request.user, pk=data["official"])
        handling.name_respondent(
            report=report, user=request.user, revision=data["revision"], official=official
        )

    return carry_out(
        request,
        report,
        RespondentForm(request.POST, report=report),
        act,
        done=_("Terlapor ditetapkan. Ia, dan siapa pun di bawahnya, tidak melihat laporan ini."),
        again=lambda form, status: _picker(request, form, status),
    )


def _picker(request: StaffRequest, form: ActForm, status: int = 200) -> HttpResponse:
    report, body = form.report, selectors.open_body(form.report).body
    query = request.GET.get("nama", "").strip()
    found = search_officials(request.user, query) if query else None
    if "nama" not in request.GET:
        query, found = _first_found(request.user, body)
    context = {
        "report": report,
        "form": form,
        "who": body.who,
        "name": query,
        "found": found,
        "named": list(selectors.active_respondents(report).values_list("official_id", flat=True)),
    }
    return render(request, "intake/staff/respondents.html", context, status=status)


def _first_found(user: User, body: ReportBody) -> tuple[str, Page[Official] | None]:
    """Looks for whom the reporter named: by NIP, else by name with post and office, then by less of it.

    The words that found somebody, else those that say most, and nobody.
    """
    named, post, office = body.who_name, body.who_role, body.who_office
    ways = [body.who_nip, *(" ".join(filter(None, way)) for way in (
        (named, post, office), (named, office), (named, post), (named,), (post, office),
    ))]  # fmt: skip
    tried = [way for way in dict.fromkeys(ways) if way]
    for query in tried:
        found = search_officials(user, query)
        if found.rows:
            return query, found
    return (tried[0], Page([], "", "")) if tried else ("", None)


@require_http_methods(["GET", "POST"])
@report_view(EDITS["withdraw_respondent"].right)
def withdraw(request: StaffRequest, report: Report, pk: int) -> HttpResponse:
    respondent = selectors.access_respondent(user=request.user, number=report.number, pk=pk)
    if respondent.withdrawn_on:
        raise Http404

    def act(data: dict[str, Any]) -> None:
        handling.withdraw_respondent(report=report, user=request.user, respondent=respondent, **data)

    return confirm(
        request,
        report,
        ReasonForm,
        act,
        heading=_("Cabut penetapan terlapor: %(name)s") % {"name": respondent.official},
        text=_("Penetapan tetap tercatat dalam riwayat sebagai dicabut."),
        label=_("Cabut penetapan"),
        done=_("Penetapan terlapor dicabut."),
    )


@require_http_methods(["GET", "POST"])
@report_view(TRANSITIONS["open_case"].right)
def open_case(request: StaffRequest, report: Report) -> HttpResponse:
    """Whom and what the cases are about, filled in from the report; opening them leads to the first."""
    body = selectors.open_body(report).body
    named = selectors.active_respondents(report).select_related("official")
    form = CaseForm(
        request.POST or None,
        report=report,
        respondents=[one.official for one in named],
        acts=[act for act in report.acts if act in conduct_kinds()],
        day=body.when_date,
    )

    def page(form: ActForm, status: int = 200) -> HttpResponse:
        context = {"report": form.report, "form": form, "body": body}
        return render(request, "intake/staff/case.html", context, status=status)

    def act(data: dict[str, Any]) -> None:
        opened.extend(
            casing.open_case(
                report=report,
                user=request.user,
                revision=data["revision"],
                respondents=form.respondents(),
                acts=form.alleged(),
                another_act=data["another_act"],
            )
        )

    if merely_opened(request):
        return page(form)
    opened: list[Case] = []
    answer = carry_out(request, report, form, act, done=_("Perkara dibuka."), again=page)
    return redirect("cases:case", opened[0].number) if opened else answer


@require_http_methods(["GET", "POST"])
@report_view(TRANSITIONS["merge"].right)
def merge(request: StaffRequest, report: Report) -> HttpResponse:
    """Search for the report of the same matter, both side by side, then the merger with its reason."""
    if not request.POST.get("into"):
        number = request.GET.get("dengan", "")
        return _compare(request, _merge_form(request, report, number)) if number else _choose(request, report)

    def act(data: dict[str, Any]) -> None:
        into = selectors.access_report(user=request.user, number=data.pop("into"))
        handling.merge(report=report, user=request.user, into=into, **data)

    return carry_out(
        request,
        report,
        MergeForm(request.POST, report=report),
        act,
        done=_("Laporan digabung."),
        again=lambda form, status: _compare(request, form, status),
    )


def _merge_form(request: StaffRequest, report: Report, number: str) -> MergeForm:
    into = selectors.access_report(user=request.user, number=number)
    return MergeForm(report=report, initial={"into": into.number})


def _compare(request: StaffRequest, form: ActForm, status: int = 200) -> HttpResponse:
    into = selectors.access_report(user=request.user, number=str(form["into"].value()))
    context = {"report": form.report, "into": into, "form": form, "pair": [_side(form.report), _side(into)]}
    return render(request, "intake/staff/merge.html", context, status=status)


def _side(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "body": selectors.open_body(report).body,
        "acts": list(map(act_label, report.acts)),
        "respondents": selectors.active_respondents(report).select_related("official"),
        "file_count": selectors.files_of(report).count(),
    }


def _choose(request: StaffRequest, report: Report) -> HttpResponse:
    """Open reports by number or name; without a query, those that name the same person."""
    query, sight = request.GET.get("q", "").strip(), selectors.Sight(request.user)
    named = selectors.saying(sight, query or selectors.open_body(report).body.who_name)
    numbered = selectors.numbered(sight, query) if query else named
    found = {
        other.pk: other
        for way in (numbered, named)
        for other in way.filter(state__in=OPEN).exclude(pk=report.pk)[:SIMILAR_SHOWN]
    }
    context = {"report": report, "query_other": query, "found": list(found.values())}
    return render(request, "intake/staff/merge.html", context)
