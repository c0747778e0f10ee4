"""The calendar of an election as iCalendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from .agenda import ONE_DAY, Election, Schedule, windows
from .words import words_of

# Days of law change seldom; a reader that asks once a day is in time.
REFRESH = dt.timedelta(days=1)


def election_feed(election: Election, page: str) -> bytes:
    """`page` shows the same to people; each entry leads there."""
    calendar = Calendar()
    calendar.add("prodid", "-//Netral//Kalender pemilihan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what readers knew before it
        calendar.add(name, election.label)
    calendar.add("url", page)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for at, schedule in enumerate(election.schedules):
        for entry in _entries(election, at, schedule):
            entry.add("url", page)
            calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _entries(election: Election, at: int, schedule: Schedule) -> Iterator[Entry]:
    """What the calendar holds and, with it, the days on which something is forbidden."""
    version = schedule.version
    status = words_of("statuses")[version.status]
    for event in schedule.events:
        says = f"Menurut {version.code}; {status}."
        yield _entry(election, at, schedule, event.code, event.label, says, event.start, event.until)
    for window in windows(schedule.contest):
        label = window.label if window.until else f"{window.label} (mulai hari ini)"
        says = f"Menurut {window.basis}, dihitung dari {version.code}; {status}."
        until = window.until or window.start
        yield _entry(election, at, schedule, window.code, label, says, window.start, until)


def _entry(
    election: Election,
    at: int,
    schedule: Schedule,
    code: str,
    label: str,
    says: str,
    start: dt.date,
    until: dt.date,
) -> Entry:
    entry = Entry()
    # The same in every version of the calendar, so that a reader moves an entry whose day was moved.
    entry.add("uid", f"{election.code}-{at}-{code}@netral")
    entry.add("dtstamp", dt.datetime.combine(schedule.version.start, dt.time(), dt.UTC))
    entry.add("dtstart", start)
    entry.add("dtend", until + ONE_DAY)
    where = f" · {schedule.regions}" if schedule.regions else ""
    entry.add("summary", f"{label} · {election.label}{where}")
    entry.add("description", f"Untuk {schedule.label}. {says}")
    entry.add("transp", "TRANSPARENT")
    return entry
