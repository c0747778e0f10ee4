"""What an agency holds the law to say where the corpus leaves it open: said once, followed by every case."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit.services import record
from netral.lawbook import corpus
from netral.ui import clock
from netral.worklist import services as worklist

from ..clocks import law_clock
from ..codes import Confirmed
from ..lifecycle import OPEN
from ..models import Case, LawConfirmation
from .moving import checked_choice

CONFIRMERS = (Right.CASES_ASSIGN, Right.CASES_DECIDE)


@transaction.atomic
def confirm_law(*, user: User, kind: str, code: str, reading: str = "") -> LawConfirmation:
    """Follows a reading of a clock, or lets an article into letters.

    Open cases that wait by the clock are counted anew; a later confirmation of the same code replaces this one.
    """
    if not any(user.has_right(right) for right in CONFIRMERS):
        raise PermissionDenied
    checked_choice("kind", kind, Confirmed.values)
    if kind == Confirmed.CLOCK:
        clocks = corpus().clocks
        checked_choice("code", code, list(clocks))
        checked_choice("reading", reading, [one.code for each in clocks[code] for one in each.readings])
    else:
        checked_choice("code", code, list(corpus().articles))
        reading = ""
    confirmation = LawConfirmation.objects.create(
        agency=user.agency,
        kind=kind,
        code=code,
        reading=reading,
        confirmed_by=user,
        confirmed_on=clock.today(),
    )
    recounted = _recount(user.agency_id, code) if kind == Confirmed.CLOCK else []
    record(
        action="cases.law.confirmed",
        actor=user.actor,
        rows=[confirmation, *recounted],
        details={"kind": kind, "code": code, "reading": reading},
    )
    return confirmation


def _recount(agency_id: int, code: str) -> Sequence[Case]:
    """Sets the due day of every open case that waits by this clock; gives those whose day changed."""
    waiting = Case.objects.filter(agency=agency_id, clock=code, state__in=OPEN).select_related("agency")
    changed = []
    for case in waiting.select_for_update(of=("self",)):
        due = law_clock(case, code, case.clock_start) if case.clock_start else None
        if due and due.day != case.due:
            Case.objects.filter(pk=case.pk).update(due=due.day, revision=F("revision") + 1)
            case.refresh_from_db()
            worklist.change(matter=case, due=case.due)
            changed.append(case)
    return changed
