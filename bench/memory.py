"""Memory of all processes: proportional set size (what several share counts once) from /proc/*/smaps_rollup.

The demonstration is served by `netral up`; every page that can be reached by links is opened, on the public site
without and on the officers' site with each demonstration account signed in. Then eight uploads of 50 MB run at once
while the sum is sampled every 50 ms; the highest sample counts. The floor is the same number of processes with an
empty Django under the same gunicorn.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench import cached, report_progress
from bench.browser import Browser
from bench.figures import Figure, mb
from bench.officer import sign_in
from bench.registers import demo_home
from bench.reporter import begin, must_lead_on, photo
from bench.serving import Served, serving, serving_bare
from netral.config.demo_text import ACCOUNTS

UPLOADS, LARGE = 8, 49_900_000
SAMPLE_SECONDS = 0.05
PAGES = 150  # of each account


def measure(quick: bool) -> Iterator[Figure]:
    large = 10_000_000 if quick else LARGE
    photo(large)
    with serving_bare() as bare:
        Browser(bare.public).get("/")
        floor = f"{mb(bare.pss)} with an empty Django"
    with cached.copied(demo_home()) as home, serving(home) as served:
        pages = walk(Browser(served.public), 30 if quick else PAGES)
        for username, _, _ in ACCOUNTS:
            browser = Browser(served.staff)
            sign_in(browser, home, username)
            pages += walk(browser, 30 if quick else PAGES)
        report_progress(f"{pages} pages")
        yield Figure(f"memory: all processes after {pages} pages", mb(served.pss), "≤ 450 MB", floor)
        peak = _peak_while(served, large)
        yield Figure(f"memory: peak while {UPLOADS} uploads of {mb(large)} run", mb(peak), "≤ 600 MB")


def walk(browser: Browser, limit: int) -> int:
    """Opens every page reachable from the first by links, breadth first; how many there were."""
    known = ["/"]
    for opened, path in enumerate(known):  # grows while it is walked
        if opened == limit:
            return limit
        found = dict.fromkeys(browser.get(path).links())
        known += [link for link in found if link not in known and "keluar" not in link]
    return len(known)


def _peak_while(served: Served, size: int) -> int:
    done, samples = threading.Event(), [served.pss]

    def sample() -> None:
        while not done.wait(SAMPLE_SECONDS):
            samples.append(served.pss)

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        with ThreadPoolExecutor(UPLOADS) as clients:
            list(clients.map(lambda _: _upload(served.public, size), range(UPLOADS)))
    finally:
        done.set()
        sampler.join()
    return max(samples)


def _upload(site: str, size: int) -> None:
    browser = Browser(site)
    begin(browser)
    page = browser.get("/lapor/berkas/")
    must_lead_on(browser.upload("/lapor/berkas/", {"lanjut": "1"}, photo(size), token=page.token))
    browser.close()
