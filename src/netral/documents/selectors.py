"""Reading letters. Access is decided where the matter is: a caller comes with a letter it may see."""

from __future__ import annotations

from django.db.models import QuerySet

from netral.evidence import selectors as evidence
from netral.sealing import SealingError, SealKey, sha256

from .models import Letter


def letters_of(matter: str) -> QuerySet[Letter]:
    """Letters of the matter of this name, oldest first."""
    return Letter.objects.filter(matter=matter).select_related("file", "scan")


def letter_shown(token: str) -> Letter | None:
    """What the code of a letter shows to anyone: number, day and hash, no other field."""
    return Letter.objects.filter(token=token).only("number", "dated", "sha256").order_by().first()


def open_pdf(letter: Letter, agency_key: SealKey) -> bytes:
    """The letter as it was issued. SealingError, FileNotFoundError where the store was touched."""
    pdf = b"".join(evidence.open_original(letter.file, agency_key))
    if sha256(pdf).hex() != letter.sha256:
        raise SealingError("Berkas surat bukan yang tercatat dalam register.")
    return pdf
