"""Figures in full for the agency's officers, and the state of the register."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest, staff_view
from netral.accounts.rights import Right
from netral.audit.selectors import latest_check
from netral.ui import clock

from . import exports, selectors
from .presentation import charts


@require_safe
@staff_view(Right.STATISTICS_VIEW)
def statistics(request: StaffRequest) -> HttpResponse:
    total, tables = selectors.count_reports(request.user.agency, until=clock.today())
    context = {
        "total": total,
        "charts": charts(tables),
        "published": selectors.latest_snapshot(request.user.agency),
    }
    return render(request, "publication/staff/statistics.html", context)


@require_safe
@staff_view(Right.STATISTICS_VIEW)
def statistics_csv(request: StaffRequest) -> HttpResponseBase:
    _, tables = selectors.count_reports(request.user.agency, until=clock.today())
    return exports.figures_csv(tables, clock.today())


@require_safe
@staff_view(Right.LOG_VIEW)
def register(request: StaffRequest) -> HttpResponse:
    context = exports.register_facts() | {"check": latest_check()}
    return render(request, "publication/staff/register.html", context)


@require_safe
@staff_view(Right.LOG_VIEW)
def head(request: StaffRequest) -> HttpResponse:
    return exports.head_file()


@require_safe
@staff_view(Right.LOG_VIEW)
def log_export(request: StaffRequest) -> HttpResponseBase:
    return exports.log_file(request)
