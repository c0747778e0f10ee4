"""A Django that does nothing, served as ours are: `python -m bench.bare PORT PORT`.

One page of constant text, no database, no middleware; two sites under gunicorn with our worker and threads, and this
process itself in place of the worker. It is what the frame costs before Netral does anything.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>Kosong</title>" + b"<p>Halaman kosong.</p>" * 400


def page(_request: HttpRequest, _rest: str = "") -> HttpResponse:
    return HttpResponse(PAGE)


urlpatterns = [path("", page), path("<path:_rest>", page)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], SECRET_KEY="bare", USE_TZ=True)
    django.setup()
application = get_wsgi_application()


def main(ports: list[str]) -> None:
    options = [
        "--worker-class",
        "netral.config.patient.PatientWorker",
        "--threads",
        "64",
        "--log-level",
        "warning",
    ]
    sites = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                *options,
                "--bind",
                f"127.0.0.1:{port}",
                "bench.bare:application",
            ],
            cwd=Path(__file__).parent.parent,
        )
        for port in ports
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        signal.pause()
    finally:
        for site in sites:
            site.terminate()
            site.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
