"""Contact details: sealed to the vault, opened only with the key that its two holders join offline."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from netral.sealing import (
    Context,
    SealingError,
    SealKey,
    SealPublicKey,
    b64,
    canonical_json,
    commit,
    new_object_id,
    open_object,
    parse_canonical,
    seal_object,
)

from .content import ContactDetails


@dataclass(frozen=True)
class SealedContact:
    """The columns of a `Contact` row."""

    object_id: str
    commitment: str
    sealed_details: bytes
    keyring: bytes


def seal(details: ContactDetails, vault: SealPublicKey) -> SealedContact:
    # Not the report's salt: officers read that, and could try names and numbers against the commitment.
    salt, object_id = secrets.token_bytes(32), new_object_id()
    context = Context("intake.contact", object_id, "details")
    content = canonical_json(details.to_json())
    plaintext = canonical_json({"v": 1, "details": content.decode(), "salt": b64(salt)})
    sealed, keyring = seal_object(context, plaintext, [vault])
    return SealedContact(object_id, commit(context, salt, content), sealed, keyring)


def unseal(sealed: SealedContact, vault_key: SealKey) -> ContactDetails:
    """Raises SealingError unless `vault_key` is the key it was sealed to."""
    context = Context("intake.contact", sealed.object_id, "details")
    plaintext = open_object(context, sealed.sealed_details, sealed.keyring, vault_key)
    match parse_canonical(plaintext, "Data kontak"):
        case {"v": 1, "details": str(content), "salt": str()}:
            return ContactDetails(**parse_canonical(content.encode(), "Data kontak"))
        case _:
            raise SealingError("Data kontak bukan versi 1.")
