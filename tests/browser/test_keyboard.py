"""An officer who never takes the mouse: from a new report to a closed case by letters, Tab and Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Register, follow
from .test_story import photo, send_report

pytestmark = pytest.mark.browser

# The text of what has the focus: its label, or what stands on it.
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here.matches("a, button, input, select, textarea, summary")) return "";
  return here.labels?.length ? here.labels[0].innerText : here.innerText || here.ariaLabel || "";
}"""
# What the law may ask about the photo, and the first letters of the answer; all else stays unknown.
FACTS = {
    "Kepada siapa": "calon atau",
    "Untuk jabatan apa": "bupati",
    "Untuk pemilihan yang mana": "Pilkada 2024",
    "disebarluaskan": "ya",
    "menunjukkan dukungan": "ya",
}
WHO = "pengadministrasi"
MOST_TABS = 60
DAY = "10102024"  # 10 October, in whatever order the browser asks for day and month


@dataclass
class Keys:
    """Hands on the keyboard of one officer."""

    page: Page

    def press(self, *keys: str) -> None:
        self.page.wait_for_load_state()  # text stands on a page before its script listens to keys
        for key in keys:
            self.page.keyboard.press(key)

    def act(self, key: str, then: str) -> None:
        """One key of the page, and what it leads to."""
        self.press(key)
        expect(self.page.get_by_text(then).first).to_be_visible()

    def do(self, words: str, then: str) -> None:
        """A key only aims at the button that writes; Enter then does it."""
        self.press("m")
        assert words in self.focused()
        self.act("Enter", then)

    def focused(self) -> str:
        return str(self.page.evaluate(FOCUSED))

    def reach(self, words: str) -> None:
        """Tab, until what has these words in its label has the focus."""
        for _ in range(MOST_TABS):
            if words in self.focused():
                return
            self.press("Tab")
        pytest.fail(f"{self.page.url}: no “{words}” within {MOST_TABS} times Tab, but “{self.focused()}”")

    def fill(self, words: str, text: str) -> None:
        """In place of what stands there."""
        self.reach(words)
        self.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, words: str, option: str) -> None:
        self.reach(words)
        self.page.keyboard.type(option)

    def tick(self, words: str) -> None:
        self.reach(words)
        self.press("Space")

    def send(self, words: str, then: str) -> None:
        self.reach(words)
        self.act("Enter", then)

    def find(self, number: str, then: str) -> None:
        self.press("/")
        self.page.keyboard.type(number)
        self.act("Enter", then)


def test_from_a_new_report_to_a_closed_case_by_keyboard_alone(
    register: Register, visit: Callable[..., Page], sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    reporter = visit(PHONE, javascript=False)
    send_report(reporter, register, photo(tmp_path))
    report = reporter.get_by_text("Nomor L-").inner_text().split()[1].rstrip(",")

    officer = Keys(sign_in("demo-koordinator"))
    officer.find(report, "Kajian awal belum dimulai")
    study(officer)
    name_respondent(officer)
    open_case(officer)
    case = officer.page.url.strip("/").rpartition("/")[2]
    answer_the_law(officer)
    appoint_team(officer)
    examine(officer, photo(tmp_path))

    leader = Keys(sign_in("demo-pimpinan"))
    leader.find(case, "Perkara belum diputus")
    leader.act("m", "Saran pemeriksa: tidak terbukti.")
    leader.tick("Tidak terbukti")
    leader.fill("Alasan", "Foto itu dari acara keluarga.")
    leader.send("Putuskan", "Perkara diputus.")

    officer.find(case, "Keputusan belum disampaikan")
    officer.act("m", "Dengan penyampaian ini perkara selesai.")
    officer.tick("diserahkan langsung")
    officer.send("Catat penyampaian dan tutup", "Selesai: Tidak terbukti")


def test_single_keys_can_be_turned_off(register: Register, sign_in: Callable[..., Page]) -> None:
    page = sign_in("demo-pengawas")
    page.goto(f"{register.staff}/akun/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("button")).to_be_focused()
    page.keyboard.press("Escape")
    for words, shown in (("Matikan pintasan", 0), ("Nyalakan pintasan", 1)):
        follow(page.get_by_role("button", name=words))
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_have_count(shown)


def study(officer: Keys) -> None:
    officer.do("Mulai kajian awal", "Kajian awal belum selesai")
    officer.press("m")  # to the list of requirements, of which the next Tab is the first
    officer.press("Tab")
    while "Simpan" not in officer.focused():
        officer.page.keyboard.type("terpenuhi")
        officer.press("Tab")
    officer.send("nyatakan lengkap", "Laporan lengkap belum ditindaklanjuti")


def name_respondent(officer: Keys) -> None:
    officer.act("m", "Kecocokan nama hanyalah petunjuk.")
    officer.fill("Nama, unit, jabatan, atau NIP", WHO)
    with officer.page.expect_navigation():
        officer.press("Enter")
    officer.press("Escape", "Tab", "Tab")  # out of the field, where a letter is a letter
    officer.press("j")
    officer.act("Enter", "Terlapor belum didengar.")


def open_case(officer: Keys) -> None:
    officer.act("m", "Setiap terlapor mendapat berkas perkaranya sendiri")
    officer.choose("Tanggal perbuatan 1", DAY)
    officer.send("Buka perkara", "Penilaian hukum belum dibuat")


def answer_the_law(officer: Keys) -> None:
    accept = officer.page.get_by_role("button", name="Terima jawaban hukum")
    for _ in FACTS:
        if accept.count():
            break
        officer.press("m", "Tab")
        while (asked := officer.focused()) != "Simpan jawaban":
            officer.page.keyboard.type(
                next((answer for words, answer in FACTS.items() if words in asked), "")
            )
            officer.press("Tab")
        officer.act("Enter", "Fakta disimpan.")
    officer.do("Terima jawaban hukum", "Pemeriksa belum ditetapkan")


def appoint_team(officer: Keys) -> None:
    """Whom the page suggests: the superior first, then those who examined before, as what they were then."""
    officer.act("m", "Disarankan")
    officer.press("j")
    for name in ("Tambahkan", "Eko Saputro", "Hadi Kusuma"):
        officer.reach(name)
        with officer.page.expect_navigation():
            officer.press("Enter")
    officer.choose("Ketua", "Drs. Hadi")
    officer.fill("Nomor keputusan pembentukan", "800.1.6/78/2024")
    officer.act("Enter", "Surat panggilan I belum dibuat")


def examine(officer: Keys, paper: Path) -> None:
    officer.act("m", "Surat bertanggal hari ini")
    officer.fill("Jam", "14.00 WIB")
    officer.fill("Tempat", "Ruang pemeriksaan Inspektorat")
    officer.act("Enter", "Pemeriksaan belum dicatat")
    officer.act("m", "Tanya jawab bernomor")
    officer.fill("Mengapa pada hari lain", "Terlapor datang sendiri hari ini.")
    officer.fill("Pertanyaan 1", "Apakah Saudara mengunggah foto itu?")
    officer.fill("Jawaban 1", "Tidak, itu acara keluarga.")
    officer.fill("Pernyataan terlapor", "Saya tidak mendukung siapa pun.")
    officer.send("Simpan berita acara", "Berita acara belum ditandatangani")
    officer.act("m", "Pindaian berita acara yang sudah ditandatangani")
    officer.tick("ditandatangani terlapor")
    officer.page.get_by_label("Pindaian berita acara").set_input_files(paper)
    officer.send("Catat tanda tangan", "Laporan hasil pemeriksaan belum dibuat")
    officer.act("m", "Saran tidak mengikat")
    officer.reach("terbukti")
    officer.press("ArrowDown")
    officer.fill("Pertimbangan", "Tidak ada bukti yang cukup.")
    officer.send("Sampaikan laporan", "Perkara belum diputus")
