"""What a person sees when a request cannot be answered. No page here reads the database or the session."""

# ruff: noqa: ARG001 (the signatures are Django's)

import math
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(template: str, status: int, **context: object) -> HttpResponse:
    # Without the request no context processor runs, so the page stands when the database does not.
    return HttpResponse(render_to_string(template, context), status=status)


def _form_of(request: HttpRequest) -> str:
    """The page of ours that was sent, as a path; empty where the browser does not say."""
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    ours = page.netloc and page.netloc == request.META.get("HTTP_HOST")
    return "/" + page.path.lstrip("/") if ours else ""


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("400.html", 400)


def handler403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A PermissionDenied raised with a sentence for the person shows that sentence."""
    detail = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page("403.html", 403, detail=detail)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """To officers a report they may not see is as absent as one that does not exist; only reporters have a code."""
    return _page("404.html", 404, officers=settings.ROOT_URLCONF == "netral.config.urls_staff")


def handler500(request: HttpRequest) -> HttpResponse:
    """An exception with a sentence `for_people` shows that sentence."""
    return _page("500.html", 500, detail=getattr(sys.exception(), "for_people", ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("csrf.html", 403, again=_form_of(request))


def too_large(request: HttpRequest, limit: int | None = None) -> HttpResponse:
    """`limit` in bytes is named on the page."""
    return _page("413.html", 413, limit=limit, again=_form_of(request))


def too_much_text(request: HttpRequest) -> HttpResponse:
    """More text than any form takes."""
    return _page("413.html", 413, text=True, limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def too_many(request: HttpRequest, retry_after: float) -> HttpResponse:
    """`retry_after` in seconds goes into the page and into Retry-After (RFC 9110 section 10.2.3)."""
    seconds = max(1, math.ceil(retry_after))
    response = _page("429.html", 429, seconds=seconds, minutes=math.ceil(seconds / 60))
    response["Retry-After"] = str(seconds)
    return response
