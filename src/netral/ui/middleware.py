"""Around every page of both sites: nothing is cached, and what no view can take ends as a page one can read."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from .errors import too_large, too_much_text

Respond = Callable[[HttpRequest], HttpResponse]

# What the pages promise for files together, and on the line what the form around them takes.
FILES_LIMIT = 50_000_000
BODY_LIMIT = FILES_LIMIT + 10_000_000
# A browser shows no answer before it has sent everything, so a larger body is read and forgotten, up to here.
DRAIN_LIMIT = 600_000_000
DRAIN_SECONDS = 300.0
_READ = 1 << 16


def no_store(get_response: Respond) -> Respond:
    """Keeps pages out of caches, the browser's own included. Static files are answered before this one."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):  # a view may say more than that
            response["Cache-Control"] = "no-store"
        return response

    return respond


def refuse_null(get_response: Respond) -> Respond:
    """Answers 404 to an address with the character NUL: no text in PostgreSQL may have it, and pages would fail."""

    def respond(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return get_response(request)

    return respond


def drain_oversized_bodies(get_response: Respond) -> Respond:
    """Answers 413 to a body above its limit, and 411 to one of unannounced length (RFC 9110, 15.5.12).

    The limit is `BODY_LIMIT` where files may come, and what Django takes into memory where only text does: Django
    itself would answer before the text has come in, and a browser that still sends would show no page at all.

    What is longer than `DRAIN_LIMIT` or takes longer than `DRAIN_SECONDS` is not read to its end; the server
    then closes the connection after the answer.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        length = _announced_length(request)
        text = request.content_type == "application/x-www-form-urlencoded"
        if length is not None and length <= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE if text else BODY_LIMIT):
            response = get_response(request)
            # A view that refuses a token, or meets a broken form, has not read what a browser still sends.
            _drain(request.read)
            return response
        if length is None or length <= DRAIN_LIMIT:
            _drain(request.environ["wsgi.input"].read)  # type: ignore[attr-defined]
        response = too_much_text(request) if text else too_large(request, FILES_LIMIT)
        if length is None:
            response.status_code = 411
        return response

    return respond


def _announced_length(request: HttpRequest) -> int | None:
    """The body's length in bytes; None where a body comes without one."""
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return None
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return None


def _drain(read: Callable[[int], bytes]) -> None:
    left, until = DRAIN_LIMIT, time.monotonic() + DRAIN_SECONDS
    try:
        while left > 0 and time.monotonic() < until and (chunk := read(_READ)):
            left -= len(chunk)
    except OSError:
        return  # the sender has gone
