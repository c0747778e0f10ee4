"""Counting days: calendar days, months, and working days as decreed, or provisional where no decree is known."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

ONE_DAY = dt.timedelta(days=1)


class Counted(NamedTuple):
    """A day reached by counting; `provisional` where a year on the way has no final decree."""

    day: dt.date
    provisional: bool


class WorkingDays:
    """The decreed years; outside them only weekends are known to be free.

    Days from Monday to Friday are numbered through since the first day of the calendar; a holiday takes its number out.
    """

    def __init__(self, years: Iterable[Mapping[str, Any]]) -> None:
        years = list(years)
        free = {dt.date.fromisoformat(holiday["day"]) for year in years for holiday in year["holidays"]}
        self._holidays = sorted(_weekday_number(day) for day in free if day.weekday() < 5)
        # How many working days lie before each of them.
        self._before = [number - 1 - at for at, number in enumerate(self._holidays)]
        self.final = {int(year["year"]) for year in years if not year["provisional"]}

    def is_working(self, day: dt.date) -> bool:
        return self._until(day) > self._until(day - ONE_DAY)

    def add(self, start: dt.date, length: int, *, counts_start: bool = False) -> Counted:
        """The `length`-th working day after `start`; with `counts_start`, a working day `start` is the first."""
        count = self._until(start - ONE_DAY if counts_start else start) + length
        day = _weekday(count + bisect_left(self._before, count))
        return Counted(day, self._provisional(start, day))

    def _until(self, day: dt.date) -> int:
        """How many working days there are up to this one."""
        number = _weekday_number(day)
        return number - bisect_right(self._holidays, number)

    def _provisional(self, start: dt.date, end: dt.date) -> bool:
        if start.year == end.year:
            return start.year not in self.final
        return any(year not in self.final for year in range(start.year, end.year + 1))


def _weekday_number(day: dt.date) -> int:
    """The number of the last day from Monday to Friday up to this one; the calendar begins with a Monday."""
    weeks, days = divmod(day.toordinal(), 7)
    return 5 * weeks + min(days, 5)


def _weekday(number: int) -> dt.date:
    weeks, days = divmod(number - 1, 5)
    return dt.date.fromordinal(7 * weeks + days + 1)


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
