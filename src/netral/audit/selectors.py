"""Reading the log: the tree's frontier and nodes, what happened to a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from netral.sealing import Frontier

from .models import Entry, Head, LoggedModel, Node, SelfCheck


def frontier() -> Frontier:
    """The tree's peaks as stored; two queries whatever its size."""
    last = Entry.objects.order_by("-index").values_list("index", "leaf").first()
    if last is None:
        return Frontier()
    size = last[0] + 1
    # An odd tree's last peak is its last leaf; the others lie one perfect subtree per bit of the size.
    positions = [
        level << 48 | (size >> level) - 1
        for level in range(size.bit_length() - 1, 0, -1)
        if size >> level & 1
    ]
    stored = dict(Node.objects.filter(position__in=positions).values_list("position", "hash"))
    peaks = [bytes(stored[position]) for position in positions]
    return Frontier(size, [*peaks, bytes(last[1])] if size & 1 else peaks)


def node(level: int, index: int) -> bytes:
    """Hash of one perfect subtree. Raises LookupError where the tree holds none."""
    found = (
        Node.objects.filter(position=level << 48 | index).values_list("hash", flat=True).first()
        if level
        else Entry.objects.filter(index=index).values_list("leaf", flat=True).first()
    )
    if found is None:
        raise LookupError(f"the log has no node {level}/{index}")
    return bytes(found)


def leaves(size: int, *, batch: int = 20_000) -> Iterator[bytes]:
    """Leaf hashes 0 … size-1, in order."""
    for start in range(0, size, batch):
        rows = Entry.objects.filter(index__gte=start, index__lt=min(start + batch, size)).order_by("index")
        yield from (bytes(leaf) for leaf in rows.values_list("leaf", flat=True))


def latest_head() -> Head | None:
    return Head.objects.order_by("-size").first()


def latest_check() -> SelfCheck | None:
    return SelfCheck.objects.first()


@dataclass(frozen=True)
class Act:
    """One line of a row's history."""

    at: datetime
    day_only: bool
    action: str
    actor: str
    details: dict[str, Any]
    index: int


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
