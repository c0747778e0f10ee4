"""Settings and URLs of a site of one view behind the middleware of both sites, for a real server process."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from netral.config.settings.public import *  # noqa: F403

SECRET_KEY = "hanya-untuk-uji"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = ["netral.ui.middleware.no_store", "netral.ui.middleware.drain_oversized_bodies"]
ROOT_URLCONF = __name__


def count(request: HttpRequest) -> HttpResponse:
    read = 0
    while chunk := request.read(1 << 16):
        read += len(chunk)
    return HttpResponse(f"terbaca {read}")


urlpatterns = [path("", count)]
