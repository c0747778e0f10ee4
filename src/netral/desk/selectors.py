"""The one queue, the list of reports and the search, each as one officer may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.cases import pages as case_pages
from netral.cases import selectors as cases
from netral.cases.lifecycle import OFTEN
from netral.cases.lifecycle import OPEN as OPEN_CASES
from netral.cases.lifecycle import Step as CaseStep
from netral.cases.models import Case
from netral.intake import selectors as intake
from netral.intake.acts import act_label
from netral.intake.lifecycle import OPEN, Step
from netral.intake.models import InitialStudy, Report
from netral.intake.pages import NUDGES, lacking
from netral.intake.selectors import Filters, Sight
from netral.lawbook import conduct_label
from netral.roster.selectors import officials_matching
from netral.ui import clock
from netral.ui.paging import PAGE, Page, Turn, page_of
from netral.ui.parts import Tab, Tile, Tone
from netral.ui.templatetags.netral import angka
from netral.worklist.models import WorkItem

# Counting stops here; who has more than this many overdue needs no exact number.
CAP = 1_000
WEEK = dt.timedelta(days=6)
SEARCH_LIMIT = 50
MOST_OFFICIALS = 500  # of a unit, say: whom a report or case may be about


@dataclass(frozen=True)
class Row:
    """One line of the queue: what to do, about what, by when, by whom; `kind` says what sort of matter it is."""

    item: WorkItem
    kind: str
    title: str | Promise
    note: str
    about: str
    url: str


TABS: Mapping[str, str | Promise] = {
    "saya": gettext_lazy("Milik saya"),
    "tim": gettext_lazy("Tim"),
    "menunggu": gettext_lazy("Menunggu pelapor"),
    "tanpa-pemegang": gettext_lazy("Belum ada pemegang"),
}
FOCUS: Mapping[str, str | Promise] = {
    "lewat": gettext_lazy("lewat tenggat"),
    "pekan-ini": gettext_lazy("jatuh tempo pekan ini"),
    "baru": gettext_lazy("laporan baru"),
    "pesan": gettext_lazy("pesan pelapor belum dibaca"),
}


class Queue:
    """The queue of one officer, worked out once for a request."""

    def __init__(self, user: User) -> None:
        self.user, self.sight, self.today = user, Sight(user), clock.today()
        self.sight_of_cases = cases.Sight(user)
        self.sees_cases = user.has_right(Right.CASES_VIEW)

    @cached_property
    def _seen(self) -> QuerySet[WorkItem]:
        rows = self.sight.without_hidden(WorkItem.objects.filter(agency=self.user.agency_id, open=True))
        if self.sees_cases:
            return self.sight_of_cases.without_hidden(rows)
        return rows.exclude(subject__startswith=cases.CASE_SUBJECT)

    def items(self, tab: str = "tim", focus: str = "") -> QuerySet[WorkItem]:
        rows = _in_focus(self._seen, focus, self.today)
        match tab:
            case "saya":
                return rows.filter(self._mine())
            case "menunggu":
                return rows.filter(step=Step.AWAIT_ANSWER)
            case "tanpa-pemegang":
                return rows.filter(owner=None)
            case _:
                return rows

    def _mine(self) -> Q:
        """What this officer holds, and what waits for anyone with his rights: a decision, a case to be opened."""
        mine = Q(owner=self.user)
        if self.user.has_right(Right.CASES_DECIDE):
            mine |= Q(step=CaseStep.DECIDE)
        if self.user.has_right(Right.CASES_OPEN):
            mine |= Q(step=Step.FOLLOW_UP, owner=None)
        return mine

    def page(self, tab: str, focus: str, turn: Turn, *, size: int = PAGE) -> Page[WorkItem]:
        """By due date, which everything open has."""
        return page_of(self.items(tab, focus).select_related("owner"), "due", turn, size=size)

    def tabs(self, current: str) -> list[Tab]:
        return [Tab(key, label, capped(self.items(key)), key == current) for key, label in TABS.items()]

    def tiles(self) -> list[Tile]:
        tones: Mapping[str, Tone] = {"lewat": "danger", "pekan-ini": "warn"}
        return [self._tile(focus, label, tones.get(focus, "plain")) for focus, label in FOCUS.items()]

    def _tile(self, focus: str, label: str | Promise, tone: Tone) -> Tile:
        number = _count(self.items("tim", focus))
        words = str(label) if number < CAP else _("atau lebih, %(label)s") % {"label": label}
        return Tile(
            number, words, tone if number else "plain", f"{reverse('desk:queue')}?tab=tim&fokus={focus}"
        )


def _in_focus(rows: QuerySet[WorkItem], focus: str, today: dt.date) -> QuerySet[WorkItem]:
    match focus:
        case "lewat":
            return rows.filter(due__lt=today)
        case "pekan-ini":
            return rows.filter(due__gte=today, due__lte=today + WEEK)
        case "baru":
            return rows.filter(step=Step.START_STUDY)
        case "pesan":
            return rows.filter(unread=True)
        case _:
            return rows


def rows_of(items: Iterable[WorkItem]) -> list[Row]:
    """The items in words; four queries however many, and whatever they are about."""
    items = list(items)
    of_cases, of_reports = _keys(items, cases.CASE_SUBJECT), _keys(items, intake.REPORT_SUBJECT)
    opened = Case.objects.filter(pk__in=of_cases).only("state", "track").in_bulk()
    put_off = cases.times_put_off(of_cases)
    reports = Report.objects.filter(pk__in=of_reports).only("kind").in_bulk()
    studies = dict(InitialStudy.objects.filter(report__in=of_reports).values_list("report_id", "items"))
    return [
        _case_row(item, opened[_key(item)], put_off.get(_key(item), {}))
        if item.subject.startswith(cases.CASE_SUBJECT)
        else _report_row(item, reports[_key(item)], studies.get(_key(item)))
        for item in items
    ]


def _keys(items: Iterable[WorkItem], subject: str) -> set[int]:
    """Keys of what these items are about, of one sort of matter.

    Nothing has the key 0: with it a page without that sort asks the same queries as any other.
    """
    return {0, *(_key(item) for item in items if item.subject.startswith(subject))}


def _key(item: WorkItem) -> int:
    return int(item.subject.rpartition("/")[2])


def _case_row(item: WorkItem, case: Case, times_put_off: Mapping[str, int]) -> Row:
    often = case_pages.put_off(times_put_off, least=OFTEN)
    return Row(
        item=item,
        kind=_("Perkara"),
        title=case_pages.nudge_of(case, item.step).title,
        note=_("Perhatikan: %(often)s") % {"often": often} if often else "",
        about=conduct_label(item.about),
        url=reverse("cases:case", args=[item.number]),
    )


def _report_row(item: WorkItem, report: Report, study: Mapping[str, str] | None) -> Row:
    missing = lacking(study) if study and item.step != Step.FOLLOW_UP else ""
    unread = _("pesan pelapor belum dibaca") if item.unread else ""
    return Row(
        item=item,
        kind=report.get_kind_display(),
        title=NUDGES[item.step].title,
        note=" · ".join(part for part in (unread, missing) if part),
        about=act_label(item.about),
        url=reverse("reports:report", args=[item.number]),
    )


# Counts ------------------------------------------------------------------------------------------------------


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:CAP].count()


def capped(rows: QuerySet[Any]) -> str:
    """`14`, or `1.000+`."""
    number = _count(rows)
    return f"{angka(number)}+" if number >= CAP else angka(number)


def nav_counts(user: User) -> dict[str, int]:
    """Figures beside the navigation: what lies with this officer, and the agency's open reports he may see."""
    if not user.is_authenticated or not user.has_right(Right.REPORTS_VIEW):
        return {}
    queue = Queue(user)
    counts = {
        "queue": _count(queue.items("saya")),
        "reports": _count(queue.sight.reports().filter(state__in=OPEN)),
    }
    if queue.sees_cases:
        counts["cases"] = _count(queue.sight_of_cases.cases().filter(state__in=OPEN_CASES))
    return counts


# Reports and search --------------------------------------------------------------------------------------------


def reports_page(user: User, filters: Filters, turn: Turn) -> Page[Report]:
    return page_of(intake.report_list(Sight(user), filters), "received_on", turn, newest_first=True)


@dataclass(frozen=True)
class CaseRow:
    """A case in a list; `note` says what it is about, or why it was found."""

    case: Case
    note: str


def cases_page(user: User, filters: cases.Filters, turn: Turn) -> Page[CaseRow]:
    page = page_of(cases.case_list(cases.Sight(user), filters), "opened_on", turn, newest_first=True)
    about = cases.first_conducts(page.rows)
    rows = [CaseRow(case, conduct_label(about[case.pk])) for case in page.rows]
    return Page(rows, page.before, page.after)


@dataclass(frozen=True)
class Hit:
    """A report found, and why."""

    report: Report
    why: str


class Search:
    """What one officer finds by a text, worked out once for a request. An empty text finds nothing."""

    def __init__(self, user: User, query: str) -> None:
        self.user, self.query, self.sight = user, query, Sight(user)

    @cached_property
    def _officials(self) -> list[int]:
        return list(officials_matching(self.user, self.query).values_list("pk", flat=True)[:MOST_OFFICIALS])

    def exact_report(self) -> Report | None:
        """The report of exactly this number."""
        return self.sight.reports().filter(number=self.query.upper()).first() if self.query else None

    def reports(self) -> list[Hit]:
        """By number or its beginning, by whom the reporter named, and by whom an officer named; each once."""
        if not self.query:
            return []
        ways = (
            (intake.numbered(self.sight, self.query), _("nomor")),
            (intake.naming(self.sight, self._officials), _("terlapor")),
            (intake.saying(self.sight, self.query), _("disebut pelapor")),
        )
        hits: dict[int, Hit] = {}
        for found, why in ways:
            for report in found.select_related("assignee").defer("sealed_body", "keyring")[:SEARCH_LIMIT]:
                hits.setdefault(report.pk, Hit(report, why))
        return list(hits.values())[:SEARCH_LIMIT]

    def cases(self) -> list[CaseRow]:
        """By number or its beginning, by a letter's number, and by their respondent; each once.

        Nothing without the right to see cases.
        """
        if not self.query or not self.user.has_right(Right.CASES_VIEW):
            return []
        sight = cases.Sight(self.user)
        ways = (
            (cases.numbered(sight, self.query), _("nomor")),
            (cases.with_letter(sight, self.query), _("nomor surat")),
            (cases.naming(sight, self._officials), _("terlapor")),
        )
        hits: dict[int, CaseRow] = {}
        for found, why in ways:
            for case in found.select_related("owner").defer("sealed_body", "keyring")[:SEARCH_LIMIT]:
                hits.setdefault(case.pk, CaseRow(case, why))
        return list(hits.values())[:SEARCH_LIMIT]
