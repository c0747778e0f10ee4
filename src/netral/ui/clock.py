"""The two clocks: the legal one, which a demonstration may hold still on a date, and the real one.

Deadlines, stages of the election and dates on paper follow the legal clock; sign-in, second factors, rate
limits and the log follow the real one.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_held: ContextVar[dt.datetime | None] = ContextVar("netral_held_clock", default=None)


def real_now() -> dt.datetime:
    """This moment, aware, in the register's time zone."""
    return timezone.localtime(timezone.now(), timezone.get_default_timezone())


def now() -> dt.datetime:
    """The legal moment: the one held by `at`, else the demo date with the real time of day, else real."""
    held = _held.get()
    if held is not None:
        return held
    real = real_now()
    demo = held_by_demo()
    return dt.datetime.combine(demo, real.timetz()) if demo else real


def held_by_demo() -> dt.date | None:
    """The date a demonstration holds, which the log does not follow."""
    demo: dt.date | None = getattr(settings, "NETRAL_DEMO_DATE", None)
    return demo


def today() -> dt.date:
    """The legal day in the register's time zone."""
    return now().date()


def zone() -> str:
    """The name of the register's time zone, as one writes it behind an hour: `WIB`."""
    return now().tzname() or ""


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Hold the legal clock at `moment` (naive moments are read in the register's time zone)."""
    aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    token = _held.set(timezone.localtime(aware, timezone.get_default_timezone()))
    try:
        yield
    finally:
        _held.reset(token)
