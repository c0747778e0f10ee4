"""Encrypted backups in the age format (https://age-encryption.org/v1), streamed."""

from typing import BinaryIO

import pyrage

from netral.sealing.canonical import SealingError


def new_backup_identity() -> tuple[str, str]:
    """(identity, recipient): the first stays offline and restores, the second encrypts on the server."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def encrypt_stream(reader: BinaryIO, writer: BinaryIO, recipients: list[str]) -> None:
    """Encrypt all of `reader` into `writer`, for each of `recipients` (`age1…`)."""
    try:
        pyrage.encrypt_io(reader, writer, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise SealingError(f"Cadangan tidak dapat dienkripsi: {error}.") from error


def decrypt_stream(reader: BinaryIO, writer: BinaryIO, identity: str) -> None:
    """Decrypt all of `reader` into `writer`. What was written counts only once this returns."""
    try:
        pyrage.decrypt_io(reader, writer, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.IdentityError, pyrage.DecryptError, OSError) as error:
        reason = str(error).partition("\n")[0].removesuffix(".")  # age's advice to its own users follows it
        raise SealingError(f"Cadangan tidak terbuka: kunci salah atau berkas rusak ({reason}).") from error
