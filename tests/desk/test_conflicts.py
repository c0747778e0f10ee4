"""Whoever is accused, or serves under someone who is, sees nothing: no page, file, list, count, search or export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netral.desk.selectors import Queue, Search, nav_counts
from netral.intake.models import Report
from netral.intake.selectors import count_without_officer, reports_visible_to
from netral.intake.services import handling, screening

CAMAT, SECTION_HEAD, CLERK, AUDITOR = (
    "197506152000121002",
    "198209252006042003",
    "199004182015051001",
    "198711302010122001",
)


@pytest.fixture
def people(officer: Callable[..., Any], roster: dict[str, Any]) -> dict[str, Any]:
    """Officers who also stand in the roster: the camat himself, the clerk two levels below him, someone elsewhere."""
    users = {nip: officer("pemeriksa", username=f"u{nip}") for nip in (CAMAT, CLERK, AUDITOR)}
    for nip, user in users.items():
        type(roster[nip]).objects.filter(pk=roster[nip].pk).update(account=user)
    return users


def addresses(report: Report, file_pk: int, respondent_pk: int) -> list[str]:
    base = f"/laporan/{report.number}/"
    return [
        base,
        f"{base}cetak/",
        f"{base}terlapor/",
        f"{base}terlapor/{respondent_pk}/cabut/",
        f"{base}gabung/",
        f"{base}tutup/",
        f"{base}berkas/{file_pk}/1/",
    ]


POSTS = (
    "ambil",
    "mulai",
    "lanjut",
    "kajian",
    "tanya",
    "dibaca",
    "jenis",
    "terlapor",
    "gabung",
    "tutup",
    "berkas",
)


def assert_does_not_exist_for(
    user: Any, client: Any, report: Report, *, file_pk: int, respondent_pk: int
) -> None:
    for address in addresses(report, file_pk, respondent_pk):
        assert client.get(address).status_code == 404, address
    for name in POSTS:
        assert client.post(f"/laporan/{report.number}/{name}/", {"revision": 1}).status_code == 404, name
    assert report.number not in client.get("/?tab=tim").content.decode()
    assert report.number not in client.get("/laporan/").content.decode()
    assert report.number not in b"".join(client.get("/laporan/ekspor.csv").streaming_content).decode()
    for query in (report.number, report.number[:-1], "Kusuma Wardaya", CAMAT):
        assert "data-row" not in client.get("/cari/", {"q": query}).content.decode().partition("<table")[2], (
            query
        )
    assert not Search(user, "Kusuma Wardaya").reports()
    assert not Queue(user).items("tim").exists()
    assert [tile.number for tile in Queue(user).tiles()] == [0, 0, 0, 0]
    assert nav_counts(user) == {"queue": 0, "reports": 0, "cases": 0}


@pytest.mark.parametrize("nip", [CAMAT, CLERK])
def test_respondent_and_his_subordinates_are_kept_out(
    make_report: Callable[..., Report],
    sealed_photo: Callable[..., Any],
    people: dict[str, Any],
    owner: Any,
    roster: dict[str, Any],
    staff_client: Any,
    nip: str,
) -> None:
    report = make_report(who_name="Seseorang", files=[sealed_photo()])
    respondent = handling.name_respondent(report=report, user=owner, revision=1, official=roster[CAMAT])
    file_pk = _file(report)
    kept_out = people[nip]
    assert_does_not_exist_for(
        kept_out, staff_client(kept_out), report, file_pk=file_pk, respondent_pk=respondent.pk
    )
    assert staff_client(people[AUDITOR]).get(f"/laporan/{report.number}/").status_code == 200


def test_a_foreign_officer_finds_nothing(
    make_report: Callable[..., Report],
    sealed_photo: Callable[..., Any],
    foreign_officer: Any,
    owner: Any,
    roster: dict[str, Any],
    staff_client: Any,
) -> None:
    report = make_report(files=[sealed_photo()])
    respondent = handling.name_respondent(report=report, user=owner, revision=1, official=roster[CAMAT])
    assert_does_not_exist_for(
        foreign_officer,
        staff_client(foreign_officer),
        report,
        file_pk=_file(report),
        respondent_pk=respondent.pk,
    )


@pytest.mark.parametrize(
    "told",
    [
        {"who_name": "Bpk. Kusuma Raden Wardaya"},
        {"who_nip": "19750615 200012 1 002"},
        {"who_role": "Camat", "who_office": "Kecamatan Sukamaju"},
        {"story": "Raden Koesoema Wardaya memasang spanduk."},
    ],
)
def test_a_text_that_names_a_superior_keeps_out_until_the_respondent_is_named(
    make_report: Callable[..., Report], people: dict[str, Any], owner: Any, roster: dict[str, Any], told: Any
) -> None:
    report = make_report(**told)
    for nip in (CAMAT, CLERK):
        assert not reports_visible_to(people[nip]).exists()  # unscreened: nobody yet
    screening.screen(report=report)
    for nip in (CAMAT, CLERK):
        assert not reports_visible_to(people[nip]).exists()
    assert reports_visible_to(owner).exists()
    report.refresh_from_db()
    respondent = handling.name_respondent(report=report, user=owner, revision=1, official=roster[AUDITOR])
    assert reports_visible_to(people[CLERK]).exists()
    assert not reports_visible_to(people[AUDITOR]).exists()
    handling.withdraw_respondent(
        report=report, user=owner, revision=2, respondent=respondent, reason="Keliru."
    )
    assert not reports_visible_to(people[CLERK]).exists()
    assert reports_visible_to(people[AUDITOR]).exists()


def test_nothing_is_shown_before_the_check_and_opening_the_desk_makes_it(
    make_report: Callable[..., Report], people: dict[str, Any], owner: Any, staff_client: Any
) -> None:
    report = make_report(who_name="Kusuma Wardaya Raden")
    assert not reports_visible_to(owner).exists()
    assert staff_client(people[CLERK]).get(f"/laporan/{report.number}/").status_code == 404
    assert staff_client(owner).get(f"/laporan/{report.number}/").status_code == 200


def test_a_merged_report_hides_with_its_target(
    make_report: Callable[..., Report], people: dict[str, Any], owner: Any, roster: dict[str, Any]
) -> None:
    first, second = make_report(), make_report()
    handling.merge(report=first, user=owner, revision=1, into=second, reason="Sama.")
    handling.name_respondent(report=second, user=owner, revision=1, official=roster[CAMAT])
    assert not reports_visible_to(people[CLERK]).exists()


def test_whom_nobody_may_open_is_counted_for_the_auditor(
    make_report: Callable[..., Report],
    officer: Callable[..., Any],
    people: dict[str, Any],
    roster: dict[str, Any],
    agency: Any,
    staff_client: Any,
) -> None:
    """Everyone who could work on it serves under the accused: the number shows, nothing else does."""
    from netral.accounts.models import User

    report = make_report(who_name="Surya Wirawan")
    User.objects.filter(role="koordinator").update(is_active=False)
    screening.screen_pending(agency=agency)
    assert count_without_officer(agency.pk) == 1
    page = staff_client(officer("pengawas")).get("/").content.decode()
    assert "Tidak ada petugas tanpa benturan kepentingan" in page
    assert report.number not in page


def _file(report: Report) -> int:
    from netral.evidence.models import StoredFile

    return StoredFile.objects.get(matter=report.subject).pk


def test_an_account_made_after_the_screening_sees_nothing_until_it_was_looked_for(
    make_report: Callable[..., Any], officer: Callable[..., Any], agency: Any
) -> None:
    report = make_report(who_name="Bagas Prakoso Utama")
    screening.screen(report=report)
    accused, other = (
        officer("pemeriksa", full_name=name) for name in ("Bagas Prakoso Utama", "Melati Anggraini")
    )
    assert not reports_visible_to(accused)
    assert not reports_visible_to(other)
    assert screening.screen_pending(agency=agency) == 1
    assert screening.screen_pending(agency=agency) == 0
    assert not reports_visible_to(accused)
    assert report in reports_visible_to(other)


def test_a_respondent_whose_account_nobody_linked_stays_out(
    make_report: Callable[..., Any], officer: Callable[..., Any], roster: dict[str, Any]
) -> None:
    """The roster cannot say that the account is his, so the words go on deciding, and his name is one of them."""
    accused = officer("pemeriksa", full_name="Raden Kusuma Wardaya")
    owner = officer("pemeriksa")
    report = make_report(who_name="Pak Camat")
    screening.screen(report=report)
    assert report in reports_visible_to(accused)
    handling.name_respondent(report=report, user=owner, revision=1, official=roster[CAMAT])
    assert not reports_visible_to(accused)
    assert report in reports_visible_to(owner)


def test_who_is_kept_out_by_words_stays_out_when_a_respondent_is_named(
    make_report: Callable[..., Any], officer: Callable[..., Any], roster: dict[str, Any]
) -> None:
    accused = officer("pemeriksa", full_name="Bagas Prakoso Utama")
    owner = officer("pemeriksa")
    report = make_report(who_name="Bagas Prakoso Utama")
    handling.name_respondent(report=report, user=owner, revision=1, official=roster[AUDITOR])
    assert not reports_visible_to(accused)


def test_a_merger_lets_nobody_in_whom_the_words_kept_out(
    make_report: Callable[..., Any], officer: Callable[..., Any], roster: dict[str, Any]
) -> None:
    accused = officer("pemeriksa", full_name="Bagas Prakoso Utama")
    owner = officer("pemeriksa")
    report, into = make_report(who_name="Bagas Prakoso Utama"), make_report()
    handling.name_respondent(report=into, user=owner, revision=1, official=roster[AUDITOR])
    into.refresh_from_db()
    handling.merge(report=report, user=owner, revision=1, into=into, reason="Satu kejadian.")
    assert not reports_visible_to(accused)
    assert {report, into} <= set(reports_visible_to(owner))
