"""How the open addresses speak HTTP: to pages of any origin, to caches by the rules' hash, always in JSON.

A middleware, because it also speaks where no view does: an address that is none, a method that is not taken.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from netral.lawbook import corpus

Respond = Callable[[HttpRequest], HttpResponse]

API = "/api/v1/"
FEED = ".ics"
ASK = API + "ask"
MARK = 12  # characters of the hash of the rules, and of the content, in an ETag
# Rules and calendars change seldom, but what is today's changes at midnight.
FRESH = "public, max-age=300"
REFUSED = {
    HTTPStatus.BAD_REQUEST: "permintaan tidak terbaca",
    HTTPStatus.NOT_FOUND: "alamat ini tidak ada; daftar alamatnya di /api/v1/openapi.json",
    HTTPStatus.METHOD_NOT_ALLOWED: "cara meminta ini tidak dilayani di alamat ini",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "isi permintaan terlalu besar",
}
FAILED = "permintaan tidak dapat dijawab"


def open_door(get_response: Respond) -> Respond:
    """Opens the API and the feeds to other programs and to caches; every other address passes untouched."""

    def respond(request: HttpRequest) -> HttpResponse:
        api, feed = _is_api(request), request.path_info.endswith(FEED)
        if not (api or feed):
            return get_response(request)
        response = _cached(request, _answered(request, get_response) if api else get_response(request))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return respond


def _is_api(request: HttpRequest) -> bool:
    """The base address alone shows the page that explains the others."""
    return request.path_info.startswith(API) and request.path_info != API


def _answered(request: HttpRequest, get_response: Respond) -> HttpResponse:
    if request.method == "OPTIONS":
        return _preflight(request)
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"  # the server keeps the body to itself
    try:
        response = get_response(request)
    finally:
        request.method = asked
    told = response.status_code < HTTPStatus.BAD_REQUEST or response["Content-Type"].startswith(
        "application/json"
    )
    return response if told else _told_in_json(request, response)


def _methods(request: HttpRequest) -> str:
    return "POST, OPTIONS" if request.path_info == ASK else "GET, HEAD, OPTIONS"


def _preflight(request: HttpRequest) -> HttpResponse:
    """What a browser asks before a page of another origin may (Fetch standard, CORS-preflight)."""
    methods = _methods(request)
    response = HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Allow": methods,
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )
    del response["Content-Type"]
    return response


def _told_in_json(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same refusal for a program, where a page for people was about to go out."""
    wrong_method = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    error = {
        "field": "method" if wrong_method else "",
        "value": request.method if wrong_method else None,
        "allowed": _methods(request).split(", ") if wrong_method else [],
        "message": REFUSED.get(HTTPStatus(response.status_code), FAILED),
    }
    if wrong_method:
        response["Allow"] = _methods(request)
    response.content = json.dumps({"errors": [error]}).encode()
    response["Content-Type"], response["Content-Length"] = "application/json", str(len(response.content))
    return response


def _cached(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What was read may be kept a while and asked for again by its ETag; a question never."""
    if request.method not in {"GET", "HEAD"} or response.status_code != HTTPStatus.OK:
        return response
    content = hashlib.sha256(getattr(response, "content", b"")).hexdigest()
    etag = f'"{corpus().hash[:MARK]}-{content[:MARK]}"'
    response["ETag"], response["Cache-Control"] = etag, FRESH
    return get_conditional_response(request, etag=etag, response=response) or response
