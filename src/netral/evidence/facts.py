"""What a file brings with it: sealed while it arrives, its facts sealed beside it under the same data key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from netral.sealing import DataKey, SealingError, canonical_json, parse_canonical

from .models import file_context


@dataclass(frozen=True)
class FileFacts:
    """Name as sent (cleaned), size in bytes and SHA-256 (hex) of the plaintext."""

    name: str
    size: int
    sha256: str

    def seal(self, object_id: str, data_key: DataKey) -> bytes:
        body = canonical_json({"v": 1, "name": self.name, "size": self.size, "sha256": self.sha256})
        return data_key.seal(file_context(object_id, "facts"), body)

    @classmethod
    def open(cls, object_id: str, data_key: DataKey, sealed: bytes) -> Self:
        """Raises SealingError if key or place differ."""
        match parse_canonical(data_key.open(file_context(object_id, "facts"), sealed), "Keterangan berkas"):
            case {"v": 1, "name": str(name), "size": int(size), "sha256": str(sha256)}:
                return cls(name, size, sha256)
            case _:
                raise SealingError("Keterangan berkas bukan versi 1.")


@dataclass(frozen=True)
class SealedUpload:
    """A file in the store, sealed under `data_key`, which nobody else holds yet.

    `size` (bytes) and `sha256` (hex) are those of the plaintext.
    """

    object_id: str
    blob: str
    media_type: str
    size: int
    sha256: str
    name: str
    data_key: DataKey

    @property
    def facts(self) -> FileFacts:
        return FileFacts(self.name, self.size, self.sha256)

    def sealed_facts(self) -> bytes:
        return self.facts.seal(self.object_id, self.data_key)

    @classmethod
    def reopen(
        cls, *, object_id: str, blob: str, media_type: str, data_key: DataKey, sealed_facts: bytes
    ) -> Self:
        """The upload as it was, from what a draft kept of it."""
        facts = FileFacts.open(object_id, data_key, sealed_facts)
        return cls(object_id, blob, media_type, facts.size, facts.sha256, facts.name, data_key)


@dataclass(frozen=True)
class RefusedUpload:
    """A file that was not taken: its name and one sentence for the person who sent it."""

    name: str
    reason: str
