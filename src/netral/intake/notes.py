"""Officers' own words about a report, sealed to the agency: study notes and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from netral.accounts.keys import agency_key, agency_public
from netral.sealing import Context, commit, derive_salt, open_object, seal_object

from .models import InitialStudy, Note, Report
from .sealed import open_body


@dataclass(frozen=True)
class SealedNote:
    sealed: bytes
    keyring: bytes
    commitment: str


def seal_note(report: Report, context: Context, text: str) -> SealedNote:
    """Under a data key of its own, committed to with a salt of the report's."""
    content = text.encode()
    sealed, keyring = seal_object(context, content, [agency_public(report.agency).seal])
    salt = derive_salt(open_body(report, agency_key(report.agency)).salt, context.object_id)
    return SealedNote(sealed, keyring, commit(context, salt, content))


def note_context(row: Note | InitialStudy) -> Context:
    return row.context("text" if isinstance(row, Note) else "note")


def open_note(report: Report, row: Note | InitialStudy) -> str:
    sealed = row.sealed_text if isinstance(row, Note) else row.sealed_note
    return open_object(note_context(row), sealed, row.keyring, agency_key(report.agency)).decode()
