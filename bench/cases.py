"""Cases on the officers' site, over 20,000 of them beside 100,000 reports: their pages, the queue, list and search.

The register is that of `queue` with a roster of 3,000 officials and, from every fifth report, a case (see `docket`): in
every state, two fifths of them open, each sealed and logged. The officer is on the roster, so that the cases of his
superiors are kept from him. One page asks the law anew, one shows a stored answer and a full file. Measured as `queue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.docket import ASSESSED, TO_DECIDE
from bench.figures import Figure
from bench.filled import filled_register
from bench.officer import opened_pages

PAGES = {
    "page of a case in assessment, law asked anew": f"/perkara/{ASSESSED}/",
    "page of a case to decide, full file": f"/perkara/{TO_DECIDE}/",
    "queue": "/?tab=tim",
    "own queue": "/",
    "list of cases": "/perkara/",
    "search by name": "/cari/?q=Anwar",
    "search by beginning of number": "/cari/?q=P-2020-00",
}
FEW = (20, 100)


def measure(quick: bool) -> Iterator[Figure]:
    many = (400, 2_000) if quick else (20_000, 100_000)
    small, large = (filled_register(reports=reports, cases=cases) for cases, reports in (FEW, many))
    what = f"cases: {{}}, {many[0]:,} cases and {many[1]:,} reports"
    yield from opened_pages(what, PAGES, small, large, f"{FEW[0]} and {many[0]:,} cases")
