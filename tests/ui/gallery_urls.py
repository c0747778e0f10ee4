"""The addresses that the base templates link to, without the apps behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def _app(name: str, **pages: str) -> URLResolver:
    return path("", include(([path(at, _page, name=page) for page, at in pages.items()], name)))


urlpatterns: list[URLPattern | URLResolver] = [
    _app("desk", queue="", reports="laporan/", search="cari/"),
    _app("roster", officials="pegawai/"),
    _app("accounts", users="pengguna/", agency="pengaturan/"),
    _app("publication", statistics="statistik/", register="register/"),
    _app("guidance", home="boleh/", calendar="kalender-pemilu/"),
    _app("intake", leave="keluar/", privacy="privasi/"),
    path("keluar-akun/", _page, name="account_logout"),
]
