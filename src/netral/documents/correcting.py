"""What a letter may say otherwise when another is issued in its place: its words, not the act it tells of.

The day of a hearing, who is named, what was found and decided are of the act, and another act changes them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .kinds import LABELS, Kind, Signer

_HEAD = ("place", "office", "office_address", "copies")
_SIGNED = (*(f"signer.{name}" for name in Signer.model_fields), *_HEAD)
_DECREE = ("considering", *_SIGNED)
_ADDRESSED = ("addressee", "addressee_place")

# By kind, in the order of a form; a part's field as `signer.name`.
CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    Kind.SUMMONS: ("hour", "room", *_SIGNED),
    Kind.MINUTES: ("authority", *_HEAD),
    Kind.REPORT: ("aggravating", "mitigating", "impact", *_ADDRESSED, *_SIGNED),
    Kind.TEAM: ("considering", "tasks", *_SIGNED),
    Kind.MORAL: _DECREE,
    Kind.DISCIPLINE: _DECREE,
    Kind.DISMISSAL: _DECREE,
    Kind.CLOSING: ("reason", *_ADDRESSED, *_SIGNED),
    Kind.REFERRAL: ("reason", "request", "enclosures", *_ADDRESSED, *_SIGNED),
    Kind.DECISION_SUMMONS: ("hour", "room", *_SIGNED),
}
_LONG = frozenset({"authority", "aggravating", "mitigating", "impact", "reason", "request"})
# Lists, each with what stands between two of its items where they are typed into one field.
_BETWEEN: Mapping[str, str] = {
    "copies": "\n",
    "enclosures": "\n",
    "considering": "\n\n",
    "tasks": "\n\n",
}


@dataclass(frozen=True)
class Wording:
    """One field of a letter as text. `between` separates the items of a list, and is empty where there is one text."""

    path: str
    text: str

    @property
    def label(self) -> str:
        """`penanda tangan, nama`"""
        return ", ".join(str(LABELS[step]) for step in self.path.split("."))

    @property
    def between(self) -> str:
        return _BETWEEN.get(self.path, "")

    @property
    def long(self) -> bool:
        return self.path in _LONG or bool(self.between)


def wordings(kind: str, fields: Mapping[str, Any]) -> list[Wording]:
    """What may be corrected in a letter of this kind, as it stands."""
    return [Wording(path, _text(path, _at(fields, path))) for path in CORRECTABLE[kind]]


def corrected(kind: str, fields: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The fields with these words in their places. Raises ValidationError for one that belongs to the act."""
    if foreign := [path for path in words if path not in CORRECTABLE[kind]]:
        raise ValidationError(
            {
                path: _(
                    "“%(field)s” bukan kata-kata surat %(kind)s yang dapat diperbaiki; ubah lewat tindakannya."
                )
                % {"field": path[:60], "kind": Kind(kind).label}
                for path in foreign
            }
        )
    changed = copy.deepcopy(dict(fields))
    for path, text in words.items():
        *parts, last = path.split(".")
        place = changed
        for part in parts:
            place = place[part]
        place[last] = list(_items(text, _BETWEEN[path])) if path in _BETWEEN else text
    return changed


def _at(fields: Mapping[str, Any], path: str) -> Any:
    value: Any = fields
    for step in path.split("."):
        value = value[step]
    return value


def _text(path: str, value: Any) -> str:
    return _BETWEEN[path].join(value) if path in _BETWEEN else value


def _items(text: str, between: str) -> Iterator[str]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    yield from filter(None, (item.strip() for item in lines.split(between)))
