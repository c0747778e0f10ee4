"""Components and base templates: what a reader, a screen reader and a keyboard get."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

import netral.ui
from netral.ui import errors, nav
from netral.ui.keys import ALL_KEYS
from netral.ui.parts import Bar

from .gallery import TODAY, GalleryForm, context

pytestmark = pytest.mark.one_database


class Officer:
    """Someone signed in, with the rights given."""

    is_authenticated = True
    agency = "Kabupaten Way Tirta"

    def __init__(self, *rights: str) -> None:
        self.rights = rights

    def has_right(self, right: str) -> bool:
        return right in self.rights


AGENCY: dict[str, str] = {"name": "Kabupaten Way Tirta", "office": "Inspektorat", "phone": "(0721) 000 000"}


def agency() -> dict[str, str]:
    return AGENCY


def counts(user: object) -> dict[str, int]:
    return {"queue": 1158}


def draw(source: str, **values: object) -> str:
    return Template("{% load netral %}" + source).render(Context(values))


@pytest.fixture
def gallery(settings: Any) -> Any:
    settings.ROOT_URLCONF = f"{__package__}.gallery_urls"
    settings.NETRAL_SITE_AGENCY = f"{__name__}.agency"
    settings.NETRAL_NAV_COUNTS = f"{__name__}.counts"
    settings.NETRAL_DEMO_DATE = TODAY

    def render(dense: bool, user: object = None) -> str:
        request = RequestFactory().get("/laporan/")
        request.user = user  # type: ignore[assignment]
        return render_to_string("ui/gallery.html", context(dense) | {"user": user}, request=request)

    return render


@pytest.mark.parametrize("dense", [False, True])
def test_every_component_is_drawn_in_both_densities(gallery: Any, dense: bool) -> None:
    page = gallery(dense, Officer("reports.view"))
    assert '<html lang="id">' in page
    assert "Peragaan · 20 Oktober 2024 · data rekaan" in page
    assert "▲" in page
    assert "lewat 2 hari" in page
    assert "1.158" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_public_pages_carry_no_script_and_leave_quickly_by_a_link(gallery: Any) -> None:
    page = gallery(False)
    assert "<script" not in page
    assert re.search(r'<a class="exit" href="/keluar/" rel="noreferrer"', page)
    assert "Inspektorat · Kabupaten Way Tirta" in page


def test_navigation_shows_what_the_user_may_see(gallery: Any) -> None:
    page = gallery(True, Officer("reports.view"))
    assert "Meja kerja <b>1.158</b>" in page
    assert re.search(r'<a href="/laporan/" aria-current="page">', page)
    assert "Pengguna" not in page
    assert nav.items_for(None, nav.STAFF_NAV, dict) == []


def test_every_right_the_navigation_asks_for_exists() -> None:
    rights = pytest.importorskip("netral.accounts.rights")
    assert {item.right for item in nav.STAFF_NAV + nav.AGENCY_NAV} - {""} <= set(rights.Right.values)


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    page = draw("{% field form.what %}", form=GalleryForm({}))
    assert 'for="id_what"' in page
    assert 'aria-describedby="id_what_helptext id_what_error"' in page
    assert 'id="id_what_helptext"' in page
    assert 'id="id_what_error"' in page
    assert 'aria-invalid="true"' in page
    assert "opsional" not in page


def test_choices_stand_in_a_named_group_that_holds_hint_and_error() -> None:
    page = draw("{% field form.kinds %}{% field form.how %}", form=GalleryForm({}))
    assert page.count("<fieldset") == page.count("<legend>") == 2
    assert re.search(r'<fieldset[^>]*aria-describedby="id_kinds_helptext"', page)
    assert re.search(r'<fieldset[^>]*aria-describedby="id_how_error"', page)
    assert "(opsional)" in page


def test_what_was_typed_is_kept() -> None:
    form = GalleryForm({"what": "Spanduk <di> kantor", "kinds": ["foto"], "how": "tidak ada"})
    page = draw("{% fields form %}", form=form)
    assert "Spanduk &lt;di&gt; kantor" in page
    assert re.search(r'value="foto"[^>]*checked', page)


def test_the_summary_of_errors_links_to_each_field() -> None:
    form = GalleryForm({})
    page = draw("{% errors form %}", form=form) + draw("{% fields form %}", form=form)
    assert "Ada 4 hal yang perlu diperbaiki" in page
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert targets == ["id_what", "id_how_0", "id_agreed"]
    for target in targets:
        assert f'id="{target}"' in page
    assert draw("{% errors form %}", form=GalleryForm()).strip() == ""


def test_an_error_of_the_whole_form_is_told_too() -> None:
    class Whole(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("Isi salah satu: nama atau jabatan.")

    assert "Isi salah satu: nama atau jabatan." in draw("{% errors form %}", form=Whole({}))


def test_a_chart_says_its_numbers_and_hides_small_cells() -> None:
    page = draw(
        '{% bar_chart bars "Laporan" "Bulan" %}', bars=[Bar("Mei", 1158), Bar("Juni", None), Bar("Juli", 386)]
    )
    assert re.findall(r'class="number">(?:<small>)?([^<]+)<', page)[1:] == ["1.158", "disamarkan", "386"]
    assert re.findall(r'<rect[^>]*width="([\d.]+)%"', page) == ["100.0", "33.3"]
    assert "<caption>Laporan</caption>" in page


def test_a_chart_of_nothing_draws() -> None:
    assert "<caption>Kosong</caption>" in draw('{% bar_chart bars "Kosong" "Bulan" %}', bars=[Bar("Mei", 0)])


def test_a_confirmation_posts_with_its_token() -> None:
    source = '{% confirm action="/tutup/" label="Tutup" %}<p>{{ why }}</p>{% endconfirm %}'
    page = draw(source, why="<b>", csrf_token="tanda")
    assert 'action="/tutup/"' in page
    assert 'value="tanda"' in page
    assert "&lt;b&gt;" in page


def test_content_given_to_components_is_escaped() -> None:
    assert "<script>" not in draw(
        "{% chip text %}{% facts pairs %}", text="<script>", pairs=[("<script>", "<script>")]
    )


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda request: errors.handler400(request), 400, "tidak ada yang disimpan"),
        (
            lambda request: errors.handler403(request, PermissionDenied("Anda terlapor.")),
            403,
            "Anda terlapor.",
        ),
        (lambda request: errors.handler403(request), 403, "benturan kepentingan"),
        (lambda request: errors.handler404(request, Http404("rahasia")), 404, "Halaman tidak ditemukan"),
        (lambda request: errors.too_large(request, 50_000_000), 413, "50 MB"),
        (lambda request: errors.too_much_text(request), 413, "Teks yang dikirim melebihi batas 2 MB"),
        (lambda request: errors.too_many(request, 1.2), 429, "2 detik"),
        (lambda request: errors.handler500(request), 500, "kesalahan sistem"),
        (lambda request: errors.csrf_failure(request, "x"), 403, "kedaluwarsa"),
    ],
)
def test_error_pages_say_what_happened_and_what_to_do(answer: Any, status: int, words: str) -> None:
    with override_settings(NETRAL_SITE_AGENCY="tidak.ada"), CaptureQueriesContext(connection) as queries:
        response = answer(HttpRequest())
    page = response.content.decode()
    assert len(queries) == 0
    assert response.status_code == status
    assert words in page
    assert "rahasia" not in page
    assert "Ke halaman awal" in page


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://localhost/lapor/berkas/", "/lapor/berkas/"),
        ("http://localhost//contoh.id/", "/contoh.id/"),
        ("http://contoh.id/lapor/berkas/", None),
        ("", None),
    ],
)
def test_an_error_leads_back_to_the_form_that_was_sent(referer: str, way: str | None) -> None:
    request = RequestFactory(headers={"host": "localhost"}).post(
        "/lapor/berkas/hapus/", headers={"referer": referer}
    )
    for answer in (errors.csrf_failure(request), errors.too_large(request)):
        ways = re.findall(r'class="btn [^"]*" href="([^"]*)"', answer.content.decode())
        assert ways == ([way, "/"] if way else ["/"])


@pytest.mark.parametrize(("site", "advice"), [("public", "Cek status"), ("staff", "meja kerja")])
def test_a_missing_page_advises_who_reads_it(settings: Any, site: str, advice: str) -> None:
    settings.ROOT_URLCONF = f"netral.config.urls_{site}"
    page = errors.handler404(HttpRequest()).content.decode()
    assert [word for word in ("Cek status", "meja kerja") if word in page] == [advice]


def test_the_list_of_keys_holds_every_key_of_every_page() -> None:
    """Those that templates give to a link or button, and those that the script knows by itself."""
    package = Path(netral.ui.__file__).parent.parent
    pages = "\n".join(page.read_text(encoding="utf-8") for page in package.glob("*/templates/**/*.html"))
    script = (package / "ui/static/ui/staff.js").read_text(encoding="utf-8")
    known = re.search(r"const KEYS = \{(.*?)\n\};", script, re.S)
    assert known is not None
    named = set(re.findall(r'data-key="(.)"', pages)) | {
        key.strip('"') for key in re.findall(r"^  (\S+): \(\) =>", known[1], re.M)
    }
    assert {"j", "k", "/", "?", "m", "n", "[", "]"} <= named
    listed = [name.lower() for keys in ALL_KEYS for name in keys.names]
    assert sorted(listed) == sorted(named | {"enter"})
