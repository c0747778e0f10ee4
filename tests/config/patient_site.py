"""gunicorn's configuration of a small site served by the patient worker, its patience shortened for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from netral.config import patient, web

patient.PACE_SECONDS, patient.STALL_SECONDS, patient.HEAD_SECONDS = 2.0, 2, 2.0
patient.SHORT_BODY = 2_000


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Says how much it read."""
    read, body = 0, environ["wsgi.input"]
    while chunk := body.read(8192):
        read += len(chunk)
    answer = f"terbaca {read}.".encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


wsgi_app = "patient_site:application"
worker_class = "netral.config.patient.PatientWorker"
threads = 4
keepalive = 5
worker_connections = 200
loglevel = web.loglevel
control_socket_disable = True
