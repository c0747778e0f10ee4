"""Figures and the log for everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from netral.accounts.selectors import site_agency

from . import exports, selectors
from .presentation import charts


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    snapshot = selectors.latest_snapshot(site_agency())
    context = {"snapshot": snapshot, "charts": charts(snapshot.figures["tables"]) if snapshot else []}
    return render(request, "publication/public/statistics.html", context)


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    snapshot = selectors.latest_snapshot(site_agency())
    return exports.figures_csv(
        snapshot.figures["tables"] if snapshot else {}, snapshot.as_of if snapshot else None
    )


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "publication/public/register.html", exports.register_facts())


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    return exports.head_file()


@require_safe
def log_export(request: HttpRequest) -> HttpResponseBase:
    return exports.log_file(request)
