"""The roster's pages: the list, the tree, a person, and the way of a file."""

from __future__ import annotations

from collections.abc import Callable
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
