"""The invented regency and its reports: the same each time, valid, and of nobody in this world."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from netral.config import demo_people, demo_reports
from netral.intake.lifecycle import ClosingReason, State
from netral.intake.models import Report
from netral.lawbook import reportable_kinds
from netral.linkage.names import NipKind, parse_nip
from netral.roster import selectors
from netral.roster.rows import read_sheet
from netral.roster.services import import_roster
from netral.roster.tables import read_table

DEMO_DAY = date(2024, 10, 20)


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    first = demo_people.roster_csv()
    demo_people.officials.cache_clear()
    assert demo_people.roster_csv() == first
    assert demo_people.roster_csv(seed=1) != first


def test_forty_units_hold_three_thousand_officials_each_with_a_head() -> None:
    people = demo_people.officials()
    assert len(demo_people.units()) == 40
    assert len(people) == len({person.nip for person in people}) == 3000
    assert Counter(person.unit.code for person in people if person.head) == Counter(
        unit.code for unit in demo_people.units()
    )
    assert sum(person.role == "camat" for person in people) == 12


def test_every_nip_fits_the_person_it_was_made_for() -> None:
    for person in demo_people.officials():
        if person.status != "Non-ASN":
            nip = parse_nip(person.nip, latest_year=2024)
            assert nip.sex == person.sex
            assert (nip.kind == NipKind.PPPK) == (person.status == "PPPK")


def test_the_import_accepts_every_row() -> None:
    sheet = read_sheet(read_table(demo_people.roster_csv()), known_units={}, on=DEMO_DAY)
    assert sheet.errors == []
    assert {entry.name for entry in sheet.entries.values()} == {p.bare_name for p in demo_people.officials()}


def test_names_come_from_many_regions_and_some_are_one_word() -> None:
    words = Counter(len(person.bare_name.split()) for person in demo_people.officials())
    assert words[1] > 100
    assert words[3] > 100
    assert len({person.bare_name for person in demo_people.officials()}) > 1500


def test_the_demo_is_loaded_by_the_import_itself(officer: Any, agency: Any) -> None:
    user = officer("administrator")
    applied = import_roster(user=user, data=demo_people.roster_csv(), file_name="pegawai.csv")
    assert applied.added == 3000
    assert selectors.officials(agency.pk).count() == 3000
    assert selectors.roster_is_as_imported(agency.pk)


def test_sixty_reports_stand_in_every_state_and_come_every_way() -> None:
    reports = demo_reports.demo_reports()
    assert len(reports) == 60
    # A report becomes a case only once the demonstration's cases are opened (`test_demo`).
    assert {report.state for report in reports} == set(State.values) - {State.CASE}
    assert {report.channel for report in reports} == set(Report.Channel.values)
    assert {report.kind for report in reports} == set(Report.Kind.values)
    demo_reports.demo_reports.cache_clear()
    assert demo_reports.demo_reports() == reports


def test_every_report_could_have_been_sent() -> None:
    known, people = reportable_kinds().codes, {person.nip for person in demo_people.officials()}
    for report in demo_reports.demo_reports():
        assert report.acts
        assert set(report.acts) <= set(known)
        assert report.story
        assert "{" not in report.story
        assert date(2024, 8, 1) <= (report.when_date or DEMO_DAY) <= report.received_on <= DEMO_DAY or (
            report.when_date is None and report.received_on <= DEMO_DAY
        )
        assert report.respondent_nip in people | {""}


def test_a_reports_end_has_its_reason() -> None:
    reports = demo_reports.demo_reports()
    for report in reports:
        assert (report.closing_reason in ClosingReason.values) == (report.state == State.CLOSED)
        assert (report.merged_into is not None) == (report.state == State.MERGED)
        assert not (report.state == State.WAITING and not report.messages)
        if report.merged_into is not None:
            assert set(report.acts) <= set(reports[report.merged_into].acts)
            assert reports[report.merged_into].state != State.MERGED


def test_no_report_names_a_party_a_candidate_or_a_real_address() -> None:
    for report in demo_reports.demo_reports():
        told = f"{report.story} {report.where} {' '.join(message.text for message in report.messages)}"
        assert not re.search(r"\b(nomor urut|paslon|partai [A-Z])", told)
        assert not re.search(r"pasangan calon (?![AB]\b)", told)
        assert not report.link or report.link.startswith("https://medsos.example/")
