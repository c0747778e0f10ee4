"""Reading the log: the tree's frontier and nodes, what happened to a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from netral.sealing import Frontier

from . import dialects
from .models import Entry, Head, LoggedModel, SelfCheck

CHECKED = "audit.register.checked"

# Written by hand, as every act waits for the first and a proof asks forty times for the others.
# The newest leaf, and one perfect subtree per bit of the size: on each level the rightmost, where that bit is set.
_EDGE = """
WITH RECURSIVE last(size, leaf) AS (SELECT "index" + 1, leaf FROM audit_entry ORDER BY "index" DESC LIMIT 1),
    edge(level, size) AS (
        SELECT 1, size FROM last UNION ALL SELECT level + 1, size FROM edge WHERE size >> level + 1 > 0
    )
SELECT 0 AS level, size, leaf FROM last
UNION ALL
SELECT level, size, hash FROM edge
    JOIN audit_node ON position = (CAST(level AS bigint) << 48) + (size >> level) - 1
    WHERE size >> level & 1 = 1
ORDER BY level DESC
"""
_LEAF = 'SELECT leaf FROM audit_entry WHERE "index" = %s'
_NODE = "SELECT hash FROM audit_node WHERE position = %s"


def frontier(*, locked: bool = False) -> Frontier:
    """The tree's peaks as stored; one query whatever its size. Raises SealingError where one is missing.

    `locked` keeps everyone else from appending until the caller's transaction ends.
    """
    lock = dialects.lock_log(connection) if locked else []
    rows = dialects.run(connection, [*lock, (_EDGE, [])])
    if not rows:
        return Frontier()
    size = rows[0][1]
    return Frontier(size, [bytes(peak) for level, _, peak in rows if level or size & 1])


def log_size() -> int:
    """How many there are, also where the tree over them is broken."""
    newest = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else newest + 1


def node(level: int, index: int) -> bytes:
    """Hash of one perfect subtree. Raises LookupError where the tree holds none."""
    with connection.cursor() as cursor:
        cursor.execute(_NODE if level else _LEAF, [level << 48 | index])
        found = cursor.fetchone()
    if found is None:
        raise LookupError(f"the log has no node {level}/{index}")
    return bytes(found[0])


def leaves(size: int, *, batch: int = 20_000) -> Iterator[bytes]:
    """Leaf hashes 0 … size-1, in order."""
    for start in range(0, size, batch):
        rows = Entry.objects.filter(index__gte=start, index__lt=min(start + batch, size)).order_by("index")
        yield from (bytes(leaf) for leaf in rows.values_list("leaf", flat=True))


def latest_head() -> Head | None:
    return Head.objects.order_by("-size").first()


def latest_check() -> SelfCheck | None:
    return SelfCheck.objects.first()


def checked_at() -> datetime | None:
    """When the log says that the register was last checked; a row beside it could keep the next check from coming."""
    return Entry.objects.filter(action=CHECKED).order_by("-index").values_list("at", flat=True).first()


@dataclass(frozen=True)
class Act:
    """One line of a row's history."""

    at: datetime
    day_only: bool
    action: str
    actor: str
    details: dict[str, Any]
    index: int


def states_of(row: LoggedModel) -> list[str]:
    """The states this row has come to, one after the other, as its acts in the log name them."""
    return [state for act in history(row) if isinstance(state := act.details.get("state"), str)]


def history(*subjects: str | LoggedModel) -> list[Act]:
    """What happened to these rows, oldest first."""
    names = [subject if isinstance(subject, str) else subject.subject for subject in subjects]
    return [
        Act(
            at=entry.at,
            day_only=entry.actor == "public",
            action=entry.action,
            actor=entry.actor,
            details=json.loads(entry.body)["d"],
            index=entry.index,
        )
        for entry in Entry.objects.filter(subject__in=names).order_by("index")
    ]
