"""`netral up`: public site, officers' site and worker under one supervisor."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from netral.config.failures import Refusal
from netral.config.home import read_settings, require_home
from netral.config.supervisor import Child, Supervisor

GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "python:netral.config.web"]
WORKER = [sys.executable, "-m", "netral.config.cli", "work"]
# With 64 threads glibc would keep a heap for each; two are enough for two cores.
LEAN = {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
READY_SECONDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bind",
        default="127.0.0.1",
        help="alamat yang didengarkan (bawaan: %(default)s, hanya komputer ini)",
    )
    parser.add_argument(
        "--public-port", type=int, default=8000, help="port situs publik (bawaan: %(default)s)"
    )
    parser.add_argument(
        "--staff-port", type=int, default=8001, help="port situs petugas (bawaan: %(default)s)"
    )
    parser.add_argument(
        "--accept-restored",
        action="store_true",
        help="setelah `netral restore`: terima bahwa entri terakhir hilang",
    )


def run(arguments: argparse.Namespace) -> int:
    home = require_home()
    os.environ["NETRAL_HOME"] = str(home)
    os.umask(0o077)
    demo = "NETRAL_DEMO_DATE" in read_settings(home)
    if demo and arguments.bind not in ("127.0.0.1", "::1", "localhost"):
        raise Refusal("Register peragaan hanya boleh dibuka di komputer ini; hapus --bind.")
    ports = {"public": arguments.public_port, "staff": arguments.staff_port}
    _in_a_child(lambda: _check(arguments.bind, list(ports.values()), arguments.accept_restored))
    addresses = {site: f"http://localhost:{port}" for site, port in ports.items()}
    if demo:
        os.environ |= {f"NETRAL_{site.upper()}_URL": address for site, address in addresses.items()}
    supervisor = Supervisor([*_sites(arguments.bind, ports), Child("pekerja", WORKER, LEAN)], say=_say)
    waiter = threading.Thread(target=_announce, args=(supervisor, addresses, home, demo), daemon=True)
    return supervisor.run(when_started=waiter.start)


def _sites(bind: str, ports: dict[str, int]) -> list[Child]:
    host = f"[{bind}]" if ":" in bind else bind
    return [
        Child(f"situs {site}", GUNICORN, {**LEAN, "NETRAL_SITE": site, "NETRAL_BIND": f"{host}:{port}"})
        for site, port in ports.items()
    ]


def _in_a_child(check: Callable[[], None]) -> None:
    """Runs the checks in a fork, so that the supervisor never carries Django in its memory."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        from netral.config.cli import report

        os._exit(report(check))
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise SystemExit(code)


def _check(host: str, ports: list[int], accept_restored: bool) -> None:
    from netral.config.boot import use_django

    use_django("staff")
    from netral.config import preflight

    for port in ports:
        preflight.port_free(host, port)
    preflight.before_serving(may_change=True, accept_restored=accept_restored)


def _announce(supervisor: Supervisor, addresses: dict[str, str], home: Path, demo: bool) -> None:
    """Says where to go once both sites answer."""
    deadline = time.monotonic() + READY_SECONDS
    while not all(map(_answers, addresses.values())):
        if supervisor.stopping or time.monotonic() > deadline:
            return
        time.sleep(0.1)
    if demo:
        from netral.config.demo_text import welcome

        _say(welcome(addresses["public"], addresses["staff"], home))
    else:
        _say(
            f"Netral berjalan.\n  Situs publik   {addresses['public']}\n  Situs petugas  {addresses['staff']}\n"
            "Hentikan dengan Ctrl-C."
        )


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/", timeout=2).close()  # noqa: S310 (our own address)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _say(text: str) -> None:
    print(text, flush=True)
