"""Counts for officers, published figures for everyone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import Agency
from netral.cases.codes import Outcome
from netral.cases.lifecycle import State as CaseState
from netral.cases.selectors import count_cases
from netral.intake.acts import act_label
from netral.intake.lifecycle import State
from netral.intake.models import Report

from .models import Snapshot

Table = Mapping[str, int | None]


@dataclass(frozen=True)
class Figure:
    """One table of counts: how its cells are counted up to a day, zeros included, and how a reader finds each named."""

    title: str | Promise
    head: str | Promise  # over the cells' names
    count: Callable[[Agency, dt.date], dict[str, int]]
    label: Callable[[str], str | Promise]
    note: str | Promise = ""


def _reports(agency: Agency, until: dt.date) -> QuerySet[Report]:
    return Report.objects.filter(agency=agency, received_on__lte=until)


def _by_state(agency: Agency, until: dt.date) -> dict[str, int]:
    return dict.fromkeys(State.values, 0) | _by(_reports(agency, until).values_list("state"))


def _by_kind(agency: Agency, until: dt.date) -> dict[str, int]:
    return dict.fromkeys(Report.Kind.values, 0) | _by(_reports(agency, until).values_list("kind"))


def _by_act(agency: Agency, until: dt.date) -> dict[str, int]:
    told = _reports(agency, until).values_list("acts", flat=True)
    return dict(sorted(Counter(act for acts in told for act in acts).items()))


def _by_month(agency: Agency, until: dt.date) -> dict[str, int]:
    months = _reports(agency, until).annotate(month=TruncMonth("received_on")).order_by("month")
    return {f"{month:%Y-%m}": n for month, n in _by(months.values_list("month")).items()}


def _by(rows: QuerySet[Report, Any]) -> dict[Any, int]:
    return dict(rows.annotate(Count("id")))


def _stage_or_outcome(cell: str) -> str | Promise:
    return Outcome(cell).label if cell in Outcome.values else CaseState(cell).label


# By name, in the order in which they are shown.
FIGURES: Mapping[str, Figure] = {
    "state": Figure(_("Laporan menurut keadaan"), _("Keadaan"), _by_state, lambda cell: State(cell).label),
    "kind": Figure(_("Laporan menurut jenis"), _("Jenis"), _by_kind, lambda cell: Report.Kind(cell).label),
    "act": Figure(
        _("Laporan menurut dugaan perbuatan"),
        _("Dugaan perbuatan"),
        _by_act,
        act_label,
        _("Satu laporan dapat memuat beberapa dugaan perbuatan; jumlahnya dapat melebihi jumlah laporan."),
    ),
    "month": Figure(
        _("Laporan menurut bulan diterima"),
        _("Bulan"),
        _by_month,
        lambda cell: date_format(dt.date.fromisoformat(f"{cell}-01"), "F Y"),
    ),
    "case": Figure(
        _("Perkara menurut tahap dan hasil"),
        _("Tahap atau hasil"),
        lambda agency, until: count_cases(agency, until=until),
        _stage_or_outcome,
        _(
            "Perkara yang sudah selesai dihitung menurut hasilnya; satu laporan dapat menjadi beberapa perkara."
        ),
    ),
}


def count_reports(agency: Agency, *, until: dt.date) -> tuple[int, dict[str, dict[str, int]]]:
    """Reports received up to `until`: their number, and every figure."""
    tables = {name: figure.count(agency, until) for name, figure in FIGURES.items()}
    return sum(tables["state"].values()), tables


def latest_snapshot(agency: Agency) -> Snapshot | None:
    return Snapshot.objects.filter(agency=agency).order_by("-as_of").first()
