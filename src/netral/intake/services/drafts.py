"""A report on its way: sealed to its receipt code alone, sent once, forgotten after a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from netral.accounts.models import Agency
from netral.evidence import blobs
from netral.evidence.facts import SealedUpload
from netral.evidence.formats import MAX_BYTES
from netral.evidence.models import file_context
from netral.evidence.uploads import MAX_FILES
from netral.lawbook import reportable_kinds
from netral.sealing import Context, Keyring, ReceiptSecrets, commit_digest, new_object_id, seal_object

from ..content import DraftContent
from ..limits import DRAFT_LIFE_HOURS
from ..models import Draft, DraftFile, Report, report_context
from ..selectors_public import draft_of, open_draft, open_draft_file, report_of, was_sent
from .submission import Submitted, already_recorded, register_report


class AlreadySentError(Exception):
    """The code of this form has become a report; what is typed now belongs to another one."""


class NoDraftError(Exception):
    """Nothing is kept under this code (any more)."""


class TooManyFilesError(Exception):
    """The report holds as many files, or as many bytes, as it may."""


def save_draft(*, code: str, content: DraftContent, now: dt.datetime, today: dt.date) -> None:
    """Keeps what was typed, in place of what was kept before. `now` is real time, `today` the legal day.

    Raises ValidationError with a sentence per field, AlreadySentError.
    """
    receipt = ReceiptSecrets.derive(code)
    content.validate(today=today, known_acts=reportable_kinds().codes)
    object_id = new_object_id()
    fresh = {"object_id": object_id, "created_at": now, **_seal(object_id, content, receipt)}
    with transaction.atomic():
        made, created = Draft.objects.get_or_create(lookup=receipt.lookup, defaults=fresh)
        # Under the lock a report that is being made from this draft is either not yet or wholly there.
        draft = made if created else draft_of(receipt, locked=True)
        if was_sent(receipt):
            raise AlreadySentError
        if draft is None:  # it expired this moment
            Draft.objects.create(lookup=receipt.lookup, **fresh)
        elif not created:
            Draft.objects.filter(pk=draft.pk).update(**_seal(draft.object_id, content, receipt))


def _seal(object_id: str, content: DraftContent, receipt: ReceiptSecrets) -> dict[str, bytes]:
    context = report_context(object_id, "body")
    sealed, keyring = seal_object(context, content.to_bytes(), [receipt.key.public])
    return {"sealed_body": sealed, "keyring": keyring}


def add_draft_file(*, code: str, upload: SealedUpload) -> None:
    """Keeps a file that lies in the store; the same file sent again is kept once.

    Raises NoDraftError, TooManyFilesError; the blob is removed whenever the file is not kept.
    """
    receipt = ReceiptSecrets.derive(code)
    try:
        kept = _add_file(receipt, upload)
    except BaseException:
        blobs.remove(upload.blob)
        raise
    if not kept:
        blobs.remove(upload.blob)


def _add_file(receipt: ReceiptSecrets, upload: SealedUpload) -> bool:
    context = file_context(upload.object_id, "content")
    file = DraftFile(
        object_id=upload.object_id,
        media_type=upload.media_type,
        blob=upload.blob,
        size=upload.size,
        sealed_facts=upload.sealed_facts(),
        keyring=Keyring.make(upload.data_key, context, [receipt.key.public]).to_bytes(),
    )
    with transaction.atomic():
        draft = draft_of(receipt, locked=True)
        if draft is None:
            raise NoDraftError
        file.draft, file.fingerprint = draft, _fingerprint(draft, receipt, upload)
        sizes = {bytes(known): size for known, size in draft.files.values_list("fingerprint", "size")}
        if file.fingerprint in sizes:
            return False
        if len(sizes) >= MAX_FILES or sum(sizes.values()) + upload.size > MAX_BYTES:
            raise TooManyFilesError
        file.save()
    return True


def _fingerprint(draft: Draft, receipt: ReceiptSecrets, upload: SealedUpload) -> bytes:
    context = Context("intake.draft", draft.object_id, "file")
    return bytes.fromhex(commit_digest(context, receipt.salt, bytes.fromhex(upload.sha256)))


def remove_draft_file(*, code: str, object_id: str) -> None:
    """Forgets one file of the draft; without effect if it is gone already."""
    receipt = ReceiptSecrets.derive(code)
    with transaction.atomic():
        # Locked, so that a file that is being sent with the report at this moment is not taken from under it.
        draft = draft_of(receipt, locked=True)
        file = draft.files.filter(object_id=object_id).first() if draft else None
        if file:
            file.delete()
    if file:
        blobs.remove(file.blob)


def submit_draft(*, code: str, agency: Agency, now: dt.datetime) -> Submitted:
    """Turns the draft into a report. Sent again, at once or later, it gives the same receipt.

    Raises NoDraftError, ValidationError.
    """
    receipt = ReceiptSecrets.derive(code)
    with transaction.atomic():
        # The lock lets the second of two simultaneous submits wait, and then find the report.
        draft = draft_of(receipt, locked=True)
        if draft is None:
            if report := report_of(receipt):
                return already_recorded(report, code)
            raise NoDraftError
        content = open_draft(draft, receipt)
        files = [open_draft_file(file, receipt) for file in draft.files.order_by("id")]
        draft.delete()
        return register_report(
            agency=agency,
            body=content.body,
            contact=content.contact or None,
            channel=Report.Channel.WEB,
            kind=Report.Kind.REPORT,
            actor="public",
            code=code,
            files=files,
            now=now,
        )


def expire_drafts(*, now: dt.datetime) -> int:
    """Throws away drafts a day old, with their files; gives their number. `now` is real time."""
    expired = Draft.objects.filter(created_at__lte=now - dt.timedelta(hours=DRAFT_LIFE_HOURS))
    with transaction.atomic():
        drafts = [draft.pk for draft in expired.select_for_update()]
        names = list(DraftFile.objects.filter(draft__in=drafts).values_list("blob", flat=True))
        Draft.objects.filter(pk__in=drafts).delete()
    for name in names:
        blobs.remove(name)
    return len(drafts)
