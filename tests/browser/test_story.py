"""The main story, in a browser: from a phone without scripts to a worked report, proven by its receipt."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import PHONE, Register, pass_the_door

pytestmark = pytest.mark.browser

STORY = "Saat senam pagi ia berfoto dengan dua jari lalu mengunggahnya ke grup warga."


def photo(folder: Path) -> Path:
    """A picture with the traces a phone leaves: place, owner, camera."""
    exif = Image.Exif()
    exif[0x013B] = "Pemilik Ponsel Rekaan"
    exif[0x8825] = {1: "S", 2: (5.0, 6.0, 7.0), 3: "E", 4: (105.0, 6.0, 7.0)}
    path = folder / "senam.jpg"
    Image.effect_noise((640, 480), 40).convert("RGB").save(path, "JPEG", exif=exif)
    return path


def send_report(page: Page, register: Register, picture: Path) -> str:
    """Fills and sends the form as a reporter would; the code of the receipt."""
    page.goto(f"{register.public}/")
    page.get_by_role("link", name="Laporkan").click()
    page.get_by_label("Mengunggah foto dengan simbol jari atau atribut").check()
    page.get_by_label("Ceritanya").fill(STORY)
    page.locator("[name=who_name]").fill("Pak Surya")
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Pilih berkas").set_input_files(picture)
    page.get_by_role("button", name="Tambah berkas lagi").click()
    expect(page.get_by_text("1 berkas sudah terkirim")).to_be_visible()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_text(STORY)).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", name="Laporan Anda sudah tercatat")).to_be_visible()
    return page.locator(".receipt").inner_text().strip()


def check_status(page: Page, register: Register, code: str) -> None:
    page.goto(f"{register.public}/cek/")
    page.get_by_label("Kode tanda terima").fill(code)
    page.get_by_role("button", name="Lihat status").click()
    expect(page.get_by_role("heading", name="Laporan Anda")).to_be_visible()


def test_from_a_phone_to_a_proven_report(
    register: Register,
    visit: Callable[..., Page],
    sign_in: Callable[..., Page],
    tmp_path: Path,
) -> None:
    reporter = visit(PHONE, javascript=False)
    code = send_report(reporter, register, photo(tmp_path))
    with reporter.expect_download() as download:
        reporter.get_by_role("link", name="Unduh sebagai teks").click()
    download.value.save_as(tmp_path / "catatan.txt")
    number = reporter.get_by_text("Nomor L-").inner_text().split()[1].rstrip(",")

    reporter.go_back()  # the back button after sending: the same receipt, no second report
    reporter.goto(f"{register.public}/lapor/periksa/")
    reporter.goto(f"{register.public}/lapor/tanda-terima/")
    assert reporter.locator(".receipt").inner_text().strip() == code
    reporter.get_by_role("button", name="Sudah saya simpan").click()
    assert not [cookie for cookie in reporter.context.cookies() if "laporan" in cookie["name"]]

    officer = sign_in("demo-koordinator")
    officer.keyboard.press("/")
    officer.keyboard.type(number)
    officer.keyboard.press("Enter")
    expect(officer.get_by_text(STORY)).to_be_visible()  # a whole number opens its report at once
    officer.keyboard.press("m")
    expect(officer.get_by_text("Kajian awal belum selesai").first).to_be_visible()

    see_clean_photo(officer, register)
    ask(officer, "Di halaman kantor mana senam itu?")

    check_status(reporter, register, code)
    expect(reporter.get_by_text("Di halaman kantor mana senam itu?")).to_be_visible()
    reporter.get_by_label("Tulis pesan").fill("Halaman kantor kecamatan.")
    reporter.get_by_label("Foto atau berkas").set_input_files(photo(tmp_path))
    reporter.get_by_role("button", name="Kirim pesan").click()
    expect(reporter.get_by_text("Pesan dan 1 berkas Anda terkirim.")).to_be_visible()

    officer.reload()
    expect(officer.get_by_text("Halaman kantor kecamatan.")).to_be_visible()
    expect(officer.get_by_role("heading", name="Berkas · 2")).to_be_visible()
    name_respondent(officer, "camat")
    finish_study(officer)
    close(officer)
    check_status(reporter, register, code)
    expect(reporter.get_by_text("Ditutup").first).to_be_visible()

    prove(register, visit(), tmp_path)


def see_clean_photo(officer: Page, register: Register) -> None:
    """The worker makes the copy within seconds; the picture that comes carries nothing of the phone."""
    picture = officer.locator("img[src*='/berkas/']").first
    for _ in range(360):  # as long as a busy machine may take
        if picture.count():
            break
        officer.wait_for_timeout(500)
        officer.reload()
    source = picture.get_attribute("src")
    answer = officer.request.get(f"{register.staff}{source}")
    assert answer.ok
    image = Image.open(io.BytesIO(answer.body()))
    assert image.size == (640, 480)
    assert not dict(image.getexif())
    assert b"Pemilik" not in answer.body()


def ask(officer: Page, question: str) -> None:
    officer.get_by_label("Pertanyaan Anda sendiri").fill(question)
    officer.get_by_role("button", name="Kirim pertanyaan").click()
    expect(officer.get_by_text(question)).to_be_visible()


def name_respondent(officer: Page, query: str) -> None:
    officer.get_by_role("link", name="Cari dalam data pegawai").click()
    officer.get_by_label("Nama, unit, jabatan, atau NIP").fill(query)
    officer.get_by_role("button", name="Cari", exact=True).click()
    officer.get_by_role("button", name="Tetapkan").first.click()
    expect(officer.get_by_text("Terlapor belum didengar.")).to_be_visible()


def finish_study(officer: Page) -> None:
    if officer.get_by_role("button", name="Lanjutkan kajian").count():
        officer.get_by_role("button", name="Lanjutkan kajian").click()
    for choice in officer.locator("#kajian select").all():
        choice.select_option(index=1)
    officer.get_by_role("button", name="Simpan dan nyatakan lengkap").click()
    expect(officer.get_by_text("Laporan lengkap belum ditindaklanjuti").first).to_be_visible()


def close(officer: Page) -> None:
    officer.get_by_role("link", name="Tutup laporan").click()
    officer.get_by_label("kewenangan instansi lain").check()
    officer.locator("main textarea").first.fill("Diteruskan lewat surat.")
    officer.get_by_role("button", name="Tutup laporan").click()
    expect(officer.get_by_text("Ditutup").first).to_be_visible()


def prove(register: Register, anyone: Page, folder: Path) -> None:
    """A stranger downloads the log's hashes and checks the receipt without our database."""
    anyone.goto(f"{register.public}/register/")
    for name, target in (("Unduh kepala log", "kepala.txt"), ("Unduh daftar sidik", "daun.txt")):
        with anyone.expect_download() as download:
            anyone.get_by_role("link", name=name).click()
        download.value.save_as(folder / target)
    command = [
        sys.executable,
        "-m",
        "netral.sealing",
        "verify",
        "--receipt",
        "catatan.txt",
        "--export",
        "daun.txt",
    ]
    done = subprocess.run(
        [*command, "--head", "kepala.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    receipt = folder / "catatan.txt"
    receipt.write_text(receipt.read_text().replace("nomor-urut: ", "nomor-urut: 1", 1))
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0


def test_what_was_typed_and_sent_survives_errors_back_and_an_expired_form(
    register: Register, visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit(PHONE, javascript=False)
    page.goto(f"{register.public}/lapor/")
    page.get_by_label("Ceritanya").fill(STORY)
    page.get_by_role("button", name="Lanjutkan").click()  # no act chosen
    expect(page.get_by_role("alert")).to_contain_text("Pilih paling sedikit satu")
    assert page.get_by_label("Ceritanya").input_value() == STORY
    page.context.clear_cookies()  # two hours later
    page.get_by_label("Menyukai unggahan dukungan").check()
    page.get_by_role("button", name="Lanjutkan").click()
    if page.get_by_label("Ceritanya").count():  # the form came back with a fresh token and what was typed
        assert page.get_by_label("Ceritanya").input_value() == STORY
        page.get_by_role("button", name="Lanjutkan").click()
    wrong = tmp_path / "bukan-foto.jpg"
    wrong.write_bytes(b"MZ" + bytes(2000))
    page.get_by_label("Pilih berkas").set_input_files([photo(tmp_path), wrong])
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan-foto.jpg")
    expect(page.get_by_text("1 berkas sudah terkirim")).to_be_visible()
    page.go_back()  # from the page that refused one file to the form before it
    page.goto(f"{register.public}/lapor/berkas/")
    expect(page.get_by_text("senam.jpg")).to_be_visible()
    page.goto(f"{register.public}/lapor/")
    assert page.get_by_label("Ceritanya").input_value() == STORY


def test_what_an_officer_typed_outlives_his_session(register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-pemeriksa")
    page.goto(f"{register.staff}/laporan/baru/")
    page.get_by_role("radio", name="surat", exact=True).check()
    page.get_by_label("Menyukai unggahan dukungan").check()
    page.get_by_label("Uraian kejadian").fill(STORY)
    page.context.clear_cookies(name="netral-petugas")  # as after the night
    page.get_by_role("button", name="Catat laporan").click()
    expect(page.get_by_text("isiannya tidak hilang")).to_be_visible()
    pass_the_door(page, register, "demo-pemeriksa")
    expect(page.get_by_text("belum terkirim")).to_be_visible()
    expect(page.get_by_label("Uraian kejadian")).to_have_value(STORY)
    page.get_by_role("button", name="Catat laporan").click()
    expect(page.get_by_role("heading", name="Tanda terima")).to_be_visible()
    for path in register.home.rglob("*"):
        assert not path.is_file() or STORY.encode() not in path.read_bytes(), path
