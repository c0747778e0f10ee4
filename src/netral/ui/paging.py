"""Pages of a list by one field and the id, found by where the last one ended; as fast at the end as at the start.

A view reads with `Turn.of(request)` which is asked for, a selector answers with `page_of`, a template says
`{% pages page %}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
R = TypeVar("R")
PAGE = 50
AFTER, BEFORE = "sesudah", "sebelum"


@dataclass(frozen=True)
class Turn:
    """Which page is asked for: the one after a place, the one before a place, or the first."""

    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Turn:
        return cls(after=request.GET.get(AFTER, ""), before=request.GET.get(BEFORE, ""))


FIRST = Turn()


@dataclass(frozen=True)
class Place:
    """Where a page begins or ends: `2024-10-22.17` in an address."""

    key: Any
    pk: int

    @classmethod
    def parse(cls, text: str, rows: QuerySet[Any], field: str) -> Place | None:
        """None for what is no place in a list by this field."""
        key, _, pk = text.rpartition(".")
        try:
            value = rows.model._meta.get_field(field).to_python(key)
            return cls(value, int(pk)) if key and "\0" not in key else None
        except (ValueError, ValidationError):
            return None

    @classmethod
    def of(cls, row: Any, field: str) -> Place:
        return cls(getattr(row, field), row.pk)

    def __str__(self) -> str:
        return f"{self.key}.{self.pk}"


@dataclass(frozen=True)
class Page(Generic[R]):
    """`before` and `after` are the places from which the neighbouring pages are found; empty where there are none."""

    rows: list[R]
    before: str = ""
    after: str = ""


def page_of(
    rows: QuerySet[M], field: str, turn: Turn, *, newest_first: bool = False, size: int = PAGE
) -> Page[M]:
    """The page of `rows` by `field` that is asked for. A place that cannot be read gives the first page."""
    place = Place.parse(turn.before or turn.after, rows, field)
    backward = bool(place and turn.before)
    descending = newest_first != backward
    if place:
        compare = "lt" if descending else "gt"
        # The first condition is implied by the second; stated on its own it lets both databases start in the index.
        rows = rows.filter(**{f"{field}__{compare}e": place.key}).filter(
            Q(**{f"{field}__{compare}": place.key}) | Q(**{field: place.key, f"pk__{compare}": place.pk})
        )
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_before, has_after = (more, True) if backward else (bool(place), more)
    return Page(
        found,
        before=str(Place.of(found[0], field)) if found and has_before else "",
        after=str(Place.of(found[-1], field)) if found and has_after else "",
    )
