"""Shapes of what the components show. Services and views build them; templates only draw them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Tone = Literal["plain", "action", "warn", "danger", "ok", "disputed"]
# Colour never speaks alone: each tone has its sign.
SIGNS: dict[str, str] = {"plain": "", "action": "●", "warn": "●", "danger": "▲", "ok": "✓", "disputed": "◆"}


@dataclass(frozen=True)
class Step:
    """One step of a way: behind us, the one we stand in, or still ahead."""

    label: str
    state: Literal["done", "now", "ahead"]
    note: str = ""


@dataclass(frozen=True)
class Event:
    """One line of a history; a date where the moment would tell on someone."""

    at: dt.date
    text: str
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bubble:
    """One message of a dialogue, seen from the reader's side; `with_it` says what came along."""

    text: str
    by: str
    at: dt.date
    mine: bool = False
    with_it: str = ""


@dataclass(frozen=True)
class Tile:
    """A big number that says what waits; a link where it opens something."""

    number: int
    label: str
    tone: Tone = "plain"
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """One of several lists that share a page; `key` chooses it in the address, `count` says how much it holds."""

    key: str
    label: str | Promise
    count: str
    current: bool


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """One row of a chart; `value` None is suppressed: a cell below 5, or one that would give such a cell away."""

    label: str
    value: int | None


@dataclass(frozen=True)
class Due:
    """How a deadline is spoken of: tone, sign, words, and the day itself."""

    tone: Tone
    sign: str
    words: str
    on: dt.date | None
