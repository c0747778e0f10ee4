"""The reporter's way through the form, with everything that goes wrong on a phone."""

import datetime as dt
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from PIL import Image

from netral.accounts.models import Agency
from netral.evidence import blobs
from netral.intake import services
from netral.intake.limits import FORMS
from netral.intake.models import Draft, DraftFile, Report
from netral.lawbook import reportable_kinds
from netral.sealing import SealKey, group, normalise, parse_receipt

TYPED = {
    "acts": ["like_post", "photo_with_sign"],
    "story": "Camat menyukai unggahan pasangan calon.",
    "who_name": "Raden Rekaan",
    "when_date": "2024-10-10",
    "link": "https://contoh.id/p/1",
    "contact_phone": "0812 0000 0000",
}
FORM_PAGES = (
    "/",
    "/lapor/",
    "/lapor/berkas/",
    "/lapor/periksa/",
    "/lapor/tanda-terima/",
    "/cek/",
    "/privasi/",
)
COOKIE = settings.NETRAL_FORM_COOKIE

pytestmark = pytest.mark.usefixtures("agency", "demo_date")


def photo(name: str = "foto.jpg", colour: str = "teal") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def code_in(client: Client) -> str:
    return client.cookies[COOKIE].value


def fill(client: Client, **change: Any) -> Any:
    client.get("/lapor/")
    return client.post("/lapor/", TYPED | change)


def send(client: Client, **change: Any) -> Any:
    assert fill(client, **change)["Location"] == "/lapor/berkas/"
    assert client.post("/lapor/berkas/", {"lanjut": "1"})["Location"] == "/lapor/periksa/"
    return client.post("/lapor/periksa/")


def test_every_fault_links_to_its_field(public_client: Client) -> None:
    page = text_of(
        public_client.post("/lapor/", TYPED | {"acts": [], "story": "", "link": "x y", "when_date": "z"})
    )
    linked = re.findall(r'<li><a href="#([^"]+)"', page)
    assert sorted(linked) == ["id_acts", "id_link", "id_story", "id_when_date"]
    assert [name for name in linked if f'id="{name}"' not in page] == []


def test_the_day_is_picked_from_a_calendar(public_client: Client) -> None:
    day = re.search(r'<input[^>]*name="when_date"[^>]*>', text_of(public_client.get("/lapor/")))
    assert day is not None
    assert re.findall(r'\btype="([^"]+)"', day[0]) == ["date"]


# The way ---------------------------------------------------------------------------------------------------


def test_from_the_first_page_to_the_receipt(public_client: Client) -> None:
    assert 'href="/lapor/"' in text_of(public_client.get("/"))
    assert fill(public_client)["Location"] == "/lapor/berkas/"
    code = code_in(public_client)
    answer = public_client.post(
        "/lapor/berkas/", {"berkas": [photo(), photo("lain.jpg", "red")], "tambah": "1"}
    )
    assert answer["Location"] == "/lapor/berkas/"
    assert "foto.jpg" in text_of(public_client.get("/lapor/berkas/"))
    assert public_client.post("/lapor/berkas/", {"lanjut": "1"})["Location"] == "/lapor/periksa/"
    summary = text_of(public_client.get("/lapor/periksa/"))
    for shown in (
        "Raden Rekaan",
        "Kamis, 10 Oktober 2024",
        "lain.jpg",
        "0812 0000 0000",
        "Menyukai unggahan",
    ):
        assert shown in summary
    assert public_client.post("/lapor/periksa/")["Location"] == "/lapor/tanda-terima/"
    page = text_of(public_client.get("/lapor/tanda-terima/"))
    assert group(code) in page
    assert "<svg" in page
    assert code_in(public_client) == code
    note = public_client.get("/lapor/unduh/")
    assert note["Content-Disposition"] == 'attachment; filename="catatan.txt"'
    receipt = parse_receipt(note.content.decode())
    receipt.verify()
    assert receipt.code == code
    assert Report.objects.get().acts == TYPED["acts"]


def test_saying_that_it_is_kept_ends_the_form(public_client: Client) -> None:
    send(public_client)
    answer = public_client.post("/lapor/tanda-terima/")
    assert answer["Location"] == "/"
    assert answer.cookies[COOKIE].value == ""
    assert public_client.get("/lapor/tanda-terima/")["Location"] == "/lapor/"


def test_every_page_before_the_first_step_leads_to_it(public_client: Client) -> None:
    for path in ("/lapor/berkas/", "/lapor/periksa/"):
        assert "Isian sebelumnya tidak ada lagi" in text_of(public_client.get(path))
    for path in ("/lapor/tanda-terima/", "/lapor/unduh/"):
        assert public_client.get(path)["Location"] == "/lapor/"


def test_going_back_shows_what_was_typed(public_client: Client) -> None:
    fill(public_client, story="Cerita pertama.")
    page = text_of(public_client.get("/lapor/"))
    assert "Cerita pertama." in page
    assert re.search(r'value="like_post"[^>]* checked', page)
    fill(public_client, story="Cerita kedua.")
    assert "Cerita kedua." in text_of(public_client.get("/lapor/periksa/"))
    assert Draft.objects.count() == 1


# Sent twice, gone back, two tabs ---------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["seal_key", "vault_key"])
def test_nothing_is_sealed_for_a_key_that_the_database_names_since(
    public_client: Client, agency: Any, field: str
) -> None:
    """Whoever put it there would read every report from now on."""
    fill(public_client)
    public_client.raise_request_exception = False
    kept = getattr(agency, field)
    Agency.objects.filter(pk=agency.pk).update(**{field: SealKey.generate().public.raw})
    answer = public_client.post("/lapor/periksa/")
    assert answer.status_code == 500
    assert "kunci penyegel instansi di basis data telah diganti" in text_of(answer)
    assert not Report.objects.exists()
    Agency.objects.filter(pk=agency.pk).update(**{field: kept})
    assert public_client.post("/lapor/periksa/")["Location"] == "/lapor/tanda-terima/"


def test_sending_twice_shows_the_same_receipt(public_client: Client) -> None:
    send(public_client)
    first = public_client.get("/lapor/unduh/").content
    assert public_client.post("/lapor/periksa/")["Location"] == "/lapor/tanda-terima/"
    assert public_client.get("/lapor/unduh/").content == first
    assert Report.objects.count() == 1


@pytest.mark.parametrize("path", ["/lapor/", "/lapor/berkas/", "/lapor/periksa/"])
def test_going_back_after_sending_explains(public_client: Client, path: str) -> None:
    send(public_client)
    assert "Laporan ini sudah diterima" in text_of(public_client.get(path))


def test_another_report_typed_in_a_second_tab_is_not_lost(public_client: Client) -> None:
    send(public_client)
    first = code_in(public_client)
    page = text_of(public_client.post("/lapor/", TYPED | {"story": "Kejadian yang lain."}))
    assert "Laporan ini sudah diterima" in page
    assert 'name="story" value="Kejadian yang lain."' in page
    assert page.count('name="acts"') == 2
    assert (
        public_client.post("/lapor/baru/", TYPED | {"story": "Kejadian yang lain."})["Location"]
        == "/lapor/berkas/"
    )
    assert code_in(public_client) != first
    public_client.post("/lapor/periksa/")
    assert Report.objects.count() == 2


def test_a_new_report_starts_with_a_new_code_and_an_empty_form(public_client: Client) -> None:
    send(public_client)
    first = code_in(public_client)
    assert public_client.post("/lapor/baru/")["Location"] == "/lapor/"
    assert code_in(public_client) != first
    assert "Raden Rekaan" not in text_of(public_client.get("/lapor/"))


# Too late --------------------------------------------------------------------------------------------------


def test_a_form_whose_cookie_is_gone_goes_on_under_a_new_code(public_client: Client) -> None:
    public_client.get("/lapor/")
    first = code_in(public_client)
    public_client.cookies.clear()
    assert public_client.post("/lapor/", TYPED)["Location"] == "/lapor/berkas/"
    assert code_in(public_client) != first
    assert "Raden Rekaan" in text_of(public_client.get("/lapor/periksa/"))


@pytest.mark.parametrize("path", ["/lapor/", "/lapor/baru/"])
def test_a_form_without_its_token_is_shown_again_with_all_that_was_typed(public_site: Any, path: str) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    answer = strict.post(path, TYPED)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Isian Anda masih ada" in page
    assert "izinkan kuki untuk situs ini" in page
    assert TYPED["story"] in page
    assert not Draft.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    again = strict.post("/lapor/", TYPED | {"csrfmiddlewaretoken": token[1]})
    assert again["Location"] == "/lapor/berkas/"


def test_a_report_sent_without_its_token_waits_where_it_was(public_site: Any) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text_of(strict.get("/lapor/")))
    assert token
    strict.post("/lapor/", TYPED | {"csrfmiddlewaretoken": token[1]})
    answer = strict.post("/lapor/periksa/")
    assert "Isian Anda masih ada" in text_of(answer)
    assert "Kirim laporan" in text_of(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("path", ["/lapor/baru/", "/lapor/berkas/hapus/"])
def test_the_address_of_a_button_leads_to_its_page(public_client: Client, path: str) -> None:
    assert public_client.get(path)["Location"] in ("/lapor/", "/lapor/berkas/")


@pytest.mark.parametrize(
    "path",
    ["/lapor/berkas/", "/lapor/berkas/hapus/", "/lapor/tanda-terima/", "/cek/unduh/"],
)
def test_every_post_that_keeps_nothing_typed_ends_without_its_token(public_site: Any, path: str) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert strict.post(path, {"kode": "0" * 26}).status_code == 403


def test_a_cookie_somebody_has_been_at_counts_as_none(public_client: Client) -> None:
    public_client.cookies[COOKIE] = "bukan-kode"
    public_client.get("/lapor/")
    assert normalise(code_in(public_client))


# Bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"story": "x" * 1_000_000}, "Ceritanya – Panjangnya 1.000.000 karakter; yang diizinkan paling banyak 10.000"),
        ({"when_date": "2024-10-21"}, "Senin, 21 Oktober 2024 belum terjadi"),
        ({"when_date": "2014-01-01"}, "terlalu lama berlalu"),
        ({"when_date": "31-02-2024"}, "“31-02-2024” bukan tanggal yang dikenal"),
        ({"link": "javascript:alert(1)"}, "“javascript:alert(1)” bukan alamat situs"),
        ({"story": ""}, "Ceritanya – Belum diisi"),
        ({"acts": []}, "Pilih paling sedikit satu"),
        ({"acts": ["bukan_kode"]}, "“bukan_kode” tidak ada dalam daftar"),
        ({"contact_phone": "0" * 61}, "Nomor telepon – Panjangnya 61 karakter"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_the_rest_is_kept(
    public_client: Client, change: dict[str, Any], words: str
) -> None:
    answer = fill(public_client, where="Halaman kantor kecamatan", **change)
    page = text_of(answer)
    assert answer.status_code == 422
    assert words in page
    assert "Halaman kantor kecamatan" in page
    assert [value for value in change.values() if isinstance(value, str) and value not in page] == []
    assert not Draft.objects.exists()


@pytest.mark.parametrize("day", ["2024-10-20", "20-10-2024", "20/10/2024", "20.10.2024", "2015-01-01"])
def test_dates_may_be_written_as_people_do(public_client: Client, day: str) -> None:
    assert fill(public_client, when_date=day).status_code == 302


@pytest.mark.parametrize("typed", ["contoh.id/p/1?x=2", "https://contoh.id/p/1?x=2"])
def test_an_address_may_be_copied_without_its_scheme(public_client: Client, typed: str) -> None:
    fill(public_client, link=typed)
    assert "https://contoh.id/p/1?x=2" in text_of(public_client.get("/lapor/periksa/"))


def test_hidden_characters_are_taken_out_and_the_reporter_is_told(public_client: Client) -> None:
    fill(public_client, story="Sebelum\x00\x1b sesudah", who_name="Raden\u202e Rekaan")
    page = text_of(public_client.get("/lapor/periksa/"))
    assert "Sebelum sesudah" in page
    assert "dibuang dari: Ceritanya, Nama." in page
    assert not set("\x00\x1b\u202e") & set(page)


def test_markup_in_a_report_stays_text(public_client: Client) -> None:
    fill(public_client, story="<script>alert(1)</script>")
    page = public_client.get("/lapor/periksa/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


# Files -----------------------------------------------------------------------------------------------------


def test_a_bad_file_is_named_and_the_good_ones_stay(public_client: Client) -> None:
    fill(public_client)
    lie = SimpleUploadedFile("bohong.jpg", b"bukan foto", "image/jpeg")
    answer = public_client.post("/lapor/berkas/", {"berkas": [photo(), lie], "lanjut": "1"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Berkas “bohong.jpg”" in page
    assert "foto.jpg" in page
    assert DraftFile.objects.count() == 1


def test_eleven_files_keep_ten_and_say_so(public_client: Client) -> None:
    fill(public_client)
    colours = ["red", "green", "blue", "white", "black", "teal", "navy", "gold", "pink", "gray", "brown"]
    sent = [photo(f"foto-{colour}.jpg", colour) for colour in colours]
    answer = public_client.post("/lapor/berkas/", {"berkas": sent, "tambah": "1"})
    assert "Berkas “foto-brown.jpg” tidak diterima" in text_of(answer)
    assert DraftFile.objects.count() == 10
    again = public_client.post("/lapor/berkas/", {"berkas": [photo("lagi.jpg", "lime")], "tambah": "1"})
    assert "Berkas “lagi.jpg” tidak diterima" in text_of(again)


def test_the_same_files_sent_again_are_kept_once(public_client: Client) -> None:
    fill(public_client)
    for _ in range(2):
        public_client.post("/lapor/berkas/", {"berkas": [photo()], "lanjut": "1"})
    assert DraftFile.objects.count() == 1


def test_adding_without_a_file_says_that_none_was_chosen(public_client: Client) -> None:
    fill(public_client)
    assert "Belum ada berkas yang dipilih" in text_of(public_client.post("/lapor/berkas/", {"tambah": "1"}))
    assert "Belum ada berkas yang dipilih" not in text_of(public_client.get("/lapor/berkas/"))


def test_a_refusal_alone_speaks_of_no_other_files(public_client: Client) -> None:
    fill(public_client)
    page = text_of(
        public_client.post("/lapor/berkas/", {"berkas": SimpleUploadedFile("a.jpg", b"bukan foto")})
    )
    assert "a.jpg" in page
    assert "Berkas lain" not in page


def test_a_file_is_removed_by_its_button(public_client: Client) -> None:
    fill(public_client)
    public_client.post("/lapor/berkas/", {"berkas": [photo()], "tambah": "1"})
    kept = DraftFile.objects.get()
    assert (
        public_client.post("/lapor/berkas/hapus/", {"berkas": kept.object_id})["Location"] == "/lapor/berkas/"
    )
    assert not blobs.exists(kept.blob)


def test_files_for_a_form_that_is_gone_are_not_kept(public_client: Client) -> None:
    before = set(settings.NETRAL_FILES.rglob("*")) if settings.NETRAL_FILES.exists() else set()
    answer = public_client.post("/lapor/berkas/", {"berkas": [photo()], "lanjut": "1"})
    assert "Isian sebelumnya tidak ada lagi" in text_of(answer)
    after = {path for path in settings.NETRAL_FILES.rglob("*") if path.is_file()}
    assert after <= before


# Safety ----------------------------------------------------------------------------------------------------


def test_only_the_forms_two_cookies_are_set_and_they_are_strict(public_client: Client) -> None:
    seen: dict[str, Any] = {}
    send(public_client)
    for path in FORM_PAGES:
        seen |= public_client.get(path).cookies
    assert set(public_client.cookies) <= {COOKIE, settings.CSRF_COOKIE_NAME}
    held = seen[COOKIE]
    assert (held["httponly"], held["samesite"], held["path"], held["max-age"]) == (True, "Strict", "/", 7200)
    assert bool(held["secure"]) is settings.NETRAL_SECURE


def test_pages_with_content_are_not_kept_by_the_browser(public_client: Client) -> None:
    send(public_client)
    for path in (*FORM_PAGES, "/lapor/unduh/"):
        assert "no-store" in public_client.get(path)["Cache-Control"], path


def test_the_code_is_in_no_address(public_client: Client) -> None:
    send(public_client)
    code = code_in(public_client)
    for path in FORM_PAGES:
        addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', text_of(public_client.get(path))))
        assert code not in addresses
        assert group(code) not in addresses


def test_nothing_is_loaded_from_elsewhere_and_no_style_is_inline(public_client: Client) -> None:
    send(public_client)
    for path in FORM_PAGES:
        page = text_of(public_client.get(path))
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), path
        assert " style=" not in page, path
        assert not re.search(r"<script(?! src=)|\son\w+=", page), path


def test_the_first_two_pages_weigh_little(public_client: Client) -> None:
    for path in ("/", "/lapor/"):
        page = public_client.get(path).content.decode()
        parts = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
        weight = len(page.encode()) + sum(_size(finders.find(part)) for part in parts)
        assert "ui/public.css" in parts
        assert weight <= 100_000, (path, weight)


def _size(path: Any) -> int:
    return Path(path).stat().st_size


def test_the_quick_exit_clears_and_leaves(public_client: Client) -> None:
    fill(public_client)
    page = text_of(public_client.get("/lapor/"))
    assert 'href="/keluar/"' in page
    answer = public_client.get("/keluar/")
    assert answer["Location"] == settings.NETRAL_EXIT_URL
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert answer.cookies[settings.CSRF_COOKIE_NAME]["max-age"] == 0


@pytest.mark.usefixtures("slept")
def test_a_burst_is_refused_with_a_time_and_reading_goes_on(public_client: Client) -> None:
    for _ in range(FORMS.capacity - 1):
        FORMS.check(RequestFactory().post("/lapor/"))
    assert public_client.post("/lapor/", {}).status_code == 422
    refused = public_client.post("/lapor/", {})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert public_client.get("/lapor/").status_code == 200


def test_the_privacy_notice_names_the_controller_and_what_is_not_verified(public_client: Client) -> None:
    page = text_of(public_client.get("/privasi/"))
    for words in (
        "Inspektorat Kabupaten Way Tirta",
        "UU 27/2022",
        "3×24 jam",
        "belum diverifikasi",
        "Pasal 20 ayat (2)",
    ):
        assert words in page


def test_reading_a_page_writes_nothing(public_client: Client) -> None:
    send(public_client)
    with CaptureWrites() as writes:
        for path in FORM_PAGES:
            public_client.get(path)
    assert writes.found == []


class CaptureWrites:
    """SQL that changes rows, as it passes."""

    def __enter__(self) -> "CaptureWrites":
        self.found: list[str] = []
        self._captures = [CaptureQueriesContext(connections[name]) for name in ("default", "disposable")]
        for capture in self._captures:
            capture.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        for capture in self._captures:
            capture.__exit__(*exc)  # type: ignore[arg-type]
            self.found += [q["sql"] for q in capture if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]


def test_an_act_told_on_another_day_is_dated_by_the_legal_clock(public_client: Client) -> None:
    send(public_client)
    assert Report.objects.get().received_on == dt.date(2024, 10, 20)


def test_another_tab_that_filled_the_report_is_no_fault(public_client: Client, monkeypatch: Any) -> None:
    fill(public_client)
    for error, words in (
        (services.TooManyFilesError, "paling banyak 10 berkas"),
        (services.NoDraftError, "baru saja dikirim"),
    ):

        def fail(error: type[Exception] = error, **_: Any) -> None:
            raise error

        monkeypatch.setattr(services, "add_draft_file", fail)
        answer = public_client.post("/lapor/berkas/", {"berkas": [photo()], "lanjut": "1"})
        assert answer.status_code == 422
        assert words in text_of(answer)


def test_a_kind_from_the_longer_list_stays_in_sight(public_client: Client) -> None:
    rest = reportable_kinds().others[0].kinds[0].code
    assert "<details" in (page := text_of(fill(public_client, acts=[rest], story="")))
    assert re.search(r"<details[^>]* open>", page)
    assert not re.search(r"<details[^>]* open>", text_of(fill(public_client, story="")))


@pytest.mark.parametrize("path", ["/", "/lapor/", "/cek/", "/privasi/"])
def test_a_page_can_be_asked_for_its_head(public_client: Client, path: str) -> None:
    assert public_client.head(path).status_code == 200
