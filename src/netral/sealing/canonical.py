"""Bytes that mean one thing only: canonical JSON, base64, framing, and the error every module here raises."""

import base64
import binascii
import hashlib
import json
from typing import Any

import rfc8785


class SealingError(ValueError):
    """Something sealed, signed or committed does not hold; the message says what, in Indonesian."""


class BadSignatureError(SealingError):
    """Well formed, but not signed by the key that should have signed it."""


def canonical_json(value: Any) -> bytes:
    """`value` as canonical JSON (RFC 8785)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise SealingError(f"Nilai tidak dapat ditulis sebagai JSON kanonis: {error}") from error


def parse_canonical(data: bytes, what: str) -> Any:
    """The value of `data`, which must be canonical JSON to the byte; `what` names it in the error."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SealingError(f"{what} bukan JSON yang sah.") from error
    # Writing it again shows doubled names, blanks and other spellings of the same value.
    if canonical_json(value) != data:
        raise SealingError(f"{what} tidak ditulis sebagai JSON kanonis (RFC 8785).")
    return value


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes of standard, padded base64 in its only canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealingError("Base64 tidak sah.") from error
    if b64(data) != text:
        raise SealingError("Base64 tidak kanonis.")
    return data


def frame(*parts: bytes) -> bytes:
    """`parts` joined so that no other parts give the same bytes: each after its length in 4 bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
