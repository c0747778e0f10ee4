"""The officers' desk over 100,000 reports: queue, list of reports, search by name and by the beginning of a number.

The register holds ten years of reports, two fifths of them open, each sealed, searchable and logged (see `filled`).
One signed-in officer opens each page through the real staff process on SQLite, after one warm-up. How many queries a
page takes is counted at 100 and at 100,000 reports with Django's own client. The floor is an empty Django page under
the same gunicorn.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import cached
from bench.browser import Browser
from bench.figures import Figure, latencies
from bench.filled import FAMILY, GIVEN, filled_register
from bench.officer import sign_in
from bench.registers import OFFICER, in_process
from bench.serving import serving, serving_bare

PAGES = {
    "queue": "/?tab=tim",
    "own queue": "/",
    "list of reports": "/laporan/",
    "search by name": f"/cari/?q={GIVEN[3]}+{FAMILY[4]}",
    "search by beginning of number": "/cari/?q=L-2020-00",
}
REQUESTS = 100
FEW = 100


def measure(quick: bool) -> Iterator[Figure]:
    many = 2_000 if quick else 100_000
    small, large = (filled_register(reports=count, entries=0) for count in (FEW, many))
    with serving_bare() as bare:
        floor = latencies(_open(Browser(bare.staff), "/"))
    counts = [_counted(home) for home in (small, large)]
    with cached.copied(large) as home, serving(home) as served:
        browser = Browser(served.staff)
        sign_in(browser, home, OFFICER)
        for name, path in PAGES.items():
            queries = " and ".join(str(count[name]) for count in counts)
            taken = latencies(_open(browser, path))
            yield Figure(
                f"queue: {name}, {many:,} reports",
                f"{taken}; {queries} queries at {FEW} and {many:,}",
                "p95 ≤ 150 ms, queries equal",
                f"{floor} an empty page",
            )


def _open(browser: Browser, path: str) -> list[float]:
    browser.get(path)
    pages = [browser.get(path) for _ in range(REQUESTS)]
    if {page.status for page in pages} != {200}:
        raise AssertionError(f"{path}: {pages[-1].status}")
    return [page.seconds for page in pages]


def _counted(place: Path) -> dict[str, int]:
    with cached.copied(place) as home:
        return in_process(home, count_queries)


def count_queries() -> dict[str, int]:
    """Queries of each page for the signed-in officer, sessions and rights included."""
    import time

    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from netral.accounts.models import User
    from netral.config import static

    static.collect()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=OFFICER), settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "username": OFFICER}
    ]
    session.save()
    counts = {}
    for name, path in PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise AssertionError(f"{path}: {response.status_code}")
        counts[name] = len(queries)
    return counts
