"""Counting days: calendar days, months, and working days as decreed, or provisional where no decree is known."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A day reached by counting; `provisional` where a year on the way has no final decree."""

    day: dt.date
    provisional: bool


class WorkingDays:
    """The decreed years as one sorted list of working days; outside them only weekends are known to be free."""

    def __init__(self, years: Iterable[Mapping[str, Any]]) -> None:
        years = sorted(years, key=lambda year: int(year["year"]))
        free = {dt.date.fromisoformat(holiday["day"]) for year in years for holiday in year["holidays"]}
        self.final = {int(year["year"]) for year in years if not year["provisional"]}
        known = [int(year["year"]) for year in years] or [2000]
        # A margin around the decreed years, so that a count that leaves them still ends.
        day, end = dt.date(min(known) - 30, 1, 1), dt.date(max(known) + 30, 12, 31)
        self._working = []
        while day <= end:
            if day.weekday() < 5 and day not in free:
                self._working.append(day)
            day += ONE_DAY

    def is_working(self, day: dt.date) -> bool:
        at = bisect_left(self._working, day)
        return at < len(self._working) and self._working[at] == day

    def add(self, start: dt.date, length: int, *, counts_start: bool = False) -> Counted:
        """The `length`-th working day after `start`; with `counts_start`, a working day `start` is the first.

        Raises IndexError beyond the years this can count in.
        """
        first = bisect_left(self._working, start) if counts_start else bisect_right(self._working, start)
        day = self._working[first + length - 1]
        return Counted(day, self._provisional(start, day))

    def _provisional(self, start: dt.date, end: dt.date) -> bool:
        if start.year == end.year:
            return start.year not in self.final
        return any(year not in self.final for year in range(start.year, end.year + 1))


def add_days(start: dt.date, length: int, *, counts_start: bool = False) -> Counted:
    """Calendar days need no decree."""
    return Counted(start + ONE_DAY * (length - 1 if counts_start else length), False)


def month_end(start: dt.date, months: int) -> Counted:
    """The last day of the month that lies so many months after that of `start`."""
    day = add_months(start, months)
    return Counted(day.replace(day=monthrange(day.year, day.month)[1]), False)


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day so many months later, or earlier; where that month is shorter, its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
