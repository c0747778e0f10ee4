"""The main story, in a browser: from a phone without scripts to a decision delivered, proven by its receipt."""

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

from .conftest import DESKTOP, PHONE, Register, follow, pass_the_door

pytestmark = pytest.mark.browser

STORY = "Saat senam pagi ia berfoto dengan dua jari lalu mengunggahnya ke grup warga."
TODAY = "2024-10-20"  # the day of the demonstration
BEFORE_CANDIDACY = "2024-09-10"
# What the law may ask about such a photo, and what the officer knows.
FACTS = {
    "Kepada siapa atau apa dukungan itu ditujukan?": "bakal calon",
    "Untuk jabatan apa calon itu maju?": "bupati",
    "Untuk pemilihan yang mana?": "Pilkada 2024",
    "Apakah disebarluaskan di media sosial": "ya",
    "Apakah perbuatan itu menunjukkan dukungan": "ya",
}


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
    follow(page.get_by_role("link", name="Laporkan"))
    page.get_by_label("Mengunggah foto dengan simbol jari atau atribut").check()
    page.get_by_label("Ceritanya").fill(STORY)
    page.locator("[name=who_name]").fill("Pak Surya")
    follow(page.get_by_role("button", name="Lanjutkan"))
    page.get_by_label("Pilih berkas").set_input_files(picture)
    follow(page.get_by_role("button", name="Tambah berkas lagi"))
    expect(page.get_by_text("1 berkas sudah terkirim")).to_be_visible()
    follow(page.get_by_role("button", name="Lanjutkan"))
    expect(page.get_by_text(STORY)).to_be_visible()
    follow(page.get_by_role("button", name="Kirim laporan"))
    expect(page.get_by_role("heading", name="Laporan Anda sudah tercatat")).to_be_visible()
    return page.locator(".receipt").inner_text().strip()


def check_status(page: Page, register: Register, code: str) -> None:
    page.goto(f"{register.public}/cek/")
    page.get_by_label("Kode tanda terima").fill(code)
    follow(page.get_by_role("button", name="Lihat status"))
    expect(page.get_by_role("heading", name="Laporan Anda")).to_be_visible()


def test_from_a_phone_to_a_proven_decision(
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
    follow(reporter.get_by_role("button", name="Sudah saya simpan"))
    assert not [cookie for cookie in reporter.context.cookies() if "laporan" in cookie["name"]]

    officer = sign_in("demo-koordinator")
    officer.keyboard.press("/")
    officer.keyboard.type(number)
    officer.keyboard.press("Enter")
    expect(officer.get_by_text(STORY)).to_be_visible()  # a whole number opens its report at once
    officer.keyboard.press("m")
    officer.keyboard.press("Enter")
    expect(officer.get_by_text("Kajian awal belum selesai").first).to_be_visible()

    see_clean_photo(officer, register)
    ask(officer, "Di halaman kantor mana senam itu?")

    check_status(reporter, register, code)
    expect(reporter.get_by_text("Di halaman kantor mana senam itu?")).to_be_visible()
    reporter.get_by_label("Tulis pesan").fill("Halaman kantor kecamatan.")
    reporter.get_by_label("Foto atau berkas").set_input_files(photo(tmp_path))
    follow(reporter.get_by_role("button", name="Kirim pesan"))
    expect(reporter.get_by_text("Pesan dan 1 berkas Anda terkirim.")).to_be_visible()

    officer.reload()
    expect(officer.get_by_text("Halaman kantor kecamatan.")).to_be_visible()
    expect(officer.get_by_role("heading", name="Berkas · 2")).to_be_visible()
    name_respondent(officer, "camat")
    finish_study(officer)
    open_case(officer)
    answer_the_law(officer)
    appoint_panel(officer)
    examine(officer, photo(tmp_path))
    check_status(reporter, register, code)
    expect(reporter.get_by_text("Perkara menunggu keputusan")).to_be_visible()

    leader = sign_in("demo-pimpinan")
    leader.goto(officer.url)
    decide(leader)
    officer.reload()
    deliver(officer)
    check_status(reporter, register, code)
    expect(reporter.get_by_text("Perkara selesai dengan sanksi moral.")).to_be_visible()

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
    follow(officer.get_by_role("button", name="Kirim pertanyaan"))
    expect(officer.get_by_text(question)).to_be_visible()


def name_respondent(officer: Page, query: str) -> None:
    follow(officer.get_by_role("link", name="Cari dalam data pegawai"))
    officer.get_by_label("Nama, unit, jabatan, atau NIP").fill(query)
    follow(officer.get_by_role("button", name="Cari", exact=True))
    follow(officer.get_by_role("button", name="Tetapkan").first)
    expect(officer.get_by_text("Terlapor belum didengar.")).to_be_visible()


def finish_study(officer: Page) -> None:
    if officer.get_by_role("button", name="Lanjutkan kajian").count():
        follow(officer.get_by_role("button", name="Lanjutkan kajian"))
    for choice in officer.locator("#kajian select").all():
        choice.select_option(index=1)
    follow(officer.get_by_role("button", name="Simpan dan nyatakan lengkap"))
    expect(officer.get_by_text("Laporan lengkap belum ditindaklanjuti").first).to_be_visible()


def open_case(officer: Page) -> None:
    follow(officer.get_by_role("link", name="Buka perkara"))
    officer.get_by_label("Tanggal perbuatan 1").fill(BEFORE_CANDIDACY)
    follow(officer.get_by_role("button", name="Buka perkara"))
    expect(officer.get_by_text("Penilaian hukum belum dibuat")).to_be_visible()


def answer_the_law(officer: Page) -> None:
    """Answers what is asked until the law is sure of the road, then accepts what it says."""
    accept = officer.get_by_role("button", name="Terima jawaban hukum")
    for _ in FACTS:
        if accept.count():
            break
        for question, answer in FACTS.items():
            if (asked := officer.get_by_label(question)).count():
                asked.select_option(label=answer)
        follow(officer.get_by_role("button", name="Simpan jawaban"))
        expect(officer.get_by_text("Fakta disimpan.")).to_be_visible()
    expect(officer.get_by_text("SKB 2/2022").first).to_be_visible()
    follow(accept)
    expect(officer.get_by_text("Majelis kode etik belum ditetapkan")).to_be_visible()


def appoint_panel(officer: Page) -> None:
    """The three whom the page suggests: a superior of his, and two who examined before."""
    follow(officer.get_by_role("link", name="Tetapkan majelis"))
    for _ in range(3):
        follow(officer.get_by_role("button", name="Tambahkan").first)
    officer.get_by_label("Ketua").select_option(index=1)
    officer.get_by_label("Nomor keputusan pembentukan").fill("800.1.6/77/2024")
    follow(officer.get_by_role("button", name="Tetapkan pemeriksa"))
    expect(officer.get_by_text("Surat panggilan I belum dibuat")).to_be_visible()


def examine(officer: Page, paper: Path) -> None:
    follow(officer.get_by_role("link", name="Buat panggilan I"))
    expect(officer.get_by_text("tenggat sementara")).to_be_visible()
    officer.get_by_label("Hari pemeriksaan").fill(TODAY)
    officer.get_by_label("Jam").fill("14.00 WIB")
    officer.get_by_label("Tempat").fill("Ruang sidang Inspektorat")
    follow(officer.get_by_role("button", name="Panggil terlapor"))
    expect(officer.get_by_text("jatuh pada hari yang sama").last).to_be_visible()
    officer.get_by_label("Mengapa tetap dilakukan").fill("Terlapor meminta didengar hari ini juga.")
    follow(officer.get_by_role("button", name="Panggil terlapor"))
    follow(officer.get_by_role("link", name="Catat sidang"))
    officer.get_by_label("Pertanyaan 1").fill("Apakah Saudara mengunggah foto itu?")
    officer.get_by_label("Jawaban 1").fill("Ya, saat senam pagi.")
    officer.get_by_label("Pernyataan terlapor").fill("Saya kira hanya gaya berfoto.")
    follow(officer.get_by_role("button", name="Simpan berita acara"))
    expect(officer.get_by_text("Saya kira hanya gaya berfoto.")).to_be_visible()
    follow(officer.get_by_role("link", name="Catat tanda tangan").first)
    officer.get_by_label("ditandatangani terlapor").check()
    officer.get_by_label("Pindaian berita acara").set_input_files(paper)
    follow(officer.get_by_role("button", name="Catat tanda tangan"))
    follow(officer.get_by_role("link", name="Susun laporan"))
    officer.get_by_label("terbukti", exact=True).check()
    officer.get_by_label("Tingkat yang disarankan").select_option(label="moral")
    officer.get_by_label("Pertimbangan").fill("Foto, pengakuan, dan keterangan warga bersesuaian.")
    follow(officer.get_by_role("button", name="Sampaikan laporan"))
    expect(officer.get_by_text("Perkara belum diputus")).to_be_visible()


def decide(leader: Page) -> None:
    follow(leader.get_by_role("link", name="Putuskan"))
    expect(leader.get_by_text("Saran pemeriksa: moral.")).to_be_visible()
    leader.get_by_label("Pernyataan secara terbuka").check()
    leader.get_by_label("Alasan").fill("Sesuai laporan majelis dan pengakuan terlapor.")
    follow(leader.get_by_role("button", name="Putuskan"))
    expect(leader.get_by_text("Perkara diputus.")).to_be_visible()


def deliver(officer: Page) -> None:
    follow(officer.get_by_role("link", name="Catat penyampaian"))
    officer.get_by_label("diserahkan langsung").check()
    follow(officer.get_by_role("button", name="Catat penyampaian"))
    follow(officer.get_by_role("link", name="Catat pelaksanaan"))
    officer.get_by_label("Tempat").fill("Halaman Kantor Bupati")
    officer.get_by_label("Yang menyampaikan pernyataan").fill("Sutan Arga Malintang, Bupati Way Tirta")
    officer.get_by_label("Cara pelaksanaan").fill("Dibacakan dalam apel pagi.")
    follow(officer.get_by_role("button", name="Catat pelaksanaan dan tutup"))
    expect(officer.get_by_role("heading", name="Selesai: Sanksi moral")).to_be_visible()


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
    follow(page.get_by_role("button", name="Lanjutkan"))  # no act chosen
    expect(page.get_by_role("alert")).to_contain_text("Pilih paling sedikit satu")
    assert page.get_by_label("Ceritanya").input_value() == STORY
    page.context.clear_cookies()  # two hours later
    page.get_by_label("Menyukai unggahan dukungan").check()
    follow(page.get_by_role("button", name="Lanjutkan"))
    if page.get_by_label("Ceritanya").count():  # the form came back with a fresh token and what was typed
        assert page.get_by_label("Ceritanya").input_value() == STORY
        follow(page.get_by_role("button", name="Lanjutkan"))
    wrong = tmp_path / "bukan-foto.jpg"
    wrong.write_bytes(b"MZ" + bytes(2000))
    page.get_by_label("Pilih berkas").set_input_files([photo(tmp_path), wrong])
    follow(page.get_by_role("button", name="Lanjutkan"))
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
    follow(page.get_by_role("button", name="Catat laporan"))
    expect(page.get_by_text("isiannya tidak hilang")).to_be_visible()
    pass_the_door(page, register, "demo-pemeriksa")
    expect(page.get_by_text("belum terkirim")).to_be_visible()
    expect(page.get_by_label("Uraian kejadian")).to_have_value(STORY)
    follow(page.get_by_role("button", name="Catat laporan"))
    expect(page.get_by_role("heading", name="Tanda terima")).to_be_visible()
    for path in register.home.rglob("*"):
        assert not path.is_file() or STORY.encode() not in path.read_bytes(), path


def test_what_stands_typed_in_other_forms_survives_sending_one(
    register: Register, visit: Callable[..., Page], sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    send_report(visit(PHONE), register, photo(tmp_path))
    page = sign_in("demo-koordinator")
    page.goto(f"{register.staff}/laporan/?keadaan=diterima")
    follow(page.locator("a.row-link").first)
    follow(page.get_by_role("button", name="Mulai kajian awal"))
    note, question = page.get_by_label("Catatan kajian"), page.get_by_label("Pertanyaan Anda sendiri")
    found, ready = page.get_by_label("Pihak terlapor"), page.get_by_label("Siapa nama atau jabatan")

    def everything_is_there() -> None:
        expect(page.get_by_text("formulir lain halaman ini")).to_be_visible()
        expect(note).to_have_value(STORY)
        expect(found).to_have_value("ditanyakan")

    note.fill(STORY)
    found.select_option("ditanyakan")
    page.get_by_text("Pertanyaan siap pakai", exact=True).click()
    ready.check()
    page.get_by_text("Tambah berkas").click()
    page.locator("#berkas-baru").set_input_files(photo(tmp_path))
    follow(page.get_by_role("button", name="Tugaskan"))  # done
    everything_is_there()
    expect(page.get_by_text("Berkas ini perlu dipilih kembali: senam.jpg")).to_be_visible()
    expect(ready).to_be_checked()
    ready.uncheck()
    follow(page.get_by_role("button", name="Kirim pertanyaan"))  # refused: nothing is asked
    expect(page.get_by_role("alert")).to_be_visible()
    everything_is_there()
    question.fill("Siapa yang melihatnya?")
    page.context.clear_cookies(name="netral-petugas")  # as after the night
    follow(page.get_by_role("button", name="Ubah jenis"))
    pass_the_door(page, register, "demo-koordinator")
    everything_is_there()
    expect(question).to_have_value("Siapa yang melihatnya?")
    follow(page.get_by_role("button", name="Ubah jenis"))
    expect(page.get_by_text("Jenis laporan diubah.")).to_be_visible()
    everything_is_there()
    follow(page.get_by_role("button", name="Kirim pertanyaan"))
    expect(page.get_by_text("Pertanyaan terkirim.")).to_be_visible()
    everything_is_there()
    follow(page.get_by_role("button", name="Simpan", exact=True))
    expect(page.get_by_text("Kajian awal disimpan.")).to_be_visible()
    expect(page.get_by_text("formulir lain halaman ini")).to_have_count(0)
    for path in register.home.rglob("*"):
        assert not path.is_file() or STORY.encode() not in path.read_bytes(), path


def test_a_text_that_is_too_long_is_counted_and_comes_back_whole(
    register: Register, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("demo-koordinator")
    page.goto(f"{register.staff}/laporan/?keadaan=kajian")
    follow(page.locator("a.row-link").first)
    follow(page.get_by_role("link", name="Tutup laporan"))
    long = "Alasan yang panjang. " * 200
    page.get_by_label("terlapor bukan ASN").check()
    page.get_by_label("Alasan").fill(long)
    expect(page.get_by_text("4.199 dari paling banyak 3.000 karakter")).to_be_visible()
    follow(page.get_by_role("button", name="Tutup laporan"))
    expect(page.get_by_role("alert")).to_contain_text("panjangnya 4.199 karakter")
    expect(page.get_by_label("Alasan")).to_have_value(long)


def test_may_i_from_everyday_words_to_an_answer_and_back(
    register: Register, visit: Callable[..., Page]
) -> None:
    page = visit(PHONE, javascript=False)

    def answer(choice: str) -> None:
        page.get_by_label(choice, exact=True).check()
        follow(page.get_by_role("button", name="Lanjutkan"))

    page.goto(register.public)
    follow(page.locator("main").get_by_role("link", name="Boleh atau tidak?"))
    page.get_by_label("Apa yang ingin Anda lakukan?").fill("boleh ngelike foto Bu Ratna Sari yg nyalon?")
    follow(page.get_by_role("button", name="Cari jawaban"))
    assert "ratna" not in page.url.lower()
    assert "ratna" not in page.content().lower()
    follow(page.get_by_role("link", name="Menyukai unggahan dukungan").first)
    answer("PNS")
    answer("Calon atau pasangan calon (sudah ditetapkan KPU)")
    answer("Pilkada 2024")
    expect(page.get_by_text("Ini tidak boleh Anda lakukan.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Untuk pemilihan yang mana?")).to_be_visible()
    page.go_forward()
    shared = page.locator("a.hash").get_attribute("href") or ""
    assert page.context.cookies() == []

    friend = visit(DESKTOP, javascript=False)
    friend.goto(f"{register.public}/{shared.partition('//')[2].partition('/')[2]}")
    expect(friend.get_by_text("Ini tidak boleh Anda lakukan.")).to_be_visible()
    friend.get_by_text("Ganti tanggal", exact=True).click()
    friend.get_by_label("Kapan perbuatan itu dilakukan?").fill("2024-09-21")
    follow(friend.get_by_role("button", name="Pakai tanggal ini"))
    expect(friend.get_by_text("Sanksi moral.")).to_be_visible()
