"""The officers' desk over 100,000 reports: queue, list of reports, search by name and by the beginning of a number.

The register holds ten years of reports, two fifths of them open, each sealed, searchable and logged (see `filled`).
One signed-in officer opens each page through the real staff process on SQLite, after one warm-up. How many queries a
page takes is counted at 100 and at 100,000 reports with Django's own client. The floor is an empty Django page under
the same gunicorn.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure
from bench.filled import FAMILY, GIVEN, filled_register
from bench.officer import opened_pages

PAGES = {
    "queue": "/?tab=tim",
    "own queue": "/",
    "list of reports": "/laporan/",
    "search by name": f"/cari/?q={GIVEN[3]}+{FAMILY[4]}",
    "search by beginning of number": "/cari/?q=L-2020-00",
}
FEW = 100


def measure(quick: bool) -> Iterator[Figure]:
    many = 2_000 if quick else 100_000
    small, large = (filled_register(reports=count) for count in (FEW, many))
    what = f"queue: {{}}, {many:,} reports"
    yield from opened_pages(what, PAGES, small, large, f"{FEW} and {many:,}")
