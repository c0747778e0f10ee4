"""What officers do with a report. Every act goes by the tables of `lifecycle`, and of two at once one wins.

A caller passes the `revision` its page showed; where the report has moved on since, nothing happens and
`OvertakenError` tells who was first. Raises PermissionDenied without the right, ValidationError by field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from netral.accounts.keys import agency_public
from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit.models import LoggedModel
from netral.audit.services import Details, record
from netral.evidence import services as evidence
from netral.evidence.facts import SealedUpload
from netral.evidence.models import StoredFile
from netral.roster.models import Official
from netral.sealing import new_object_id
from netral.ui import clock
from netral.ui.text import clean_text
from netral.worklist import services as worklist

from ..lifecycle import EDITS, TRANSITIONS, ClosingReason, Edit, State, Transition
from ..models import Conflict, InitialStudy, Message, Note, Report, Respondent
from ..notes import seal_note
from ..requirements import Finding, lacks_identity, open_requirements, requirements
from ..selectors import Sight, active_respondents, open_body, possible_owners
from . import dialogue, screening

REASON_LIMIT = 3_000


class OvertakenError(Exception):
    """The report is no longer as the officer saw it."""


# The one way a report moves --------------------------------------------------------------------------------


@transaction.atomic
def move(
    *,
    report: Report,
    transition: str,
    user: User,
    revision: int,
    reason: str = "",
    rows: Sequence[LoggedModel] = (),
    details: Details | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Report:
    """Takes the report through one transition of the table, with its due date, next step and log entry."""
    step, today = TRANSITIONS[transition], clock.today()
    reason = _checked_reason(reason, needed=step.needs_reason)
    due = today + dt.timedelta(days=getattr(report.agency, step.days)) if step.days else None
    _claim(report, user, step, revision, state=step.target, due=due, **(changes or {}))
    action = f"intake.report.{transition}"
    notes = [_keep_reason(report, user, action, reason)] if reason else []
    worklist.put(
        matter=report,
        agency_id=report.agency_id,
        number=report.number,
        step=step.step,
        about=report.acts[0],
        due=due,
        owner_id=report.assignee_id,
        open=report.is_open,
        unread=_has_unread(report),
        opened_on=report.received_on,
    )
    record(
        action=action,
        actor=user.actor,
        rows=[report, *rows, *notes],
        details={"state": report.state, **(details or {})},
    )
    return report


def _claim(report: Report, user: User, act: Transition | Edit, revision: int, **changes: Any) -> None:
    """Changes the row if it still is what the officer saw, may be seen by him, and stands where `act` starts."""
    if not user.has_right(act.right):
        raise PermissionDenied
    screening.ensure_screened(report=report)
    changed = (
        Sight(user)
        .reports()
        .filter(pk=report.pk, revision=revision, state__in=act.sources)
        .update(revision=F("revision") + 1, **changes)
    )
    if not changed:
        raise OvertakenError(report.number)
    report.refresh_from_db()


def _checked_reason(reason: str, *, needed: bool) -> str:
    reason = clean_text(reason)
    if needed and not reason:
        raise ValidationError(
            {"reason": _("Belum diisi. Tuliskan alasannya; alasan disegel untuk instansi.")}
        )
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            {
                "reason": _("Alasan terdiri atas %(length)s karakter; paling banyak %(limit)s.")
                % {"length": len(reason), "limit": REASON_LIMIT}
            }
        )
    return reason


def _keep_reason(report: Report, user: User, act: str, text: str) -> Note:
    """`act` is the action of the log entry that the note explains."""
    note = Note(report=report, object_id=new_object_id(), act=act, author=user, made_on=clock.today())
    sealed = seal_note(report, note.context("text"), text)
    note.sealed_text, note.keyring, note.commitment = sealed.sealed, sealed.keyring, sealed.commitment
    note.save()
    return note


def _has_unread(report: Report) -> bool:
    return report.messages.filter(direction=Message.Direction.FROM_REPORTER, read_on=None).exists()


# Study and dialogue ----------------------------------------------------------------------------------------


def start_study(*, report: Report, user: User, revision: int) -> Report:
    """Whoever starts the study of a report that nobody holds becomes its owner."""
    changes = {} if report.assignee_id else {"assignee": user}
    return move(report=report, transition="start_study", user=user, revision=revision, changes=changes)


def resume_study(*, report: Report, user: User, revision: int, reason: str = "") -> Report:
    return move(report=report, transition="resume_study", user=user, revision=revision, reason=reason)


@transaction.atomic
def save_study(
    *, report: Report, user: User, revision: int, items: Mapping[str, str], note: str
) -> InitialStudy:
    """Keeps what was found about each requirement, by its code, and the officer's note."""
    _check_items(items)
    note = clean_text(note)
    _claim(report, user, EDITS["save_study"], revision)
    study = InitialStudy.objects.filter(report=report).first() or InitialStudy(
        report=report, object_id=new_object_id(), revision=0
    )
    sealed = seal_note(report, study.context("note"), note)
    study.items = dict(items)
    study.sealed_note, study.keyring, study.commitment = sealed.sealed, sealed.keyring, sealed.commitment
    study.author, study.updated_on = user, clock.today()
    study.revision += 1
    study.save()
    record(action="intake.study.saved", actor=user.actor, rows=[report, study])
    return study


def _check_items(items: Mapping[str, str]) -> None:
    known = requirements()
    for code, finding in items.items():
        if code not in known or finding not in Finding.values:
            raise ValidationError(
                {code: _("“%(finding)s” tidak dikenal. Pilih dari daftar.") % {"finding": finding[:40]}}
            )


@transaction.atomic
def ask_reporter(*, report: Report, user: User, revision: int, text: str) -> Report:
    """Sends the question and waits for the answer."""
    _ensure_reachable(report)
    dialogue.send_message(report=report, user=user, text=text, now=clock.now())
    return move(report=report, transition="ask_reporter", user=user, revision=revision)


@transaction.atomic
def write_reporter(*, report: Report, user: User, revision: int, text: str) -> Message:
    """Tells or asks the reporter something while nothing waits for it: the study is over, or the matter a case."""
    _ensure_reachable(report)
    _claim(report, user, EDITS["write_reporter"], revision)
    return dialogue.send_message(report=report, user=user, text=text, now=clock.now())


def _ensure_reachable(report: Report) -> None:
    if not report.dialogue_keyring:
        raise ValidationError(
            {"text": _("Laporan ini tidak memiliki tanda terima; pelapornya tidak dapat ditanya.")}
        )


def complete_study(*, report: Report, user: User, revision: int) -> Report:
    """Ends the study. A report whose reporter stays unknown goes on as *informasi awal*.

    Held by an officer who may not open a case, it waits from here on for one who may.
    Raises ValidationError naming each requirement that is neither met nor inapplicable.
    """
    study = InitialStudy.objects.filter(report=report).first()
    items = study.items if study else {}
    if lacking := open_requirements(items):
        raise ValidationError(
            {r.code: _("%(label)s: belum terpenuhi.") % {"label": r.label} for r in lacking}
        )
    unnamed = report.kind == Report.Kind.REPORT and lacks_identity(items)
    kind = Report.Kind.FIRST_INFORMATION if unnamed else report.kind
    owner = report.assignee
    return move(
        report=report,
        transition="complete_study",
        user=user,
        revision=revision,
        changes={"kind": kind, "assignee": owner if owner and owner.has_right(Right.CASES_OPEN) else None},
        details={"kind": kind},
    )


# Who holds it, whom it is about ------------------------------------------------------------------------------


def take(*, report: Report, user: User, revision: int) -> Report:
    """The officer becomes the owner of a report that nobody holds."""
    if report.assignee_id and report.assignee_id != user.pk:
        raise OvertakenError(report.number)
    return _give(report, user, "take", revision, user)


def assign(*, report: Report, user: User, revision: int, owner: User) -> Report:
    """Raises ValidationError for someone who may not work on this report."""
    screening.ensure_screened(report=report)
    if owner not in possible_owners(report):
        raise ValidationError(
            {"owner": _("%(name)s tidak dapat memegang laporan ini. Pilih dari daftar.") % {"name": owner}}
        )
    return _give(report, user, "assign", revision, owner)


@transaction.atomic
def _give(report: Report, user: User, act: str, revision: int, owner: User) -> Report:
    _claim(report, user, EDITS[act], revision, assignee=owner)
    worklist.change(matter=report, owner_id=owner.pk)
    record(action="intake.report.assigned", actor=user.actor, rows=[report], details={"to": owner.actor})
    return report


@transaction.atomic
def name_respondent(*, report: Report, user: User, revision: int, official: Official) -> Respondent:
    """From here on the roster says who of those it knows is in conflict, and no longer the report's words."""
    if official.agency_id != report.agency_id:
        raise PermissionDenied
    if active_respondents(report).filter(official=official).exists():
        raise ValidationError(
            {"official": _("%(name)s sudah ditetapkan sebagai terlapor.") % {"name": official}}
        )
    _claim(report, user, EDITS["name_respondent"], revision)
    respondent = Respondent.objects.create(
        report=report, official=official, named_by=user, named_on=clock.today()
    )
    report.conflicts.filter(user__official__isnull=False).delete()
    screening.screen(report=report)
    _release_from_conflict(report)
    record(action="intake.respondent.named", actor=user.actor, rows=[report, respondent])
    return respondent


def _release_from_conflict(report: Report) -> None:
    """Takes the report from an owner who may no longer see it."""
    owner = report.assignee
    if owner and not Sight(owner).sees(report):
        report.assignee = None
        report.save(update_fields=["assignee"])
        worklist.change(matter=report, owner_id=None)


@transaction.atomic
def withdraw_respondent(
    *, report: Report, user: User, revision: int, respondent: Respondent, reason: str
) -> Report:
    """Takes back a naming. Without any respondent left, the words of the report decide again who is kept out."""
    if respondent.report_id != report.pk or respondent.withdrawn_on:
        raise OvertakenError(report.number)
    reason = _checked_reason(reason, needed=True)
    _claim(report, user, EDITS["withdraw_respondent"], revision)
    respondent.withdrawn_on = clock.today()
    respondent.save(update_fields=["withdrawn_on"])
    screening.screen(report=report)
    _release_from_conflict(report)
    note = _keep_reason(report, user, "intake.respondent.withdrawn", reason)
    record(action="intake.respondent.withdrawn", actor=user.actor, rows=[report, respondent, note])
    return report


@transaction.atomic
def change_kind(*, report: Report, user: User, revision: int, kind: str) -> Report:
    if kind not in Report.Kind.values:
        raise ValidationError(
            {"kind": _("“%(kind)s” tidak dikenal. Pilih dari daftar.") % {"kind": kind[:40]}}
        )
    _claim(report, user, EDITS["change_kind"], revision, kind=kind)
    record(action="intake.report.kind_changed", actor=user.actor, rows=[report], details={"kind": kind})
    return report


@transaction.atomic
def add_files(*, report: Report, user: User, revision: int, files: Sequence[SealedUpload]) -> Report:
    """Adds files that came to the officer: a scanned letter, a photo handed over."""
    if not files:
        raise ValidationError({"files": _("Belum ada berkas yang dipilih.")})
    _claim(report, user, EDITS["add_file"], revision)
    salt = open_body(report).salt
    kept = [
        evidence.store_file(
            agency=report.agency,
            matter=report.subject,
            upload=upload,
            source=StoredFile.Source.OFFICER,
            salt=salt,
            recipients=[agency_public(report.agency).seal],
            now=clock.now(),
        )
        for upload in files
    ]
    record(action="intake.file.added", actor=user.actor, rows=[report, *kept])
    return report


# Ends and new beginnings ---------------------------------------------------------------------------------------


def close(*, report: Report, user: User, revision: int, closing_reason: str, reason: str) -> Report:
    if closing_reason not in ClosingReason.values:
        raise ValidationError({"closing_reason": _("Pilih salah satu alasan penutupan.")})
    return move(
        report=report,
        transition="close",
        user=user,
        revision=revision,
        reason=reason,
        changes={"closing_reason": closing_reason},
        details={"reason": closing_reason},
    )


def reopen(*, report: Report, user: User, revision: int, reason: str) -> Report:
    """Undoes a closing or a merger; what was learnt stays."""
    changes = {"closing_reason": "", "merged_into": None}
    return move(
        report=report, transition="reopen", user=user, revision=revision, reason=reason, changes=changes
    )


@transaction.atomic
def merge(*, report: Report, user: User, revision: int, into: Report, reason: str) -> Report:
    """Makes `report` part of `into`, an open report of the same matter.

    Its reporter keeps his receipt and dialogue and sees how `into` goes on. Who is kept out of one is kept out of the
    other; reports merged into `report` before follow it.
    """
    for one in (report, into):
        screening.ensure_screened(report=one)
    if into.pk == report.pk or not Sight(user).sees(into):
        raise ValidationError(
            {"into": _("Laporan %(number)s tidak dapat menjadi tujuan.") % {"number": into.number}}
        )
    if not into.is_open:
        raise ValidationError(
            {
                "into": _("Laporan %(number)s sudah %(state)s. Pilih laporan yang masih terbuka.")
                % {"number": into.number, "state": State(into.state).label.lower()}
            }
        )
    followers = list(report.merged.all())
    for follower in followers:
        follower.merged_into = into
        follower.save(update_fields=["merged_into"])
    carried = _carry_respondents(report, into, user)
    _carry_conflicts(report, into)
    _release_from_conflict(into)
    return move(
        report=report,
        transition="merge",
        user=user,
        revision=revision,
        reason=reason,
        rows=[into, *followers, *carried],
        details={"into": into.number},
        changes={"merged_into": into},
    )


def _carry_respondents(report: Report, into: Report, user: User) -> list[Respondent]:
    known = active_respondents(into).values("official")
    return [
        Respondent.objects.create(report=into, official_id=official, named_by=user, named_on=clock.today())
        for official in active_respondents(report)
        .exclude(official__in=known)
        .values_list("official", flat=True)
    ]


def _carry_conflicts(report: Report, into: Report) -> None:
    kept_out = report.conflicts.values_list("user", flat=True)
    if active_respondents(into).exists():
        into.conflicts.filter(user__official__isnull=False).delete()
        kept_out = kept_out.filter(user__official=None)
    Conflict.objects.bulk_create(
        [screening.conflict(into, user_id) for user_id in kept_out], ignore_conflicts=True
    )
    screening.screen(report=into)
