"""Counts for officers, published figures for everyone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
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
TITLES = {
    "state": _("Laporan menurut keadaan"),
    "kind": _("Laporan menurut jenis"),
    "act": _("Laporan menurut dugaan perbuatan"),
    "month": _("Laporan menurut bulan diterima"),
    "case": _("Perkara menurut tahap dan hasil"),
}
NOTES = {
    "case": _(
        "Perkara yang sudah selesai dihitung menurut hasilnya; satu laporan dapat menjadi beberapa perkara."
    ),
    "act": _("Satu laporan dapat memuat beberapa dugaan perbuatan; jumlahnya dapat melebihi jumlah laporan."),
}


def count_reports(agency: Agency, *, until: dt.date) -> tuple[int, dict[str, dict[str, int]]]:
    """Reports received up to `until`: their number, and per table the count of every cell, zeros included.

    Beside them stand the cases opened up to then: the open ones by stage, the others by how they ended.
    """
    reports = Report.objects.filter(agency=agency, received_on__lte=until)
    tables = {
        "state": dict.fromkeys(State.values, 0) | _by(reports.values_list("state").annotate(Count("id"))),
        "kind": dict.fromkeys(Report.Kind.values, 0) | _by(reports.values_list("kind").annotate(Count("id"))),
        "act": dict(
            sorted(Counter(act for acts in reports.values_list("acts", flat=True) for act in acts).items())
        ),
        "month": {
            f"{month:%Y-%m}": n
            for month, n in reports.annotate(month=TruncMonth("received_on"))
            .values_list("month")
            .annotate(Count("id"))
            .order_by("month")
        },
    }
    return sum(tables["state"].values()), tables | {"case": count_cases(agency, until=until)}


def _by(rows: object) -> dict[str, int]:
    return dict(rows)  # type: ignore[call-overload, no-any-return]


def latest_snapshot(agency: Agency) -> Snapshot | None:
    return Snapshot.objects.filter(agency=agency).order_by("-as_of").first()


def cell_label(table: str, cell: str) -> str:
    """The cell's name for a reader."""
    match table:
        case "state":
            return str(State(cell).label)
        case "kind":
            return str(Report.Kind(cell).label)
        case "act":
            return act_label(cell)
        case "case":
            words = Outcome(cell).label if cell in Outcome.values else CaseState(cell).label
            return str(words)
        case _:
            return date_format(dt.date.fromisoformat(f"{cell}-01"), "F Y")
