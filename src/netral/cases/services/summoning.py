"""The respondent is called, called again, waited for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.lawbook import corpus
from netral.ui import clock
from netral.ui.checks import told_together
from netral.ui.templatetags.netral import tanggal

from ..cautions import of_the_house
from ..clocks import hearing_is_over, out_of_term
from ..codes import Attendance, Excuse, Notice
from ..content import Missed, Sitting, checked
from ..letters import Letters
from ..models import Absence, Case, Summons
from ..sealed import Envelope
from ..selectors import minutes_of, summons_of
from .lettering import issue
from .moving import begin, checked_choice, checked_day, checked_reason, heeded, move

# One reading of the law knows no last day, and nothing is overdue before the hearing: without an end a case could be
# put off for ever. Two months hold any holidays.
FARTHEST_HEARING = dt.timedelta(days=60)


def summon(
    *,
    case: Case,
    user: User,
    revision: int,
    hearing_day: dt.date,
    sitting: Sitting,
    number: str = "",
    caution: str = "",
) -> Summons:
    """Calls the respondent for the first time in this round; the letter bears today's date."""
    return _summon("summon", 1, case, user, revision, hearing_day, sitting, number, caution)


def summon_again(
    *,
    case: Case,
    user: User,
    revision: int,
    hearing_day: dt.date,
    sitting: Sitting,
    number: str = "",
    caution: str = "",
) -> Summons:
    """Calls him for the second and last time."""
    return _summon("summon_again", 2, case, user, revision, hearing_day, sitting, number, caution)


@issuing()
def _summon(
    name: str,
    ordinal: int,
    case: Case,
    user: User,
    revision: int,
    hearing_day: dt.date,
    sitting: Sitting,
    number: str,
    caution: str,
) -> Summons:
    begin(case, name, user, revision)
    today = clock.today()
    with told_together() as one:
        with one():
            sitting = checked(sitting)
        with one():
            why = _checked_hearing(case, today, hearing_day, caution)
    letters = Letters(Envelope.of(case))
    summons = letters.envelope.keep(
        Summons(round=case.round, ordinal=ordinal, letter_day=today, hearing_day=hearing_day), sitting
    )
    letter = issue(letters, user, Kind.SUMMONS, letters.summons(summons, sitting), number=number)
    rows = [summons, *letter]
    move(case=case, name=name, user=user, revision=revision, reason=why, rows=rows, hearing=hearing_day)
    return summons


@issuing()
def postpone(
    *,
    case: Case,
    user: User,
    revision: int,
    hearing_day: dt.date,
    sitting: Sitting,
    reason: str,
    number: str = "",
    caution: str = "",
) -> Summons:
    """Sets another day by a new letter of the same summons."""
    begin(case, "postpone", user, revision)
    summons, today = waited_for(case), clock.today()
    with told_together() as one:
        with one():
            reason = checked_reason(reason)
        with one():
            sitting = checked(sitting)
        with one():
            why = _checked_hearing(case, today, hearing_day, caution)
    if why:
        reason = f"{reason}\n{why}"
    before = summons.hearing_day.isoformat()
    letters = Letters(Envelope.of(case))
    replaced = letters.summons_letter(summons)
    summons.letter_day, summons.hearing_day = today, hearing_day
    letters.envelope.seal(summons, sitting)
    summons.save()
    letter = issue(letters, user, Kind.SUMMONS, letters.summons(summons, sitting, replaced), number=number)
    move(
        case=case,
        name="postpone",
        user=user,
        revision=revision,
        reason=reason,
        rows=[summons, *letter],
        hearing=hearing_day,
        details={"from": before, "to": hearing_day.isoformat()},
    )
    return summons


def absent(
    *,
    case: Case,
    user: User,
    revision: int,
    received_on: dt.date,
    way: str,
    excuse: str,
    missed: Missed,
    caution: str = "",
) -> Absence:
    """He did not come to the first hearing: its hour has passed, and the summons had reached him.

    `caution` says why it counts though the summons came on the day itself. Raises ValidationError for one with a valid
    reason, who is called for another day instead.
    """
    return _absent("absent", case, user, revision, received_on, way, excuse, missed, caution)


def absent_again(
    *,
    case: Case,
    user: User,
    revision: int,
    received_on: dt.date,
    way: str,
    excuse: str,
    missed: Missed,
    caution: str = "",
) -> Absence:
    """He did not come to the second either: it is decided on what there is."""
    return _absent("absent_again", case, user, revision, received_on, way, excuse, missed, caution)


@transaction.atomic
def _absent(
    name: str,
    case: Case,
    user: User,
    revision: int,
    received_on: dt.date,
    way: str,
    excuse: str,
    missed: Missed,
    caution: str,
) -> Absence:
    begin(case, name, user, revision)
    summons, envelope = waited_for(case), Envelope.of(case)
    _check_hour(summons, envelope.read(summons, Sitting))
    checked_choice("way", way, Notice.values)
    checked_day("received_on", received_on, since=summons.letter_day, until=summons.hearing_day)
    missed = _excused(excuse, checked(missed))
    why = heeded([*_too_late_to_come(summons, received_on)], caution)
    absence = envelope.keep(
        Absence(summons=summons, received_on=received_on, way=way, excuse=excuse, recorded_on=clock.today()),
        missed,
    )
    summons.attendance = Attendance.ABSENT
    summons.save(update_fields=["attendance"])
    # The law counts the second summons from the day he should have been examined.
    since = summons.hearing_day if name == "absent" else None
    move(case=case, name=name, user=user, revision=revision, reason=why, rows=[summons, absence], since=since)
    return absence


def _too_late_to_come(summons: Summons, received_on: dt.date) -> Iterator[str]:
    if received_on == summons.hearing_day:
        yield of_the_house(
            _(
                "panggilan baru sampai pada hari pemeriksaan itu sendiri, %(day)s; terlapor mungkin tidak sempat "
                "datang. Bila ragu, tunda pemeriksaan ke hari lain."
            )
            % {"day": tanggal(received_on)}
        )


def _check_hour(summons: Summons, sitting: Sitting) -> None:
    if not hearing_is_over(summons, sitting):
        raise ValidationError(
            {
                "hearing_day": _(
                    "Pemeriksaan baru %(day)s, pukul %(hour)s; catat ketidakhadiran sesudah itu lewat."
                )
                % {"day": tanggal(summons.hearing_day), "hour": sitting.hour}
            }
        )


def _excused(excuse: str, missed: Missed) -> Missed:
    """Raises ValidationError by field where it is no absence, or his reason is missing or out of place."""
    checked_choice("excuse", excuse, Excuse.values)
    if excuse == Excuse.VALID:
        raise ValidationError(
            {
                "excuse": _(
                    "Dengan alasan yang sah ia tidak dicatat tidak hadir. Tetapkan hari baru lewat “Tunda”; "
                    "alasannya ditulis di sana."
                )
            }
        )
    if excuse == Excuse.REJECTED and not missed.explained:
        raise ValidationError({"explained": _("Tuliskan alasan terlapor dan mengapa tidak dapat diterima.")})
    if excuse == Excuse.NONE and missed.explained:
        raise ValidationError({"explained": _("Terlapor tidak memberi kabar; kosongkan alasannya.")})
    return missed


def withdraw_absence(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """The first absence was recorded wrongly: he is waited for, heard or called for another day after all."""
    return _withdraw("withdraw_absence", 1, case, user, revision, reason)


def withdraw_absence_again(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """The second was: what was reported without him is reported anew."""
    return _withdraw("withdraw_absence_again", 2, case, user, revision, reason)


@transaction.atomic
def _withdraw(name: str, ordinal: int, case: Case, user: User, revision: int, reason: str) -> Case:
    begin(case, name, user, revision)
    absence = Absence.objects.filter(
        summons__case=case, summons__round=case.round, summons__ordinal=ordinal, withdrawn_on=None
    ).first()
    if absence is None or minutes_of(case):
        raise ValidationError(_("Dalam pemeriksaan ini tidak ada ketidakhadiran yang dapat dicabut."))
    summons = absence.summons
    absence.withdrawn_on, summons.attendance = clock.today(), ""
    absence.save(update_fields=["withdrawn_on"])
    summons.save(update_fields=["attendance"])
    rows = [absence, summons]
    return move(
        case=case,
        name=name,
        user=user,
        revision=revision,
        reason=reason,
        rows=rows,
        hearing=summons.hearing_day,
    )


def _checked_hearing(case: Case, letter: dt.date, hearing: dt.date, caution: str) -> str:
    """Why that day though the house cautions against it; empty where it does not.

    Raises ValidationError for `hearing_day` where the law forbids it.
    """
    checked_day("hearing_day", hearing, since=letter)
    off, last = out_of_term(case, letter, hearing), letter + FARTHEST_HEARING
    if off and off.by_law:
        raise ValidationError({"hearing_day": off.sentence})
    cautions = [off.sentence] if off else []
    if hearing > last:
        cautions.append(
            _(
                "%(day)s lebih dari %(limit)s hari sesudah surat; paling lambat %(last)s agar perkara tidak tertunda."
            )
            % {"day": tanggal(hearing), "limit": FARTHEST_HEARING.days, "last": tanggal(last)}
        )
    if hearing == letter:
        cautions.append(
            _("Surat dan pemeriksaan jatuh pada hari yang sama; terlapor perlu waktu untuk menyiapkan diri.")
        )
    if not corpus().working_days.is_working(hearing):
        cautions.append(_("%s bukan hari kerja.") % tanggal(hearing))
    return heeded([*map(of_the_house, cautions)], caution)


def waited_for(case: Case) -> Summons:
    summons = summons_of(case)
    assert summons is not None, f"{case} waits for nobody"  # noqa: S101 (the states before it make one)
    return summons
