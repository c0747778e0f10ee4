"""A register after ten years: reports that open and are found, and a log in which each of them was acted on.

Envelopes, keyrings, commitments, search tokens, row digests and log entries are real and made by the functions the
services use; only rows are written many at a time. Names repeat as names do: some are common, most are not.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from bench import cached, report_progress
from bench.registers import found_empty, in_process

HEAD_EVERY = 100_000
BATCH = 5_000
FIRST_DAY = dt.date(2016, 1, 1)
DAYS = 3_650
GIVEN = "Bagas Citra Danu Endah Farid Gita Hasan Intan Jaya Kirana Lestari Made Nurul Oka Putri Rian Sari Tirta Umar Wulan".split()
FAMILY = "Basuki Cendana Darmawan Erlangga Firdaus Gunawan Hartono Iskandar Jatmiko Kusuma Lazuardi Mahendra Nirwana Prakoso".split()


def filled_register(*, reports: int, entries: int) -> Path:
    """Home of a register with so many reports and log entries (the founding included), from the cache."""
    return cached.built(
        f"register-{reports}-{entries}", _sources(), lambda draft: _build(draft, reports, entries)
    )


def _sources() -> list[Path]:
    """Whatever decides how the rows look: this module, the formats, models, migrations."""
    import netral

    package = Path(netral.__file__).parent
    return [
        Path(__file__),
        *package.glob("sealing/*.py"),
        *package.glob("*/models.py"),
        *package.glob("*/migrations/*.py"),
        package / "audit" / "services.py",
        package / "intake" / "sealed.py",
        package / "intake" / "content.py",
    ]


def _build(home: Path, reports: int, entries: int) -> None:
    in_process(home, found_empty, home)
    in_process(home, fill, reports, entries)


def fill(reports: int, entries: int) -> None:
    """Fills the empty register of this process."""
    from django.db import connection

    from netral.accounts.models import Agency

    agency = Agency.objects.get()
    dice = random.Random(1)  # noqa: S311 (which state and name a report has, nothing secret)
    made = _made_reports(agency, reports, dice)
    _act_on(made, entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _made_reports(agency, count, dice):  # type: ignore[no-untyped-def]
    return []


def _act_on(rows, entries):  # type: ignore[no-untyped-def]
    """Fills the log up to `entries`, each act naming one of `rows`, with a signed head now and then."""
    from django.db import transaction

    from netral.accounts.keys import log_key
    from netral.accounts.models import Agency
    from netral.audit.selectors import frontier
    from netral.audit.services import append, make_entry, sign_current_head

    acted = cycle(rows or [Agency.objects.get()])
    while (left := entries - frontier().size) > 0:
        with transaction.atomic():
            append(
                [
                    make_entry(action="intake.report.kind_changed", actor="user/1", rows=[row], details={"kind": "laporan"})
                    for row in islice(acted, min(BATCH, left))
                ]
            )
        if frontier().size % HEAD_EVERY < BATCH:
            report_progress(f"{frontier().size:,} log entries")
            sign_current_head(log_key=log_key())
    sign_current_head(log_key=log_key())
