"""Thirty phones on a slow line, and people who browse meanwhile.

Each phone sends a photo of 2 MB at 50 KB/s into the form (forty seconds). While all of them send, four people open
the first page, the form, the status page, the statistics and the register page in turn, a fifth of a second apart.
Measured is how long each of their pages takes. Beside it: the same people without phones, and the same people on an
empty Django under the same gunicorn.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench import cached
from bench.browser import Browser, multipart
from bench.figures import Figure, latencies, mb
from bench.registers import demo_home
from bench.reporter import PHOTO, begin, photo
from bench.serving import serving, serving_bare

PHONES, BYTES_PER_SECOND, PIECE = 30, 50_000, 5_000
PEOPLE = 4
PATHS = ("/", "/lapor/", "/cek/", "/angka/", "/register/")
PAUSE_SECONDS = 0.2  # between two pages of one person


def measure(quick: bool) -> Iterator[Figure]:
    size = 500_000 if quick else PHOTO
    seconds = size / BYTES_PER_SECOND
    with serving_bare() as bare:
        empty = _browse(bare.public, seconds / 4)
    with cached.copied(demo_home()) as home, serving(home) as served:
        for path in PATHS:
            Browser(served.public).get(path)
        alone = _browse(served.public, seconds / 4)
        meanwhile, sent = _browse_while_phones_send(served.public, size, seconds)
    yield Figure(
        f"phones: pages while {PHONES} phones send {mb(size)} at 50 KB/s ({sent} arrived)",
        latencies(meanwhile),
        "p95 ≤ 300 ms",
        f"{latencies(alone)} without phones; {latencies(empty)} an empty Django",
    )


def _browse(site: str, seconds: float) -> list[float]:
    """Seconds of every page that the people open in this time."""
    until = time.monotonic() + seconds

    def person(_number: int) -> list[float]:
        browser, taken = Browser(site), []
        while time.monotonic() < until:
            for path in PATHS:
                page = browser.get(path)
                if page.status != 200:
                    raise AssertionError(f"{path}: {page.status}")
                taken.append(page.seconds)
                time.sleep(PAUSE_SECONDS)
        return taken

    with ThreadPoolExecutor(PEOPLE) as people:
        return [seconds for taken in people.map(person, range(PEOPLE)) for seconds in taken]


def _browse_while_phones_send(site: str, size: int, seconds: float) -> tuple[list[float], int]:
    """Seconds of every page, and how many photos arrived."""
    ready = threading.Barrier(PHONES + 1)
    with ThreadPoolExecutor(PHONES) as phones:
        sending = [phones.submit(_send_slowly, site, photo(size), ready) for _ in range(PHONES)]
        ready.wait()
        taken = _browse(site, seconds * 0.95)
        return taken, sum(phone.result() for phone in sending)


def _send_slowly(site: str, data: bytes, ready: threading.Barrier) -> bool:
    """Whether the photo was taken."""
    browser = Browser(site)
    begin(browser)
    token = browser.get("/lapor/berkas/").token
    kind, body = multipart({"csrfmiddlewaretoken": token, "lanjut": "1"}, data)
    ready.wait()
    return browser.trickle("/lapor/berkas/", body, kind, PIECE, PIECE / BYTES_PER_SECOND).status == 302
