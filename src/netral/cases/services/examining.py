"""From the appointment of examiners to their report: the respondent is called, waited for, heard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.audit.models import LoggedModel
from netral.audit.services import Details
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.evidence.facts import SealedUpload
from netral.roster.selectors import superior_ids
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from ..clocks import hearing_is_over, out_of_term
from ..codes import BY_TEAM_ONLY, Attendance, Element, Excuse, Level, Notice, Signing, TeamKind, Track
from ..content import Findings, Hearing, Missed, Person, Sitting, Text, checked
from ..examiners import Candidate, check_team
from ..law import choice_of
from ..letters import Letters
from ..lifecycle import State
from ..models import (
    Absence,
    Allegation,
    Case,
    ExaminationMinutes,
    ExaminationReport,
    ExaminationTeam,
    Summons,
    TeamMember,
)
from ..sealed import Envelope
from ..selectors import Sight, joinable, minutes_of, summons_of, team_of
from .lettering import issue, scan_of
from .moving import begin, checked_choice, checked_day, checked_reason, edit, heeded, keep_note, move

DECREE_LIMIT = 60
# One reading of the law knows no last day, and nothing is overdue before the hearing: without an end a case could be
# put off for ever. Two months hold any holidays.
FARTHEST_HEARING = dt.timedelta(days=60)
NOBODY = Person()

# Examiners -------------------------------------------------------------------------------------------------------


@issuing()
def appoint(
    *,
    case: Case,
    user: User,
    revision: int,
    kind: str,
    members: Sequence[Candidate],
    decree_number: str = "",
    decree_day: dt.date | None = None,
    formed_by: Person = NOBODY,
    caution: str = "",
    joined: Sequence[Case] = (),
) -> ExaminationTeam:
    """Names who examines in this round. A team and a panel are formed by decree; the superior examines by office.

    `formed_by` signs the decree; `caution` says why it is done against what the house cautions. In the `joined` cases,
    of other respondents of the same matter, the same people examine by the same decree, which names them all; it
    lies in the file of `case`.
    """
    _begin_all(case, user, revision, joined)
    _check_joined(user, case, kind, joined)
    if kind == TeamKind.SUPERIOR:
        members = [Candidate(one.official, one.person, Element.SUPERIOR, True) for one in members]
    cases = [case, *joined]
    people = [_of_his_own(one, members) if joined else members for one in cases]
    why = heeded(_checked_teams(cases, kind, people), caution)
    number = _decree(cases, kind, decree_number, decree_day, formed_by)
    teams = [
        _form(one, ExaminationTeam(kind=kind, decree_number=number, decree_day=decree_day), formed_by, those)
        for one, those in zip(cases, people, strict=True)
    ]
    (envelope, team, rows), *_others = teams
    others = [Letters(one) for one, _team, _rows in teams[1:]]
    elements = [one.element for one in members]
    decree = (
        _write_decree(Letters(envelope), user, team, [*zip(rows, elements, strict=True)], others)
        if number
        else []
    )
    for one, (_envelope, its_team, its_members) in zip(cases, teams, strict=True):
        move(
            case=one,
            name="appoint",
            user=user,
            revision=revision if one is case else one.revision,
            reason=why,
            rows=[its_team, *its_members, *(decree if one is case else [])],
            details={"kind": kind, "members": len(its_members)},
        )
    return team


def _begin_all(case: Case, user: User, revision: int, joined: Sequence[Case]) -> None:
    """Always in the same order, so that two officers with the same cases do not wait for each other for ever."""
    for one in sorted((case, *joined), key=lambda each: each.pk):
        begin(one, "appoint", user, revision if one is case else one.revision)


def _check_joined(user: User, case: Case, kind: str, joined: Sequence[Case]) -> None:
    """Raises ValidationError for `joined` where they do not go with this one."""
    if joined and kind == TeamKind.SUPERIOR:
        raise ValidationError(
            {
                "joined": _(
                    "Atasan langsung memeriksa tanpa keputusan; tetapkan pemeriksa setiap perkara sendiri."
                )
            }
        )
    fitting = {one.pk for one in joinable(Sight(user), case)} if joined else set()
    for one in joined:
        if one.pk not in fitting:
            raise ValidationError(
                {
                    "joined": _("%s tidak lagi menunggu pemeriksa yang sama; muat ulang halaman ini.")
                    % one.number
                }
            )


def _of_his_own(case: Case, members: Sequence[Candidate]) -> list[Candidate]:
    """Of several respondents' superiors each is the superior in his case, and another official in the rest."""
    above = superior_ids(case.official)
    return [
        replace(one, element=Element.OTHER)
        if one.element == Element.SUPERIOR and one.official and one.official.pk not in above
        else one
        for one in members
    ]


def _checked_teams(cases: Sequence[Case], kind: str, people: Sequence[Sequence[Candidate]]) -> list[str]:
    """What the house cautions against, each once; what does not fit in a joined case is told with its number."""
    cautions: list[str] = []
    for at, (one, members) in enumerate(zip(cases, people, strict=True)):
        try:
            cautions += check_team(one, kind, members)
        except ValidationError as error:
            if not at:
                raise
            told = [f"{one.number}: {sentence}" for sentence in error.messages]
            raise ValidationError({"joined": told}) from error
    return list(dict.fromkeys(cautions))


def _form(
    case: Case, team: ExaminationTeam, formed_by: Person, members: Sequence[Candidate]
) -> tuple[Envelope, ExaminationTeam, list[TeamMember]]:
    envelope = Envelope.of(case)
    team.round, team.appointed_on = case.round, clock.today()
    envelope.keep(team, formed_by.cleaned())
    return envelope, team, [_join(envelope, team, member) for member in members]


def _write_decree(
    letters: Letters,
    user: User,
    team: ExaminationTeam,
    members: Sequence[tuple[TeamMember, str]],
    others: Sequence[Letters],
) -> list[LoggedModel]:
    return issue(
        letters,
        user,
        Kind.TEAM,
        letters.team(team, members, others),
        dated=team.decree_day,
        number=team.decree_number,
        number_field="decree_number",
    )


def _decree(cases: Sequence[Case], kind: str, number: str, day: dt.date | None, formed_by: Person) -> str:
    """Number of the decree, which nobody forms before the act; the superior, who examines by office, needs none."""
    if kind == TeamKind.SUPERIOR:
        return ""
    number, wrong = checked(Text(number)).text, dict(_formed_by(formed_by))
    if not number or len(number) > DECREE_LIMIT:
        wrong["decree_number"] = _("Tuliskan nomor keputusan pembentukan, paling panjang %s karakter.") % (
            DECREE_LIMIT
        )
    if day is None:
        wrong["decree_day"] = _("Tuliskan tanggal keputusan pembentukan.")
    if wrong:
        raise ValidationError(wrong)
    if day:
        acts = Allegation.objects.filter(case__in=cases).values_list("act_date", flat=True)
        checked_day("decree_day", day, since=min(acts), until=clock.today())
    return number


def _formed_by(former: Person) -> Iterator[tuple[str, str]]:
    """What is wrong with who formed it, by field."""
    fields = {"position": "formed_by", "name": "formed_name"}
    try:
        checked(former)
    except ValidationError as error:
        for field, sentences in error.message_dict.items():
            yield fields.get(field, field), sentences[0]


def _join(envelope: Envelope, team: ExaminationTeam, one: Candidate) -> TeamMember:
    member = TeamMember(
        team=team,
        official=one.official,
        element=one.element,
        chair=one.chair,
        joined_on=clock.today(),
    )
    return envelope.keep(member, checked(one.person))


@transaction.atomic
def replace_examiner(
    *, case: Case, user: User, revision: int, member: TeamMember, successor: Candidate, reason: str
) -> TeamMember:
    """Puts someone else in the member's place; the team must still be one that may examine this case."""
    begin(case, "replace_examiner", user, revision)
    reason = checked_reason(reason)
    team = team_of(case)
    staying = list(team.members.filter(left_on=None).exclude(pk=member.pk)) if team else []
    if team is None or member.team_id != team.pk or member.left_on:
        raise ValidationError({"member": _("Orang ini tidak lagi memeriksa perkara ini.")})
    envelope, successor = Envelope.of(case), successor.succeeding(member)
    check_team(case, team.kind, [*(_candidate(envelope, one) for one in staying), successor])
    member = team.members.get(pk=member.pk)
    member.left_on = clock.today()
    member.save(update_fields=["left_on"])
    joined = _join(envelope, team, successor)
    note = keep_note(case, user, "replace_examiner", Text(reason))
    edit(
        case=case,
        name="replace_examiner",
        user=user,
        revision=revision,
        rows=[member, joined, note],
    )
    return joined


def _candidate(envelope: Envelope, member: TeamMember) -> Candidate:
    return Candidate(member.official, envelope.read(member, Person), member.element, member.chair)


# Summons ---------------------------------------------------------------------------------------------------------


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
    today, sitting = clock.today(), checked(sitting)
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
    reason, sitting = checked_reason(reason), checked(sitting)
    summons, today = _waiting(case), clock.today()
    if why := _checked_hearing(case, today, hearing_day, caution):
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
) -> Absence:
    """He did not come to the first hearing: its hour has passed, and the summons had reached him.

    Raises ValidationError for one with a valid reason, who is called for another day instead.
    """
    return _absent("absent", case, user, revision, received_on, way, excuse, missed)


def absent_again(
    *,
    case: Case,
    user: User,
    revision: int,
    received_on: dt.date,
    way: str,
    excuse: str,
    missed: Missed,
) -> Absence:
    """He did not come to the second either: it is decided on what there is."""
    return _absent("absent_again", case, user, revision, received_on, way, excuse, missed)


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
) -> Absence:
    begin(case, name, user, revision)
    summons, envelope = _waiting(case), Envelope.of(case)
    _check_hour(summons, envelope.read(summons, Sitting))
    checked_choice("way", way, Notice.values)
    checked_day("received_on", received_on, since=summons.letter_day, until=summons.hearing_day)
    missed = _excused(excuse, checked(missed))
    absence = envelope.keep(
        Absence(summons=summons, received_on=received_on, way=way, excuse=excuse, recorded_on=clock.today()),
        missed,
    )
    summons.attendance = Attendance.ABSENT
    summons.save(update_fields=["attendance"])
    # The law counts the second summons from the day he should have been examined.
    since = summons.hearing_day if name == "absent" else None
    move(case=case, name=name, user=user, revision=revision, rows=[summons, absence], since=since)
    return absence


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
    return heeded(cautions, caution)


def _waiting(case: Case) -> Summons:
    summons = summons_of(case)
    assert summons is not None, f"{case} waits for nobody"  # noqa: S101 (the states before it make one)
    return summons


# Hearing and report ------------------------------------------------------------------------------------------------


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
    hearing, summons = checked(hearing), _waiting(case)
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
    checked_choice("signing", signing, Signing.values)
    minutes = minutes_of(case)
    if minutes is None or (minutes.signing and case.state != State.REPORT):
        raise ValidationError(_("Tidak ada berita acara pemeriksaan yang menunggu tanda tangan."))
    reason = checked_reason(reason, needed=signing == Signing.REFUSED)
    if reason and signing != Signing.REFUSED:
        raise ValidationError({"reason": _("Alasan hanya untuk yang menolak menandatangani; kosongkan.")})
    letters = Letters(Envelope.of(case))
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
        try:
            choice_of(code)
        except (KeyError, ValueError) as error:
            raise ValidationError(
                {"sanctions": _("“%(code)s” bukan jenis sanksi yang dikenal.") % {"code": code[:60]}}
            ) from error
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
