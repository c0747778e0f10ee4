"""The officers' desk: one queue by due date, every report as a list, one search."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest, staff_view
from netral.accounts.rights import Right
from netral.accounts.selectors import officers
from netral.cases import selectors as case_files
from netral.cases.codes import Outcome, Track
from netral.cases.lifecycle import State as CaseState
from netral.cases.models import Case
from netral.intake import selectors as intake
from netral.intake.lifecycle import State
from netral.intake.models import Report
from netral.intake.selectors import Filters, Sight
from netral.intake.services import screening
from netral.roster.selectors import current_generation
from netral.ui import clock
from netral.ui.csv_files import csv_file
from netral.ui.days import read_month
from netral.ui.paging import Turn

from . import selectors


@require_safe
@staff_view(None)
def queue(request: StaffRequest) -> HttpResponse:
    if not request.user.has_right(Right.REPORTS_VIEW):
        return _without_reports(request)
    screening.screen_pending(agency=request.user.agency)
    desk = selectors.Queue(request.user)
    tabs = desk.tabs(_chosen_tab(request))
    tab = next(tab.key for tab in tabs if tab.current)
    focus = request.GET.get("fokus", "") if request.GET.get("fokus") in selectors.FOCUS else ""
    page = desk.page(tab, focus, Turn.of(request))
    context = {
        "tiles": desk.tiles(),
        "tabs": tabs,
        "tab": tab,
        "focus": selectors.FOCUS.get(focus, ""),
        "page": page,
        "rows": selectors.rows_of(page.rows),
        "today": clock.today(),
        "can_enter": request.user.has_right(Right.REPORTS_ENTER),
    }
    return render(request, "desk/queue.html", context)


def _chosen_tab(request: HttpRequest) -> str:
    wanted = request.GET.get("tab", "saya")
    return wanted if wanted in selectors.TABS else "saya"


def _without_reports(request: StaffRequest) -> HttpResponse:
    """For people who keep accounts or watch the register: no report, only whether each has someone to work on it."""
    agency = request.user.agency_id
    context = {
        "stuck": intake.count_without_officer(agency),
        "staffed": intake.has_handlers(agency),
        "has_roster": current_generation(agency) > 0,
        "manages_users": request.user.has_right(Right.USERS_MANAGE),
        "imports_roster": request.user.has_right(Right.ROSTER_IMPORT),
    }
    return render(request, "desk/without_reports.html", context)


@require_safe
@staff_view(Right.REPORTS_VIEW)
def reports(request: StaffRequest) -> HttpResponse:
    screening.screen_pending(agency=request.user.agency)
    filters = _filters(request)
    context = {
        "page": selectors.reports_page(request.user, filters, Turn.of(request)),
        "filters": filters,
        "states": State.choices,
        "kinds": Report.Kind.choices,
        "owners": officers(request.user),
        "can_enter": request.user.has_right(Right.REPORTS_ENTER),
        "export": urlencode({name: request.GET[name] for name in FILTER_NAMES if request.GET.get(name)}),
    }
    return render(request, "desk/reports.html", context)


FILTER_NAMES = ("keadaan", "jenis", "bulan", "pemegang")


def _filters(request: HttpRequest) -> Filters:
    """What the address asks for; a value that means nothing narrows nothing."""
    state, kind, month, owner = (request.GET.get(name, "") for name in FILTER_NAMES)
    return Filters(
        state=state if state in State.values else "",
        kind=kind if kind in Report.Kind.values else "",
        month=_month(month),
        owner=int(owner) if owner.isdecimal() and len(owner) < 10 else None,
    )


def _month(text: str) -> dt.date | None:
    try:
        return read_month(text)
    except ValueError:
        return None


COLUMNS = ("Nomor", "Jenis", "Saluran", "Keadaan", "Diterima", "Tenggat", "Pemegang")


@require_safe
@staff_view(Right.REPORTS_VIEW)
def export(request: StaffRequest) -> StreamingHttpResponse:
    """The list as CSV: numbers, states and dates; nothing of what was told."""
    found = intake.report_list(Sight(request.user), _filters(request))
    name = f"laporan-{request.user.agency.slug}-{clock.today():%Y%m%d}.csv"
    return csv_file(COLUMNS, map(_cells, found.iterator(chunk_size=2_000)), name)


def _cells(report: Report) -> tuple[object, ...]:
    return (
        report.number, report.get_kind_display(), report.get_channel_display(), report.get_state_display(),
        report.received_on, report.due, report.assignee,
    )  # fmt: skip


# Cases -------------------------------------------------------------------------------------------------------

CASE_FILTERS = ("tahap", "jalur", "hasil")
CASE_COLUMNS = ("Nomor", "Tahap", "Jalur", "Tingkat", "Hasil", "Dibuka", "Tenggat", "Pemegang")


@require_safe
@staff_view(Right.CASES_VIEW)
def cases(request: StaffRequest) -> HttpResponse:
    filters = _case_filters(request)
    context = {
        "page": selectors.cases_page(request.user, filters, Turn.of(request)),
        "selects": [
            ("tahap", _("Tahap"), CaseState.choices, filters.state),
            ("jalur", _("Jalur"), Track.choices, filters.track),
            ("hasil", _("Hasil"), Outcome.choices, filters.outcome),
        ],
        "export": urlencode({name: request.GET[name] for name in CASE_FILTERS if request.GET.get(name)}),
    }
    return render(request, "desk/cases.html", context)


def _case_filters(request: HttpRequest) -> case_files.Filters:
    state, track, outcome = (request.GET.get(name, "") for name in CASE_FILTERS)
    return case_files.Filters(
        state=state if state in CaseState.values else "",
        track=track if track in Track.values else "",
        outcome=outcome if outcome in Outcome.values else "",
    )


@require_safe
@staff_view(Right.CASES_VIEW)
def export_cases(request: StaffRequest) -> StreamingHttpResponse:
    """The list as CSV: numbers, stages and dates; nobody's name."""
    found = case_files.case_list(case_files.Sight(request.user), _case_filters(request))
    name = f"perkara-{request.user.agency.slug}-{clock.today():%Y%m%d}.csv"
    return csv_file(CASE_COLUMNS, map(_case_cells, found.iterator(chunk_size=2_000)), name)


def _case_cells(case: Case) -> tuple[object, ...]:
    return (
        case.number,
        case.get_state_display(),
        case.get_track_display(),
        case.get_level_display(),
        case.get_outcome_display(),
        case.opened_on,
        case.due,
        case.owner,
    )


# Search ------------------------------------------------------------------------------------------------------


@require_safe
@staff_view(Right.REPORTS_VIEW)
def search(request: StaffRequest) -> HttpResponse:
    screening.screen_pending(agency=request.user.agency)
    query = request.GET.get("q", "").strip()[:200]
    search = selectors.Search(request.user, query)
    if exact := search.exact_report():
        return redirect("reports:report", exact.number)
    case_hits = search.cases()
    for hit in case_hits:
        if hit.case.number == query.upper():
            return redirect("cases:case", hit.case.number)
    context = {
        "query": query,
        "case_hits": case_hits,
        "hits": search.reports(),
        "limit": selectors.SEARCH_LIMIT,
    }
    return render(request, "desk/search.html", context)
