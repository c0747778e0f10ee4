"""What comes out: plain JSON, which a cache keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import schema
from ..hashing import corpus_hash
from .draft import Draft, dated


def plain(draft: Draft) -> dict[str, Any]:
    listed = {
        name: [
            item.model_dump(mode="json", by_alias=True) | _compiled_conditions(draft, item)
            for file in draft.many[folder].values()
            for item in getattr(file, name)
        ]
        for folder, name in (
            ("sanctions", "sanctions"),
            ("authorities", "authorities"),
            ("procedure", "clocks"),
            ("crimes", "crimes"),
        )
    }
    return {
        "format": 1,
        "hash": corpus_hash(draft.folder),
        "facts": {path: fact.model_dump(mode="json") for path, fact in draft.facts.items()},
        "form": draft.one["conduct_form.yaml"].model_dump(mode="json"),
        "instruments": {code: _instrument(item) for code, item in draft.instruments.items()},
        "conduct": {
            item.code: item.model_dump(mode="json") | {"rules": draft.rules[item.code]}
            for item in draft.many["conduct"].values()
        },
        "calendars": [
            item.model_dump(mode="json", by_alias=True) for item in draft.many["calendars"].values()
        ],
        "working_days": [item.model_dump(mode="json") for item in draft.many["working_days"].values()],
        "citing": draft.one["citing.yaml"].model_dump(mode="json"),
        "disputes": draft.one["disputes.yaml"].model_dump(mode="json", by_alias=True)["disputes"],
        "flags": {
            code: flag.model_dump(mode="json", by_alias=True) | _compiled_conditions(draft, flag)
            for code, flag in draft.one["flags.yaml"].flags.items()
        },
        **listed,
    }


def _compiled_conditions(draft: Draft, item: Any) -> dict[str, Any]:
    """The written conditions of an entry in their plain form."""
    path = draft.folder
    found: dict[str, Any] = {
        name: draft.condition(path, (), getattr(item, name))
        for name in ("when", "subject")
        if hasattr(item, name)
    }
    if hasattr(item, "elements"):
        found["elements"] = {code: draft.condition(path, (), part) for code, part in item.elements.items()}
    return found


def _instrument(item: schema.Instrument) -> dict[str, Any]:
    """With every article as a list of versions that carry their own days."""
    plain = item.model_dump(mode="json", by_alias=True)
    plain["articles"] = {
        key: {"cite": article.cite, "versions": [*_versions(item, article)]}
        for key, article in item.articles.items()
    }
    return plain


def _versions(item: schema.Instrument, article: schema.Article) -> Iterator[dict[str, Any]]:
    for version in dated(article):
        start = version.from_ or article.from_ or item.from_
        end = version.until or article.until or item.until
        yield {
            "from": start and start.isoformat(),
            "until": end and end.isoformat(),
            "says": version.says,
            "status": version.status,
            "source": version.source,
        }
