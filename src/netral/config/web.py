"""gunicorn's configuration of one site: processes, threads, `NETRAL_SITE` and `NETRAL_BIND` from the supervisor.

A phone on a slow line holds a thread while it uploads, so there are threads enough; who only holds one is let go
(`config.patient`).
"""

import gc
import os
from pathlib import Path
from typing import Any

from gunicorn.http.unreader import SocketUnreader

# Two for the public: one Python runs on one processor at a time. The officers' site counts failed sign-ins in the
# memory of its one process.
WORKERS = {"public": 2, "staff": 1}
THREADS = {"public": 64, "staff": 16}  # of each process
# As much as an upload takes at a time: what was received beyond is copied again with every piece that is taken.
SocketUnreader.max_body_chunk = 64 * 1024


def post_worker_init(_worker: Any) -> None:
    """What the start left in memory never becomes garbage; collections need not look at it again."""
    gc.collect()
    gc.freeze()


site = os.environ.get("NETRAL_SITE", "public")
wsgi_app = "netral.config.wsgi:application"
raw_env = [f"DJANGO_SETTINGS_MODULE=netral.config.settings.{site}"]
bind = [os.environ.get("NETRAL_BIND", "127.0.0.1:8000")]
proc_name = f"netral-{site}"
workers = WORKERS[site]
threads = THREADS[site]
worker_class = "netral.config.patient.PatientWorker"
worker_connections = 512
timeout = 60  # of the process's heartbeat; a request may take longer
graceful_timeout = 10
keepalive = 5
limit_request_line = 2048
limit_request_fields = 50
limit_request_field_size = 8190
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (memory, not a shared folder)
control_socket_disable = True
accesslog = None  # who asked for what is nobody's business, least of all a log's
# Its warnings name the address and quote the first line of whoever sends what is no request.
loglevel = "error"
forwarded_allow_ips = "127.0.0.1,::1"
