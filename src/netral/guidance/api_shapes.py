"""What the API gives, as its OpenAPI description says it; facts and answers are described by `lawbook.shapes`."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema

Status = Literal["verified", "secondary", "unverified"]


class Words(Schema):
    id: str
    en: str


class Complaint(Schema):
    field: str
    value: Any = None
    allowed: list[str]
    message: str


class Refusal(Schema):
    """Why a request was not answered, one entry for each field."""

    errors: list[Complaint]


class FactOut(Schema):
    path: str
    label: Words
    question: Words | None
    type: str
    many: bool
    values: dict[str, Words]


class FactsOut(Schema):
    corpus: str
    items: list[FactOut]


class ConductOut(Schema):
    code: str
    group: str
    label: Words
    everyday: list[Words]
    anchor: str
    status: str
    reportable: bool
    has_rules: bool


class OneConductOut(ConductOut):
    corpus: str


class ConductsOut(Schema):
    corpus: str
    items: list[ConductOut]


class ArticleVersionOut(Schema):
    in_force_from: dt.date | None
    in_force_until: dt.date | None
    says: str
    status: Status


class ArticleOut(Schema):
    ref: str
    cite: str
    versions: list[ArticleVersionOut]


class InstrumentOut(Schema):
    code: str
    short: str
    title: str
    in_force_from: dt.date | None
    in_force_until: dt.date | None
    replaces: list[str]
    status: Status


class InstrumentsOut(Schema):
    corpus: str
    items: list[InstrumentOut]


class InstrumentWithArticlesOut(InstrumentOut):
    corpus: str
    articles: list[ArticleOut]


class EventOut(Schema):
    code: str
    label: str
    start: dt.date
    until: dt.date


class WindowOut(Schema):
    """Days on which something is forbidden; `until` null where no end is in sight.

    `unsure_before` and `unsure_after`: on the days around it is not allowed either, the answer depends.
    """

    code: str
    label: str
    start: dt.date
    until: dt.date | None
    basis: str
    unsure_before: bool
    unsure_after: bool


class ContestOut(Schema):
    offices: list[str]
    regions: list[str]
    calendar: str
    status: Status
    stage: str
    events: list[EventOut]
    windows: list[WindowOut]


class ElectionOut(Schema):
    code: str
    label: str
    contests: list[ContestOut]


class OneElectionOut(ElectionOut):
    corpus: str
    on: dt.date


class CalendarOut(Schema):
    corpus: str
    on: dt.date
    items: list[ElectionOut]
