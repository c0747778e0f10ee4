"""Regulations and their articles."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import get_args

from .. import schema
from ..sources import At
from .draft import Draft


def check_instruments(draft: Draft) -> None:
    kinds = tuple(f"{kind}-" for kind in draft.one["citing.yaml"].kinds)
    for part in get_args(schema.Part):
        if not draft.one["citing.yaml"].parts.get(part):
            draft.say(draft.folder / "citing.yaml", ("parts",), f"parts: {part!r} belum ada sebutannya")
    for path, item in draft.many["instruments"].items():
        if not item.code.startswith(kinds):
            told = f"{item.code!r}: jenis peraturan ini belum ada dalam citing.yaml; tambahkan di bawah kinds"
            draft.say(path, ("code",), told)
        for name in ("replaces", "implements"):
            for other in getattr(item, name):
                if other not in draft.instruments:
                    draft.say(path, (name,), f"{name}: peraturan {other!r} tidak ada dalam instruments/")
        for key, article in item.articles.items():
            _check_article(draft, path, item, key, article)


def _check_article(
    draft: Draft, path: Path, item: schema.Instrument, key: str, article: schema.Article
) -> None:
    at: At = ("articles", key)
    if bool(article.versions) == bool(article.says and article.status):
        draft.say(path, at, f"{key}: tulis says dan status, atau versions dengan keduanya di tiap versi")
        return
    if len(article.versions) == 1:
        draft.say(path, at, f"{key}: hanya satu versi; tulis isinya langsung, atau versi yang lain")
    spans = draft.spans[f"{item.code}#{key}"]
    for start, end in spans:
        if start > end:
            draft.say(path, at, f"{key}: berlaku dari {start} sampai {end}, di luar masa peraturannya")
    if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
        draft.say(path, at, f"{key}: masa berlaku versinya bertumpang tindih")
