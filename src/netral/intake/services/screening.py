"""The first look at a report, by a process and not by a person: who must be kept out, and how it is found again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from netral.accounts.models import Agency, User
from netral.roster.models import Official
from netral.roster.selectors import own_and_superior_ids
from netral.ui import clock

from ..content import ReportBody
from ..models import Conflict, Report, SearchToken
from ..selectors import (
    active_respondents,
    conflict_proof,
    nips_in,
    open_body,
    tokens_of,
    watched_since,
    words_of,
)

Words = frozenset[str]
BEFORE_A_PAGE = 20  # a page that shows reports waits for no more than these


@dataclass(frozen=True)
class Watch:
    """By what an officer, or someone above him, would be recognised in a text. Each entry must occur whole."""

    user_id: int
    linked: bool
    names: tuple[Words, ...]
    posts: tuple[Words, ...]
    nips: Words


def screen_pending(*, agency: Agency, limit: int = BEFORE_A_PAGE) -> int:
    """Screens up to `limit` reports of the agency: new ones, then those screened for other people. Returns how many."""
    # In the order of the index that finds them: by number alone, a database would walk every report to find none.
    reports = Report.objects.filter(agency=agency).order_by("screened_at", "id")
    pending = list(reports.filter(screened_at=None)[:limit])
    pending = pending or list(reports.filter(screened_at__lt=_people_since(agency))[:limit])
    if pending:
        _screen(pending, agency)
    return len(pending)


def ensure_screened(*, report: Report) -> None:
    """Screens the report unless it was, for the people as they are now."""
    if report.screened_at is None or report.screened_at < _people_since(report.agency):
        screen(report=report)


def _people_since(agency: Agency) -> dt.datetime:
    return watched_since(User.objects.filter(agency=agency))


def screen(*, report: Report) -> None:
    """Screens one report (again); safe to repeat, and for two processes at once."""
    _screen([report], report.agency)


def _screen(reports: Sequence[Report], agency: Agency) -> None:
    """Writes what it found in one transaction: for each, those who send reports wait."""
    # Taken first: whoever joins while it looks is looked for again.
    screened_at, watches = clock.real_now(), watches_of(agency)
    conflicts: list[Conflict] = []
    tokens: list[SearchToken] = []
    for report in reports:
        report.agency = agency
        body = open_body(report).body
        conflicts += [conflict(report, pk) for pk in watched_in(report, body, watches)]
        tokens += [SearchToken(report=report, token=token) for token in tokens_for(body)]
        report.screened_at = screened_at
    with transaction.atomic():
        Conflict.objects.bulk_create(conflicts, ignore_conflicts=True)
        SearchToken.objects.bulk_create(tokens, ignore_conflicts=True)
        Report.objects.filter(pk__in=[report.pk for report in reports]).update(screened_at=screened_at)


def conflict(report: Report, user_id: int) -> Conflict:
    """The row that keeps this person out of this file."""
    return Conflict(report=report, user_id=user_id, proof=conflict_proof(report, user_id))


def watched_in(report: Report, body: ReportBody, watches: Iterable[Watch]) -> list[int]:
    """Ids of the officers whom the report's words keep out.

    Once a respondent is named, the roster decides for everyone whom it knows. For an account it does not know, the
    words go on deciding, with the respondent's name among them.
    """
    named = [respondent.official for respondent in active_respondents(report).select_related("official")]
    if not named:
        return _recognised(body, watches)
    told = replace(body, story="\n".join((body.story, *(f"{person.name} {person.nip}" for person in named))))
    return _recognised(told, [watch for watch in watches if not watch.linked])


def tokens_for(body: ReportBody) -> set[bytes]:
    """What the search finds a report by."""
    return set(tokens_of(_named(body)))


def _named(body: ReportBody) -> str:
    """Whom the report is about. The story stays out of the index: its words say more than a search needs."""
    return "\n".join((body.who_name, body.who_office, body.who_role, body.who_nip, *nips_in(body.story)))


def _recognised(body: ReportBody, watches: Iterable[Watch]) -> list[int]:
    everything = "\n".join(str(value) for value in dataclasses.astuple(body))
    words, post = words_of(everything), words_of(f"{body.who_role}\n{body.who_office}")
    return [
        watch.user_id
        for watch in watches
        if watch.nips & words
        or any(name <= words for name in watch.names)
        or any(title <= post for title in watch.posts)
    ]


def watches_of(agency: Agency) -> list[Watch]:
    """By what each of the agency's people would be recognised now."""
    users = list(User.objects.filter(agency=agency))
    kin = {user.pk: own_and_superior_ids(user) for user in users}
    everyone = frozenset().union(*kin.values())
    officials = {
        official.pk: official
        for official in Official.objects.filter(pk__in=everyone)
        .select_related("position")
        .prefetch_related("heads")
    }
    return [_watch(user, [officials[pk] for pk in kin[user.pk] if pk in officials]) for user in users]


def _watch(user: User, people: list[Official]) -> Watch:
    names = {words_of(name) for name in (user.full_name, *(person.name for person in people))}
    # Only the post of someone who leads a unit points to one person; "guru" would keep out every teacher.
    posts = {words_of(person.position.title) for person in people if person.position and person.heads.all()}
    return Watch(
        user_id=user.pk,
        linked=bool(people),
        names=tuple(name for name in names if name),
        posts=tuple(post for post in posts if len(post) > 1),
        nips=frozenset(person.nip for person in people),
    )
