"""The decision, the ways back to the examiners, the end without a decision."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.documents.kinds import Kind
from netral.documents.services import issuing
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from ..codes import Attendance, Outcome, StopGround, TeamKind
from ..content import Ruling, Text, checked
from ..examiners import ELEMENTS_OF_A_TEAM
from ..law import Choice, choice_of, sanctions_open
from ..letters import DECISIONS, Letters
from ..models import Allegation, Assessment, Case, Decision, ExaminationTeam, Summons
from ..sealed import Envelope
from ..selectors import assessment_of, examiners_on, minutes_of, standing_acts, summons_of, team_of
from ..signing import leader
from .lettering import issue
from .moving import begin, checked_choice, checked_reason, move


def return_report(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """The report is not enough to decide on; the same examiners write it anew."""
    return move(case=case, name="return_report", user=user, revision=revision, reason=reason)


def reexamine(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """A new round with examiners appointed anew; what was heard before stays in the file and carries no decision."""
    return _new_round("reexamine", case, user, revision, reason)


def reassess(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """New facts: the law is asked again, and the respondent is heard on them in a new round."""
    return _new_round("reassess", case, user, revision, reason, track="", level="")


def _new_round(name: str, case: Case, user: User, revision: int, reason: str, **changes: str) -> Case:
    changed = {"round": case.round + 1, **changes}
    return move(case=case, name=name, user=user, revision=revision, reason=reason, changes=changed)


@issuing()
def decide(
    *,
    case: Case,
    user: User,
    revision: int,
    sanction: str = "",
    reason: str,
    title: str = "",
    number: str = "",
) -> Decision:
    """Decides once: `sanction` is one that is open, or empty where nothing is proven.

    `title` is the office in which the decider signs, if it is not the one his account tells.
    The decider acts in the authority that his account states. Raises ValidationError where the law does not offer the
    sanction, the authority may not impose it, or it is heavy and no team examined.
    """
    begin(case, "decide", user, revision)
    reason = checked_reason(reason)
    team, assessment = team_of(case), assessment_of(case)
    minutes, absence = minutes_of(case), _second_absence(case)
    if team is None or assessment is None or not (minutes or absence):
        raise ValidationError(
            _("Terlapor belum diperiksa dan belum dua kali tidak hadir dalam pemeriksaan ini.")
        )
    choice = _choice(user, assessment, sanction) if sanction else None
    if choice and choice.by_team_only:
        _require_team(team, minutes.day if minutes else _day_of(absence))
    outcome = choice.outcome if choice else Outcome.NOT_PROVEN
    by, letters = leader(user, checked(Text(title)).text), Letters(Envelope.of(case))
    ruling = Ruling(reason, by.title)
    decision = letters.envelope.keep(
        Decision(
            round=case.round,
            day=clock.today(),
            outcome=outcome,
            sanction=sanction,
            level=choice.level if choice else "",
            authority=_authority(user),
            decider=user,
            minutes=minutes,
            absence=None if minutes else absence,
            team=team,
            team_kind=team.kind,
        ),
        ruling,
    )
    letter = issue(letters, user, DECISIONS[outcome], letters.decision(decision, ruling, by), number=number)
    move(
        case=case,
        name="decide",
        user=user,
        revision=revision,
        rows=[decision, *letter],
        details={"outcome": outcome, "sanction": sanction, "authority": decision.authority},
        changes={"outcome": outcome},
    )
    return decision


def _authority(user: User) -> str:
    if not user.acts_as:
        raise ValidationError(
            _(
                "Akun Anda belum menyatakan dalam kewenangan apa Anda memutus. "
                "Minta administrator mengisi “memutus sebagai” pada akun Anda."
            )
        )
    return user.acts_as


def _choice(user: User, assessment: Assessment, sanction: str) -> Choice:
    checked_choice("sanction", sanction, sanctions_open(assessment, _authority(user)))
    return choice_of(sanction)


def _second_absence(case: Case) -> Summons | None:
    summons = summons_of(case, 2)
    return summons if summons and summons.attendance == Attendance.ABSENT else None


def _day_of(summons: Summons | None) -> dt.date:
    return summons.hearing_day if summons else clock.today()


def _require_team(team: ExaminationTeam, day: dt.date) -> None:
    """A heavy sanction: a team by a decree from before the hearing, on that day of all its elements."""
    formed = team.kind == TeamKind.TEAM and team.decree_day is not None and team.decree_day <= day
    elements = {member.element for member in examiners_on(team, day)}
    if not formed or not elements.issuperset(ELEMENTS_OF_A_TEAM):
        raise ValidationError(
            {
                "sanction": _(
                    "Sanksi ini memerlukan pemeriksaan oleh tim yang dibentuk sebelum hari pemeriksaan (%(day)s) "
                    "dan lengkap unsurnya. Pilih sanksi yang lebih ringan, atau minta pemeriksaan ulang."
                )
                % {"day": tanggal(day)}
            }
        )


@issuing()
def stop(
    *, case: Case, user: User, revision: int, ground: str, reason: str, title: str = "", number: str = ""
) -> Case:
    """Ends the case without a decision. Its acts no longer stand: they may be alleged again, here or elsewhere."""
    begin(case, "stop", user, revision)
    checked_choice("ground", ground, StopGround.values)
    reason, by = checked_reason(reason), leader(user, checked(Text(title)).text)
    letters = Letters(Envelope.of(case))
    said = letters.closing(Outcome.STOPPED, reason, by, StopGround(ground))
    letter = issue(letters, user, Kind.CLOSING, said, number=number)
    return move(
        case=case,
        name="stop",
        user=user,
        revision=revision,
        reason=reason,
        rows=[*_stand(case, False), *letter],
        details={"ground": ground},
        changes={"outcome": Outcome.STOPPED, "stop_ground": ground},
    )


@transaction.atomic
def reopen(*, case: Case, user: User, revision: int, reason: str) -> Case:
    """Takes up what was stopped, or takes back what was referred, in a new round.

    Raises ValidationError for a case that ended with a decision.
    """
    begin(case, "reopen", user, revision)
    if not case.may_be_reopened:
        raise ValidationError(
            _(
                "Perkara ini berakhir dengan %(outcome)s; hanya perkara yang dihentikan atau diteruskan dapat "
                "dibuka kembali."
            )
            % {"outcome": case.get_outcome_display().lower()}
        )
    rows = _stand(case, True)
    return move(
        case=case,
        name="reopen",
        user=user,
        revision=revision,
        reason=reason,
        rows=rows,
        changes={
            "round": case.round + 1,
            **dict.fromkeys(("track", "level", "outcome", "stop_ground", "referred_to"), ""),
        },
    )


def _stand(case: Case, stands: bool) -> list[Allegation]:
    """Lets the case's acts stand, or no longer. Raises ValidationError where one stands in another case meanwhile."""
    allegations = list(case.allegation_set.exclude(stands=stands))
    for allegation in allegations:
        if stands and (other := _elsewhere(allegation)):
            raise ValidationError(
                _("Perbuatan dalam perkara ini sudah diperiksa dalam perkara %(number)s.")
                % {"number": other.case.number}
            )
        allegation.stands = stands
        allegation.save(update_fields=["stands"])
    return allegations


def _elsewhere(allegation: Allegation) -> Allegation | None:
    last = allegation.until or allegation.act_date
    same = standing_acts(allegation.official_id, allegation.conduct, allegation.act_date, last)
    return same.exclude(case=allegation.case_id).first()
