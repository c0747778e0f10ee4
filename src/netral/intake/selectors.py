"""Reading reports, for officers. Whoever is named in one, or serves under someone who is, sees nothing of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404

from netral.accounts.keys import agency_key, index_key
from netral.accounts.models import User
from netral.accounts.rights import ROLE_RIGHTS, Right
from netral.audit.models import Entry
from netral.audit.selectors import Act, history
from netral.cases import selectors as cases
from netral.cases.models import Case
from netral.evidence.models import CleanCopy, StoredFile
from netral.linkage.names import search_tokens
from netral.roster.selectors import LINKED, last_import_at, own_and_superior_ids

from .content import SealedBody
from .lifecycle import OPEN, State
from .models import Conflict, Report, Respondent, SearchToken
from .notes import open_note
from .sealed import open_body as open_sealed_body

M = TypeVar("M", bound=Model)

REPORT_SUBJECT = f"{Report._meta.label_lower}/"
SHORTEST_TOKEN = 3
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
PEOPLE_CHANGE = ("accounts.user.updated", LINKED)
_SEQUENCE = re.compile(r"\d{1,6}")
_NUMBER = re.compile(r"L-\d{0,4}(-\d*)?")
_NIP = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){17}(?!\d)")


# What an officer may see -------------------------------------------------------------------------------------


def watched_since(people: Iterable[User]) -> dt.datetime:
    """When the register last learnt how one of these people of one agency is recognised: by name, account, post.

    A screening from before that looked for someone else.
    """
    people = list(people)
    acts = Entry.objects.filter(subject__in=[user.subject for user in people], action__in=PEOPLE_CHANGE)
    moments = [user.created_at for user in people] + list(
        acts.order_by("-index").values_list("at", flat=True)[:1]
    )
    imports = [last_import_at(agency) for agency in {user.agency_id for user in people}]
    return max((*moments, *filter(None, imports)), default=NEVER)


@dataclass(frozen=True)
class Sight:
    """What one officer sees, worked out once for a request.

    Conflicts and reports nobody has screened yet are subtracted by their ids, so that lists keep to their indexes.
    """

    user: User

    @cached_property
    def _kin(self) -> frozenset[int]:
        return own_and_superior_ids(self.user)

    @cached_property
    def _since(self) -> dt.datetime:
        return watched_since([self.user])

    def hidden(self) -> Iterator[tuple[QuerySet[Any], str]]:
        """Querysets, each with the column that holds the id of a report this officer must not see."""
        yield Report.objects.filter(agency=self.user.agency_id, screened_at__lt=self._since), "pk"
        provisional = Conflict.objects.filter(user=self.user)
        yield Report.objects.filter(agency=self.user.agency_id, screened_at=None), "pk"
        yield provisional, "report_id"
        yield Report.objects.filter(merged_into__in=provisional.values("report_id")), "pk"
        if self._kin:
            named = Respondent.objects.filter(official__in=self._kin, withdrawn_on=None)
            yield named, "report_id"
            yield Report.objects.filter(merged_into__in=named.values("report_id")), "pk"

    @cached_property
    def _hidden_ids(self) -> RawSQL:
        return _written_once(rows.values_list(column) for rows, column in self.hidden())

    @cached_property
    def _hidden_subjects(self) -> RawSQL:
        """The names in the log of the same reports."""
        return _written_once(
            rows.values_list(Concat(Value(REPORT_SUBJECT), Cast(column, CharField())))
            for rows, column in self.hidden()
        )

    def reports(self) -> QuerySet[Report]:
        return Report.objects.filter(agency=self.user.agency_id).exclude(pk__in=self._hidden_ids)

    def sees(self, report: Report) -> bool:
        return self.reports().filter(pk=report.pk).exists()

    def without_hidden(self, rows: QuerySet[M]) -> QuerySet[M]:
        """`rows` of another table with a `subject`, less those of hidden reports."""
        return rows.exclude(subject__in=self._hidden_subjects)


def _written_once(queries: Iterable[QuerySet[Any, Any]]) -> RawSQL:
    """The rows of all these together, as SQL for other queries: a page asks a dozen of them, each with these inside.

    Inside, not fetched before: what is screened meanwhile must not slip through between two statements.
    """
    first, *rest = queries
    return RawSQL(*first.union(*rest, all=True).query.sql_with_params())  # noqa: S611 (written by Django itself)


def reports_visible_to(user: User) -> QuerySet[Report]:
    return Sight(user).reports()


def access_report(*, user: User, number: str) -> Report:
    """The report of this number, or Http404 for a foreign, unknown or unscreened one and in a conflict of interest."""
    seen = reports_visible_to(user).select_related("agency", "assignee", "merged_into")
    return get_object_or_404(seen, number=number)


def access_file(*, user: User, number: str, pk: int) -> StoredFile:
    """A file of a report this officer may see."""
    report = access_report(user=user, number=number)
    return get_object_or_404(StoredFile, matter=report.subject, pk=pk)


def access_copy(*, user: User, number: str, pk: int, page: int) -> CleanCopy:
    """One page of a file without metadata."""
    file = access_file(user=user, number=number, pk=pk)
    return get_object_or_404(CleanCopy.objects.select_related("file"), file=file, page=page)


def access_respondent(*, user: User, number: str, pk: int) -> Respondent:
    report = access_report(user=user, number=number)
    return get_object_or_404(report.respondents.select_related("report__agency"), pk=pk)


def possible_owners(report: Report) -> list[User]:
    """Officers of the agency who may work on reports and are in no conflict with this one."""
    kept_out = set(report.conflicts.values_list("user_id", flat=True))
    named = set(active_respondents(report).values_list("official_id", flat=True))
    return [
        user
        for user in _handlers(report.agency_id).order_by("full_name")
        if user.pk not in kept_out and not named & own_and_superior_ids(user)
    ]


def possible_openers(report: Report) -> list[User]:
    """Those of the possible owners who may open a case."""
    return [user for user in possible_owners(report) if user.has_right(Right.CASES_OPEN)]


def _handlers(agency_id: int) -> QuerySet[User]:
    roles = [role for role, rights in ROLE_RIGHTS.items() if Right.REPORTS_STUDY in rights]
    return User.objects.filter(agency=agency_id, is_active=True, role__in=roles)


def has_handlers(agency_id: int) -> bool:
    """Whether anyone can work on reports at all."""
    return _handlers(agency_id).exists()


def count_without_officer(agency_id: int) -> int:
    """Open reports from which every officer who could work on them is kept out. A number, nothing of their content."""
    left = Report.objects.filter(agency=agency_id, state__in=OPEN)
    for user in _handlers(agency_id):
        left = left.exclude(pk__in=Sight(user).reports().values("pk"))
    return left.exclude(screened_at=None).count()


# One report --------------------------------------------------------------------------------------------------


def open_body(report: Report) -> SealedBody:
    """What the reporter told, opened with the agency's key; the caller has come by `access_report`."""
    return open_sealed_body(report, agency_key(report.agency))


def active_respondents(report: Report) -> QuerySet[Respondent]:
    return report.respondents.filter(withdrawn_on=None)


def files_of(report: Report) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(matter=report.subject).order_by("pk")


def cases_of(report: Report, user: User) -> list[Case]:
    """Cases that came from this report, as far as the officer may see cases at all."""
    if report.state != State.CASE or not user.has_right(Right.CASES_VIEW):
        return []
    return list(cases.from_origin(cases.Sight(user), report.subject).only("number"))


@dataclass(frozen=True)
class Reason:
    """An officer's opened note."""

    act: str
    text: str
    author: User
    made_on: dt.date


def reasons_of(report: Report) -> list[Reason]:
    return [
        Reason(note.act, open_note(report, note), note.author, note.made_on)
        for note in report.notes.select_related("author")
    ]


def study_note(report: Report) -> str:
    study = getattr(report, "study", None)
    return open_note(report, study) if study else ""


def last_act(report: Report) -> Act | None:
    acts = history(report)
    return acts[-1] if acts else None


# Finding -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the list of reports is narrowed to; empty means all. `month` is its first day."""

    state: str = ""
    kind: str = ""
    month: dt.date | None = None
    owner: int | None = None

    def conditions(self) -> dict[str, Any]:
        """As keywords of a queryset's `filter`."""
        given: dict[str, Any] = {"state": self.state, "kind": self.kind, "assignee": self.owner}
        if self.month:
            given["received_on__gte"] = self.month
            given["received_on__lt"] = (self.month + dt.timedelta(days=31)).replace(day=1)
        return {name: value for name, value in given.items() if value}


def report_list(sight: Sight, filters: Filters) -> QuerySet[Report]:
    """Newest first, by day and id."""
    seen = sight.reports().filter(**filters.conditions())
    return seen.select_related("assignee").defer("sealed_body", "keyring").order_by("-received_on", "-id")


def numbered(sight: Sight, text: str) -> QuerySet[Report]:
    """Reports whose number is, begins with or, of digits alone, ends in `text`; nothing where it cannot be one."""
    number = text.strip().upper()
    if _SEQUENCE.fullmatch(number):
        return sight.reports().filter(number__endswith=f"-{number:0>4}").order_by("-number")
    if not _NUMBER.fullmatch(number):
        return Report.objects.none()
    return sight.reports().filter(number__startswith=number).order_by("number")


def saying(sight: Sight, text: str) -> QuerySet[Report]:
    """Reports whose reporter named a person with all these words, or this NIP. An empty text finds nothing."""
    found = sight.reports()
    tokens = tokens_of(text)
    for token in tokens:
        found = found.filter(pk__in=SearchToken.objects.filter(token=token).values("report_id"))
    return found.order_by("-received_on", "-id") if tokens else found.none()


def naming(sight: Sight, officials: Collection[int]) -> QuerySet[Report]:
    """Reports in which an officer named one of these officials as respondent."""
    named = Respondent.objects.filter(official__in=officials, withdrawn_on=None)
    return sight.reports().filter(pk__in=named.values("report_id")).order_by("-received_on", "-id")


def words_of(text: str) -> frozenset[str]:
    """The significant words of a text, spellings brought to one form; a NIP written with gaps is one word."""
    # Digits are taken out first: spelling rules would fold those of a NIP as if they were letters.
    names = search_tokens(_NIP.sub(" ", text))
    return nips_in(text) | {name for name in names if len(name) >= SHORTEST_TOKEN}


def nips_in(text: str) -> frozenset[str]:
    """Numbers of 18 digits; a blank, dot or hyphen between digits is ignored."""
    return frozenset(re.sub(r"\D", "", run) for run in _NIP.findall(text))


def conflict_proof(report: Report, user_id: int) -> bytes:
    """What a process that holds the index key writes beside a conflict; the database's owner cannot."""
    return index_key().token(f"intake.conflict/{report.object_id}/{user_id}")


def tokens_of(text: str) -> list[bytes]:
    """Search tokens of a text, under the agency register's index key."""
    key = index_key()
    return [key.token(f"intake/{word}") for word in sorted(words_of(text))]
