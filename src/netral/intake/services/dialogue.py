"""Messages between the agency and a reporter whom it need not know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from netral.accounts import keys
from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit import services as audit
from netral.sealing import DataKey, ReceiptSecrets, new_object_id
from netral.ui.text import clean_text
from netral.worklist import services as worklist

from ..content import validate_message
from ..lifecycle import State, Step
from ..models import Message, Report
from ..sealed import dialogue_key, open_body, open_message, seal_message

# States in which the agency waits for nothing of its own: a message puts the matter back on somebody's desk.
IDLE_STATES = frozenset({State.WAITING, State.CASE, State.CLOSED, State.MERGED})


@dataclass(frozen=True)
class OpenMessage:
    """A message as its reader sees it."""

    text: str
    direction: str
    sent_on: dt.date
    author: User | None
    read_on: dt.date | None

    @property
    def from_reporter(self) -> bool:
        return self.direction == Message.Direction.FROM_REPORTER


def receive_message(
    *, report: Report, receipt: ReceiptSecrets, text: str, object_id: str, now: dt.datetime
) -> None:
    """Keeps the reporter's message. `object_id` comes with the form, so a message sent twice is kept once.

    Raises ValidationError for an empty or too long text, SealingError for a receipt of another report.
    """
    text = clean_text(text)
    validate_message(text)
    data_key, today = dialogue_key(report, receipt.key), now.date()
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
        known = Message.objects.filter(object_id=object_id).first()
        if known and known.report_id == report.pk:
            return
        if known:  # a form that somebody has been at
            object_id = new_object_id()
        message = _keep(
            report, object_id, text, data_key, receipt.salt, Message.Direction.FROM_REPORTER, None, today
        )
        _put_on_the_desk(report, today)
        audit.record(
            action="intake.message.received",
            actor="public",
            rows=[report, message],
            details={"commitment": message.commitment},
        )


def send_message(*, report: Report, user: User, text: str, now: dt.datetime) -> Message:
    """Keeps an officer's message to the reporter, whose report the caller has from `access_report(user=…)`.

    Joins the caller's transaction if there is one. Raises ValidationError, PermissionDenied, or SealingError
    where nobody holds a receipt.
    """
    if not user.has_right(Right.REPORTS_STUDY):
        raise PermissionDenied
    text = clean_text(text)
    validate_message(text)
    agency_key = keys.agency_key(report.agency)
    data_key, salt = dialogue_key(report, agency_key), open_body(report, agency_key).salt
    with transaction.atomic():
        message = _keep(
            report, new_object_id(), text, data_key, salt, Message.Direction.TO_REPORTER, user, now.date()
        )
        audit.record(
            action="intake.message.sent",
            actor=user.actor,
            rows=[report, message],
            details={"commitment": message.commitment},
        )
    return message


def read_messages(*, report: Report, user: User) -> list[OpenMessage]:
    """The dialogue as the agency reads it, oldest first. Raises PermissionDenied."""
    if not user.has_right(Right.REPORTS_VIEW):
        raise PermissionDenied
    if not report.dialogue_keyring:
        return []
    data_key = dialogue_key(report, keys.agency_key(report.agency))
    return [
        open_as_message(report, message, data_key) for message in report.messages.select_related("author")
    ]


def mark_read(*, report: Report, user: User, now: dt.datetime) -> None:
    """Notes that what the reporter wrote has been read; a closed matter leaves the desk again.

    Raises PermissionDenied.
    """
    if not user.has_right(Right.REPORTS_STUDY):
        raise PermissionDenied
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report.pk)
        unread = list(report.messages.filter(direction=Message.Direction.FROM_REPORTER, read_on=None))
        for message in unread:
            message.read_on = now.date()
        Message.objects.bulk_update(unread, ["read_on"])
        worklist.change(matter=report, unread=False)
        if not report.is_open:
            worklist.change(matter=report, open=False, step=Step.NONE, due=None)
        if unread:
            audit.record(action="intake.message.read", actor=user.actor, rows=[report, *unread])


def open_as_message(report: Report, message: Message, data_key: DataKey) -> OpenMessage:
    return OpenMessage(
        text=open_message(report, message, data_key),
        direction=message.direction,
        sent_on=message.sent_on,
        author=message.author,
        read_on=message.read_on,
    )


def _keep(
    report: Report,
    object_id: str,
    text: str,
    data_key: DataKey,
    salt: bytes,
    direction: str,
    author: User | None,
    today: dt.date,
) -> Message:
    sealed_text, commitment = seal_message(report, object_id, text, data_key, salt)
    return Message.objects.create(
        report=report,
        object_id=object_id,
        direction=direction,
        author=author,
        sent_on=today,
        commitment=commitment,
        sealed_text=sealed_text,
    )


def _put_on_the_desk(report: Report, today: dt.date) -> None:
    worklist.change(matter=report, unread=True)
    if report.state not in IDLE_STATES:
        return
    due = today + dt.timedelta(days=report.agency.study_days)
    if report.state == State.WAITING:
        report.due = due
        report.save(update_fields=["due"])
    worklist.change(matter=report, open=True, step=Step.READ_ANSWER, due=due)
