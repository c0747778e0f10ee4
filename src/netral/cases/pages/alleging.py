"""What is alleged, act by act, in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from netral.lawbook import conduct_label, vocabulary
from netral.ui.templatetags.netral import tanggal

from ..content import Text
from ..models import Allegation, EarlierWording
from ..sealed import Envelope


def title_of(conduct: str) -> str:
    """`Dugaan menyukai unggahan dukungan`."""
    label = conduct_label(conduct)
    return _("Dugaan %(act)s") % {"act": label[0].lower() + label[1:]}


@dataclass(frozen=True)
class Wording:
    """An act in words: what, when, for whom, what is known of how it was done."""

    label: str
    days: str
    known: list[tuple[str, str]]
    words: str


@dataclass(frozen=True)
class EarlierRow(Wording):
    """What an allegation said before."""

    wording: EarlierWording


@dataclass(frozen=True)
class AllegedRow(Wording):
    """What it says, and what it said before it was amended, first wording first."""

    allegation: Allegation
    earlier: list[EarlierRow]


def alleged(envelope: Envelope) -> list[AllegedRow]:
    before = defaultdict(list)
    for one in envelope.case.earlierwording_set.select_related("replaced_by"):
        before[one.allegation_id].append(EarlierRow(**_said(envelope, one), wording=one))
    return [
        AllegedRow(**_said(envelope, one), allegation=one, earlier=before[one.pk])
        for one in envelope.case.allegation_set.all()
    ]


def _said(envelope: Envelope, one: Allegation | EarlierWording) -> dict[str, Any]:
    return {
        "label": conduct_label(one.conduct),
        "days": _days(one),
        "known": list(_known(one.facts)),
        "words": envelope.read(one, Text).text,
    }


def _days(one: Allegation | EarlierWording) -> str:
    return f"{tanggal(one.act_date)} – {tanggal(one.until)}" if one.until else tanggal(one.act_date)


def _known(facts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Facts in words, by the labels of the law's vocabulary."""
    for group in ("object", "circumstances"):
        for name, value in facts.get(group, {}).items():
            fact = vocabulary()[f"{group}.{name}"]
            yield fact["label"]["id"], fact_in_words(fact, value)


def fact_in_words(fact: Mapping[str, Any], value: Any) -> str:
    match fact["type"]:
        case "yes_no":
            return _("ya") if value else _("tidak")
        case "date":
            return tanggal(dt.date.fromisoformat(value))
        case "region":
            return str(value)
        case _:
            many = value if isinstance(value, list) else [value]
            return ", ".join(str(fact["values"][one]["id"]) for one in many)
