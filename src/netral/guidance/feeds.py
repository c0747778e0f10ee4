"""The calendar of an election as iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from icalendar import Calendar
from icalendar import Event as Entry

from .agenda import ONE_DAY, Election, Schedule, windows
from .words import words_of

# Days of law change seldom; a reader that asks once a day is in time.
REFRESH = dt.timedelta(days=1)


def election_feed(election: Election) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Netral//Kalender pemilihan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", election.label)
    calendar.add("refresh-interval", REFRESH)
    for at, schedule in enumerate(election.schedules):
        for entry in _entries(election, at, schedule):
            calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _entries(election: Election, at: int, schedule: Schedule) -> Iterator[Entry]:
    """What the calendar holds and, with it, the days on which something is forbidden."""
    for event in schedule.events:
        yield _entry(election, at, schedule, event.code, event.label, event.start, event.until)
    for window in windows(schedule.contest):
        label = window.label if window.until else f"{window.label} (mulai hari ini)"
        until = window.until or window.start
        yield _entry(election, at, schedule, window.code, label, window.start, until)


def _entry(
    election: Election, at: int, schedule: Schedule, code: str, label: str, start: dt.date, until: dt.date
) -> Entry:
    entry, version = Entry(), schedule.version
    # The same for the same calendar, so that a reader knows an entry again.
    entry.add("uid", f"{election.code}-{at}-{code}-{start:%Y%m%d}@netral")
    entry.add("dtstamp", dt.datetime.combine(version.start, dt.time(), dt.UTC))
    entry.add("dtstart", start)
    entry.add("dtend", until + ONE_DAY)
    where = f" di {schedule.regions}" if schedule.regions else ""
    entry.add("summary", f"{label} · {election.label}")
    entry.add(
        "description",
        f"Untuk {schedule.label}{where}. Menurut {version.code}; {words_of('statuses')[version.status]}.",
    )
    entry.add("transp", "TRANSPARENT")
    return entry
