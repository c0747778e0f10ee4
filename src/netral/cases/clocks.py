"""By when a state must be left: the law's clock as the agency reads it, the hearing's day, or its own standard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.lawbook import Due, corpus, due_day
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from .codes import Track
from .content import Sitting
from .facts import days_of
from .lifecycle import WAITS
from .models import Case, Summons
from .selectors import confirmed_reading

HEARING = "hari_pemeriksaan"
LAST_DAY = gettext_lazy("Paling lambat")
# From the letter to the day of the hearing, by road.
TO_APPEAR = {
    Track.ETHICS: "panggilan_etik",
    Track.DISCIPLINE: "panggilan_1",
    Track.DISMISSAL: "panggilan_1",
}
STANDARDS = frozenset(wait.standard for wait in WAITS.values() if wait.standard)


@dataclass(frozen=True)
class Deadline:
    """A due day; `clock` is the code of a clock of the law, HEARING, or the field of an agency's standard."""

    day: dt.date
    clock: str
    start: dt.date


@dataclass(frozen=True)
class Basis:
    """Why a case is due when it is, for a page: `lead` says what the day is, `label` where it comes from.

    `law` is empty for a hearing and for the agency's own standard.
    """

    day: dt.date
    label: str
    law: Due | None = None
    confirmed: bool = False
    lead: str | Promise = ""

    @property
    def cites(self) -> list[str]:
        """The articles the clock rests on, as one names them."""
        found = corpus().in_force(self.law.basis, self.day) if self.law else ()
        return [f"{article.short} {article.cite}" for article in found]

    @property
    def readings(self) -> tuple[Due, ...]:
        """Every reading, where there is more than one and the agency has not said which it follows."""
        return () if self.confirmed or self.law is None else self.law.readings

    @property
    def provisional(self) -> bool:
        """Disputed or not verified and not confirmed, or counted over days not yet decreed."""
        if self.law is None:
            return False
        return self.law.provisional or (not self.confirmed and (self.law.disputed or self.law.unverified))


def deadline(
    case: Case,
    state: str,
    *,
    track: str = "",
    since: dt.date,
    hearing: dt.date | None = None,
    clock: str = "",
) -> Deadline:
    """When an open `state` is due if the case enters it on this road.

    `since` starts its clock; `clock` is the code of that clock where the table does not say it.
    """
    wait = WAITS[state]
    if wait.hearing and hearing:
        return Deadline(hearing, HEARING, since)
    if (code := clock or wait.clock) and (due := law_clock(case, code, since, track=track)):
        return Deadline(due.day, code, since)
    return Deadline(since + dt.timedelta(days=getattr(case.agency, wait.standard)), wait.standard, since)


def law_clock(case: Case, code: str, start: dt.date, *, track: str = "") -> Due | None:
    """The clock of the law as the agency reads it; None where the law has none for this road and day."""
    clocks = corpus().clocks.get(code, ())
    if not any((track or case.track) in clock.tracks for clock in clocks):
        return None
    facts = {f"actor.{name}": value for name, value in case.actor.items()}
    if any(reading.starts for one in clocks for reading in one.readings):
        facts |= _dates(case)
    return due_day(code, start, facts=facts, reading=confirmed_reading(case.agency_id, code))


def is_late(case: Case, code: str, filed_on: dt.date) -> bool:
    """Whether no reading that is open to the agency lets something filed on that day be in time."""
    due = law_clock(case, code, _dates(case)[corpus().clocks[code][0].starts])
    return due is not None and not any(_keeps(reading, filed_on) for reading in _open_readings(case, due))


def may_close_on(case: Case) -> dt.date | None:
    """The first day on which, by every reading open to the agency, no remedy can be filed in time any more."""
    start = case.clock_start if case.clock in corpus().clocks else None
    due = law_clock(case, case.clock, start) if start else None
    if due is None or due.kind == "on":
        return case.due
    return max(reading.day for reading in _open_readings(case, due)) + dt.timedelta(days=1)


def _dates(case: Case) -> dict[str, dt.date]:
    return {f"dates.{name}": day for name, day in days_of(case)}


def basis_of(case: Case) -> Basis | None:
    """Why the case is due on its day; None for a closed one."""
    if case.due is None or case.clock_start is None:
        return None
    if case.clock == HEARING:
        return Basis(case.due, "", lead=_("Hari pemeriksaan"))
    if case.clock in STANDARDS:
        days = getattr(case.agency, case.clock)
        label = _("standar layanan instansi, %(days)s hari kalender") % {"days": days}
        return Basis(case.due, label, lead=LAST_DAY)
    due = law_clock(case, case.clock, case.clock_start)
    confirmed = confirmed_reading(case.agency_id, case.clock) is not None
    label = due.label.id if due else case.clock
    if due and due.kind == "on":  # no last day, but the day itself
        return Basis(case.due, "", due, confirmed, lead=label)
    return Basis(case.due, label[0].lower() + label[1:], due, confirmed, lead=LAST_DAY)


@dataclass(frozen=True)
class OutOfTerm:
    """A sentence on a day outside the term of a summons, and whether a law sets that term."""

    sentence: str
    by_law: bool


def out_of_term(case: Case, letter: dt.date, hearing: dt.date) -> OutOfTerm | None:
    """Where no reading of the term lets a letter of this day call for that day.

    Once the agency has confirmed a reading, that one alone counts.
    """
    readings = _to_appear(case, letter)
    if not readings or any(_keeps(reading, hearing) for reading in readings):
        return None
    said = {"day": tanggal(hearing), "allowed": _(" atau ").join(_allowed(readings))}
    if by_law := any(reading.basis for reading in readings):
        sentence = _("%(day)s tidak sesuai dengan tenggat pemanggilan: %(allowed)s.") % said
    else:
        sentence = _("%(day)s di luar tenggat yang dipakai sebagian instansi: %(allowed)s.") % said
    return OutOfTerm(sentence, by_law)


def hearing_is_over(summons: Summons, sitting: Sitting) -> bool:
    """Whether one who has not come is absent: the hour has passed, or, where none is known, the day."""
    now = clock.now()
    if sitting.time and now.date() == summons.hearing_day:
        return now.time() > sitting.time
    return now.date() > summons.hearing_day


@dataclass(frozen=True)
class HearingDays:
    """Which days a letter of today may call for, in words, and one that fits as many readings as can be.

    `by_law` is False where no law in the corpus sets the term.
    """

    allowed: str
    proposed: dt.date
    provisional: bool
    clock: str
    agreed: bool  # several readings, and the proposed day keeps each of them
    by_law: bool


def hearing_days(case: Case, letter: dt.date) -> HearingDays | None:
    """For the form of a summons whose letter bears this day; None where the law counts none."""
    readings = _to_appear(case, letter)
    if not readings:
        return None
    days = [reading.day for reading in readings]
    proposed = max(days, key=lambda day: sum(_keeps(reading, day) for reading in readings))
    unsure = len(readings) > 1 or any(one.provisional for one in readings)
    agreed = len(readings) > 1 and all(_keeps(reading, proposed) for reading in readings)
    by_law = any(one.basis for one in readings)
    allowed = _(" atau ").join(_allowed(readings))
    return HearingDays(allowed, proposed, unsure, readings[0].code, agreed, by_law)


def _to_appear(case: Case, letter: dt.date) -> tuple[Due, ...]:
    """The readings open to the agency of the clock from the letter to the hearing; none where the law has no clock."""
    due = law_clock(case, TO_APPEAR[Track(case.track)], letter)
    return _open_readings(case, due) if due else ()


def _open_readings(case: Case, due: Due) -> tuple[Due, ...]:
    """The one the agency has confirmed, else all."""
    confirmed = confirmed_reading(case.agency_id, due.code) is not None
    return (due,) if confirmed or not due.readings else due.readings


def _keeps(due: Due, day: dt.date) -> bool:
    match due.kind:
        case "at_most":
            return day <= due.day
        case "at_least":
            return day >= due.day
        case _:
            return day == due.day


def _allowed(readings: tuple[Due, ...]) -> Iterator[str]:
    """Each day once, in words."""
    words = {"at_most": _("paling lambat"), "at_least": _("paling cepat"), "on": _("tepat")}
    kinds: dict[dt.date, list[str]] = {}
    for due in readings:
        kinds.setdefault(due.day, []).append(words[due.kind])
    for day, ways in kinds.items():
        first, *others = dict.fromkeys(ways)
        if others:
            also = ", ".join(_("%s menurut bacaan lain") % way for way in others)
            yield _("%(day)s (%(first)s menurut satu bacaan, %(also)s)") % {
                "day": tanggal(day),
                "first": first,
                "also": also,
            }
        else:
            yield f"{first} {tanggal(day)}"
