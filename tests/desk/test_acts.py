"""Acts through the pages: what is typed is kept, who was first is told, each channel leads into the same register."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings

from netral.intake.models import Report
from netral.intake.requirements import requirements
from netral.intake.services import handling, screening
from netral.intake.services.dialogue import read_messages
from netral.lawbook import reportable_kinds
from netral.sealing import parse_receipt

TOLD = {"kind": "laporan", "acts": ["like_post"], "story": "Terlapor menyukai unggahan pasangan calon A."}


@pytest.fixture
def report(make_report: Callable[..., Report]) -> Report:
    made = make_report()
    screening.screen(report=made)
    return made


def test_a_report_is_worked_from_arrival_to_closing_and_back(
    report: Report, owner: Any, staff_client: Any
) -> None:
    client, base = staff_client(owner), f"/laporan/{report.number}/"

    def post(page: str, **data: Any) -> str:
        revision = Report.objects.get(pk=report.pk).revision
        response = client.post(base + page, {"revision": revision, **data})
        assert response.status_code == 302, response.content.decode()
        return Report.objects.get(pk=report.pk).state

    assert post("mulai/") == "kajian"
    assert post("tanya/", questions=["waktu_tempat"], text="Siapa lagi yang melihat?") == "menunggu_pelapor"
    sent = read_messages(report=Report.objects.get(pk=report.pk), user=owner)[0].text
    assert requirements()["waktu_tempat"].question in sent
    assert sent.endswith("Siapa lagi yang melihat?")
    assert post("lanjut/") == "kajian"
    found = dict.fromkeys(requirements(), "terpenuhi")
    assert post("kajian/", **found, note="Cukup.", complete="1") == "lengkap"
    assert post("tutup/", closing_reason="bukan_asn", reason="Bukan pegawai.") == "ditutup"
    assert post("buka-kembali/", reason="Ternyata pegawai.") == "kajian"
    page = client.get(base).content.decode()
    for words in ("Laporan ditutup: terlapor bukan ASN", "Bukan pegawai.", "Ternyata pegawai.", "Cukup."):
        assert words in page


def test_the_page_no_longer_asks_for_a_respondent_who_was_named(
    report: Report, owner: Any, staff_client: Any, roster: dict[str, Any]
) -> None:
    client, base = staff_client(owner), f"/laporan/{report.number}/"
    handling.start_study(report=report, user=owner, revision=report.revision)
    found = dict.fromkeys(requirements(), "terpenuhi")
    handling.save_study(report=report, user=owner, revision=report.revision, items=found, note="")
    handling.complete_study(report=report, user=owner, revision=report.revision)
    asked, left = "Tetapkan terlapor dari data pegawai", "Gabungkan laporan yang sama, lalu buka perkara."
    assert asked in client.get(base).content.decode()
    handling.name_respondent(
        report=report, user=owner, official=roster["199004182015051001"], revision=report.revision
    )
    page = client.get(base).content.decode()
    assert asked not in page
    assert left in page


def test_an_incomplete_study_is_saved_and_says_what_lacks(
    report: Report, owner: Any, staff_client: Any
) -> None:
    handling.start_study(report=report, user=owner, revision=1)
    response = staff_client(owner).post(
        f"/laporan/{report.number}/kajian/",
        {"revision": 2, "terlapor": "terpenuhi", "note": "Perlu bukti.", "complete": "1"},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bukti: belum terpenuhi." in page
    assert "Perlu bukti." in page
    assert 'name="revision" value="3"' in page
    report.refresh_from_db()
    assert (report.state, report.study.items) == ("kajian", {"terlapor": "terpenuhi"})


def test_the_second_officer_is_told_who_was_first_and_keeps_what_he_typed(
    report: Report, owner: Any, colleague: Any, staff_client: Any
) -> None:
    handling.start_study(report=Report.objects.get(pk=report.pk), user=colleague, revision=1)
    client, address = staff_client(owner), f"/laporan/{report.number}/tutup/"
    typed = {"revision": 1, "closing_reason": "tanpa_petunjuk", "reason": "Tidak ada petunjuk sama sekali."}
    response = client.post(address, typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert f"{colleague.full_name}: Kajian awal dimulai" in page
    assert "Tidak ada petunjuk sama sekali." in page
    assert client.post(address, typed | {"revision": 2}).status_code == 302


def test_an_officer_who_names_his_own_superior_hands_the_report_over(
    report: Report, officer: Callable[..., Any], roster: dict[str, Any], staff_client: Any
) -> None:
    clerk = officer("pemeriksa")
    type(roster["199004182015051001"]).objects.filter(nip="199004182015051001").update(account=clerk)
    client = staff_client(clerk)
    named = roster["197506152000121002"].pk
    response = client.post(
        f"/laporan/{report.number}/terlapor/", {"revision": 1, "official": named}, follow=True
    )
    assert response.redirect_chain == [("/", 302)]
    assert "tertutup bagi Anda" in response.content.decode()
    assert client.get(f"/laporan/{report.number}/").status_code == 404


def test_merging_compares_first(
    make_report: Callable[..., Report], agency: Any, owner: Any, staff_client: Any
) -> None:
    first, second = make_report(who_name="Kusuma"), make_report(who_name="Kusuma", story="Foto yang sama.")
    screening.screen_pending(agency=agency)
    client, address = staff_client(owner), f"/laporan/{second.number}/gabung/"
    assert first.number in client.get(address).content.decode()
    assert "Foto yang sama." in client.get(address, {"dengan": first.number}).content.decode()
    data = {"revision": 1, "into": first.number, "reason": "Kejadian sama."}
    assert client.post(address, data).status_code == 302
    assert Report.objects.get(pk=second.pk).merged_into == first


# Entry --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["surat", "telepon", "langsung", "bawaslu"])
def test_a_report_brought_to_the_officer_gets_a_receipt_that_proves_it(
    agency: Any, owner: Any, staff_client: Any, channel: str
) -> None:
    client = staff_client(owner)
    code = client.get("/laporan/baru/").context["form"]["code"].value()
    data = TOLD | {"code": code, "channel": channel, "with_receipt": "on", "contact_name": "Pelapor Rekaan"}
    response = client.post("/laporan/baru/", data)
    assert response.status_code == 200
    parse_receipt(response.context["submitted"].receipt_text).verify()
    assert f"{settings.NETRAL_PUBLIC_URL}/cek/" in response.content.decode()
    report = Report.objects.get()
    assert (report.channel, report.kind, report.state) == (channel, "laporan", "diterima")
    assert report.contact
    again = client.post("/laporan/baru/", data)
    assert again.context["submitted"].receipt_text == response.context["submitted"].receipt_text
    assert Report.objects.count() == 1


def test_the_story_comes_first_and_rare_acts_are_folded_until_one_is_ticked(
    agency: Any, owner: Any, staff_client: Any
) -> None:
    client = staff_client(owner)
    page = client.get("/laporan/baru/").content.decode()
    first, rest = reportable_kinds().first, reportable_kinds().others[0].kinds
    shown, _, folded = page.partition('<details class="mt-2">')
    assert page.index('name="story"') < page.index('name="acts"')
    assert all(f'value="{kind.code}"' in shown for kind in first)
    assert all(f'value="{kind.code}"' in folded for kind in rest)
    data = TOLD | {"channel": "", "story": "", "acts": [rest[0].code]}
    again = client.post("/laporan/baru/", data).content.decode()
    assert '<details class="mt-2" open>' in again
    assert f'value="{rest[0].code}" id="id_acts_{rest[0].code}" checked' in again
    assert "Pilih lewat mana laporan ini datang." in again


def test_an_own_finding_has_no_reporter(agency: Any, owner: Any, staff_client: Any) -> None:
    client = staff_client(owner)
    code = client.get("/laporan/baru/").context["form"]["code"].value()
    data = TOLD | {"code": code, "channel": "pengawasan", "with_receipt": "on", "contact_name": "Saya"}
    for _ in range(2):
        assert client.post("/laporan/baru/", data)["Location"] == f"/laporan/{Report.objects.get().number}/"
    report = Report.objects.get()
    assert (report.kind, report.lookup, hasattr(report, "contact")) == ("temuan", None, False)


def test_a_wrong_entry_keeps_what_was_typed(agency: Any, owner: Any, staff_client: Any) -> None:
    client = staff_client(owner)
    data = TOLD | {"code": "A" * 26, "channel": "surat", "link": "bukan tautan", "where": "Balai desa"}
    response = client.post("/laporan/baru/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "bukan alamat situs" in page
    assert "Balai desa" in page
    assert not Report.objects.exists()


def test_files_brought_later_are_sealed_and_refused_ones_named(
    report: Report, owner: Any, staff_client: Any, sealed_photo: Callable[..., Any]
) -> None:
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from netral.evidence.models import StoredFile

    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    client = staff_client(owner)
    files = [SimpleUploadedFile("foto.png", picture.getvalue()), SimpleUploadedFile("virus.exe", b"MZ" * 500)]
    response = client.post(f"/laporan/{report.number}/berkas/", {"revision": 1, "berkas": files}, follow=True)
    page = response.content.decode()
    assert "Berkas ditambahkan." in page
    assert "virus.exe" in page
    stored = StoredFile.objects.get(matter=report.subject)
    assert stored.source == "petugas"
    assert "foto.png" in page


def test_a_message_to_a_closed_report_comes_back_to_the_desk_until_it_is_read(
    report: Report, owner: Any, staff_client: Any
) -> None:
    from netral.intake.services.dialogue import receive_message
    from netral.sealing import ReceiptSecrets, new_object_id
    from netral.ui import clock

    code = report.code  # type: ignore[attr-defined]
    data = {"closing_reason": "tanpa_petunjuk", "reason": "Tidak ada petunjuk."}
    handling.close(report=report, user=owner, revision=report.revision, **data)
    receive_message(
        report=report,
        receipt=ReceiptSecrets.derive(code),
        text="Ini petunjuknya.",
        object_id=new_object_id(),
        now=clock.now(),
    )
    client, address = staff_client(owner), f"/laporan/{report.number}/"
    assert report.number in client.get("/?tab=tim").content.decode()
    assert "Jawaban pelapor belum ditindaklanjuti" in client.get(address).content.decode()
    assert client.post(f"{address}dibaca/").status_code == 302
    assert report.number not in client.get("/?tab=tim").content.decode()
    assert "Jawaban pelapor belum ditindaklanjuti" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "act", ["ambil", "mulai", "lanjut", "kajian", "tanya", "dibaca", "pemegang", "jenis"]
)
def test_the_address_of_an_act_leads_to_its_report(
    report: Report, officer: Callable[..., Any], staff_client: Any, act: str
) -> None:
    page = f"/laporan/{report.number}/"
    answer = staff_client(officer("koordinator")).get(f"{page}{act}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    report.refresh_from_db()
    assert report.revision == 1


WRONG = {
    "channel": ("", "Pilih lewat mana laporan ini datang."),
    "story": ("", "Belum diisi."),
    "who_nip": ("19800101", "NIP “19800101”: terdiri atas 8 angka; harus 18 angka."),
    "who_role": ("x" * 301, "Panjangnya 301 karakter; yang diizinkan paling banyak 300 karakter."),
    "when_date": ("31-02-2024", "“31-02-2024” bukan tanggal yang dikenal."),
    "known_on": ("2099-10-21", "Rabu, 21 Oktober 2099 belum terjadi."),
    "link": ("bukan tautan", "“bukan tautan” bukan alamat situs."),
    "contact_phone": ("belum ada", "“belum ada” bukan nomor telepon."),
    "contact_email": ("budi@", "“Surel pelapor”: “budi@” bukan alamat surel."),
}


def test_an_entry_is_told_all_that_is_wrong_at_once_each_with_a_way_to_its_field(
    agency: Any, owner: Any, staff_client: Any
) -> None:
    data = TOLD | {"code": "A" * 26} | {name: typed for name, (typed, _) in WRONG.items()}
    page = staff_client(owner).post("/laporan/baru/", data)
    errors = page.context["form"].errors
    assert {name: errors[name][0][: len(said)] for name, (_, said) in WRONG.items()} == {
        name: said for name, (_, said) in WRONG.items()
    }
    assert set(errors) == set(WRONG)
    html = unescape(page.content.decode())
    assert f"Ada {len(WRONG)} hal yang perlu diperbaiki" in html
    for name, (typed, _) in WRONG.items():
        target = {"channel": "id_channel_0"}.get(name, f"id_{name}")
        assert f'<a href="#{target}">' in html
        assert f'id="{target}"' in html
        assert typed in html


def test_nobody_knows_of_an_act_before_it_was_done(agency: Any, owner: Any, staff_client: Any) -> None:
    data = TOLD | {"code": "A" * 26, "channel": "surat", "when_date": "10-10-2024", "known_on": "9/10/2024"}
    page = staff_client(owner).post("/laporan/baru/", data)
    assert page.context["form"].errors == {
        "known_on": [
            "Rabu, 9 Oktober 2024 mendahului kejadiannya, Kamis, 10 Oktober 2024. "
            "Tulis tanggal sejak hari kejadian."
        ]
    }
    assert staff_client(owner).post("/laporan/baru/", data | {"known_on": "10-10-2024"}).status_code == 302


def test_a_case_is_told_all_that_is_missing_at_once(
    report: Report, owner: Any, staff_client: Any, roster: dict[str, Any]
) -> None:
    client, number = staff_client(owner), report.number
    handling.start_study(report=report, user=owner, revision=report.revision)
    found = dict.fromkeys(requirements(), "terpenuhi")
    handling.save_study(report=report, user=owner, revision=report.revision, items=found, note="")
    handling.complete_study(report=report, user=owner, revision=report.revision)
    official = next(iter(roster.values()))
    handling.name_respondent(report=report, user=owner, revision=report.revision, official=official)
    page = client.post(
        f"/laporan/{number}/perkara/",
        {
            "revision": report.revision,
            "conduct-1": "like_post",
            "act_date-1": "1-1-2099",
            "description-2": "Lagi.",
        },
    )
    assert {name: told[0] for name, told in page.context["form"].errors.items()} == {
        "conduct-2": "Perbuatan 2 belum dipilih, padahal uraiannya diisi. Pilih, atau kosongkan uraiannya.",
    }
    page = client.post(
        f"/laporan/{number}/perkara/",
        {"revision": report.revision, "conduct-1": "like_post", "act_date-1": "1-1-2099"},
    )
    assert list(page.context["form"].errors) == [f"who-{official.pk}", "act_date-1"]
    page = client.post(f"/laporan/{number}/perkara/", {"revision": report.revision})
    assert list(page.context["form"].errors) == [f"who-{official.pk}", "conduct-1"]


# What the study asks, and what the report becomes -------------------------------------------------------------


def ticked(page: str) -> list[str]:
    """Codes of the ready-made questions that stand ticked."""
    boxes = re.findall(r'<input type="checkbox" name="questions"[^>]*>', page)
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes if "checked" in box]  # type: ignore[index]


def test_what_the_study_asks_of_the_reporter_waits_to_be_sent(
    report: Report, owner: Any, staff_client: Any
) -> None:
    client, base = staff_client(owner), f"/laporan/{report.number}/"

    def post(page: str, **data: Any) -> None:
        revision = Report.objects.get(pk=report.pk).revision
        assert client.post(base + page, {"revision": revision, **data}).status_code == 302

    post("mulai/")
    post("kajian/", bukti="ditanyakan", uraian="kurang", note="")
    page = client.get(base).content.decode()
    assert "Pertanyaan kepada pelapor belum terkirim." in page
    assert ticked(page) == ["bukti"]
    assert '<details class="mb-3" open><summary>Pertanyaan siap pakai' in page
    post("tanya/", questions=["bukti"], text="")
    assert requirements()["bukti"].question in read_messages(report=report, user=owner)[0].text
    post("lanjut/")
    page = client.get(base).content.decode()
    assert ticked(page) == []
    assert "Pertanyaan kepada pelapor belum terkirim." not in page


def test_who_cannot_be_asked_is_said_not_to_be(
    make_report: Callable[..., Report], agency: Any, owner: Any, staff_client: Any
) -> None:
    client = staff_client(owner)
    data = TOLD | {"code": "A" * 26, "channel": "surat"}
    page = client.post("/laporan/baru/", data)["Location"]
    client.post(f"{page}mulai/", {"revision": 1})
    shown = client.get(page).content.decode()
    assert "Pelapor tidak dapat ditanya lewat sistem ini:" in shown
    assert "ditanyakan di luar sistem ini" in shown
    assert "ditanyakan kepada pelapor</option>" not in shown
    client.post(f"{page}kajian/", {"revision": 2, "bukti": "ditanyakan"})
    assert "Pertanyaan kepada pelapor belum terkirim." not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ("terpenuhi", "Kajian awal selesai."),
        (
            "kurang",
            "Kajian awal selesai. Laporan ini kini informasi awal, "
            "karena nama dan alamat pelapornya tidak diketahui.",
        ),
    ],
)
def test_what_a_report_becomes_at_the_end_of_its_study_is_said_with_the_reason(
    identity: str, told: str, report: Report, owner: Any, staff_client: Any
) -> None:
    client, base = staff_client(owner), f"/laporan/{report.number}/"
    client.post(f"{base}mulai/", {"revision": report.revision})
    assert "dilanjutkan sebagai informasi awal" in client.get(base).content.decode()
    found = dict.fromkeys(requirements(), "terpenuhi") | {"identitas_pelapor": identity}
    revision = Report.objects.get(pk=report.pk).revision
    page = client.post(f"{base}kajian/", {"revision": revision, "complete": "1", **found}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [told]
