"""What the holder of a receipt code may read. The code is the only right there is here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.html import escape

from netral.audit.models import Entry
from netral.audit.selectors import latest_head
from netral.evidence.facts import SealedUpload
from netral.evidence.models import file_context
from netral.sealing import DataKey, Keyring, ReceiptSecrets, SealingError, SealKey, new_object_id, open_object

from .content import DraftContent
from .lifecycle import State
from .models import Draft, DraftFile, Message, Report, dialogue_context, report_context
from .sealed import open_message, seal_message

M = TypeVar("M", bound=Model)
MESSAGES_A_PAGE = 10
# Escaped text of one page of the dialogue, in bytes: it and the page around it stay below one padded block.
PAGE_BYTES = 20_000


def was_sent(receipt: ReceiptSecrets) -> bool:
    return Report.objects.filter(lookup=receipt.lookup).exists()


def report_of(receipt: ReceiptSecrets, *related: str) -> Report | None:
    """The report with the rows it names in `related`, in one query."""
    found = Report.objects.select_related(*related) if related else Report.objects
    return _only(found.filter(lookup=receipt.lookup))


def draft_of(receipt: ReceiptSecrets, *, locked: bool = False) -> Draft | None:
    """The draft; `locked` keeps everyone else from it until the caller's transaction ends."""
    drafts = Draft.objects.select_for_update() if locked else Draft.objects
    return _only(drafts.filter(lookup=receipt.lookup))


def _only(rows: QuerySet[M]) -> M | None:
    # Not first(): to put a single row into order costs more than to find it.
    return next(iter(rows[:1]), None)


def open_draft(draft: Draft, receipt: ReceiptSecrets) -> DraftContent:
    context = report_context(draft.object_id, "body")
    return DraftContent.from_bytes(open_object(context, draft.sealed_body, draft.keyring, receipt.key))


def open_draft_file(file: DraftFile, receipt: ReceiptSecrets) -> SealedUpload:
    context = file_context(file.object_id, "content")
    return SealedUpload.reopen(
        object_id=file.object_id,
        blob=file.blob,
        media_type=file.media_type,
        data_key=Keyring.from_bytes(bytes(file.keyring)).open(receipt.key, context),
        sealed_facts=bytes(file.sealed_facts),
    )


def draft_files(draft: Draft, receipt: ReceiptSecrets) -> list[SealedUpload]:
    """The files already sent, in the order they came."""
    return [open_draft_file(file, receipt) for file in draft.files.order_by("id")]


def draft_blobs(names: Collection[str]) -> set[str]:
    """Those of `names` that a draft names, for the sweep of the store."""
    return set(DraftFile.objects.filter(blob__in=names).values_list("blob", flat=True))


def entry_of(report: Report) -> Entry:
    """The entry by which the report came into the log."""
    if report.log_index is None:
        raise LookupError(f"report {report.pk} was never recorded")
    return Entry.objects.get(index=report.log_index)


@dataclass(frozen=True)
class Spoken:
    """One message, opened."""

    text: str
    mine: bool
    sent_on: dt.date
    files: int


@dataclass(frozen=True)
class Dialogue:
    """A page of messages, oldest first; `before` leads to the page before it (None: this is the first)."""

    messages: Sequence[Spoken]
    before: int | None


@dataclass(frozen=True)
class Status:
    """What a receipt shows. For a code that fits no report `found` is false and the rest is the decoy's."""

    found: bool
    report: Report
    dialogue: Dialogue = field(repr=False)
    proven_on: dt.datetime | None


def status_of(receipt: ReceiptSecrets, *, before: int | None = None) -> Status:
    """The status behind a receipt.

    A code that fits nothing takes the same way as one that fits: the same queries, one X25519 opening, one
    page of messages decrypted, against a decoy that no code opens.
    """
    report = report_of(receipt, "agency", "merged_into")
    shown, data_key = _opened(report, receipt)
    newest = Message.objects.filter(report_id=report.pk if report else 0).order_by("-id")
    if before is not None:
        newest = newest.filter(pk__lt=before)
    rows = list(newest[: MESSAGES_A_PAGE + 1])
    head = latest_head()
    covered = head is not None and shown.log_index is not None and head.size > shown.log_index
    return Status(
        found=report is not None,
        report=shown,
        dialogue=_page(shown, rows, data_key),
        proven_on=head.made_at if head and covered else None,
    )


def _opened(report: Report | None, receipt: ReceiptSecrets) -> tuple[Report, DataKey]:
    shown, wrap = (report, None) if report else (_decoy().report, _decoy().wrap)
    keyring = (
        Keyring({receipt.key.key_id: wrap}) if wrap else Keyring.from_bytes(bytes(shown.dialogue_keyring))
    )
    try:
        return shown, keyring.open(receipt.key, dialogue_context(shown.object_id, "messages"))
    except SealingError:
        if report:
            raise
        return shown, _decoy().data_key


def _page(report: Report, rows: list[Message], data_key: DataKey) -> Dialogue:
    """The newest rows that fit. What lacks to a full page is decrypted from the decoy and thrown away."""
    decoy = _decoy()
    opened = [open_message(report, row, data_key) for row in rows[:MESSAGES_A_PAGE]]
    for _ in range(MESSAGES_A_PAGE - len(opened)):
        open_message(decoy.report, decoy.message, decoy.data_key)
    taken = _fitting(opened)
    messages = [
        Spoken(text, row.direction == Message.Direction.FROM_REPORTER, row.sent_on, len(row.files))
        for row, text in zip(rows[:taken], opened[:taken], strict=True)
    ]
    return Dialogue(messages[::-1], rows[taken - 1].pk if taken < len(rows) else None)


def _fitting(texts: list[str]) -> int:
    """How many of the newest texts fit on a page; at least one."""
    left = PAGE_BYTES
    for count, text in enumerate(texts):
        left -= len(escape(text).encode()) + 400  # the bubble around it
        if left < 0 and count:
            return count
    return len(texts)


@dataclass(frozen=True)
class _Decoy:
    report: Report
    message: Message
    data_key: DataKey
    wrap: bytes


@cache
def _decoy() -> _Decoy:
    """A report that no code opens, made once per process."""
    owner, data_key, object_id = SealKey.generate(), DataKey.generate(), new_object_id()
    keyring = Keyring.make(data_key, dialogue_context(object_id, "messages"), [owner.public])
    report = Report(object_id=object_id, number="", state=State.RECEIVED, received_on=dt.date(2015, 1, 1))
    report.dialogue_keyring = keyring.to_bytes()
    message = Message(object_id=new_object_id())
    message.sealed_text, message.commitment = seal_message(report, message.object_id, "", data_key, bytes(32))
    return _Decoy(report, message, data_key, keyring.wraps[owner.key_id])
