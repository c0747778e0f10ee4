"""Who examines: a superior, a team or a panel by decree, and who takes an examiner's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.audit.models import LoggedModel
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.roster.selectors import superior_ids
from netral.ui import clock
from netral.ui.checks import told_together
from netral.ui.templatetags.netral import tanggal

from ..cautions import of_the_house
from ..codes import Element, TeamKind
from ..content import Person, Text, checked
from ..examiners import Candidate, check_team
from ..letters import Letters
from ..models import Allegation, Case, ExaminationTeam, TeamMember
from ..sealed import Envelope
from ..selectors import Sight, joinable, team_of
from .lettering import issue
from .moving import begin, checked_day, checked_reason, edit, heeded, keep_note, move

DECREE_LIMIT = 60
NOBODY = Person()


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
    with told_together() as one_check:
        with one_check():
            cautions = [*_checked_teams(cases, kind, people), *_older_than_its_case(cases, kind, decree_day)]
            why = heeded(cautions, caution)
        with one_check():
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


def _older_than_its_case(cases: Sequence[Case], kind: str, day: dt.date | None) -> Iterator[str]:
    """The decree names the respondent and what is alleged; one from before the case may come from a file on paper."""
    for one in cases:
        if kind != TeamKind.SUPERIOR and day and day < one.opened_on:
            yield of_the_house(
                _("keputusan pembentukan bertanggal %(day)s, sebelum perkara %(number)s dibuka %(opened)s.")
                % {"day": tanggal(day), "number": one.number, "opened": tanggal(one.opened_on)}
            )


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
