"""Classes of fields that many tables share: sealed, keyed index, or plain, each with its reason."""

from __future__ import annotations

Class = tuple[str, str]

OPAQUE: Class = ("plain", "opaque key")
BINDING: Class = ("plain", "random; binds the envelope to this row")
DAY_ONLY: Class = ("plain", "day only")
ADMINISTRATIVE: Class = ("plain", "administrative")
BLOB: Class = ("plain", "hash of ciphertext")
SALTED: Class = ("plain", "salted hash, meaningless without the sealed salt")
KEYRING: Class = ("sealed", "data key wrapped to its recipients")
