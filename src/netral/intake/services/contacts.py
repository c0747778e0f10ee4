"""Reading a reporter's contact details: an act of two key holders, away from the web, always logged."""

from __future__ import annotations

from django.db import transaction

from netral.audit import services as audit
from netral.sealing import SealKey

from .. import vault
from ..content import ContactDetails
from ..models import Contact


def open_contact(*, contact: Contact, vault_key: SealKey, basis: str) -> ContactDetails:
    """The contact details of a report; the opening is logged with its `basis`.

    `basis` names the decision that allows it by number and date, without names. `vault_key` is what the two
    holders joined (`sealing.join_vault_key`). Raises SealingError for another key.
    """
    sealed = vault.SealedContact(
        contact.object_id, contact.commitment, bytes(contact.sealed_details), bytes(contact.keyring)
    )
    details = vault.unseal(sealed, vault_key)
    with transaction.atomic():
        audit.record(
            action="intake.contact.opened",
            actor="cli",
            rows=[contact.report, contact],
            details={"basis": basis},
        )
    return details
