"""The open API, read-only: the law's answers, acts, regulations and calendars for other programs."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from math import ceil
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.throttling import BaseThrottle
from pydantic import BeforeValidator

from netral.lawbook import ConductKind, FactsError, answer, conduct_kinds, corpus, vocabulary
from netral.lawbook.shapes import answer_schema, facts_schema
from netral.ui import clock

from . import agenda
from .api_shapes import (
    CalendarOut,
    ConductsOut,
    FactsOut,
    InstrumentsOut,
    InstrumentWithArticlesOut,
    OneConductOut,
    OneElectionOut,
    Refusal,
)
from .limits import ACTS, API, BODY
from .words import examples

Found = TypeVar("Found")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written_as_day(value: object) -> object:
    """A number would be read as seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError(value)
    return value


Day = Annotated[dt.date, BeforeValidator(_written_as_day)]
PREFIX = "/api/v1/"

NOT_ANSWERED = {HTTPStatus.UNPROCESSABLE_ENTITY: Refusal, HTTPStatus.TOO_MANY_REQUESTS: Refusal}
NOT_FOUND = {HTTPStatus.NOT_FOUND: Refusal, **NOT_ANSWERED}


class HouseThrottle(BaseThrottle):
    """The buckets of the house, keyed by a network's keyed hash that is gone at midnight."""

    def allow_request(self, request: HttpRequest) -> bool:
        return API.check(request).retry_after is None

    def wait(self) -> float:
        return ceil(1 / API.refill_per_second)


class RefusedError(Exception):
    """A request that cannot be answered, with the field, what was given and what may be."""

    def __init__(
        self, status: HTTPStatus, field: str, message: str, value: Any = None, allowed: Iterable[str] = ()
    ) -> None:
        super().__init__(message)
        self.status, self.complaint = status, _complaint(field, value, list(allowed), message)


api = NinjaAPI(
    title="Netral",
    version="1",
    description="Netralitas ASN: jawaban menurut aturan, jenis perbuatan, peraturan, kalender pemilihan. Hanya baca.",
    # Its own pages load from another host, and its description does not know the facts: both are ours.
    docs_url=None,
    openapi_url=None,
    throttle=HouseThrottle(),
)


@api.post(
    "/ask",
    response={HTTPStatus.OK: dict, HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refusal, **NOT_ANSWERED},
    summary="Apa kata aturan tentang fakta ini",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {}}}},
)
def ask(request: HttpRequest) -> HttpResponse:
    """One object of facts, as `netral ask` takes them; what is unknown is left out. Nothing is stored."""
    # As it is, whatever the law's answer gains.
    return api.create_response(request, answer(_few(_facts(request))), status=HTTPStatus.OK)


@api.get("/facts", response={HTTPStatus.OK: FactsOut, **NOT_ANSWERED}, summary="Fakta yang dapat ditulis")
def facts(request: HttpRequest) -> dict[str, Any]:
    known = ((path, fact) for path, fact in vocabulary().items() if not fact["derived"])
    return _listed({"path": path, **fact} for path, fact in known)


@api.get("/conducts", response={HTTPStatus.OK: ConductsOut, **NOT_ANSWERED}, summary="Jenis perbuatan")
def conducts(request: HttpRequest) -> dict[str, Any]:
    return _listed(map(_conduct, conduct_kinds().values()))


@api.get(
    "/conducts/{code}", response={HTTPStatus.OK: OneConductOut, **NOT_FOUND}, summary="Satu jenis perbuatan"
)
def conduct(request: HttpRequest, code: str) -> dict[str, Any]:
    return {"corpus": corpus().hash, **_conduct(_named(conduct_kinds(), code))}


@api.get("/instruments", response={HTTPStatus.OK: InstrumentsOut, **NOT_ANSWERED}, summary="Peraturan")
def instruments(request: HttpRequest) -> dict[str, Any]:
    return _listed(map(_instrument, corpus().instruments.values()))


@api.get(
    "/instruments/{code}",
    response={HTTPStatus.OK: InstrumentWithArticlesOut, **NOT_FOUND},
    summary="Satu peraturan dengan pasalnya",
)
def instrument(request: HttpRequest, code: str) -> dict[str, Any]:
    found = _named(corpus().instruments, code)
    articles = [
        {
            "ref": f"{code}#{key}",
            "cite": article["cite"],
            "versions": [_dated(one) for one in article["versions"]],
        }
        for key, article in found["articles"].items()
    ]
    return {"corpus": corpus().hash, **_instrument(found), "articles": articles}


@api.get(
    "/calendar",
    response={HTTPStatus.OK: CalendarOut, **NOT_ANSWERED},
    summary="Tahap pemilihan pada satu hari",
)
def calendar(request: HttpRequest, on: Day | None = None) -> dict[str, Any]:
    day = on or clock.today()
    return {**_listed(map(_election, agenda.elections(day))), "on": day}


@api.get("/calendar/{code}", response={HTTPStatus.OK: OneElectionOut, **NOT_FOUND}, summary="Satu pemilihan")
def election(request: HttpRequest, code: str, on: Day | None = None) -> dict[str, Any]:
    day = on or clock.today()
    known = {one.code: one for one in agenda.elections(day)}
    return {"corpus": corpus().hash, "on": day, **_election(_named(known, code))}


# What goes out -----------------------------------------------------------------------------------------------------


def _listed(items: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {"corpus": corpus().hash, "items": list(items)}


def _conduct(kind: ConductKind) -> dict[str, Any]:
    return {
        "code": kind.code,
        "group": kind.group,
        "label": vars(kind.label),
        "everyday": [vars(one) for one in kind.everyday],
        "anchor": kind.anchor,
        "status": kind.status,
        "reportable": kind.reportable,
        "has_rules": kind.has_rules,
    }


def _instrument(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, **_dated(item)}


def _dated(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, "in_force_from": item["from"], "in_force_until": item["until"]}


def _election(one: agenda.Election) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "contests": [
            {
                "offices": sorted(schedule.contest.offices),
                "regions": sorted(schedule.contest.regions),
                "calendar": schedule.version.code,
                "status": schedule.version.status,
                "stage": schedule.stage,
                "events": [vars(event) for event in schedule.events],
                "windows": [vars(window) for window in agenda.windows(schedule.contest)],
            }
            for schedule in one.schedules
        ],
    }


# What comes in -----------------------------------------------------------------------------------------------------


def _named(known: Mapping[str, Found], code: str) -> Found:
    if code not in known:
        raise RefusedError(HTTPStatus.NOT_FOUND, "code", f"code: {code!r} tidak ada", code, sorted(known))
    return known[code]


def _facts(request: HttpRequest) -> Any:
    """The body as JSON; numbers that JSON does not know are refused like all that is none."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY:
        message = f"isi permintaan lebih dari {BODY // 1000} kB"
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "", message)
    try:
        return json.loads(request.body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        message = "isi permintaan bukan JSON (UTF-8)"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "", message) from None


def _few(facts: Any) -> Any:
    """Facts of no more acts than one question may have."""
    acts = facts.get("acts") if isinstance(facts, dict) else None
    if isinstance(acts, list) and len(acts) > ACTS:
        message = f"acts: paling banyak {ACTS} perbuatan dalam satu permintaan, Anda menulis {len(acts)}"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "acts", message, len(acts))
    return facts


def _no_number(text: str) -> None:
    raise ValueError(text)


def _complaint(field: str, value: Any, allowed: list[str], message: str) -> dict[str, Any]:
    return {"field": field, "value": value, "allowed": allowed, "message": message}


# What cannot be answered -------------------------------------------------------------------------------------------


def _refuse(request: HttpRequest, status: HTTPStatus, errors: list[dict[str, Any]]) -> HttpResponse:
    return api.create_response(request, {"errors": errors}, status=status)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return _refuse(request, error.status, [error.complaint])


@api.exception_handler(FactsError)
def _wrong_facts(request: HttpRequest, error: FactsError) -> HttpResponse:
    return _refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, [vars(one) for one in error.errors])


@api.exception_handler(ValidationError)
def _wrong_parameter(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The only parameter with a type is a day."""
    fields = [str(one["loc"][-1]) for one in error.errors]
    errors = [
        _complaint(
            name,
            request.GET.get(name),
            ["tahun-bulan-hari"],
            f"{name}: tulis tahun-bulan-hari, misalnya 2024-10-10",
        )
        for name in fields
    ]
    return _refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, errors)


@api.exception_handler(Throttled)
def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    message = f"terlalu banyak permintaan; coba lagi {error.wait or 1} detik lagi"
    response = _refuse(request, HTTPStatus.TOO_MANY_REQUESTS, [_complaint("", None, [], message)])
    response["Retry-After"] = str(error.wait or 1)
    return response


def describe() -> dict[str, Any]:
    """The OpenAPI description, with facts and answers as the corpus is now and the examples that tests run."""
    description: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX.lstrip("/"))
    asking = description["paths"][f"{PREFIX}ask"]["post"]
    body, answered = (
        part["content"]["application/json"] for part in (asking["requestBody"], asking["responses"][200])
    )
    body["schema"] = facts_schema(corpus())
    body["examples"] = {
        f"contoh-{at}": {"summary": one.says, "value": one.body}
        for at, one in enumerate(examples(), 1)
        if one.path == "ask" and one.status == HTTPStatus.OK
    }
    answered["schema"] = answer_schema(corpus())["$defs"]["answer"]
    return description
