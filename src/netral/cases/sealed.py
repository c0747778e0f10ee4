"""Opening and sealing a case's parts under its one data key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Self, TypeVar

from netral.accounts.keys import agency_key, agency_public
from netral.sealing import Context, DataKey, Keyring, commit, derive_salt, new_object_id

from .content import Person, SealedBody, Words
from .models import Case, CasePart

P = TypeVar("P", bound=CasePart)
W = TypeVar("W", bound=Words)


@dataclass(frozen=True)
class Envelope:
    """A case's opened key: what its parts are sealed under, and the salt of their commitments."""

    case: Case
    key: DataKey
    body: SealedBody

    @classmethod
    def new(cls, case: Case, person: Person) -> Self:
        """For a case not yet saved: chooses key and salt, and fills what the row holds of them."""
        case.object_id = new_object_id()
        envelope = cls(case, DataKey.generate(), SealedBody(person, secrets.token_bytes(32)))
        context = case.context("body")
        case.sealed_body = envelope.key.seal(context, envelope.body.to_bytes())
        case.keyring = Keyring.make(envelope.key, context, [agency_public(case.agency).seal]).to_bytes()
        case.commitment = envelope.promise("body", case.object_id, person)
        return envelope

    @classmethod
    def of(cls, case: Case) -> Self:
        """Opened with the agency's key. Raises SealingError where it does not open."""
        context = case.context("body")
        key = Keyring.from_bytes(bytes(case.keyring)).open(agency_key(case.agency), context)
        return cls(case, key, SealedBody.from_bytes(key.open(context, bytes(case.sealed_body))))

    @property
    def person(self) -> Person:
        """The respondent as on the day of opening."""
        return self.body.person

    def keep(self, part: P, words: Words) -> P:
        """Saves a new part of the file with its words sealed."""
        part.case, part.object_id = self.case, new_object_id()
        self.seal(part, words)
        part.save(force_insert=True)
        return part

    def seal(self, part: CasePart, words: Words) -> None:
        """Fills what the part's row holds of its words; saving it is the caller's."""
        part.sealed_words = self.key.seal(self._context(part), words.to_bytes())
        part.commitment = self.promise(part.place, part.object_id, words)

    def read(self, part: CasePart, kind: type[W]) -> W:
        return kind.from_bytes(self.raw(part))

    def raw(self, part: CasePart) -> bytes:
        """The bytes that were committed to."""
        return self.key.open(self._context(part), bytes(part.sealed_words))

    def promise(self, place: str, object_id: str, content: Words | bytes) -> str:
        """The commitment to what lies in this place."""
        data = content if isinstance(content, bytes) else content.to_bytes()
        return commit(self.case.context(place), derive_salt(self.body.salt, object_id), data)

    def _context(self, part: CasePart) -> Context:
        return self.case.context(part.place)
