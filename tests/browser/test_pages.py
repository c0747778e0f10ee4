"""Every page in Chromium, as wide as a phone and as a desk: axe finds nothing, nothing overflows, no error logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE, Register, follow

pytestmark = pytest.mark.browser

ASKED = (
    "/boleh/like_post/?act_date=2024-10-20&actor.status=pns&object.kind=calon&object.election=pilkada-2024"
)
PUBLIC = [
    "/", "/lapor/", "/cek/", "/angka/", "/register/", "/privasi/", "/surat/tidak-ada/", "/tidak-ada/",
    "/boleh/", "/boleh/?hasil=like_post.photo_with_sign&siapa=kepala_desa", "/boleh/?hasil=", "/boleh/siapa/",
    "/boleh/campaign_executor/?act_date=2024-01-10&actor.status=kepala_desa&object.kind=calon&object.election=pileg-2024",
    "/boleh/like_post/", "/boleh/party_member/?actor.status=xx",
    ASKED, "/boleh/attend_quietly/?act_date=2024-10-20&actor.status=pppk&object.kind=calon&object.election=-",
    "/kalender-pemilu/", "/kalender-pemilu/pilkada-2025-ulang/", "/api/",
]  # fmt: skip
OFFICER = [
    "/", "/?tab=tim", "/cari/?q=surya", "/laporan/", "/laporan/baru/", "/pegawai/", "/pegawai/unit/", "/pegawai/impor/",
    "/statistik/", "/register/", "/akun/",
]  # fmt: skip
OF_A_REPORT = ["", "cetak/", "terlapor/", "gabung/", "tutup/"]
# Of a case in each stage, the newest of the demonstration: its page and those of the acts that come next.
OF_A_CASE = {
    "penilaian": ["", "fakta/", "dugaan/", "nilai-berbeda/"],
    "pemeriksa": ["", "pemeriksa/", "pemeriksa/?nama=inspektur"],
    "panggilan_1": ["", "panggilan-1/"],
    "menunggu_1": ["", "pemeriksaan/", "tunda/", "tidak-hadir/"],
    "panggilan_2": ["", "tidak-hadir/cabut/"],
    "menunggu_2": [""],
    "lhp": ["", "tanda-tangan/", "lhp/", "tidak-hadir-lagi/cabut/"],
    "penyampaian": ["", "penyampaian/", "panggilan-keputusan/"],
    "pelaksanaan": ["", "pelaksanaan/", "upaya/"],
    "upaya": ["", "upaya/"],
    "keberatan": ["", "hasil-upaya/"],
    "selesai": [""],
}
OF_A_DECISION = ["", "putusan/", "teruskan/", "teruskan-pidana/", "hentikan/"]
ADMINISTRATOR = ["/pengguna/", "/pengguna/baru/", "/instansi/", "/akun/"]
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes is not described, which takes a fifth less time
}
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


def faults(page: Page) -> list[str]:
    """What axe finds and whether the page is wider than its window."""
    found = Axe().run(page, options=WCAG).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    told = [
        f"{page.url}: {fault['id']}: {[node['html'][:120] for node in fault['nodes'][:3]]}" for fault in found
    ]
    return told + ([f"{page.url}: wider than the window"] if wide else [])


def faults_of(page: Page, base: str, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(base + path)
        found += faults(page)
    return found


@SIZES
def test_public_pages(size: dict[str, int], register: Register, visit: Callable[..., Page]) -> None:
    assert faults_of(visit(size), register.public, PUBLIC) == []


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (360, "200%")])
def test_public_pages_fit_small_phones_and_large_letters(
    width: int, text: str, register: Register, visit: Callable[..., Page]
) -> None:
    page = visit({"width": width, "height": 640})
    wide = []
    for path in PUBLIC:
        page.goto(register.public + path)
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert wide == []


def test_a_charts_labels_have_room_on_a_phone(register: Register, visit: Callable[..., Page]) -> None:
    page = visit(PHONE)
    page.goto(f"{register.public}/angka/")
    widths = page.eval_on_selector_all(".chart th[scope=row]", "cells => cells.map(cell => cell.clientWidth)")
    assert len(widths) >= 9
    assert min(widths) >= 120


@SIZES
def test_the_reporters_way(size: dict[str, int], register: Register, visit: Callable[..., Page]) -> None:
    page = visit(size)
    found: list[str] = []

    def step(button: str) -> None:
        follow(page.get_by_role("button", name=button))
        found.extend(faults(page))

    page.goto(f"{register.public}/lapor/")
    step("Lanjutkan")  # nothing filled in: the page with its errors
    page.get_by_label("Menyukai unggahan dukungan").check()
    page.get_by_label("Ceritanya").fill("Ia menyukai unggahan pasangan calon A.")
    step("Lanjutkan")
    step("Lanjutkan")
    step("Kirim laporan")
    code = page.locator(".receipt").inner_text()
    page.goto(f"{register.public}/cek/")
    page.get_by_label("Kode tanda terima").fill("AAAAA-AAAAA-AAAAA-AAAAA-AAAAAA")
    step("Lihat status")
    page.get_by_label("Kode tanda terima").fill(code)
    step("Lihat status")
    lie = {"name": "bohong.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto"}
    page.get_by_label("Foto atau berkas").set_input_files(lie)
    step("Kirim pesan")  # nothing written, a file that is none
    assert found == []


@SIZES
def test_officers_pages(size: dict[str, int], register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-koordinator", size)
    found = faults_of(page, register.staff, OFFICER)
    page.goto(f"{register.staff}/laporan/")
    numbers = [link.inner_text().strip() for link in page.locator("a[data-open]").all()]
    for number in (numbers[0], numbers[10], numbers[25]):
        found += faults_of(page, f"{register.staff}/laporan/{number}/", [""])
    found += faults_of(page, f"{register.staff}/laporan/{numbers[0]}/", OF_A_REPORT)
    assert found == []


def case_in(page: Page, register: Register, stage: str, outcome: str = "") -> str:
    """The address of a case of the demonstration in this stage."""
    page.goto(f"{register.staff}/perkara/?tahap={stage}&hasil={outcome}")
    return f"{register.staff}{page.locator('a[data-open]').first.get_attribute('href')}"


@SIZES
def test_pages_of_cases(size: dict[str, int], register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-koordinator", size)
    found = faults_of(page, register.staff, ["/perkara/", "/perkara/?hasil=dihentikan", "/perkara/tenggat/"])
    for stage, paths in OF_A_CASE.items():
        found += faults_of(page, case_in(page, register, stage), paths)
    page.goto(case_in(page, register, "penilaian"))
    follow(page.get_by_role("link", name="Perbaiki").first)
    found += faults(page)
    page.goto(case_in(page, register, "panggilan_1"))
    follow(page.get_by_role("link", name="Ganti").first)
    found += faults(page)
    page.get_by_label("Nama, unit, jabatan, atau NIP").fill("inspektur")
    follow(page.get_by_role("button", name="Cari", exact=True))
    found += faults(page)
    page.goto(f"{register.staff}/laporan/?keadaan=lengkap")
    follow(page.locator("a[data-open]").first)
    follow(page.get_by_role("link", name="Buka perkara"))
    found += faults(page)
    assert found == []


@SIZES
def test_forms_of_a_case_that_come_back(
    size: dict[str, int], register: Register, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("demo-koordinator", size)
    page.goto(f"{case_in(page, register, 'pemeriksa')}pemeriksa/")
    for _ in range(2):
        follow(page.get_by_role("button", name="Tambahkan").first)
    page.get_by_text("Pemeriksa dari luar data pegawai").click()
    found = faults(page)
    follow(page.get_by_role("button", name="Tetapkan pemeriksa"))
    expect(page.get_by_role("alert")).to_contain_text("Tim pemeriksa belum memuat")
    found += faults(page)
    for stage, act, button in (
        ("panggilan_1", "panggilan-1/", "Panggil terlapor"),
        ("menunggu_1", "pemeriksaan/", "Simpan berita acara"),
        ("menunggu_1", "tidak-hadir/", "Catat tidak hadir"),
        ("lhp", "tanda-tangan/", "Catat tanda tangan"),
        ("lhp", "lhp/", "Sampaikan laporan"),
    ):
        page.goto(case_in(page, register, stage) + act)
        follow(page.get_by_role("button", name=button))
        expect(page.get_by_role("alert")).to_be_visible()
        found += faults(page)
    assert found == []


@SIZES
def test_pages_of_a_decision(size: dict[str, int], register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-pimpinan", size)
    found = faults_of(page, register.staff, ["/"])
    found += faults_of(page, case_in(page, register, "keputusan"), OF_A_DECISION)
    found += faults_of(page, case_in(page, register, "selesai", "dihentikan"), ["", "buka-kembali/"])
    assert found == []


@SIZES
def test_the_preview_of_an_import(
    size: dict[str, int], register: Register, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("demo-koordinator", size)
    lines = page.request.get(f"{register.staff}/pegawai/ekspor/").text().splitlines()
    changed = [line.replace("Guru Ahli Muda", "Guru Ahli Madya") for line in lines if "Perawat" not in line]
    new = "THL999001,Orang Rekaan Baru,Non-ASN,Penjaga,,X1,Unit Rekaan,,t,"
    page.goto(f"{register.staff}/pegawai/impor/")
    file = {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": "\n".join([*changed, new]).encode()}
    page.get_by_label("Berkas data pegawai").set_input_files(file)
    follow(page.get_by_role("button", name="Periksa berkas"))
    found = []
    for tab in ("Tidak ada di berkas", "Berubah", "Baru", "Unit"):
        follow(page.get_by_role("navigation", name="Yang akan berubah").get_by_role("link", name=tab))
        expect(page.locator("main tbody tr").first, tab).to_be_visible()
        found += faults(page)
    follow(page.get_by_role("button", name="Buang berkas ini"))
    assert found == []


@SIZES
def test_administrators_pages(size: dict[str, int], register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-admin", size)
    found = faults_of(page, register.staff, ADMINISTRATOR)
    page.goto(f"{register.staff}/pengguna/")
    follow(page.locator("main table a").first)
    assert found + faults(page) == []


def test_the_door(register: Register, visit: Callable[..., Page]) -> None:
    assert faults_of(visit(PHONE), register.staff, ["/akun/masuk/", "/tidak-ada/"]) == []


def weight(register: Register, visit: Callable[..., Page], path: str) -> int:
    """Bytes of everything a first visit loads, bodies as they come over the line."""
    page = visit(PHONE)
    bodies: list[Any] = []
    page.on("requestfinished", lambda request: bodies.append(request.sizes()["responseBodySize"]))
    page.goto(register.public + path, wait_until="networkidle")
    return int(sum(bodies))


@pytest.mark.parametrize("path", ["/", "/lapor/"])
def test_first_pages_weigh_at_most_100_kb(path: str, register: Register, visit: Callable[..., Page]) -> None:
    assert weight(register, visit, path) <= 100_000
