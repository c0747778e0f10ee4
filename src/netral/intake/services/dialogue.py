"""Messages between the agency and a reporter whom it need not know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from netral.accounts import keys
from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit import services as audit
from netral.evidence import services as evidence
from netral.evidence.facts import SealedUpload
from netral.evidence.models import StoredFile
from netral.evidence.uploads import discard
from netral.sealing import DataKey, ReceiptSecrets, new_object_id
from netral.ui.text import clean_text
from netral.worklist import services as worklist

from ..content import validate_message
from ..lifecycle import State, Step
from ..limits import REPORT_FILES
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
    files: Sequence[str]

    @property
    def from_reporter(self) -> bool:
        return self.direction == Message.Direction.FROM_REPORTER


def receive_message(
    *,
    report: Report,
    receipt: ReceiptSecrets,
    text: str,
    object_id: str,
    now: dt.datetime,
    files: Sequence[SealedUpload] = (),
) -> list[SealedUpload]:
    """Keeps the reporter's message and the files that came with it; the text may be empty where there are any.

    `object_id` comes with the form, so a message sent twice is kept once. Returns the files for which the report has
    no room; what is not kept goes from the store. Raises ValidationError for an empty or too long text, SealingError
    for a receipt of another report.
    """
    taken: Sequence[SealedUpload] = ()
    beyond: list[SealedUpload] = []
    try:
        text = clean_text(text)
        validate_message(text, alone=not files)
        data_key = dialogue_key(report, receipt.key)
        with transaction.atomic():
            report = Report.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
            known = Message.objects.filter(object_id=object_id).first()
            if known is None or known.report_id != report.pk:
                room = _room_for_files(report)
                taken, beyond = files[:room], list(files[room:])
                if taken or text:
                    # Of another report only where somebody has been at the form.
                    _receive(
                        report, receipt, data_key, new_object_id() if known else object_id, text, taken, now
                    )
    except BaseException:
        taken = ()
        raise
    finally:
        discard(*files[len(taken) :])
    return beyond


def _room_for_files(report: Report) -> int:
    """How many files of its reporter the report may still take."""
    came = StoredFile.objects.filter(matter=report.subject, source=StoredFile.Source.REPORTER)
    return max(0, REPORT_FILES - came.count())


def _receive(
    report: Report,
    receipt: ReceiptSecrets,
    data_key: DataKey,
    object_id: str,
    text: str,
    files: Sequence[SealedUpload],
    now: dt.datetime,
) -> None:
    recipients = [keys.agency_public(report.agency).seal] if files else []
    stored = [
        evidence.store_file(
            agency=report.agency,
            matter=report.subject,
            upload=file,
            source=StoredFile.Source.REPORTER,
            salt=receipt.salt,
            recipients=recipients,
            now=now,
        )
        for file in files
    ]
    message = _keep(
        report,
        object_id,
        text,
        data_key,
        receipt.salt,
        Message.Direction.FROM_REPORTER,
        None,
        now.date(),
        files=[file.object_id for file in stored],
    )
    _put_on_the_desk(report, now.date())
    audit.record(
        action="intake.message.received",
        actor="public",
        rows=[report, message, *stored],
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
        files=message.files,
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
    *,
    files: Sequence[str] = (),
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
        files=list(files),
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
