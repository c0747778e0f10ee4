"""The one way a case moves. Every act goes by the tables of `lifecycle`, and of two officers at once one wins.

A caller passes the `revision` its page showed; where the case has moved on since, nothing happens and `OvertakenError`
tells what was done. Services raise PermissionDenied without the right, ValidationError by field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit.models import LoggedModel
from netral.audit.selectors import Act as Done
from netral.audit.services import Details, record
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal
from netral.worklist import services as worklist

from ..clocks import Deadline, deadline
from ..content import Text, checked
from ..lifecycle import ACTS, OPEN, TRANSITIONS, WAITS, Act, Step
from ..models import Case, CaseNote
from ..sealed import Envelope
from ..selectors import Sight, last_act, unsigned


class OvertakenError(Exception):
    """The case is no longer as the officer saw it: `case` as it is now, `act` what was done last, by whom and when."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.number)
        self.case = Case.objects.select_related("agency", "owner").get(pk=case.pk)
        self.act: Done | None = last_act(self.case)


def begin(case: Case, name: str, user: User, revision: int) -> None:
    """Takes the case for this transaction, before an act looks at its words or writes anything.

    Raises PermissionDenied without the right, OvertakenError where the case is not as the officer saw it or not where
    the act starts. Whoever acts on the same case at the same moment waits here, and is then overtaken.
    """
    act = ACTS[name]
    _require_right(user, act)
    standing = Sight(user).cases().filter(pk=case.pk, revision=revision)
    seen = standing.select_for_update().values_list("state", "track").first()
    if seen is None or not act.open_in(*seen):
        raise OvertakenError(case)


@transaction.atomic
def move(
    *,
    case: Case,
    name: str,
    user: User,
    revision: int,
    reason: str = "",
    rows: Sequence[LoggedModel] = (),
    details: Details | None = None,
    changes: Mapping[str, Any] | None = None,
    since: dt.date | None = None,
    hearing: dt.date | None = None,
    clock_code: str = "",
) -> Case:
    """Takes the case through one transition, with its due day, next step, progress and log entry.

    `since` starts the clock of the next state (today if left out), `clock_code` says which where the table does not;
    `hearing` is the day it waits for.
    """
    step = TRANSITIONS[name]
    reason = checked_reason(reason, needed=step.needs_reason)
    state, changes = step.leads_to(case.state), dict(changes or {})
    track = changes.get("track", case.track)
    since = since or clock.today()
    due = (
        deadline(case, state, track=track, since=since, hearing=hearing, clock=clock_code)
        if state in OPEN
        else None
    )
    claim(case, step, user, revision, state=state, owner=_holder(case, user), **_columns(due), **changes)
    notes = [keep_note(case, user, name, Text(reason))] if reason else []
    put_work(case)
    case.progress.update(state=case.state, outcome=case.outcome)
    record(
        action=f"cases.case.{name}",
        actor=user.actor,
        rows=[case, *rows, *notes],
        details={"state": case.state, "round": case.round, **(details or {})},
    )
    return case


@transaction.atomic
def edit(
    *,
    case: Case,
    name: str,
    user: User,
    revision: int,
    rows: Sequence[LoggedModel] = (),
    details: Details | None = None,
    **changes: Any,
) -> Case:
    """An act that leaves the state as it is."""
    claim(case, ACTS[name], user, revision, **({"owner": _holder(case, user)} | changes))
    put_work(case)
    record(action=f"cases.case.{name}", actor=user.actor, rows=[case, *rows], details=details)
    return case


def claim(case: Case, act: Act, user: User, revision: int, **changes: Any) -> None:
    """Changes the row if it still is what the officer saw, may be seen by him, and stands where `act` starts."""
    _require_right(user, act)
    standing = (
        Sight(user)
        .cases()
        .filter(pk=case.pk, revision=revision, state__in=act.sources, track__in=[*act.tracks, ""])
    )
    if not standing.update(revision=F("revision") + 1, **changes):
        raise OvertakenError(case)
    case.refresh_from_db()


def put_work(case: Case) -> None:
    """The case's one line in the queue, from its state and whether minutes wait to be signed."""
    step = Step.SIGN if unsigned().filter(case=case).exists() else WAITS[case.state].step
    worklist.put(
        matter=case,
        agency_id=case.agency_id,
        number=case.number,
        step=step,
        about=case.allegation_set.values_list("conduct", flat=True)[0],
        due=case.due,
        owner_id=case.owner_id,
        open=case.is_open,
        opened_on=case.opened_on,
    )


def keep_note(case: Case, user: User, act: str, words: Text) -> CaseNote:
    """`act` names the act the words belong to."""
    note = CaseNote(act=act, author=user, made_on=clock.today())
    return Envelope.of(case).keep(note, words)


def checked_reason(reason: str, *, needed: bool = True) -> str:
    """The reason cleaned. Raises ValidationError for `reason` where one is needed and none is given."""
    try:
        text = checked(Text(reason)).text
    except ValidationError as error:
        raise ValidationError({"reason": error.message_dict["text"]}) from error
    if needed and not text:
        raise ValidationError(
            {"reason": _("Belum diisi. Tuliskan alasannya; alasan disegel dalam berkas perkara.")}
        )
    return text


def heeded(cautions: Sequence[str], why: str) -> str:
    """Why an officer does what he is cautioned against though the system lets him; cleaned.

    Raises ValidationError for `caution`, which says so, where he does not say why.
    """
    try:
        why = checked(Text(why)).text
    except ValidationError as error:
        raise ValidationError({"caution": error.message_dict["text"]}) from error
    if cautions and not why:
        ask = _("Perbaiki isiannya, atau tuliskan mengapa tetap dilakukan.")
        raise ValidationError({"caution": [*cautions, ask]})
    if why and not cautions:
        raise ValidationError({"caution": _("Tidak ada lagi yang menyimpang; kosongkan isian ini.")})
    return why


def checked_day(
    field: str, day: dt.date, *, since: dt.date | None = None, until: dt.date | None = None
) -> dt.date:
    """Raises ValidationError for `field`, naming the day and what is allowed, where it lies outside these limits."""
    if (since is None or day >= since) and (until is None or day <= until):
        return day
    said = {"day": tanggal(day), "since": since and tanggal(since), "until": until and tanggal(until)}
    if since and until:
        sentence = _("%(day)s tidak dapat dipakai. Pilih tanggal %(since)s sampai %(until)s.") % said
    elif since:
        sentence = _("%(day)s terlalu awal. Pilih tanggal %(since)s atau sesudahnya.") % said
    else:
        sentence = _("%(day)s belum tiba. Pilih tanggal sampai %(until)s.") % said
    raise ValidationError({field: sentence})


def checked_choice(field: str, value: str, allowed: Sequence[str]) -> str:
    """Raises ValidationError for `field` where the value is none of those allowed."""
    if value in allowed:
        return value
    raise ValidationError(
        {
            field: _("“%(value)s” tidak dapat dipilih di sini; yang tersedia: %(allowed)s.")
            % {"value": value[:60], "allowed": ", ".join(allowed) or _("tidak ada")}
        }
    )


def _columns(due: Deadline | None) -> dict[str, Any]:
    return {
        "due": due and due.day,
        "clock": due.clock if due else "",
        "clock_start": due and due.start,
    }


def _holder(case: Case, user: User) -> User | None:
    """Who holds it from now on: its owner as long as he may, else who acts, if he may examine."""
    owner = case.owner
    fit = owner and owner.has_right(Right.CASES_EXAMINE) and Sight(owner).sees(case)
    return owner if fit or not user.has_right(Right.CASES_EXAMINE) else user


def _require_right(user: User, act: Act) -> None:
    if not any(user.has_right(right) for right in act.rights):
        raise PermissionDenied
