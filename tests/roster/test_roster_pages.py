"""The roster's pages: the list, the tree, a person, and the way of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from netral.roster import services, views_staff
from netral.roster.models import Official, RosterUpload
from netral.roster.tables import MAX_BYTES

from .conftest import ROWS, table


@pytest.fixture
def page(staff_client: Callable[..., Client], administrator: Any) -> Client:
    return staff_client(administrator)


def send(client: Client, data: bytes, name: str = "pegawai.csv") -> Any:
    return client.post(reverse("roster:import"), {"file": SimpleUploadedFile(name, data)}, secure=True)


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode())


def get(client: Client, name: str, *args: Any, query: str = "") -> Any:
    return client.get(reverse(f"roster:{name}", args=args) + query, secure=True)


def test_a_file_goes_from_preview_to_roster(page: Client) -> None:
    response = send(page, table(*ROWS))
    upload = RosterUpload.objects.get()
    assert response["Location"] == reverse("roster:preview", args=[upload.pk])
    assert "Belum ada yang berubah" in body(get(page, "preview", upload.pk))
    assert not Official.objects.exists()
    response = page.post(response["Location"], secure=True)
    assert response["Location"] == reverse("roster:officials")
    shown = body(get(page, "officials"))
    assert "Impor selesai" in shown
    assert "Ni Wayan Uji, S.Pd." in shown


def test_a_second_confirmation_finds_it_done(page: Client) -> None:
    address = send(page, table(*ROWS))["Location"]
    for _ in range(2):
        assert page.post(address, secure=True)["Location"] == reverse("roster:officials")
    assert Official.objects.count() == 6
    assert "Impor ini sudah selesai" in body(page.get(address, secure=True))


def test_an_import_that_takes_long_is_continued(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_staff, "APPLY_SECONDS", 0)
    address = send(page, table(*ROWS))["Location"]
    assert page.post(address, secure=True)["Location"] == address
    assert "Lanjutkan" in body(page.get(address, secure=True))
    monkeypatch.setattr(views_staff, "APPLY_SECONDS", 10)
    assert page.post(address, secure=True)["Location"] == reverse("roster:officials")


def test_errors_are_shown_and_can_be_taken_along(page: Client) -> None:
    address = send(page, table(*ROWS, "=1+1,Salah,PNS,,,01,Sekretariat Daerah,,,"))["Location"]
    shown = body(page.get(address, secure=True))
    assert "Berkas belum dapat diterapkan" in shown
    assert "berisi huruf atau tanda lain" in shown
    upload = RosterUpload.objects.get()
    assert "8,nip,'=1+1," in body(get(page, "import_errors", upload.pk))
    assert "Terapkan impor" not in shown
    page.post(address, secure=True)
    assert not Official.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2", "Baris judul tidak memuat kolom nip"),
        (b"\x89PNG\0", "bukan berkas CSV"),
        (b"", "Berkas kosong"),
        (b"x" * (MAX_BYTES + 1), "paling besar 20 MB"),
        (b"x" * (MAX_BYTES + 5_000_000), "paling besar 20 MB"),
    ],
    ids=["columns", "png", "empty", "large", "larger"],
)
def test_a_file_that_cannot_be_read_says_why(page: Client, data: bytes, words: str) -> None:
    response = send(page, data)
    assert response.status_code == 200
    assert words in body(response)
    assert not RosterUpload.objects.exists()


def test_no_file_says_what_to_choose(page: Client) -> None:
    response = page.post(reverse("roster:import"), {}, secure=True)
    assert "Pilih berkas CSV, XLSX, atau ODS" in body(response)


def test_a_file_without_the_forms_token_is_refused(administrator: Any, page: Client) -> None:
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.cookies = page.cookies
    response = send(strict, table(*ROWS))
    assert response.status_code == 403
    assert not RosterUpload.objects.exists()


def test_a_staged_file_can_be_thrown_away(page: Client) -> None:
    send(page, table(*ROWS))
    upload = RosterUpload.objects.get()
    page.post(reverse("roster:discard", args=[upload.pk]), secure=True)
    assert not RosterUpload.objects.exists()


def test_a_second_file_offers_to_retire_the_missing(page: Client, load: Any) -> None:
    load()
    address = send(page, table(*ROWS[:5]))["Location"]
    assert "Nonaktifkan pegawai yang tidak ada di berkas" in body(page.get(address, secure=True))
    page.post(address, {"retire_missing": "on"}, secure=True)
    assert Official.objects.get(active=False).name == "Paijo Uji"


MOVED = (
    ROWS[4]
    .replace("Sumardi,CPNS,Pengadministrasi", '"Sumardi Baru, S.E.",PNS,Kepala Seksi')
    .replace(",06,Dinas Pendidikan,01,", ",36,SMP Negeri 1 Uji,06,")
)
NEWCOMER = "199505052022032001,Pendatang,PNS,Penata,pelaksana,07,Dinas Baru,01,y,"


def listed(page: Client, rows: Iterable[str], kind: str = "") -> str:
    """The list of changes in the preview of these rows, as a reader sees it."""
    address = send(page, table(*rows))["Location"]
    shown = body(page.get(address + (f"?lihat={kind}" if kind else ""), secure=True))
    _, _, changes = shown.partition("Yang akan berubah")
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", changes.partition("</main>")[0])).split())


def test_the_preview_shows_each_changed_field_as_it_was_and_would_be(page: Client, load: Any) -> None:
    load()
    shown = listed(page, [*ROWS[:4], MOVED, ROWS[5]], "berubah")
    assert "Sumardi Baru, S.E. 200002022024041001 Nama: Sumardi → menjadi Sumardi Baru, S.E." in shown
    assert "Jabatan: Pengadministrasi → menjadi Kepala Seksi" in shown
    assert "Unit kerja: Dinas Pendidikan (06) → menjadi SMP Negeri 1 Uji (36)" in shown
    assert "Status: CPNS → menjadi PNS" in shown
    assert "Tingkat" not in shown
    assert "Sulastri" not in shown


def test_the_preview_shows_who_is_new_and_who_is_gone(page: Client, load: Any) -> None:
    assert (
        "Hj. Sulastri Uji, S.E. 197203152000032001 Kepala Dinas · JPT Pratama · Dinas Pendidikan (06) · PNS"
        in listed(page, ROWS)
    )
    load()
    rows = [*ROWS[:5], NEWCOMER]
    gone, new = listed(page, rows, "hilang"), listed(page, rows, "baru")
    assert "Paijo Uji THL007 Penjaga Sekolah · SMP Negeri 1 Uji (36) · Non-ASN" in gone
    assert "Mereka tetap aktif" in gone
    assert "Pendatang 199505052022032001 Penata · Pelaksana · Dinas Baru (07) · PNS" in new
    assert "Pendatang" not in gone
    assert "Paijo" not in new


def test_the_preview_opens_with_the_first_list_that_holds_something(page: Client, load: Any) -> None:
    load()
    assert "Paijo" in listed(page, ROWS[:5])
    assert "Sumardi Baru" in listed(page, [*ROWS[:4], MOVED, ROWS[5]])
    assert "Tidak ada" in listed(page, ROWS, "baru")


def test_one_who_comes_back_is_shown_as_active_again(page: Client, load: Any) -> None:
    load()
    load(ROWS[:5], retire_missing=True)
    assert "Keadaan: tidak aktif → menjadi aktif" in listed(page, ROWS, "berubah")


def test_the_preview_shows_units_with_their_place_and_head(page: Client, load: Any) -> None:
    load()
    moved = [row.replace("SMP Negeri 1 Uji,06", "SMP Satu,01") for row in ROWS]
    moved[2], moved[3] = moved[2].replace(",y,", ",t,"), moved[3].replace(",t,", ",y,")
    shown = listed(page, [*moved, NEWCOMER], "unit")
    assert "SMP Satu 36 Nama: SMP Negeri 1 Uji → menjadi SMP Satu" in shown
    assert "Induk: Dinas Pendidikan (06) → menjadi Sekretariat Daerah (01)" in shown
    assert "Kepala: Achmad Djunaedi Uji → menjadi Ni Wayan Uji" in shown
    assert "Dinas Baru 07 Sekretariat Daerah (01) · Pendatang" in shown
    assert "Dinas Pendidikan 06" not in shown


def test_a_long_preview_is_turned_page_by_page_within_its_list(page: Client, load: Any) -> None:
    load()
    many = [
        f"THL{number:03},Orang {number},Non-ASN,,,06,Dinas Pendidikan,01,t," for number in range(100, 170)
    ]
    address = send(page, table(*ROWS, *many))["Location"]
    first = body(page.get(f"{address}?lihat=baru", secure=True))
    assert ("Orang 149" in first, "Orang 150" in first) == (True, False)
    following = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])  # type: ignore[index]
    assert "lihat=baru" in following
    second = body(page.get(address + following, secure=True))
    assert ("Orang 149" in second, "Orang 150" in second, "Orang 169" in second) == (False, True, True)


def test_a_file_with_errors_shows_them_and_no_changes(page: Client) -> None:
    address = send(page, table(*ROWS, "x,Salah,PNS,,,01,Sekretariat Daerah,,,"))["Location"]
    assert "Yang akan berubah" not in body(page.get(address, secure=True))


def test_a_person_shows_position_and_superiors(page: Client, load: Any, person: Any) -> None:
    load()
    shown = body(get(page, "official", person("Ni Wayan").pk))
    assert "Guru Ahli Pertama" in shown
    assert "JF Ahli Pertama" in shown
    assert (
        shown.index("Achmad Djunaedi Uji")
        < shown.index("Hj. Sulastri Uji, S.E.")
        < shown.index("Raden Contoh")
    )


def test_the_list_is_searched_and_opened_by_unit(page: Client, load: Any, person: Any) -> None:
    load()
    found = body(get(page, "officials", query="?q=junaedi"))
    assert "Achmad Djunaedi Uji" in found
    assert "Sumardi" not in found
    unit = person("Sumardi").unit_id
    assert "Sumardi" in body(get(page, "officials", query=f"?unit={unit}"))
    assert "Tidak ada pegawai yang cocok" in body(get(page, "officials", query="?q=tidakada"))
    assert get(page, "officials", query="?unit=²&sesudah=x").status_code == 200


def test_the_tree_leads_to_each_units_people(page: Client, load: Any) -> None:
    assert "Belum ada unit kerja" in body(get(page, "units"))
    load()
    shown = body(get(page, "units"))
    assert (
        shown.index("Sekretariat Daerah") < shown.index("Dinas Pendidikan") < shown.index("SMP Negeri 1 Uji")
    )
    assert "3 pegawai" in shown


def test_an_export_can_be_imported_and_changes_nothing(page: Client, load: Any, administrator: Any) -> None:
    load()
    data = body(get(page, "export")).encode()
    send(page, data)
    counts = RosterUpload.objects.get(state="siap").counts
    assert (counts["tetap"], counts["unit_berubah"], counts["hilang"], counts["berubah"]) == (6, 0, 0, 0)


def test_the_template_is_offered(page: Client) -> None:
    assert body(get(page, "template")).startswith("\ufeffnip,nama,status")


@pytest.mark.parametrize("name", ["officials", "units", "export"])
def test_who_may_not_see_the_roster_is_turned_away(staff_client: Any, outsider: Any, name: str) -> None:
    assert get(staff_client(outsider), name).status_code == 403


@pytest.mark.parametrize("name", ["import", "template"])
def test_who_may_only_read_imports_nothing(staff_client: Any, owner: Any, name: str) -> None:
    assert get(staff_client(owner), name).status_code == 403


def test_another_agency_finds_neither_person_nor_file(
    staff_client: Any, foreign_officer: Any, load: Any, person: Any, page: Client
) -> None:
    load()
    send(page, table(*ROWS))
    upload = RosterUpload.objects.get(state="siap")
    stranger = staff_client(foreign_officer)
    assert get(stranger, "official", person("Sumardi").pk).status_code == 404
    for name in ("preview", "import_errors"):
        assert get(stranger, name, upload.pk).status_code == 404
    assert stranger.post(reverse("roster:discard", args=[upload.pk]), secure=True).status_code == 404
    assert "Sumardi" not in body(get(stranger, "officials"))
    assert "Sumardi" not in body(get(stranger, "export"))


def test_an_administrator_says_whose_an_account_is(
    page: Client, load: Any, person: Any, officer: Any
) -> None:
    load()
    account, someone = officer("pemeriksa", full_name="Sumardi Uji"), person("Sumardi")
    assert "Sumardi Uji" in body(get(page, "officials"))
    assert "Sumardi Uji" in body(get(page, "official", someone.pk))
    address = reverse("roster:link", args=[someone.pk])
    assert page.post(address, {"account": account.pk}, secure=True).status_code == 302
    someone.refresh_from_db()
    assert someone.account == account
    assert "Belum dikaitkan: Sumardi Uji" not in body(get(page, "officials"))
    other = officer("pemeriksa")
    refused = body(page.post(address, {"account": other.pk}, secure=True))
    assert "sudah mempunyai akun" in refused


def test_only_accounts_of_the_agency_are_linked_and_only_by_administrators(
    page: Client, load: Any, person: Any, officer: Any, foreign_officer: Any, staff_client: Any
) -> None:
    load()
    address = reverse("roster:link", args=[person("Sumardi").pk])
    assert "Pilih dari daftar" in body(page.post(address, {"account": foreign_officer.pk}, secure=True))
    coordinator = officer("koordinator")
    assert (
        staff_client(coordinator).post(address, {"account": coordinator.pk}, secure=True).status_code == 403
    )
    assert "Kaitkan" not in body(get(staff_client(coordinator), "official", person("Sumardi").pk))
    with pytest.raises(PermissionDenied):
        services.link_account(user=coordinator, official=person("Sumardi"), account=coordinator)
