"""Kinds of act that a report, a case or a question can name. First form: words and anchors, no rules yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .sources import error, read_all, require_keys

FOLDER = Path(__file__).with_name("conduct")
FORM = Path(__file__).with_name("conduct_form.yaml")
KEYS = ("code", "label", "everyday", "group", "reportable", "anchor", "status")
STATUSES = ("verified", "secondary", "unverified")
LANGUAGES = ("id", "en")
MOST_RECOGNISED = 12

# A form's last choice, for what fits no kind. It is no kind of act: an officer names one later.
OTHER = "lainnya"


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    id: str
    en: str


@dataclass(frozen=True)
class ConductKind:
    """A kind of act. `everyday` says it in words people recognise; `anchor` is where the law names it."""

    code: str
    label: Text
    everyday: tuple[Text, ...]
    group: str
    reportable: bool
    anchor: str
    status: str


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


def conduct_kinds() -> Mapping[str, ConductKind]:
    """All kinds by code, in the order of the groups. Raises LawbookError, naming file and line."""
    return _book()[0]


def reportable_kinds() -> ReportChoices:
    """The kinds a reporter picks from."""
    return _book()[1]


@cache
def _book() -> tuple[Mapping[str, ConductKind], ReportChoices]:
    return load(FOLDER, FORM)


def load(folder: Path, form: Path) -> tuple[Mapping[str, ConductKind], ReportChoices]:
    """The kinds and their order on a form, from a folder and its form file. Raises LawbookError."""
    paths = sorted(folder.glob("*.yaml"))
    content = read_all([*paths, form])
    order = content[form.name]
    _check_form(form, order)
    groups = list(order["groups"])
    found: dict[str, ConductKind] = {}
    for path in paths:
        kind = _kind(path, content[path.name], groups)
        if kind.code in found:
            raise error(path, ("code",), f"kode {kind.code!r} sudah dipakai berkas lain")
        found[kind.code] = kind
    by_group = sorted(found.values(), key=lambda kind: groups.index(kind.group))
    kinds = MappingProxyType({kind.code: kind for kind in by_group})
    return kinds, _choices(form, order, kinds)


def _kind(path: Path, data: Any, groups: list[str]) -> ConductKind:
    require_keys(path, data, KEYS)
    label = _text(path, data["label"], ("label",))
    if data["code"] != path.stem:
        # A copied file whose code was forgotten would otherwise shadow the first one.
        raise error(
            path, ("code",), f"kode {data['code']!r} tidak sama dengan nama berkas, atau sudah dipakai"
        )
    for key, allowed in (("group", groups), ("status", STATUSES), ("reportable", (True, False))):
        if data[key] not in allowed:
            raise error(path, (key,), f"{key}: {data[key]!r}; yang boleh: {', '.join(map(str, allowed))}")
    if not isinstance(data["anchor"], str) or not data["anchor"]:
        raise error(path, ("anchor",), "anchor: harus teks; tulis – bila tidak ada")
    return ConductKind(
        data["code"],
        label,
        _everyday(path, data["everyday"]),
        data["group"],
        data["reportable"],
        data["anchor"],
        data["status"],
    )


def _text(path: Path, data: Any, at: tuple[str, ...]) -> Text:
    require_keys(path, data, LANGUAGES, at)
    for language in LANGUAGES:
        if not isinstance(data[language], str) or not data[language].strip():
            raise error(path, (*at, language), f"{'.'.join(at)}.{language}: harus teks yang tidak kosong")
    return Text(data["id"], data["en"])


def _everyday(path: Path, data: Any) -> tuple[Text, ...]:
    at = ("everyday",)
    require_keys(path, data, LANGUAGES, at)
    if not all(isinstance(data[language], list) and data[language] for language in LANGUAGES):
        raise error(path, at, "everyday: harus daftar contoh dalam bahasa id dan en")
    if len(data["id"]) != len(data["en"]):
        raise error(path, at, f"everyday: {len(data['id'])} contoh id, tetapi {len(data['en'])} contoh en")
    return tuple(
        _text(path, {"id": one, "en": other}, at) for one, other in zip(data["id"], data["en"], strict=True)
    )


def _check_form(form: Path, order: Any) -> None:
    require_keys(form, order, ("first", "groups"))
    if not isinstance(order["groups"], Mapping) or not isinstance(order["first"], list):
        raise error(form, ("groups",), "first harus daftar kode, groups harus kelompok dengan nama id dan en")
    for group, label in order["groups"].items():
        _text(form, label, ("groups", group))
    if len(order["first"]) > MOST_RECOGNISED:
        raise error(form, ("first",), f"first: {len(order['first'])} kode; paling banyak {MOST_RECOGNISED}")


def _choices(form: Path, order: Any, kinds: Mapping[str, ConductKind]) -> ReportChoices:
    first = order["first"]
    for code in first:
        if code not in kinds or not kinds[code].reportable or first.count(code) > 1:
            raise error(
                form, ("first",), f"first: {code!r} tidak ada, tidak dapat dilaporkan, atau disebut dua kali"
            )
    rest = [kind for kind in kinds.values() if kind.reportable and kind.code not in first]
    others = (
        ConductGroup(code, Text(**label), tuple(kind for kind in rest if kind.group == code))
        for code, label in order["groups"].items()
    )
    return ReportChoices(
        tuple(kinds[code] for code in first), tuple(group for group in others if group.kinds)
    )
