"""Officials, units and their import."""

from django.urls import path

from . import views_staff as views

app_name = "roster"
urlpatterns = [
    path("pegawai/", views.officials, name="officials"),
    path("pegawai/<int:pk>/", views.official, name="official"),
    path("pegawai/<int:pk>/akun/", views.link, name="link"),
    path("pegawai/unit/", views.units, name="units"),
    path("pegawai/ekspor/", views.export, name="export"),
    path("pegawai/impor/", views.start_import, name="import"),
    path("pegawai/impor/contoh/", views.template, name="template"),
    path("pegawai/impor/<int:pk>/", views.preview, name="preview"),
    path("pegawai/impor/<int:pk>/buang/", views.discard, name="discard"),
    path("pegawai/impor/<int:pk>/kesalahan/", views.import_errors, name="import_errors"),
]
