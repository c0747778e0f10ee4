"""`netral serve public|staff`: one site in this process, for systemd."""

import argparse
import os

from netral.config.boot import use_django
from netral.config.commands.up import GUNICORN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", choices=["public", "staff"], help="situs yang dijalankan")
    parser.add_argument("--bind", help="alamat:port (bawaan 127.0.0.1:8000 publik, 127.0.0.1:8001 petugas)")


def run(arguments: argparse.Namespace) -> int:
    use_django(arguments.site)
    from netral.config import preflight

    bind = arguments.bind or {"public": "127.0.0.1:8000", "staff": "127.0.0.1:8001"}[arguments.site]
    host, _, port = bind.rpartition(":")
    preflight.port_free(host.strip("[]"), int(port))
    preflight.before_serving(may_change=False)
    os.environ |= {"NETRAL_SITE": arguments.site, "NETRAL_BIND": bind}
    os.execv(GUNICORN[0], GUNICORN)  # noqa: S606 (our own interpreter, no shell)
