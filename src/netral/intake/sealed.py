"""Opening and sealing a report's parts; who may do so is decided by whose private key is given."""

from __future__ import annotations

from collections.abc import Iterable

from netral.sealing import (
    Context,
    DataKey,
    Keyring,
    SealKey,
    SealPublicKey,
    commit,
    derive_salt,
    open_object,
    seal_object,
    sha256,
)
from netral.sealing.canonical import frame

from .content import ReportBody, SealedBody
from .models import Contact, Message, Report, dialogue_context, report_context


def seal_body(
    object_id: str, body: ReportBody, salt: bytes, recipient: SealPublicKey
) -> tuple[bytes, bytes, str]:
    """`sealed_body`, `keyring` and `commitment` of a report."""
    context = report_context(object_id, "body")
    sealed, keyring = seal_object(context, SealedBody(body, salt).to_bytes(), [recipient])
    return sealed, keyring, commit(context, derive_salt(salt, object_id), body.to_bytes())


def open_body(report: Report, key: SealKey) -> SealedBody:
    """What was reported, and the salt of all that belongs to it. Raises SealingError with another key."""
    return SealedBody.from_bytes(open_object(report.context("body"), report.sealed_body, report.keyring, key))


def seal_dialogue(object_id: str, recipients: Iterable[SealPublicKey]) -> tuple[bytes, str]:
    """Keyring of a new dialogue, and the commitment to its data key: whoever swaps the key would listen."""
    context, data_key = dialogue_context(object_id, "messages"), DataKey.generate()
    return Keyring.make(data_key, context, recipients).to_bytes(), dialogue_commitment(object_id, data_key)


def dialogue_commitment(object_id: str, data_key: DataKey) -> str:
    """64 hex characters. The key is random, so its commitment needs no salt that must be kept."""
    return commit(dialogue_context(object_id, "key"), b"", data_key.raw)


def dialogue_key(report: Report, key: SealKey) -> DataKey:
    """The key of all messages of a report, opened with the agency's key or the receipt's."""
    context = dialogue_context(report.object_id, "messages")
    return Keyring.from_bytes(bytes(report.dialogue_keyring)).open(key, context)


def seal_message(
    report: Report, object_id: str, text: str, data_key: DataKey, salt: bytes
) -> tuple[bytes, str]:
    """`sealed_text` and `commitment` of a message."""
    context = message_context(report, object_id)
    content = text.encode()
    return data_key.seal(context, content), commit(context, derive_salt(salt, object_id), content)


def open_message(report: Report, message: Message, data_key: DataKey) -> str:
    return data_key.open(message_context(report, message.object_id), bytes(message.sealed_text)).decode()


def message_context(report: Report, object_id: str) -> Context:
    return dialogue_context(report.object_id, f"message/{object_id}")


def contact_digest(contact: Contact) -> str:
    """SHA-256 of all that opens to the vault alone, in hex: another keyring would close the details for ever."""
    return sha256(frame(bytes(contact.sealed_details), bytes(contact.keyring))).hex()
