"""The one way a report is made, whoever brings it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from netral.accounts import keys
from netral.accounts.models import Agency
from netral.audit import services as audit
from netral.audit.models import Entry
from netral.evidence import services as evidence
from netral.evidence.facts import SealedUpload
from netral.evidence.models import StoredFile
from netral.lawbook import reportable_kinds
from netral.sealing import ReceiptSecrets, SealPublicKey, issue_receipt, new_object_id
from netral.worklist import services as worklist

from .. import vault
from ..content import ContactDetails, ReportBody
from ..lifecycle import FIRST_DAYS, FIRST_STEP
from ..models import Contact, Report
from ..sealed import contact_digest, seal_body, seal_dialogue
from ..selectors_public import entry_of

# Written by hand, as everyone who sends a report waits for whoever has taken a number.
_COUNT = """
INSERT INTO intake_counter (agency_id, year, value) VALUES (%s, %s, 1)
ON CONFLICT (agency_id, year) DO UPDATE SET value = intake_counter.value + 1 RETURNING value
"""


@dataclass(frozen=True)
class Submitted:
    """A report as it was recorded. `receipt_text` is empty where nobody holds a code."""

    report: Report
    entry: Entry
    receipt_text: str


def register_report(
    *,
    agency: Agency,
    body: ReportBody,
    contact: ContactDetails | None,
    channel: str,
    kind: str,
    actor: str,
    code: str | None,
    files: Sequence[SealedUpload] = (),
    now: dt.datetime,
) -> Submitted:
    """Records a report and what came with it, in one transaction.

    `code` is the reporter's receipt code, None for a finding of the agency's own; `now` is the legal moment.
    Joins the caller's transaction if there is one, and is then its last statement. Raises ValidationError
    with a sentence per field.
    """
    body, today = body.cleaned(), now.date()
    body.validate(today=today, known_acts=reportable_kinds().codes)
    contact = contact.cleaned() if contact else None
    if contact:
        contact.validate()
    _check_choice(Report.Channel, "channel", channel)
    _check_choice(Report.Kind, "kind", kind)
    recipients = keys.agency_public(agency)
    receipt = ReceiptSecrets.derive(code) if code else None
    salt = receipt.salt if receipt else secrets.token_bytes(32)
    object_id = new_object_id()
    sealed_body, keyring, commitment = seal_body(object_id, body, salt, recipients.seal)
    dialogue_keyring, dialogue = (
        seal_dialogue(object_id, [recipients.seal, receipt.key.public]) if receipt else (b"", None)
    )
    with transaction.atomic(savepoint=False):
        report = Report.objects.create(
            agency=agency,
            object_id=object_id,
            number=_next_number(agency, today.year),
            kind=kind,
            channel=channel,
            acts=list(body.acts),
            received_on=today,
            due=today + dt.timedelta(days=getattr(agency, FIRST_DAYS)),
            commitment=commitment,
            sealed_body=sealed_body,
            keyring=keyring,
            lookup=receipt.lookup if receipt else None,
            receipt_public=receipt.key.public.raw if receipt else None,
            dialogue_keyring=dialogue_keyring,
        )
        stored = [
            evidence.store_file(
                agency=agency,
                matter=report.subject,
                upload=file,
                source=StoredFile.Source.REPORTER
                if channel == Report.Channel.WEB
                else StoredFile.Source.OFFICER,
                salt=salt,
                recipients=[recipients.seal],
                now=now,
            )
            for file in files
        ]
        worklist.put(
            matter=report,
            agency_id=agency.pk,
            number=report.number,
            step=FIRST_STEP,
            about=body.acts[0],
            due=report.due,
            opened_on=today,
            first=True,
        )
        kept = _keep_contact(report, contact, recipients.vault)
        entry = audit.record(
            action="intake.report.received",
            actor=actor,
            rows=[report, *kept, *stored],
            details={
                "kind": kind,
                "channel": channel,
                "commitment": commitment,
                "receipt": receipt.commitment if receipt else None,
                # What no process here can hold against its commitment: who listens, and what the vault alone opens.
                "dialogue": dialogue,
                "contact": [contact_digest(row) for row in kept],
            },
        )
        # Known only now; a shortcut to the log and no part of the row's digest.
        report.log_index = entry.index
        report.save(update_fields=["log_index"])
        # Inside, so that nothing is received for which no receipt can be given.
        return Submitted(report, entry, receipt_document(code, entry) if code else "")


def already_recorded(report: Report, code: str) -> Submitted:
    """A report sent again under the same code: the same receipt."""
    entry = entry_of(report)
    return Submitted(report, entry, receipt_document(code, entry))


def receipt_document(code: str, entry: Entry) -> str:
    """The receipt of `entry` for the holder of `code`. Ed25519 is deterministic, so it need not be kept."""
    return issue_receipt(
        code, entry.body.encode(), entry.index, keys.receipt_key(), keys.receipt_certificate()
    )


def _next_number(agency: Agency, year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [agency.pk, year])
        (value,) = cursor.fetchone()
    return f"L-{year}-{value:04d}"


def _keep_contact(report: Report, contact: ContactDetails | None, vault_key: SealPublicKey) -> list[Contact]:
    if not contact:
        return []
    sealed = vault.seal(contact, vault_key)
    return [
        Contact.objects.create(
            report=report,
            object_id=sealed.object_id,
            commitment=sealed.commitment,
            sealed_details=sealed.sealed_details,
            keyring=sealed.keyring,
        )
    ]


def _check_choice(choices: type[Report.Channel] | type[Report.Kind], name: str, value: str) -> None:
    if value not in choices.values:
        raise ValidationError({name: _("“%(value)s” tidak dikenal.") % {"value": value}})
