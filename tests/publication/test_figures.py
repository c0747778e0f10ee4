"""Weekly figures: published from snapshots, small cells suppressed, officers see their own in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from netral.audit.check import check_register
from netral.intake.lifecycle import State
from netral.publication.models import Snapshot
from netral.publication.services import last_full_week, refresh_snapshots
from netral.sealing import SigningKey


@pytest.mark.parametrize(
    ("today", "sunday"),
    [("2024-10-20", "2024-10-13"), ("2024-10-21", "2024-10-20"), ("2024-10-26", "2024-10-20")],
)
def test_a_week_is_published_once_its_sunday_has_passed(today: str, sunday: str) -> None:
    assert last_full_week(dt.date.fromisoformat(today)) == dt.date.fromisoformat(sunday)


@pytest.fixture
def reports(make_report: Callable[..., Any], demo_date: dt.date) -> None:
    for day in (1, 2, 3, 4, 5, 6, 7):
        make_report(received_on=dt.date(2024, 9, day), acts=["like_post"])
    for day in (1, 2):
        make_report(received_on=dt.date(2024, 10, day), acts=["photo_with_sign"])
    make_report(received_on=dt.date(2024, 10, 18), acts=["like_post"])  # this week: not yet published


def test_a_snapshot_counts_the_past_weeks_and_hides_small_cells(reports: None, agency: Any) -> None:
    assert refresh_snapshots() == 1
    figures = Snapshot.objects.get(agency=agency).figures
    assert figures["total"] == 9
    assert figures["tables"]["month"] == {"2024-09": None, "2024-10": None}
    assert figures["tables"]["state"][State.RECEIVED] == 9
    assert refresh_snapshots() == 0


@pytest.mark.parametrize("column", ["figures = '{}'", "hidden = '{}'", "as_of = '2024-10-06'"])
def test_published_figures_stay(reports: None, column: str) -> None:
    refresh_snapshots()
    with connection.cursor() as cursor:
        for sql in (f"UPDATE publication_snapshot SET {column}", "DELETE FROM publication_snapshot"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE publication_snapshot SET figures = '{}'", "diubah di luar log"),
        ("DELETE FROM publication_snapshot", "tercatat dalam log tetapi hilang dari register"),
    ],
)
def test_figures_that_the_databases_owner_takes_back_are_told(reports: None, sql: str, told: str) -> None:
    refresh_snapshots()
    subject = Snapshot.objects.get().subject
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in [g for g in guards_of(cursor) if g.startswith("publication_snapshot")]:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE publication_snapshot DISABLE TRIGGER USER")
        cursor.execute(sql)
        assert cursor.rowcount == 1
    problems = {str(problem) for problem in check_register(SigningKey.generate().public)}
    assert f"{subject}: {told}" in problems


def guards_of(cursor: Any) -> list[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return [name for (name,) in cursor.fetchall()]


def test_the_public_page_shows_the_snapshot_and_never_a_small_number(
    reports: None, agency: Any, public_client: Client, settings: Any
) -> None:
    assert "Belum ada angka" in public_client.get("/angka/").content.decode()
    settings.SITE = "worker"  # which alone makes them: the public process holds no secret order
    refresh_snapshots()
    settings.SITE = "public"
    page = public_client.get("/angka/").content.decode()
    assert "9 laporan diterima" in page
    assert page.count("disamarkan</small>") == 2  # both months, the one with 7 reports too
    assert "2 dugaan perbuatan disamarkan" in page
    assert "<li>Menyukai unggahan dukungan</li>" in page
    csv = public_client.get("/angka/unduh.csv").getvalue().decode()
    assert "month,Oktober 2024,,1,2024-10-13" in csv
    assert "state,Diterima,9,0,2024-10-13" in csv


def test_officers_see_their_agency_in_full_and_no_other(
    reports: None, officer: Callable[..., Any], foreign_officer: Any, staff_client: Callable[..., Client]
) -> None:
    own = staff_client(officer("pimpinan")).get("/statistik/").content.decode()
    assert "10 laporan dalam register" in own
    assert "0 laporan dalam register" in staff_client(foreign_officer).get("/statistik/").content.decode()
