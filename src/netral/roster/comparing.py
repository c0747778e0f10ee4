"""What a file would change in the roster, person by person and unit by unit, in the words of the page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.ui.paging import Page, Turn, page_of

from .models import Employment, Level, OfficeRole, Official, RosterUpload, RosterUploadRow
from .selectors import officials, units

Change = RosterUploadRow.Change
Values = Mapping[str, Any]
UNITS_SHOWN = 100


class Kind(TextChoices):
    """What the preview lists, the ones to look at hardest first."""

    GONE = "hilang", gettext_lazy("Tidak ada di berkas")
    CHANGED = "berubah", gettext_lazy("Berubah")
    NEW = "baru", gettext_lazy("Baru")
    UNITS = "unit", gettext_lazy("Unit")


@dataclass(frozen=True)
class Difference:
    """A field as it is and as it would be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """One line of the preview. Of what is new or gone there is one side only, and `compared` is False."""

    name: str
    number: str
    differences: list[Difference]
    compared: bool = False


def counted(upload: RosterUpload) -> dict[Kind, int]:
    counts = upload.counts
    return {kind: counts.get(kind, 0) for kind in (Kind.GONE, Kind.CHANGED, Kind.NEW)} | {
        Kind.UNITS: counts.get("unit_baru", 0) + counts.get("unit_berubah", 0)
    }


def compared(upload: RosterUpload, kind: Kind, turn: Turn) -> tuple[list[Row], Page[Any]]:
    """A page of what the file would change, as the roster stands now."""
    if kind == Kind.UNITS:
        return list(islice(_units(upload), UNITS_SHOWN)), Page([])
    names = _unit_names(upload)
    if kind == Kind.GONE:
        gone = page_of(missing(upload).select_related("unit", "position"), "name", turn)
        return [_row(official.nip, values_of(official), {}, names) for official in gone.rows], gone
    page = page_of(upload.rows.filter(change=kind), "line", turn)
    held = officials(upload.agency_id).filter(nip__in=[row.nip for row in page.rows])
    before = {official.nip: values_of(official) for official in held}
    return [_row(row.nip, before.get(row.nip, {}), row.values, names) for row in page.rows], page


def missing(upload: RosterUpload) -> QuerySet[Official]:
    """Active officials whom the file does not name."""
    named = RosterUploadRow.objects.filter(upload=upload, nip=OuterRef("nip"))
    return Official.objects.filter(agency=upload.agency_id, active=True).exclude(Exists(named))


def values_of(official: Official) -> dict[str, Any]:
    """An official in the shape of `rows.Entry`, but for his number."""
    position = official.position
    return {
        "name": official.name,
        "titles_front": official.titles_front,
        "titles_back": official.titles_back,
        "employment": official.employment,
        "unit": official.unit.code,
        "title": position.title if position else "",
        "level": position.level if position else "",
        "roles": official.roles,
        "active": official.active,
    }


def tree_of(agency_id: int) -> dict[str, dict[str, str]]:
    """The units by code, each in the shape of `RosterUpload.units`."""
    return {
        unit.code: {
            "name": unit.name,
            "parent": unit.parent.code if unit.parent else "",
            "head": unit.head.nip if unit.head else "",
        }
        for unit in units(agency_id).select_related("parent", "head")
    }


def changes_unit(before: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Whether a file tells a unit otherwise; one that names no head leaves the head it has."""
    return before != {**told, "head": told["head"] or before["head"]}


def _row(nip: str, before: Values, after: Values, names: Mapping[str, str]) -> Row:
    name = _full_name(after or before)
    if before and after:
        sides = _person(before, names), _person({**after, "active": True}, names)
        return Row(name, nip, _differences(*sides), compared=True)
    return Row(name, nip, _differences(_post(before, names), _post(after, names)))


def _person(values: Values, names: Mapping[str, str]) -> dict[str, str]:
    state = _("aktif") if values["active"] else _("tidak aktif")
    return {_("Nama"): _full_name(values), **_post(values, names), _("Keadaan"): state}


def _post(values: Values, names: Mapping[str, str]) -> dict[str, str]:
    """What an official is and where, in words; nothing of nobody."""
    if not values:
        return {}
    roles = (OfficeRole(role).label for role in values["roles"] if role in OfficeRole.values)
    return {
        _("Jabatan"): values["title"],
        _("Tingkat"): str(Level(values["level"]).label) if values["level"] else "",
        _("Unit kerja"): _unit(values["unit"], names),
        _("Status"): str(Employment(values["employment"]).label),
        _("Peran"): ", ".join(map(str, roles)),
    }


def _full_name(values: Values) -> str:
    return Official(**{name: values[name] for name in ("name", "titles_front", "titles_back")}).full_name


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    labels = dict.fromkeys([*before, *after])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _units(upload: RosterUpload) -> Iterator[Row]:
    tree, names = tree_of(upload.agency_id), _unit_names(upload)
    changed = [
        (code, tree.get(code), told)
        for code, told in upload.units.items()
        if code not in tree or changes_unit(tree[code], told)
    ]
    people = _people(upload, {unit["head"] for _, before, told in changed for unit in (before, told) if unit})
    for code, before, told in changed:
        if before is None:
            yield Row(told["name"], code, _differences({}, _placed(told, names, people)))
            continue
        after = {**told, "head": told["head"] or before["head"]}
        sides = ({_("Nama"): unit["name"], **_placed(unit, names, people)} for unit in (before, after))
        yield Row(told["name"], code, _differences(*sides), compared=True)


def _placed(unit: Mapping[str, str], names: Mapping[str, str], people: Mapping[str, str]) -> dict[str, str]:
    """Below which unit it stands, and who is its head."""
    return {_("Induk"): _unit(unit["parent"], names), _("Kepala"): people.get(unit["head"], unit["head"])}


def _unit(code: str, names: Mapping[str, str]) -> str:
    return f"{names[code]} ({code})" if code in names else code


def _unit_names(upload: RosterUpload) -> dict[str, str]:
    held = dict(units(upload.agency_id).values_list("code", "name"))
    return held | {code: unit["name"] for code, unit in upload.units.items()}


def _people(upload: RosterUpload, nips: Iterable[str]) -> dict[str, str]:
    """Names by number, as the file has them, else as the roster has them."""
    wanted = list(nips)
    held = dict(officials(upload.agency_id).filter(nip__in=wanted).values_list("nip", "name"))
    return held | {row.nip: row.values["name"] for row in upload.rows.filter(nip__in=wanted)}
