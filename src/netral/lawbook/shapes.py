"""The interface as JSON Schema: what facts may be, and what an answer is. Its codes are those of the corpus.

Facts follow from the vocabulary; answers are written out here, closed, and held to the engine by a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .corpus import LEVELS, TRACKS, UNDETERMINED, Corpus

Shape = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY: Shape = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
# A day of the facts lies between facts.FIRST_YEAR and LAST_YEAR; those of an answer, counted from it, may lie outside.
GIVEN_DAY: Shape = {**DAY, "pattern": r"^(19(4[5-9]|[5-9]\d)|20([0-4]\d|50))-\d{2}-\d{2}$"}
REGION: Shape = {"type": "string", "pattern": r"^\d{2}(\.\d{2}){0,2}$"}
BOOL: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
LINE: Shape = {"type": "string", "minLength": 1}
REF: Shape = {"type": "string", "pattern": r"^[a-z][a-z0-9-]*#[A-Za-z0-9.-]+$"}
STATUS: Shape = {"enum": ["verified", "secondary", "unverified"]}
VERDICTS = ("forbidden", "permitted", "depends", "not_covered")


def facts_schema(book: Corpus) -> Shape:
    """One object of facts, as `netral ask` takes it. What is unknown is left out, or null, but for the act."""
    groups = {group: _group(book, group) for group in ("actor", "object", "circumstances", "dates")}
    per_act = {name: groups[name] for name in ("object", "circumstances")}
    days = dict.fromkeys(("act_date", "from", "until"), _or_null(GIVEN_DAY))
    act = {"conduct": {"enum": list(book.conduct)}, **days}
    alone = {"not": {"anyOf": [{"required": [name]} for name in act]}}
    one_day = {
        "not": {"required": ["act_date"], "anyOf": [{"required": [name]} for name in ("from", "until")]}
    }
    acts = _list({**_object(act | per_act, ["conduct"]), **one_day}) | {"minItems": 1}
    prior = _object({name: _fact(fact) for name, fact in book.prior.items()})
    top = act | groups | {"acts": acts, "prior": _list(prior), "assessed_on": _or_null(GIVEN_DAY)}
    return {
        "$schema": DIALECT,
        "title": "Netral: facts",
        **_object(top),
        "allOf": [
            {
                "oneOf": [
                    {"required": ["conduct"], "not": {"required": ["acts"]}},
                    {"required": ["acts"], **alone},
                ]
            },
            one_day,
        ],
    }


def answer_schema(book: Corpus) -> Shape:
    """One answer: to facts that could be read, or which fields could not."""
    return {
        "$schema": DIALECT,
        "title": "Netral: answer",
        "oneOf": [{"$ref": "#/$defs/answer"}, {"$ref": "#/$defs/errors"}],
        "$defs": {"answer": _answer(book), "errors": _errors()},
    }


# Facts ----------------------------------------------------------------------------------------------------------


def _group(book: Corpus, group: str) -> Shape:
    given = {
        path.partition(".")[2]: _fact(fact)
        for path, fact in book.vocabulary.items()
        if path.startswith(f"{group}.") and not fact["derived"]
    }
    return {"anyOf": [_object(given), {"type": "null"}]}


def _fact(fact: Mapping[str, Any]) -> Shape:
    told = {"description": fact["label"]["en"]}
    match fact["type"]:
        case "date":
            return told | _or_null(GIVEN_DAY)
        case "yes_no":
            return told | _or_null(BOOL)
        case "region":
            return told | _or_null(REGION)
    codes: Shape = {"enum": list(fact["values"])}
    if fact["many"]:
        codes = {"anyOf": [codes, _list(codes)]}
    return told | _or_null(codes)


def _or_null(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


# Answers ----------------------------------------------------------------------------------------------------------


def _answer(book: Corpus) -> Shape:
    text = _object({"id": LINE, "en": LINE}, ["id", "en"])
    facts = {"enum": [path for path, fact in book.vocabulary.items() if not fact["derived"]]}
    stage = _or_null({"enum": list(book.vocabulary["stage"]["values"])})
    sanctions = _list({"enum": list(book.sanctions)})
    conduct = {"enum": list(book.conduct)}
    level, verdict, track = (
        {"enum": [*LEVELS, UNDETERMINED]},
        {"enum": list(VERDICTS)},
        {"enum": list(TRACKS)},
    )
    heaviness = {"track": track, "level": level}
    finding = {
        "act": COUNT,
        "conduct": conduct,
        "rule": LINE,
        "verdict": verdict,
        **heaviness,
        "level_range": _list(level),
        "norm": _list(REF),
        "sanctions": sanctions,
        "basis": _list(REF),
        "says": text,
    }
    possible = {"act": COUNT, "rule": LINE, "verdict": verdict, **heaviness, "needs": _list(LINE)}
    criminal = {
        "act": COUNT,
        "code": {"enum": sorted({crime.code for crimes in book.crimes.values() for crime in crimes})},
        "article": REF,
        "subject_ok": _or_null(BOOL),
        "elements_missing": _list(LINE),
        "needs": _list(LINE),
        "penalty": REF,
        "penalty_version": _or_null(DAY),
        "status": STATUS,
        "says": text,
    }
    basis = {
        "ref": REF,
        "instrument": LINE,
        "article": LINE,
        "says": LINE,
        "in_force_from": _or_null(DAY),
        "status": STATUS,
    }
    position = {
        "by": LINE,
        "from": _or_null(DAY),
        "until": _or_null(DAY),
        "says": text,
        "source": _list(LINE),
        "status": STATUS,
    }
    dispute = {"code": {"enum": list(book.disputes)}, "about": text, "positions": _list(_closed(position))}
    act = {
        "conduct": conduct,
        "act_date": _or_null(DAY),
        "stage": stage,
        "standing": _or_null({"enum": list(book.vocabulary["object.standing"]["values"])}),
        "calendar": _or_null(LINE),
        "verdict": verdict,
    }
    missing = _object({"fact": facts, "act": COUNT, "question": text}, ["fact", "question"])
    trace = {
        "act": COUNT,
        "rule": LINE,
        "result": {"enum": ["true", "false", "unknown", "overridden"]},
        "read": {"type": "object"},
    }
    told = {
        "verdict": verdict,
        "stage": stage,
        **heaviness,
        "level_range": _list(level),
        "sanctions": sanctions,
        "findings": _list(_closed(finding)),
        "possible": _list(_closed(possible)),
        "criminal": _list(_closed(criminal)),
        "basis": _list(_closed(basis)),
        "authorities": _authorities(book, text, sanctions),
        "clocks": _list(_clock(book, text)),
        "conditions": _list(text),
        "missing": _list(missing),
        "disputes": _list(_closed({**dispute, "default": text})),
        "flags": _list(_closed({"code": {"enum": list(book.flags)}, "text": text})),
        "acts": _list(_closed(act)) | {"minItems": 1},
        "corpus": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    return _object({**told, "trace": _list(_closed(trace))}, told)


def _authorities(book: Corpus, text: Shape, sanctions: Shape) -> Shape:
    purposes = ("recommends", "receives_referral", "receives_crime", "replaces_on_conflict")
    code = {"enum": sorted({one.code for one in book.authorities})}
    head = {"authority": code, "label": text}
    competent = head | {
        "status": STATUS,
        "vacancy": BOOL,
        "flags": _list({"enum": list(book.flags)}),
    }
    punishes = _list(_closed(head | {"sanctions": sanctions}))
    return _closed({"punishes": punishes, **{purpose: _list(_closed(competent)) for purpose in purposes}})


def _clock(book: Corpus, text: Shape) -> Shape:
    reading = {
        "reading": LINE,
        "due": _or_null(DAY),
        "kind": {"enum": ["at_most", "at_least", "on"]},
        "day_basis": {"enum": ["hari_kerja", "hari_kalender", "akhir_bulan"]},
        "length": COUNT,
        "basis": _list(REF),
        "status": STATUS,
        "provisional": BOOL,
    }
    starts = [path for path, fact in book.vocabulary.items() if fact["type"] == "date"]
    head = {"code": {"enum": list(book.clocks)}, "label": text, "starts": {"enum": starts}}
    return _closed({**head, "start": _or_null(DAY), **reading, "readings": _list(_closed(reading))})


def _errors() -> Shape:
    error = {"field": {"type": "string"}, "value": True, "allowed": _list(LINE), "message": LINE}
    return _closed({"errors": _list(_closed(error)) | {"minItems": 1}})


# Shapes -----------------------------------------------------------------------------------------------------------


def _object(fields: Mapping[str, Shape], required: Iterable[str] = ()) -> Shape:
    shape: Shape = {"type": "object", "properties": dict(fields), "additionalProperties": False}
    return shape | ({"required": list(required)} if required else {})


def _closed(fields: Mapping[str, Any]) -> Shape:
    """With all of these and no others."""
    return _object(fields, fields)


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items}
