"""Reading cases. The respondent, and who serves under him, sees neither his case nor those of the same report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from netral.accounts.models import Agency, User
from netral.accounts.rights import ROLE_RIGHTS, Right
from netral.audit.selectors import Act, history
from netral.documents.kinds import Kind
from netral.documents.models import Letter
from netral.documents.selectors import letters_of
from netral.documents.selectors import numbered as numbered_letters
from netral.evidence.models import CleanCopy, StoredFile
from netral.roster.selectors import namesakes, official_of, superior_ids

from .codes import Confirmed, Outcome, RemedyResult
from .content import Text
from .lifecycle import ACTS, PUT_OFF, State
from .models import (
    Allegation,
    Assessment,
    CarryingOut,
    Case,
    CaseNote,
    CrimeReferral,
    Decision,
    ExaminationMinutes,
    ExaminationReport,
    ExaminationTeam,
    LawConfirmation,
    NamedBeside,
    Progress,
    Summons,
    TeamMember,
)
from .sealed import Envelope

M = TypeVar("M", bound=Model)

EARLIER = 30  # members looked back on for those who examined before
CASE_SUBJECT = f"{Case._meta.label_lower}/"
MOST_LETTERS = 200  # looked at for a number that many begin with
_LETTER = re.compile(r"(?=.*\d).{3}")
_SEQUENCE = re.compile(r"\d{1,6}")
_NUMBER = re.compile(r"P-\d{0,4}(-\d*)?")


# What an officer may see -------------------------------------------------------------------------------------


def kin_of(user: User) -> frozenset[int]:
    """Officials whose cases are kept from this officer: himself and his chain of command.

    An account of which the roster does not say whose it is may be that of any official of its name.
    """
    official = official_of(user)
    meant = [official] if official else namesakes(user)
    return frozenset(pk for one in meant for pk in (one.pk, *superior_ids(one)))


@dataclass(frozen=True)
class Sight:
    """What one officer sees, worked out once for a request.

    Hidden cases are subtracted by their ids, so that lists and counts keep to their indexes.
    """

    user: User

    @cached_property
    def _kin(self) -> frozenset[int]:
        return kin_of(self.user)

    def cases(self) -> QuerySet[Case]:
        seen = Case.objects.filter(agency=self.user.agency_id)
        for rows, key in self._hidden():
            seen = seen.exclude(pk__in=rows.values(key))
        return seen

    def sees(self, case: Case) -> bool:
        """Also of a case that is only proposed."""
        if case.agency_id != self.user.agency_id or case.official_id in self._kin:
            return False
        return case.pk is None or not any(
            rows.filter(**{key: case.pk}).exists() for rows, key in self._hidden()
        )

    def without_hidden(self, rows: QuerySet[M]) -> QuerySet[M]:
        """`rows` of another table with a `subject`, less those of hidden cases."""
        for hidden, key in self._hidden():
            subjects = hidden.annotate(_subject=Concat(Value(CASE_SUBJECT), Cast(key, CharField())))
            rows = rows.exclude(subject__in=subjects.values("_subject"))
        return rows

    def _hidden(self) -> Iterator[tuple[QuerySet[Any], str]]:
        """Querysets, each with the column that holds the key of a case this officer must not see.

        What names him and others is one matter: the words of their files are about him too.
        """
        if self._kin:
            own = Case.objects.filter(official__in=self._kin)
            yield own, "pk"
            yield NamedBeside.objects.filter(official__in=self._kin), "case_id"


def access_case(*, user: User, number: str) -> Case:
    """The case of this number, or Http404 for a foreign or unknown one and in a conflict of interest."""
    return get_object_or_404(Sight(user).cases().select_related("agency", "owner"), number=number)


def access_file(*, user: User, number: str, pk: int) -> StoredFile:
    """A file of a case this officer may see."""
    case = access_case(user=user, number=number)
    return get_object_or_404(StoredFile, matter=case.subject, pk=pk)


def access_copy(*, user: User, number: str, pk: int, page: int) -> CleanCopy:
    """One page of a file without metadata."""
    file = access_file(user=user, number=number, pk=pk)
    return get_object_or_404(CleanCopy.objects.select_related("file"), file=file, page=page)


def access_letter(*, user: User, number: str, pk: int) -> Letter:
    """A letter of a case this officer may see."""
    case = access_case(user=user, number=number)
    return get_object_or_404(letters_of(case.subject), pk=pk)


def access_replaceable(*, user: User, number: str, pk: int, act: str) -> Letter:
    """A letter of a kind that this act replaces, with what it says."""
    case = access_case(user=user, number=number)
    replaceable = letters_of(case.subject).filter(kind__in=ACTS[act].papers).defer(None)
    return get_object_or_404(replaceable, pk=pk)


def access_allegation(*, user: User, number: str, pk: int) -> Allegation:
    case = access_case(user=user, number=number)
    return get_object_or_404(Allegation, case=case, pk=pk)


def access_crime_referral(*, user: User, number: str, pk: int) -> CrimeReferral:
    case = access_case(user=user, number=number)
    return get_object_or_404(CrimeReferral, case=case, pk=pk)


def access_member(*, user: User, number: str, pk: int) -> TeamMember:
    """An examiner of the case's last round."""
    case = access_case(user=user, number=number)
    return get_object_or_404(TeamMember, case=case, team__round=case.round, pk=pk)


def possible_owners(case: Case) -> list[User]:
    """Officers of the agency who may examine and are in no conflict with this case."""
    return _free_to(Right.CASES_EXAMINE, case)


def deciders(case: Case) -> list[User]:
    """Those who may decide and are in no conflict with this case."""
    return _free_to(Right.CASES_DECIDE, case)


def _free_to(right: Right, case: Case) -> list[User]:
    roles = [role for role, rights in ROLE_RIGHTS.items() if right in rights]
    people = User.objects.filter(agency=case.agency_id, is_active=True, role__in=roles)
    return [user for user in people.order_by("full_name") if Sight(user).sees(case)]


# One case ------------------------------------------------------------------------------------------------------


def siblings(sight: Sight, case: Case) -> QuerySet[Case]:
    """Other cases from the same origin that this officer may see."""
    origins = case.sources.values("origin")
    return sight.cases().filter(sources__origin__in=origins).exclude(pk=case.pk).distinct().order_by("number")


def involved_ids(case: Case) -> set[int]:
    """Officials, beside the respondent, whom the reports behind this case name or who answer for the same matter."""
    beside = NamedBeside.objects.filter(case=case).values_list("official_id", flat=True)
    origins = case.sources.values("origin")
    answering = Case.objects.filter(sources__origin__in=origins).values_list("official_id", flat=True)
    return {*beside, *answering} - {case.official_id}


def joinable(sight: Sight, case: Case) -> list[Case]:
    """Siblings whose examiners are not yet named, on the same road: one decree may name their respondents too."""
    waiting = siblings(sight, case).filter(state=State.EXAMINERS, track=case.track)
    return list(waiting.select_related("agency", "owner"))


def assessment_of(case: Case) -> Assessment | None:
    """The one that counts."""
    return Assessment.objects.filter(case=case).last()


def standing_acts(official_id: int, conduct: str, first: dt.date, last: dt.date) -> QuerySet[Allegation]:
    """What is alleged against this person of this kind on any of these days, stopped cases left out."""
    overlapping = Q(until=None, act_date__gte=first) | Q(until__gte=first)
    standing = Allegation.objects.filter(overlapping, official=official_id, conduct=conduct, stands=True)
    return standing.filter(act_date__lte=last).select_related("case").order_by("pk")


def team_of(case: Case) -> ExaminationTeam | None:
    """Who examines in the last round."""
    return ExaminationTeam.objects.filter(case=case, round=case.round).first()


def decree_of(team: ExaminationTeam) -> Letter | None:
    """The letter that formed it, which may lie in the file of another respondent of the same report.

    Whoever may see one of their cases may see them all (`Sight`), and so whom the letter names.
    """
    return Letter.objects.filter(
        agency=team.case.agency_id, kind=Kind.TEAM, number=team.decree_number
    ).first()


def case_of(letter: Letter) -> Case | None:
    """The case in whose file a letter lies."""
    key = letter.matter.removeprefix(CASE_SUBJECT)
    return Case.objects.filter(pk=key).first() if key != letter.matter else None


def examiners_on(team: ExaminationTeam, day: dt.date) -> list[TeamMember]:
    """The members who belonged to it on a day."""
    members = team.members.filter(joined_on__lte=day)
    return [member for member in members if member.left_on is None or member.left_on > day]


def summons_of(case: Case, ordinal: int | None = None) -> Summons | None:
    """A summons of the last round; without a number the newest."""
    found = Summons.objects.filter(case=case, round=case.round)
    return (found.filter(ordinal=ordinal) if ordinal else found.order_by("ordinal")).last()


def minutes_of(case: Case) -> ExaminationMinutes | None:
    return ExaminationMinutes.objects.filter(case=case, round=case.round).first()


def unsigned() -> QuerySet[ExaminationMinutes]:
    """Minutes that are printed and not signed yet; the report waits for them."""
    return ExaminationMinutes.objects.filter(case__state=State.REPORT, round=F("case__round"), signing="")


def report_of(case: Case) -> ExaminationReport | None:
    """The newest of the last round."""
    return ExaminationReport.objects.filter(case=case, round=case.round).last()


def earlier_examiners(case: Case, kinds: Collection[str]) -> list[TeamMember]:
    """Officials whom the agency has had examine in these forms before, latest first, each once."""
    members = TeamMember.objects.filter(
        case__agency=case.agency_id, team__kind__in=kinds, official__active=True
    )
    latest: dict[int | None, TeamMember] = {}
    for member in members.select_related("official__position", "official__unit").order_by("-pk")[:EARLIER]:
        latest.setdefault(member.official_id, member)
    return list(latest.values())


def decision_of(case: Case) -> Decision | None:
    return Decision.objects.filter(case=case).first()


def results(case: Case, *, ends: bool) -> list[str]:
    """What may become of a remedy so that the case ends with it, or that a moral sanction has yet to be stated."""
    stated = case.outcome != Outcome.MORAL or CarryingOut.objects.filter(case=case).exists()
    return [one for one in RemedyResult.values if ends == (stated or one == RemedyResult.ANNULLED)]


def files_of(case: Case) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(matter=case.subject).order_by("pk")


def evidence_of(case: Case) -> QuerySet[StoredFile]:
    """The case's files but for its letters and their scans; an earlier scan stays among them."""
    letters = letters_of(case.subject)
    scans = letters.exclude(scan=None).values("scan")
    return files_of(case).exclude(pk__in=letters.values("file")).exclude(pk__in=scans)


@dataclass(frozen=True)
class Reason:
    """The opened words that belong to an act."""

    act: str
    text: str
    author: User
    made_on: dt.date


def reasons_of(envelope: Envelope) -> list[Reason]:
    return [
        Reason(note.act, envelope.read(note, Text).text, note.author, note.made_on)
        for note in envelope.case.casenote_set.select_related("author")
    ]


def replies_of(case: Case) -> QuerySet[CaseNote]:
    """What the respondent wrote in answer to what is alleged, oldest first."""
    return case.casenote_set.filter(act="reply")


def times_put_off(found: Collection[int]) -> dict[int, dict[str, int]]:
    """How often each act that puts off the end of a case was done, by the case's key: each leaves its reason."""
    notes = CaseNote.objects.filter(case__in=found, act__in=PUT_OFF)
    times: dict[int, dict[str, int]] = {}
    for case, act, number in notes.values_list("case", "act").annotate(Count("id")).order_by("case", "act"):
        times.setdefault(case, {})[act] = number
    return times


def last_act(case: Case) -> Act | None:
    acts = history(case)
    return acts[-1] if acts else None


# The law as the agency reads it --------------------------------------------------------------------------------


def confirmed_reading(agency_id: int, code: str) -> str | None:
    """The reading of a clock that the agency follows, if it has said so."""
    found = LawConfirmation.objects.filter(agency=agency_id, kind=Confirmed.CLOCK, code=code)
    return found.values_list("reading", flat=True).last()


def confirmed_articles(agency_id: int) -> frozenset[str]:
    """Articles not verified in the corpus that the agency lets into its letters."""
    found = LawConfirmation.objects.filter(agency=agency_id, kind=Confirmed.ARTICLE)
    return frozenset(found.values_list("code", flat=True))


# Finding -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the list of cases is narrowed to; empty means all. `month` is its first day."""

    state: str = ""
    track: str = ""
    outcome: str = ""
    month: dt.date | None = None
    owner: int | None = None

    def conditions(self) -> dict[str, Any]:
        """As keywords of a queryset's `filter`."""
        given: dict[str, Any] = {
            "state": self.state,
            "track": self.track,
            "outcome": self.outcome,
            "owner": self.owner,
        }
        if self.month:
            given["opened_on__gte"] = self.month
            given["opened_on__lt"] = (self.month + dt.timedelta(days=31)).replace(day=1)
        return {name: value for name, value in given.items() if value}


def case_list(sight: Sight, filters: Filters) -> QuerySet[Case]:
    """Newest first, by day and id."""
    seen = sight.cases().filter(**filters.conditions())
    return seen.select_related("owner").defer("sealed_body", "keyring").order_by("-opened_on", "-id")


def first_conducts(found: Collection[Case]) -> dict[int, str]:
    """The kind of the first act of each case, by the case's key."""
    acts = Allegation.objects.filter(case__in=found).order_by("-pk")
    return dict(acts.values_list("case_id", "conduct"))


def numbered(sight: Sight, text: str) -> QuerySet[Case]:
    """Cases whose number is, begins with or, of digits alone, ends in `text`; nothing where it cannot be one."""
    number = text.strip().upper()
    if _SEQUENCE.fullmatch(number):
        return sight.cases().filter(number__endswith=f"-{number:0>4}").order_by("-number")
    if not _NUMBER.fullmatch(number):
        return Case.objects.none()
    return sight.cases().filter(number__startswith=number).order_by("number")


def with_letter(sight: Sight, text: str) -> QuerySet[Case]:
    """Cases with a letter whose number is, or begins with, `text`; nothing where it cannot be one."""
    found = numbered_letters(sight.user.agency_id, text) if _LETTER.search(text) else Letter.objects.none()
    keys = {
        int(matter.removeprefix(CASE_SUBJECT))
        for matter in found.filter(matter__startswith=CASE_SUBJECT).values_list("matter", flat=True)[
            :MOST_LETTERS
        ]
    }
    return sight.cases().filter(pk__in=keys).order_by("-opened_on", "-id")


def naming(sight: Sight, officials: Collection[int]) -> QuerySet[Case]:
    """Cases against one of these officials."""
    return sight.cases().filter(official__in=officials).order_by("-opened_on", "-id")


def from_origin(sight: Sight, origin: str) -> QuerySet[Case]:
    """Cases that came from this matter, by its name in the log."""
    return sight.cases().filter(sources__origin=origin).order_by("number")


# For others ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """How far a case is, about nobody; `outcome` is empty until it has one."""

    state: State
    outcome: Outcome | None


def progress_of(origins: Collection[str]) -> list[Stage]:
    """How far the cases are that came from these matters, in the order of their opening; one query, public."""
    found = (
        Progress.objects.filter(origin__in=origins)
        .order_by("case_id")
        .values_list("case_id", "state", "outcome")
    )
    stages = {case: (state, outcome) for case, state, outcome in found}
    return [Stage(State(state), Outcome(outcome) if outcome else None) for state, outcome in stages.values()]


def count_cases(agency: Agency, *, until: dt.date) -> dict[str, int]:
    """Cases opened up to `until`: how many stand in each stage, and how many ended in each way, zeros included.

    One table in which every case counts once: two would let what one hides be computed from the other.
    """
    cases = Case.objects.filter(agency=agency, opened_on__lte=until)
    open_ones = cases.exclude(state=State.CLOSED).values_list("state").annotate(Count("id"))
    ended = cases.filter(state=State.CLOSED).values_list("outcome").annotate(Count("id"))
    stages = [state for state in State.values if state != State.CLOSED]
    return dict.fromkeys((*stages, *Outcome.values), 0) | dict(open_ones) | dict(ended)
