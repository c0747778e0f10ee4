"""From table rows to officials and units, each fault named by row, column, value and what is allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from netral.linkage.names import NipError, NipKind, parse_nip, split_titles

from .models import Employment, Level, OfficeRole
from .tables import Row, TableError

# Column, and the headings under which personnel offices know it; compared without case, spaces and signs.
COLUMNS: dict[str, tuple[str, ...]] = {
    "nip": ("nip", "nipbaru", "nipnipppk", "nippegawai", "nomorinduk", "nomorindukpegawai"),
    "nama": ("nama", "namalengkap", "namapegawai"),
    "status": ("status", "statuspegawai", "statuskepegawaian", "jenispegawai", "kedudukan"),
    "jabatan": ("jabatan", "namajabatan"),
    "tingkat": ("tingkat", "tingkatjabatan", "jenjang", "jenjangjabatan", "level"),
    "kode_unit": ("kodeunit", "kodeunitkerja", "kodeskpd", "kodeopd"),
    "unit": ("unit", "unitkerja", "namaunit", "namaunitkerja", "skpd", "opd"),
    "kode_induk": ("kodeinduk", "kodeunitinduk", "induk", "indukunit"),
    "kepala": ("kepala", "kepalaunit", "pimpinan"),
    "peran": ("peran", "roles"),
}
REQUIRED = ("nip", "nama", "status", "kode_unit", "unit")
WIDTHS = {"nama": 120, "jabatan": 160, "kode_unit": 40, "unit": 160, "kode_induk": 40}
EMPLOYMENTS = {
    "pns": Employment.PNS,
    "cpns": Employment.CPNS,
    "pppk": Employment.PPPK,
    "p3k": Employment.PPPK,
    "nonasn": Employment.NON_ASN,
    "honorer": Employment.NON_ASN,
    "thl": Employment.NON_ASN,
}
YES, NO = {"y", "ya", "1", "true", "x", "benar"}, {"", "t", "tidak", "0", "false", "-"}
KINDS = {Employment.PNS: NipKind.PNS, Employment.CPNS: NipKind.PNS, Employment.PPPK: NipKind.PPPK}


T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """An official as a file describes him."""

    nip: str
    name: str
    titles_front: str
    titles_back: str
    employment: str
    unit: str
    title: str
    level: str
    roles: list[str]


@dataclass
class UnitEntry:
    """A unit as a file describes it; `head` is a NIP."""

    name: str
    parent: str
    head: str = ""
    line: int = 0


@dataclass(frozen=True)
class RowError:
    line: int
    column: str
    value: str
    allowed: str


@dataclass
class Sheet:
    """What a file holds: entries by line, units by code, and everything wrong with it."""

    entries: dict[int, Entry] = field(default_factory=dict)
    units: dict[str, UnitEntry] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)


class _WrongCellError(ValueError):
    def __init__(self, column: str, allowed: str) -> None:
        self.column, self.allowed = column, allowed


def read_sheet(rows: Iterator[Row], *, known_units: dict[str, str], on: date) -> Sheet:
    """Checks every row. `known_units` is the roster's code → parent code; `on` bounds years of appointment.

    Raises TableError where the heading row is not usable.
    """
    columns = _columns(next(rows, None))
    sheet = Sheet()
    lines: dict[str, int] = {}
    for line, cells in rows:
        raw = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        try:
            entry = _entry(raw, on)
            if entry.nip in lines:
                raise _WrongCellError("nip", _("NIP hanya sekali; sudah ada di baris %s") % lines[entry.nip])
            _note_unit(sheet.units, raw, entry, line)
        except _WrongCellError as wrong:
            value = raw.get(wrong.column, "")[:80]
            sheet.errors.append(RowError(line, wrong.column, value, wrong.allowed))
            continue
        lines[entry.nip] = line
        sheet.entries[line] = entry
    if not sheet.entries and not sheet.errors:
        raise TableError(_("Berkas hanya berisi judul kolom; tidak ada pegawai di dalamnya."))
    sheet.errors += _tree_errors(sheet.units, known_units)
    sheet.errors.sort(key=lambda error: error.line)
    return sheet


def _columns(header: Row | None) -> dict[str, int]:
    cells = [re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in header[1]] if header else []
    found = {
        name: next(at for at, cell in enumerate(cells) if cell in aliases)
        for name, aliases in COLUMNS.items()
        if any(cell in aliases for cell in cells)
    }
    if missing := [name for name in REQUIRED if name not in found]:
        shown = ", ".join(cell[:30] for cell in header[1][:12]) if header else "–"
        raise TableError(
            _("Baris judul tidak memuat kolom %(missing)s. Yang terbaca: %(found)s. Lihat berkas contoh.")
            % {"missing": ", ".join(missing), "found": shown}
        )
    return found


def _entry(raw: dict[str, str], on: date) -> Entry:
    for column, value in raw.items():
        _check_text(column, value)
    employment = _employment(raw["status"])
    name = split_titles(raw["nama"])
    if len(name.front) > 60 or len(name.back) > 80:
        raise _WrongCellError("nama", _("gelar depan paling banyak 60 huruf, gelar belakang 80"))
    return Entry(
        nip=_nip(raw["nip"], employment, on),
        name=name.name,
        titles_front=name.front,
        titles_back=name.back,
        employment=employment,
        unit=raw["kode_unit"],
        title=raw.get("jabatan", ""),
        level=_level(raw.get("tingkat", "")),
        roles=_roles(raw.get("peran", "")),
    )


def _check_text(column: str, value: str) -> None:
    if not value and column in REQUIRED:
        raise _WrongCellError(column, _("harus diisi"))
    if len(value) > WIDTHS.get(column, 200):
        raise _WrongCellError(column, _("paling banyak %s huruf") % WIDTHS.get(column, 200))
    # Controls and direction marks can make one name look like another.
    if any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs") for char in value):
        raise _WrongCellError(column, _("berisi tanda yang tidak terlihat; ketik ulang isinya"))


def _nip(value: str, employment: Employment, on: date) -> str:
    if employment == Employment.NON_ASN:
        if not re.fullmatch(r"[A-Za-z0-9]{3,18}", value):
            raise _WrongCellError("nip", _("nomor pegawai non-ASN terdiri atas 3 sampai 18 huruf atau angka"))
        return value
    try:
        nip = parse_nip(value, latest_year=on.year + 1)
    except NipError as wrong:
        raise _WrongCellError("nip", str(wrong)) from wrong
    if nip.kind != KINDS[employment]:
        raise _WrongCellError(
            "nip",
            _("angka ke-13 dan 14 adalah %(digits)s, bentuk nomor %(kind)s, sedangkan statusnya %(status)s")
            % {"digits": nip.digits[12:14], "kind": nip.kind.upper(), "status": employment.label},
        )
    return nip.digits


def _employment(value: str) -> Employment:
    return _one_of(
        "status", value, lambda key: EMPLOYMENTS[re.sub(r"[^a-z0-9]", "", key)], "PNS, CPNS, PPPK, non-ASN"
    )


def _level(value: str) -> str:
    if not value:
        return ""
    return _one_of("tingkat", value, lambda key: Level(re.sub(r"[\s-]+", "_", key)), ", ".join(Level.values))


def _roles(value: str) -> list[str]:
    words = [word for word in re.split(r"[,;|/]+\s*|\s+", value.lower()) if word]
    allowed = ", ".join(OfficeRole.values)
    return sorted({str(_one_of("peran", word, OfficeRole, allowed)) for word in words})


def _one_of(column: str, value: str, read: Callable[[str], T], allowed: str) -> T:
    try:
        return read(value.strip().lower())
    except (KeyError, ValueError):
        raise _WrongCellError(column, _("harus salah satu dari: %s") % allowed) from None


def _note_unit(units: dict[str, UnitEntry], raw: dict[str, str], entry: Entry, line: int) -> None:
    answer = raw.get("kepala", "").lower()
    if answer not in YES | NO:
        raise _WrongCellError("kepala", _("harus y atau t"))
    parent = raw.get("kode_induk", "")
    unit = units.get(entry.unit) or UnitEntry(raw["unit"], parent, line=line)
    if unit.name != raw["unit"]:
        raise _WrongCellError(
            "unit", _("unit %(code)s di baris %(line)s bernama “%(name)s”; satu kode satu nama")
            % {"code": entry.unit, "line": unit.line, "name": unit.name},
        )  # fmt: skip
    if unit.parent != parent:
        raise _WrongCellError(
            "kode_induk", _("induk unit %(code)s di baris %(line)s adalah “%(parent)s”; satu unit satu induk")
            % {"code": entry.unit, "line": unit.line, "parent": unit.parent or "–"},
        )  # fmt: skip
    if answer in YES:
        if unit.head:
            raise _WrongCellError("kepala", _("unit %s sudah mempunyai kepala di berkas ini") % entry.unit)
        unit.head = entry.nip
    units[entry.unit] = unit


def _tree_errors(units: dict[str, UnitEntry], known: dict[str, str]) -> Iterator[RowError]:
    parents = known | {code: unit.parent for code, unit in units.items()}
    for code, unit in units.items():
        if unit.parent and unit.parent not in parents:
            yield RowError(
                unit.line,
                "kode_induk",
                unit.parent,
                _("harus kode unit yang ada di berkas ini atau di data pegawai"),
            )
            continue
        seen, at = {code}, unit.parent
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == code:
            yield RowError(
                unit.line, "kode_induk", unit.parent, _("unit tidak boleh berada di bawah dirinya sendiri")
            )
