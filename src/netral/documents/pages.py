"""A letter on its way to an officer's browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from netral.evidence import selectors as evidence
from netral.sealing import SealKey

from .models import Letter
from .selectors import open_pdf


def pdf_response(letter: Letter, key: SealKey) -> HttpResponse:
    """The letter as it was issued, under the name of its file, for this reader alone and kept nowhere on the way."""
    response = HttpResponse(open_pdf(letter, key), content_type="application/pdf")
    name = evidence.facts(letter.file, key).name
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
