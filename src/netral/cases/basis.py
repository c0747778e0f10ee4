"""On which articles an act rests, read from `basis.yaml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from netral.lawbook import corpus
from netral.lawbook.corpus import ArticleVersion

ALL = "all"


@cache
def bases() -> Mapping[str, Mapping[str, list[str]]]:
    """References to articles, by act and road."""
    found: Mapping[str, Mapping[str, list[str]]] = YAML(typ="safe", pure=True).load(
        Path(__file__).with_suffix(".yaml")
    )
    return found


def articles_of(act: str, track: str, on: dt.date) -> tuple[ArticleVersion, ...]:
    """What the act rests on for a case on this road, as it is in force on a day."""
    roads = bases().get(act, {})
    return corpus().in_force([*roads.get(track, ()), *roads.get(ALL, ())], on)
