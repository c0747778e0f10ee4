"""Reading letters. Access is decided where the matter is: a caller comes with a letter it may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from netral.evidence import selectors as evidence
from netral.sealing import SealingError, SealKey, parse_canonical, sha256

from .models import Letter, fields_context


def letters_of(matter: str) -> QuerySet[Letter]:
    """Letters of the matter of this name, oldest first."""
    related = ("file", "scan", "replaced_by", "replaces")
    return Letter.objects.filter(matter=matter).select_related(*related).defer("sealed_fields")


def numbered(agency_id: int, text: str) -> QuerySet[Letter]:
    """Letters of the agency whose number is, or begins with, `text`."""
    return Letter.objects.filter(agency=agency_id, number__istartswith=text).order_by("-pk")


def standing(letter: Letter) -> Letter:
    """The letter, or the last of those issued in its place."""
    while letter.replaced_by:
        letter = letter.replaced_by
    return letter


def letter_shown(token: str) -> Letter | None:
    """What the code of a letter shows to anyone: number, day, hash and whether it was replaced, no other field."""
    shown = Letter.objects.filter(token=token).only("number", "dated", "sha256", "replaced_on")
    return shown.order_by().first()


def said(letter: Letter, agency_key: SealKey) -> dict[str, Any]:
    """The fields of the letter as it was issued. SealingError where they do not open."""
    fields = parse_canonical(said_bytes(letter, agency_key), "Isi surat")
    if not isinstance(fields, dict):
        raise SealingError("Isi surat tidak dapat dibaca.")
    return fields


def said_bytes(letter: Letter, agency_key: SealKey) -> bytes:
    """What was committed to."""
    key, context = evidence.data_key(letter.file, agency_key), fields_context(letter.file.object_id)
    return key.open(context, bytes(letter.sealed_fields))


def open_pdf(letter: Letter, agency_key: SealKey) -> bytes:
    """The letter as it was issued. SealingError, FileNotFoundError where the store was touched."""
    pdf = b"".join(evidence.open_original(letter.file, agency_key))
    if sha256(pdf).hex() != letter.sha256:
        raise SealingError("Berkas surat bukan yang tercatat dalam register.")
    return pdf
