"""Every page of the desk opens, says what it should, and keeps to a constant number of queries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from netral.cases.codes import Outcome
from netral.cases.lifecycle import State as CaseState
from netral.cases.selectors import Stage
from netral.intake.lifecycle import State
from netral.intake.models import Report
from netral.intake.pages import track_of
from netral.intake.requirements import requirements
from netral.intake.services import handling, screening
from netral.intake.status_words import status_words
from netral.ui.paging import FIRST, PAGE, Turn
from netral.worklist.models import WorkItem

TODAY = dt.date(2024, 10, 20)


@pytest.fixture
def report(make_report: Callable[..., Report], agency: Any) -> Report:
    made = make_report(
        who_name="Kusuma Wardaya", who_role="Camat", story="Mengajak warga memilih pasangan calon A."
    )
    screening.screen_pending(agency=agency)
    made.refresh_from_db()
    return made


PAGES = ("", "cetak/", "terlapor/", "terlapor/?nama=kusuma", "gabung/", "tutup/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_report_opens(
    report: Report, roster: Any, owner: Any, staff_client: Any, page: str
) -> None:
    assert staff_client(owner).get(f"/laporan/{report.number}/{page}").status_code == 200


@pytest.mark.parametrize("tab", ["saya", "tim", "menunggu", "tanpa-pemegang", "apa-saja"])
def test_the_queue_opens_on_every_tab(report: Report, owner: Any, staff_client: Any, tab: str) -> None:
    assert staff_client(owner).get(f"/?tab={tab}").status_code == 200


def test_what_waits_for_a_case_lies_with_whoever_may_open_one(
    report: Report, officer: Callable[..., Any], staff_client: Any
) -> None:
    clerk, coordinator = officer("petugas"), officer("koordinator")
    handling.start_study(report=report, user=clerk, revision=report.revision)
    met = dict.fromkeys(requirements(), "terpenuhi")
    handling.save_study(report=report, user=clerk, revision=report.revision, items=met, note="")
    handling.complete_study(report=report, user=clerk, revision=report.revision)
    assert report.number not in staff_client(clerk).get("/?tab=saya").content.decode()
    assert report.number in staff_client(coordinator).get("/?tab=saya").content.decode()
    told = staff_client(clerk).get(f"/laporan/{report.number}/").content.decode()
    assert "Yang dapat membukanya" in told
    assert str(coordinator) in told


def test_the_report_page_shows_what_was_told(report: Report, owner: Any, staff_client: Any) -> None:
    page = staff_client(owner).get(f"/laporan/{report.number}/").content.decode()
    assert "Mengajak warga memilih" in page
    assert "Kajian awal belum dimulai" in page


@pytest.mark.parametrize(
    "address",
    ["/", "/?tab=tim", "/?tab=tim&fokus=baru", "/laporan/", "/laporan/?keadaan=diterima", "/cari/?q=kusuma"],
)
def test_queries_do_not_grow_with_the_reports(
    make_report: Callable[..., Report], agency: Any, owner: Any, staff_client: Any, address: str
) -> None:
    """Asked with a few on one page, and with more than a page: then the first has another after it."""

    def queries(reports: int) -> int:
        for _ in range(reports):
            make_report(who_name="Kusuma Wardaya")
        screening.screen_pending(agency=agency, limit=100)
        WorkItem.objects.update(owner=owner)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        assert page.content.decode().count("data-row>") == min(Report.objects.count(), PAGE)
        return len(asked)

    client = staff_client(owner)
    client.get(address)
    assert queries(5) == queries(PAGE)


def test_a_report_is_found_by_number_name_and_nip(
    make_report: Callable[..., Report], agency: Any, owner: Any, staff_client: Any, roster: dict[str, Any]
) -> None:
    named = make_report(who_name="Raden Koesoema Wardaya", who_nip="19750615 200012 1 002")
    other = make_report(who_name="Orang Lain")
    screening.screen_pending(agency=agency)
    client = staff_client(owner)

    def found(query: str) -> str:
        return client.get("/cari/", {"q": query}).content.decode()

    assert client.get("/cari/", {"q": named.number.lower()})["Location"] == f"/laporan/{named.number}/"
    prefix = found(named.number[:8])
    assert named.number in prefix
    assert other.number in prefix
    for query in ("kusuma wardaya", "197506152000121002"):
        assert named.number in found(query)
        assert other.number not in found(query)
    assert "Tidak ditemukan" in found("Tiada Nama")


def test_a_named_respondent_is_found_by_the_rosters_name(
    make_report: Callable[..., Report], owner: Any, staff_client: Any, roster: dict[str, Any]
) -> None:
    report = make_report(who_name="")
    handling.name_respondent(report=report, user=owner, revision=1, official=roster["198209252006042003"])
    assert report.number in staff_client(owner).get("/cari/?q=halimah").content.decode()


def test_the_export_holds_no_content_and_no_formula(
    make_report: Callable[..., Report], officer: Callable[..., Any], agency: Any, staff_client: Any
) -> None:
    sly = officer("pemeriksa", full_name="=HYPERLINK(1)")
    report = make_report(story="Rahasia sekali.")
    screening.screen_pending(agency=agency)
    handling.take(report=Report.objects.get(pk=report.pk), user=sly, revision=1)
    response = staff_client(sly).get("/laporan/ekspor.csv")
    text = b"".join(response.streaming_content).decode()
    assert report.number in text
    assert "'=HYPERLINK(1)" in text
    assert "Rahasia" not in text


def test_pages_of_the_queue_follow_each_other_without_gap_or_repeat(
    make_report: Callable[..., Report], agency: Any, owner: Any
) -> None:
    from netral.desk.selectors import Queue

    for _ in range(7):
        make_report()
    screening.screen_pending(agency=agency)
    queue = Queue(owner)
    first = queue.page("tim", "", FIRST, size=4)
    second = queue.page("tim", "", Turn(after=first.after), size=4)
    seen = [item.pk for page in (first, second) for item in page.rows]
    assert sorted(seen) == sorted(WorkItem.objects.values_list("pk", flat=True))
    back = queue.page("tim", "", Turn(before=second.before), size=4)
    assert [item.pk for item in back.rows] == [item.pk for item in first.rows]


def test_nothing_waits_without_a_day(report: Report) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.update(due=None)


def test_the_last_digits_of_a_number_find_its_report(report: Report, owner: Any, staff_client: Any) -> None:
    sequence = report.number.rpartition("-")[2]
    for said in (sequence, sequence.lstrip("0")):
        assert report.number in staff_client(owner).get("/cari/", {"q": said}).content.decode()
    assert report.number not in staff_client(owner).get("/cari/", {"q": "9999"}).content.decode()


def test_whom_the_reporter_named_is_looked_for_at_once_with_post_and_office(
    make_report: Callable[..., Report], roster: Any, owner: Any, staff_client: Any
) -> None:
    def found(**told: str) -> tuple[str, list[str]]:
        number = make_report(**told).number
        page = staff_client(owner).get(f"/laporan/{number}/terlapor/").content.decode()
        words = re.search(r'name="nama"\s+type="search"\s+value="([^"]*)"', page)
        return words[1] if words else "", re.findall(r"<tr data-row><td><strong>([^<]*)", page)

    screening.screen_pending(agency=owner.agency)
    kusuma = ["Raden Kusuma Wardaya, S.Sos."]
    assert found(who_name="Kusuma", who_role="Camat") == ("Kusuma Camat", kusuma)
    assert found(who_name="Kusuma", who_role="Lurah", who_office="Sukamaju") == ("Kusuma Sukamaju", kusuma)
    assert found(who_name="Kusuma", who_role="Lurah", who_office="Puskesmas") == ("Kusuma", kusuma)
    assert found(who_role="Camat") == ("Camat", kusuma)
    assert found(who_name="Orang", who_nip="19750615 200012 1 002") == ("19750615 200012 1 002", kusuma)
    assert found(who_name="Tiada", who_role="Lurah") == ("Tiada Lurah", [])
    assert found() == ("", [])


def test_a_month_is_typed_where_a_browser_has_no_list_of_them(
    make_report: Callable[..., Report], owner: Any, staff_client: Any
) -> None:
    now, before = make_report(received_on=TODAY), make_report(received_on=dt.date(2024, 9, 30))
    for typed in ("2024-10", "Oktober 2024"):
        page = staff_client(owner).get("/laporan/", {"bulan": typed}).content.decode()
        assert (f"/laporan/{now.number}/" in page, f"/laporan/{before.number}/" in page) == (True, False)


def test_rows_of_the_queue_have_names_of_their_own(
    make_report: Callable[..., Report], owner: Any, staff_client: Any
) -> None:
    made = [make_report() for _ in range(3)]
    page = staff_client(owner).get("/?tab=tim").content.decode()
    links = re.findall(r'<a class="row-link"[^>]*>(.*?)</a>', page)
    names = [re.sub(r"<[^>]*>", "", link) for link in links]
    assert sorted(names) == sorted(f"Kajian awal belum dimulai, {report.number}" for report in made)


def test_a_key_is_offered_to_who_may_use_it(
    report: Report, officer: Callable[..., Any], staff_client: Any
) -> None:
    for role, offered in (("petugas", True), ("pimpinan", False)):
        for page in ("/?tab=tim", "/laporan/"):
            html = staff_client(officer(role)).get(page).content.decode()
            keys = html.partition('<p class="keys no-print">')[2].partition("</p>")[0]
            assert ("<kbd>N</kbd> catat laporan" in keys) == offered
            assert "<kbd>?</kbd>" in keys


def test_an_empty_register_says_what_its_administrator_does_first(
    agency: Any, officer: Callable[..., Any], staff_client: Any
) -> None:
    administrator = staff_client(officer("administrator"))
    page = administrator.get("/").content.decode()
    assert 'href="/pengguna/baru/"' in page
    assert 'href="/pegawai/impor/"' in page
    assert "memiliki petugas tanpa benturan" not in page
    officer("pemeriksa")
    page = administrator.get("/").content.decode()
    assert 'href="/pengguna/baru/"' not in page
    assert "memiliki petugas tanpa benturan" in page


def test_after_a_search_the_keys_are_free_for_its_rows(
    report: Report, owner: Any, staff_client: Any, roster: dict[str, Any]
) -> None:
    def page(query: str) -> str:
        return str(staff_client(owner).get(f"/laporan/{report.number}/terlapor/{query}").content.decode())

    assert "autofocus" in page("?nama=")
    assert "autofocus" in page("?nama=tiada")
    for query in ("", "?nama=halimah"):  # whom the reporter named is looked for at once
        assert "data-row" in page(query)
        assert "autofocus" not in page(query)


def test_a_report_closed_after_its_study_shows_where_it_has_been(
    report: Report, owner: Any, staff_client: Any
) -> None:
    handling.start_study(report=report, user=owner, revision=report.revision)
    data = {"closing_reason": "tanpa_petunjuk", "reason": "Tidak ada petunjuk."}
    handling.close(report=report, user=owner, revision=report.revision, **data)
    way = [(step.label, step.state) for step in track_of(report)]
    assert way == [("Diterima", "done"), ("Kajian awal", "done"), ("Ditutup", "now")]


@pytest.mark.parametrize(
    ("stages", "way", "label"),
    [
        ([(CaseState.REPORT, None)], ("Menjadi perkara", ""), "Menjadi perkara"),
        ([(CaseState.CLOSED, Outcome.MORAL)], ("Selesai", "Sanksi moral"), "Perkara selesai: sanksi moral"),
        (
            [(CaseState.CLOSED, Outcome.MORAL), (CaseState.DELIVERY, Outcome.NOT_PROVEN)],
            ("Menjadi perkara", ""),
            "Menjadi perkara",
        ),
        (
            [(CaseState.CLOSED, Outcome.MORAL), (CaseState.CLOSED, Outcome.NOT_PROVEN)],
            ("Selesai", "Sanksi moral, Tidak terbukti"),
            "Perkara selesai: sanksi moral, tidak terbukti",
        ),
    ],
)
def test_how_the_cases_of_a_report_ended_is_shown_to_both_sides(
    stages: list[tuple[CaseState, Outcome | None]], way: tuple[str, str], label: str
) -> None:
    report = Report(state=State.CASE, received_on=TODAY)
    cases = [Stage(*stage) for stage in stages]
    last = track_of(report, cases)[-1]
    assert (last.label, last.note, last.state) == (*way, "now")
    words = status_words(report, answered=False, today=TODAY, cases=cases)
    assert words.label == label
    assert [step.state for step in words.steps][-1] == ("now" if label == "Menjadi perkara" else "done")


def test_a_report_closed_at_once_is_not_said_to_have_been_studied(
    report: Report, owner: Any, staff_client: Any
) -> None:
    data = {"closing_reason": "tanpa_petunjuk", "reason": "Tidak ada petunjuk."}
    handling.close(report=report, user=owner, revision=report.revision, **data)
    assert [step.label for step in track_of(report)] == ["Diterima", "Ditutup"]
    steps = status_words(report, answered=False, today=report.received_on).steps
    assert [(step.label, step.state) for step in steps] == [
        ("Diterima dan dicatat", "done"),
        ("Selesai", "done"),
    ]
