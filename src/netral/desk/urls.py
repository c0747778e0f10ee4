"""The desk and the lists of reports."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("laporan/", views.reports, name="reports"),
    path("laporan/ekspor.csv", views.export, name="export"),
    path("perkara/", views.cases, name="cases"),
    path("perkara/ekspor.csv", views.export_cases, name="export_cases"),
    path("cari/", views.search, name="search"),
]
