"""Kinds of act that a report, a case or a question can name: their words, and how a form offers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from .corpus import Corpus, Text, corpus

# A form's last choice, for what fits no kind. It is no kind of act: an officer names one later.
OTHER = "lainnya"


@dataclass(frozen=True)
class ConductKind:
    """A kind of act. `everyday` says it in words people recognise; `anchor` is where the law names it.

    `asks` are the facts a case asks for first; `has_rules` is False where the corpus has only words yet.
    """

    code: str
    label: Text
    everyday: tuple[Text, ...]
    group: str
    reportable: bool
    anchor: str
    status: str
    asks: tuple[str, ...]
    has_rules: bool


@dataclass(frozen=True)
class ConductGroup:
    code: str
    label: Text
    kinds: tuple[ConductKind, ...]


@dataclass(frozen=True)
class ReportChoices:
    """What a form offers: the most recognised kinds, then the others by group; each reportable kind once."""

    first: tuple[ConductKind, ...]
    others: tuple[ConductGroup, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code the form accepts, `OTHER` last."""
        rest = (kind for group in self.others for kind in group.kinds)
        return (*(kind.code for kind in (*self.first, *rest)), OTHER)


@cache
def conduct_kinds() -> Mapping[str, ConductKind]:
    """All kinds by code, in the order of the groups. Raises LawbookError, naming file and line."""
    return kinds_of(corpus())


def conduct_label(code: str) -> str:
    """`Menyukai unggahan`; a kind that the corpus no longer has keeps its code."""
    kind = conduct_kinds().get(code)
    return kind.label.id if kind else code


@cache
def reportable_kinds() -> ReportChoices:
    """The kinds a reporter picks from."""
    return choices_of(corpus(), conduct_kinds())


def kinds_of(book: Corpus) -> Mapping[str, ConductKind]:
    groups = list(book.form["groups"])
    by_group = sorted(book.conduct.values(), key=lambda item: groups.index(item["group"]))
    return MappingProxyType({item["code"]: _kind(item) for item in by_group})


def choices_of(book: Corpus, kinds: Mapping[str, ConductKind]) -> ReportChoices:
    first = book.form["first"]
    rest = [kind for kind in kinds.values() if kind.reportable and kind.code not in first]
    others = (
        ConductGroup(code, Text(**label), tuple(kind for kind in rest if kind.group == code))
        for code, label in book.form["groups"].items()
    )
    return ReportChoices(
        tuple(kinds[code] for code in first), tuple(group for group in others if group.kinds)
    )


def _kind(item: Mapping[str, Any]) -> ConductKind:
    examples = zip(item["everyday"]["id"], item["everyday"]["en"], strict=True)
    return ConductKind(
        code=item["code"],
        label=Text(**item["label"]),
        everyday=tuple(Text(one, other) for one, other in examples),
        group=item["group"],
        reportable=item["reportable"],
        anchor=item["anchor"],
        status=item["status"],
        asks=tuple(item["asks"]),
        has_rules=bool(item["rules"]),
    )
