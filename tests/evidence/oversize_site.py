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


def refuse(_request: HttpRequest) -> HttpResponse:
    """As where a form's token is missing: the body is not looked at."""
    return HttpResponse("terbaca 0", status=403)


urlpatterns = [path("", count), path("tolak/", refuse)]
