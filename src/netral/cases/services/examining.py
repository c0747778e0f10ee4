"""The respondent is heard, the minutes come back signed or refused, the examiners report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.audit.services import Details
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.evidence.facts import SealedUpload
from netral.ui import clock
from netral.ui.checks import told_together
from netral.ui.templatetags.netral import tanggal

from ..clocks import out_of_term
from ..codes import BY_TEAM_ONLY, Attendance, Level, Signing, TeamKind, Track
from ..content import Findings, Hearing, Text, checked
from ..law import choice_of
from ..letters import Letters
from ..lifecycle import State
from ..models import Case, ExaminationMinutes, ExaminationReport, Summons
from ..sealed import Envelope
from ..selectors import minutes_of, team_of
from .lettering import issue, scan_of
from .moving import begin, checked_choice, checked_day, checked_reason, edit, keep_note, move
from .summoning import waited_for


@issuing()
def hear(
    *,
    case: Case,
    user: User,
    revision: int,
    day: dt.date,
    hearing: Hearing,
    number: str = "",
) -> ExaminationMinutes:
    """The respondent was heard: questions, answers and what he said for himself.

    On another day than he was called for, `hearing.otherwise` says why, and the minutes say it too.
    """
    begin(case, "hear", user, revision)
    hearing, summons = hearing.cleaned(), waited_for(case)
    with told_together() as one:
        with one():
            hearing.validate()
        with one():
            checked_day("day", day, since=summons.letter_day, until=clock.today())
            _check_called(case, summons, day, hearing.otherwise)
    letters = Letters(Envelope.of(case))
    minutes = letters.envelope.keep(ExaminationMinutes(round=case.round, day=day), hearing)
    letter = issue(letters, user, Kind.MINUTES, letters.minutes(minutes, hearing), dated=day, number=number)
    rows = [minutes, *_came(summons), *letter]
    move(case=case, name="hear", user=user, revision=revision, rows=rows, since=day)
    return minutes


def _check_called(case: Case, summons: Summons, day: dt.date, otherwise: str) -> None:
    """Raises ValidationError where the day is not that of the summons and nobody says why, or the other way round."""
    called = {"called": tanggal(summons.hearing_day), "day": tanggal(day)}
    if day != summons.hearing_day and not otherwise:
        off = out_of_term(case, summons.letter_day, day)
        said = _(
            "Terlapor dipanggil untuk %(called)s, sedangkan pemeriksaan dicatat %(day)s. Betulkan harinya, atau "
            "tuliskan mengapa ia diperiksa pada hari lain; alasan itu dimuat dalam berita acara."
        )
        raise ValidationError({"otherwise": [said % called, *([off.sentence] if off else [])]})
    if day == summons.hearing_day and otherwise:
        raise ValidationError(
            {"otherwise": _("Pemeriksaan dicatat pada hari panggilannya, %(called)s; kosongkan.") % called}
        )


@issuing()
def sign_minutes(
    *, case: Case, user: User, revision: int, signing: str, scan: SealedUpload | None = None, reason: str = ""
) -> ExaminationMinutes:
    """The printed minutes came back: signed by all, or by the examiners alone, with the respondent's `reason`.

    Refusing to sign stops nothing. Either way the paper is scanned.
    """
    begin(case, "sign_minutes", user, revision)
    minutes = minutes_of(case)
    if minutes is None or (minutes.signing and case.state != State.REPORT):
        raise ValidationError(_("Tidak ada berita acara pemeriksaan yang menunggu tanda tangan."))
    letters = Letters(Envelope.of(case))
    with told_together() as one:
        with one():
            checked_choice("signing", signing, Signing.values)
        with one():
            reason = checked_reason(reason, needed=signing == Signing.REFUSED)
            if reason and signing != Signing.REFUSED:
                raise ValidationError(
                    {"reason": _("Alasan hanya untuk yang menolak menandatangani; kosongkan.")}
                )
        with one():
            scanned = scan_of(letters, letters.minutes_letter(), user, scan)
    minutes.signing = signing
    minutes.save(update_fields=["signing"])
    notes = [keep_note(case, user, "sign_minutes", Text(reason))] if reason else []
    rows = [minutes, *scanned, *notes]
    edit(
        case=case, name="sign_minutes", user=user, revision=revision, rows=rows, details={"signing": signing}
    )
    return minutes


def _came(summons: Summons) -> list[Summons]:
    """The summons that brought him; one he had not followed stays as it was."""
    if summons.attendance:
        return []
    summons.attendance = Attendance.CAME
    summons.save(update_fields=["attendance"])
    return [summons]


@issuing()
def report(
    *,
    case: Case,
    user: User,
    revision: int,
    proven: Mapping[str, bool],
    findings: Findings,
    level: str = "",
    sanctions: Sequence[str] = (),
    number: str = "",
) -> ExaminationReport:
    """What the examiners found: for each allegation (by object id) whether it is proven, and what they recommend."""
    begin(case, "report", user, revision)
    minutes = minutes_of(case)
    if minutes and not minutes.signing:
        raise ValidationError(
            _(
                "Berita acara pemeriksaan belum ditandatangani. Tambahkan pindaiannya, atau catat bahwa terlapor "
                "menolak menandatangani; sesudah itu laporan dapat disampaikan."
            )
        )
    findings = checked(findings)
    _check_proven(case, proven)
    _check_recommended(case, proven, level, sanctions)
    letters = Letters(Envelope.of(case))
    found = letters.envelope.keep(
        ExaminationReport(
            round=case.round,
            day=clock.today(),
            proven=dict(proven),
            level=level,
            sanctions=list(sanctions),
        ),
        findings,
    )
    letter = issue(letters, user, Kind.REPORT, letters.report(found, findings), number=number)
    details: Details = {"proven": sum(proven.values()), "level": level}
    move(case=case, name="report", user=user, revision=revision, rows=[found, *letter], details=details)
    return found


def _check_proven(case: Case, proven: Mapping[str, bool]) -> None:
    alleged = set(case.allegation_set.values_list("object_id", flat=True))
    if set(proven) != alleged:
        raise ValidationError(
            {
                "proven": _(
                    "Nyatakan terbukti atau tidak untuk setiap dugaan: ada %(all)s, dinyatakan %(said)s."
                )
                % {"all": len(alleged), "said": len(alleged & set(proven))}
            }
        )


def _recommended_for_nothing(level: str, sanctions: Sequence[str]) -> Iterator[tuple[str, str]]:
    if level:
        yield "level", _("Tidak ada dugaan yang terbukti; kosongkan tingkat yang disarankan.")
    if sanctions:
        yield "sanctions", _("Tidak ada dugaan yang terbukti; kosongkan jenis yang disarankan.")


def _check_recommended(case: Case, proven: Mapping[str, bool], level: str, sanctions: Sequence[str]) -> None:
    if any(proven.values()):
        if not level:
            raise ValidationError({"level": _("Ada dugaan yang terbukti; pilih tingkat yang disarankan.")})
        checked_choice("level", level, [one for one in Level.values if one != Level.UNDETERMINED])
    elif wrong := dict(_recommended_for_nothing(level, sanctions)):
        raise ValidationError(wrong)
    for code in sanctions:
        _check_fits(code, level)
    team = team_of(case)
    by_team_only = case.track == Track.DISCIPLINE and level in BY_TEAM_ONLY
    if by_team_only and (team is None or team.kind != TeamKind.TEAM):
        raise ValidationError(
            {
                "level": _(
                    "Tingkat %(level)s memerlukan tim pemeriksa yang dibentuk sebelum pemeriksaan. "
                    "Ulangi pemeriksaan dengan tim, atau sarankan tingkat yang lebih ringan."
                )
                % {"level": Level(level).label}
            }
        )


def _check_fits(code: str, level: str) -> None:
    try:
        choice = choice_of(code)
    except (KeyError, ValueError) as error:
        raise ValidationError(
            {"sanctions": _("“%(code)s” bukan jenis sanksi yang dikenal.") % {"code": code[:60]}}
        ) from error
    if choice.level != level:
        said = {"kind": choice.label, "its": Level(choice.level).label, "level": Level(level).label}
        raise ValidationError(
            {
                "sanctions": _(
                    "“%(kind)s” jenis tingkat %(its)s; yang disarankan tingkat %(level)s. Pilih jenis dari tingkat itu."
                )
                % said
            }
        )
