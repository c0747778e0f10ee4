"""The officers' addresses with blank pages where the layers above would stand: accounts is tested alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from netral.accounts.access import staff_view
from netral.accounts.stepup import recently_authenticated


@staff_view(None)
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("isi")


@staff_view("reports.close")
@recently_authenticated
def sensitive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("isi rahasia")


urlpatterns = [
    path("", include("netral.accounts.urls_door")),
    path("", include("netral.accounts.urls")),
    path("", include(([path("", page, name="queue"), path("laporan/", page, name="reports")], "desk"))),
    path("", include(([path("pegawai/", page, name="officials")], "roster"))),
    path(
        "", include(([path("s/", page, name="statistics"), path("r/", page, name="register")], "publication"))
    ),
    path("rahasia/", sensitive),
]
handler403 = "netral.ui.errors.handler403"
handler404 = "netral.ui.errors.handler404"
