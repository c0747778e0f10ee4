"""An officer of the demonstration: signs in with password and time-based code, opens pages, counts their queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench import cached
from bench.browser import Browser
from bench.figures import Figure, latencies
from bench.registers import OFFICER, in_process, netral_command
from bench.reporter import must_lead_on
from bench.serving import serving, serving_bare
from netral.config.demo_text import PASSWORD

REQUESTS = 100

Pages = Mapping[str, str]


def sign_in(browser: Browser, home: Path, username: str) -> None:
    opened = browser.get("/akun/masuk/")
    asked = browser.post("/akun/masuk/", {"login": username, "password": PASSWORD}, token=opened.token)
    second = browser.sent_to(must_lead_on(asked))
    code = netral_command("code", username, home=home).strip()
    browser.close()  # a busy machine takes longer for the code than the server waits for the next request
    browser.sent_to(must_lead_on(browser.post("/akun/kode/", {"code": code}, token=second.token)))


def opened_pages(what: str, pages: Pages, small: Path, large: Path, sizes: str) -> Iterator[Figure]:
    """Each page through the real staff process on the large register, and its queries on both.

    `sizes` says how much the two hold, as `100 and 100,000`. The floor is an empty Django page.
    """
    with serving_bare() as bare:
        floor = latencies(_seconds(Browser(bare.staff), "/"))
    counts = [_counted(place, pages) for place in (small, large)]
    with cached.copied(large) as home, serving(home) as served:
        browser = Browser(served.staff)
        sign_in(browser, home, OFFICER)
        for name, path in pages.items():
            queries = " and ".join(str(count[name]) for count in counts)
            yield Figure(
                what.format(name),
                f"{latencies(_seconds(browser, path))}; {queries} queries at {sizes}",
                "p95 ≤ 150 ms, queries equal",
                f"{floor} an empty page",
            )


def _seconds(browser: Browser, path: str) -> list[float]:
    browser.get(path)
    pages = [browser.get(path) for _ in range(REQUESTS)]
    if {page.status for page in pages} != {200}:
        raise AssertionError(f"{path}: {pages[-1].status}")
    return [page.seconds for page in pages]


def _counted(place: Path, pages: Pages) -> dict[str, int]:
    with cached.copied(place) as home:
        return in_process(home, count_queries, pages)


def count_queries(pages: Pages) -> dict[str, int]:
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
    for name, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise AssertionError(f"{path}: {response.status_code}")
        counts[name] = len(queries)
    return counts
