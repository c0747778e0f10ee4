"""Officers' own words about a report, sealed to the agency: study notes and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from netral.accounts.keys import agency_key
from netral.sealing import Context, DataKey, Keyring, commit, derive_salt

from .models import InitialStudy, Note, Report
from .sealed import open_body


@dataclass(frozen=True)
class SealedNote:
    sealed: bytes
    keyring: bytes
    commitment: str


def seal_note(report: Report, context: Context, text: str) -> SealedNote:
    """Under a data key of its own, committed to with a salt of the report's."""
    data_key, content = DataKey.generate(), text.encode()
    salt = derive_salt(open_body(report, agency_key(report.agency)).salt, context.object_id)
    return SealedNote(
        data_key.seal(context, content),
        Keyring.make(data_key, context, [report.agency.seal_public]).to_bytes(),
        commit(context, salt, content),
    )


def note_context(row: Note | InitialStudy) -> Context:
    return row.context("text" if isinstance(row, Note) else "note")


def open_note(report: Report, row: Note | InitialStudy) -> str:
    sealed, context = row.sealed_text if isinstance(row, Note) else row.sealed_note, note_context(row)
    data_key = Keyring.from_bytes(bytes(row.keyring)).open(agency_key(report.agency), context)
    return data_key.open(context, bytes(sealed)).decode()
