"""Making the week's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from netral.accounts.keys import index_key
from netral.accounts.models import Agency
from netral.audit.services import record
from netral.ui import clock

from .models import Snapshot
from .selectors import count_reports, latest_snapshot
from .suppression import THRESHOLD, hidden_cells, not_yet_free, suppress


def last_full_week(today: dt.date) -> dt.date:
    """The Sunday that ended the last full week."""
    return today - dt.timedelta(days=today.isoweekday())


def refresh_snapshots() -> int:
    """Publishes the last full week of every agency that has not been published yet. Returns how many."""
    as_of = last_full_week(clock.today())
    made = 0
    for agency in Agency.objects.all():
        newest = latest_snapshot(agency)
        if newest is None or newest.as_of < as_of:
            made += publish_week(agency=agency, as_of=as_of, after=newest)
    return made


@transaction.atomic
def publish_week(*, agency: Agency, as_of: dt.date, after: Snapshot | None) -> bool:
    """Counts, suppresses and stores one week; False where another worker was first."""
    total, tables = count_reports(agency, until=as_of)
    shown, hidden = {}, {}
    for name, counts in tables.items():
        earlier = after.hidden.get(name, {}) if after else {}
        shown[name] = suppress(counts, order=_secret_order(name), still_hidden=not_yet_free(counts, earlier))
        hidden[name] = hidden_cells(counts, shown[name], earlier)
    snapshot, created = Snapshot.objects.get_or_create(
        agency=agency,
        as_of=as_of,
        defaults={
            "figures": {"total": None if 0 < total < THRESHOLD else total, "tables": shown},
            "hidden": hidden,
        },
    )
    if created:
        record(action="publication.week.published", actor="worker", rows=[snapshot])
    return created


def _secret_order(table: str) -> Callable[[str], bytes]:
    """The same every week, and known to whoever holds the index key only."""
    key = index_key()
    return lambda cell: key.token(f"suppression/{table}/{cell}")
