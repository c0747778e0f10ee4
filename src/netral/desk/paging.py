"""Pages of a list ordered by a day and an id, found by where the last one ended; as fast at the end as at the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
PAGE = 50


@dataclass(frozen=True)
class Place:
    """Where a page begins or ends: `2024-10-22.17` in an address."""

    day: dt.date
    pk: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        day, _, pk = text.partition(".")
        try:
            return cls(dt.date.fromisoformat(day), int(pk))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.pk}"


@dataclass(frozen=True)
class Page(Generic[M]):
    """`before` and `after` are the places from which the neighbouring pages are found; empty where there are none."""

    rows: list[M]
    before: str
    after: str


def page_of(
    rows: QuerySet[M],
    day: str,
    *,
    after: str = "",
    before: str = "",
    newest_first: bool = False,
    size: int = PAGE,
) -> Page[M]:
    """A page of `rows` after or before a place. A place that cannot be read gives the first page."""
    place, backward = Place.parse(before or after), bool(before and Place.parse(before))
    descending = newest_first != backward
    if place:
        compare = "lt" if descending else "gt"
        # The first condition is implied by the second; stated on its own it lets both databases start in the index.
        rows = rows.filter(**{f"{day}__{compare}e": place.day}).filter(
            Q(**{f"{day}__{compare}": place.day}) | Q(**{day: place.day, f"pk__{compare}": place.pk})
        )
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{day}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_before, has_after = (more, True) if backward else (bool(place), more)
    return Page(
        found,
        before=_place(found[0], day) if found and has_before else "",
        after=_place(found[-1], day) if found and has_after else "",
    )


def _place(row: Any, day: str) -> str:
    return str(Place(getattr(row, day), row.pk))
