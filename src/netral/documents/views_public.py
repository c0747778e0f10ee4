"""What the code on a letter leads to. No page links here: whoever comes holds the letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from netral.ui.throttle import Throttle, throttled

from .selectors import letter_shown

# 128 bits are not guessed; this keeps a machine from trying. An office behind one address checks its letters at once.
LETTERS = Throttle("surat", capacity=60, refill_per_second=0.5, slow_from=20)


@require_safe
@throttled(LETTERS, methods=("GET", "HEAD"))
def letter(request: HttpRequest, token: str) -> HttpResponse:
    shown = letter_shown(token)
    return render(request, "documents/public/letter.html", {"letter": shown}, status=200 if shown else 404)
