"""What comes as a file: many spellings are read, bad ones are refused in a sentence that helps."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from netral.roster import exports
from netral.roster.rows import RowError, Sheet, read_sheet
from netral.roster.tables import MAX_BYTES, TableError, read_table

from .conftest import HEADING, ROWS, table

ON = date(2024, 10, 20)


def sheet(data: bytes, **known_units: str) -> Sheet:
    return read_sheet(read_table(data), known_units=known_units, on=ON)


def one_error(*rows: str, heading: str = HEADING, **known_units: str) -> RowError:
    errors = sheet(table(*rows, heading=heading), **known_units).errors
    assert len(errors) == 1, errors
    return errors[0]


def workbook(cells: list[list[str]], *, extra: dict[str, bytes] | None = None) -> bytes:
    """A minimal XLSX; a cell that starts with # is written as a number."""

    def cell(text: str) -> str:
        if text.startswith("#"):
            return f"<c><v>{text[1:]}</v></c>"
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    rows = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in cells)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="b" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, text in parts.items():
            package_file.writestr(name, text)
        for name, content in (extra or {}).items():
            package_file.writestr(name, content)
    return out.getvalue()


CELLS = [
    HEADING.split(","),
    ["196810102005011001", "Uji Coba", "PNS", "Kepala", "administrator", "1", "Unit", "", "y", "camat"],
]


@pytest.mark.parametrize(
    "data",
    [
        table(*ROWS),
        b"\xef\xbb\xbf" + table(*ROWS),
        table(*ROWS).replace(b"\n", b"\r\n"),
        b"\n\n" + table(*ROWS) + b"\n\n",
        table(*ROWS).decode().encode("utf-16"),
        table(*ROWS, heading=HEADING.replace("nip", "NIP Baru").replace("nama", "Nama Lengkap")),
        table(*ROWS, heading=HEADING.replace("kode_unit", "Kode Unit Kerja").replace(",unit,", ",SKPD,")),
    ],
    ids=["plain", "bom", "crlf", "blank lines", "utf-16", "aliases", "more aliases"],
)
def test_the_usual_spellings_of_a_csv_are_read(data: bytes) -> None:
    found = sheet(data)
    assert found.errors == []
    assert [entry.nip for entry in found.entries.values()][:2] == ["196810102005011001", "197203152000032001"]
    assert len(found.entries) == 6


@pytest.mark.parametrize(("delimiter", "hint"), [(";", ""), ("\t", ""), (";", "sep=;\n")])
def test_other_delimiters_are_seen(delimiter: str, hint: str) -> None:
    lines = [line.split(",") for line in (HEADING, ROWS[2])]
    data = hint + "\n".join(delimiter.join(cells) for cells in lines)
    assert [entry.title for entry in sheet(data.encode(), **{"06": ""}).entries.values()] == [
        "Kepala Sekolah"
    ]


def test_a_file_in_the_windows_code_page_is_read() -> None:
    data = table(ROWS[4].replace("Sumardi", "René Uji")).decode().encode("cp1252")
    assert next(iter(sheet(data, **{"01": ""}).entries.values())).name == "René Uji"


def test_degrees_stand_apart_and_roles_are_read() -> None:
    head = next(iter(sheet(table(ROWS[0])).entries.values()))
    assert (head.titles_front, head.name, head.titles_back) == ("Drs. H.", "Raden Contoh", "M.Si.")
    assert head.roles == ["sekda"]


def test_a_workbook_is_read() -> None:
    found = sheet(workbook(CELLS))
    assert found.errors == []
    assert found.units["1"].head == "196810102005011001"


def test_a_nip_kept_as_a_number_is_refused_because_it_lost_digits() -> None:
    cells = [CELLS[0], ["#196810102005011001", *CELLS[1][1:]]]
    errors = sheet(workbook(cells)).errors
    assert [(e.line, e.column) for e in errors] == [(2, "nip")]
    assert "dibulatkan oleh lembar kerja" in errors[0].allowed


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Baris judul tidak memuat kolom nip, nama"),
        (b"\n\n", "Baris judul tidak memuat"),
        (b"a,b\n1,2\n", "Yang terbaca: a, b"),
        (HEADING.encode(), "hanya berisi judul kolom"),
        (b"\x89PNG\r\n\x00\x00", "bukan berkas CSV, XLSX, atau ODS"),
        (b"\xff\xfe\x00", "Pengodean huruf"),
        (table() + b"\n\x81\x8d", "Pengodean huruf"),
        (table("x" * 1_000_000), "Baris 2 berisi 1000000 huruf"),
        (table('"196810102005011001,tidak ditutup'), "tidak terbaca sebagai CSV"),
        (b"x" * (MAX_BYTES + 1), "paling besar 20 MB"),
        (b"PK\x03\x04" + b"\0" * 100, "rusak atau terkunci"),
        (workbook(CELLS)[:-200], "rusak atau terkunci"),
        (workbook(CELLS, extra={"xl/sharedStrings.xml": LAUGHS}), "definisi entitas"),
        (workbook(CELLS, extra={"xl/sharedStrings.xml": b" " * 65530 + LAUGHS}), "definisi entitas"),
        (workbook([]), "Baris judul"),
    ],
    ids=[
        "empty", "blank", "other table", "heading only", "png", "half utf-16", "no encoding", "1 MB line",
        "open quote", "too large", "no zip", "cut zip", "billion laughs", "laughs across chunks", "no rows",
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(TableError) as caught:
        sheet(data)
    assert words in str(caught.value)


def test_a_zip_bomb_is_refused_with_a_reason() -> None:
    bomb = workbook(CELLS, extra={"xl/bomb.bin": b"\0" * 210_000_000})
    with pytest.raises(TableError, match="terlalu besar setelah dibuka"):
        sheet(bomb)


@pytest.mark.parametrize("missing", ["nip", "nama", "status", "kode_unit", "unit"])
def test_a_missing_column_is_named(missing: str) -> None:
    heading = ",".join("lain" if name == missing else name for name in HEADING.split(","))
    with pytest.raises(TableError, match=f"tidak memuat kolom {missing}"):
        sheet(table(*ROWS, heading=heading))


@pytest.mark.parametrize(
    ("row", "column", "allowed"),
    [
        (",Uji,PNS,,,01,Unit,,,", "nip", "harus diisi"),
        ("196810102005011001,,PNS,,,01,Unit,,,", "nama", "harus diisi"),
        ("196810102005011001,Uji,Pensiun,,,01,Unit,,,", "status", "PNS, CPNS, PPPK, non-ASN"),
        ("196810102005011001,Uji,PNS,,eselon,01,Unit,,,", "tingkat", "jpt_utama, jpt_madya"),
        ("196810102005011001,Uji,PNS,,,01,Unit,,mungkin,", "kepala", "y atau t"),
        ("196810102005011001,Uji,PNS,,,01,Unit,,,raja", "peran", "camat, lurah"),
        ("196810102005011001,Uji,PPPK,,,01,Unit,,,", "nip", "angka ke-13 dan 14 adalah 01, bentuk nomor PNS"),
        ("199001012022212001,Uji,PNS,,,01,Unit,,,", "nip", "angka ke-13 dan 14 adalah 21, bentuk nomor PPPK"),
        ("196810102026011001,Uji,PNS,,,01,Unit,,,", "nip", "paling akhir 2025"),
        ("1,Uji,Non-ASN,,,01,Unit,,,", "nip", "3 sampai 18 huruf atau angka"),
        ("196810102005011001,Uji,PNS,,,01,Unit,99,,", "kode_induk", "kode unit yang ada"),
        ("196810102005011001,Uji,PNS,,,01,Unit,01,,", "kode_induk", "di bawah dirinya sendiri"),
        ("196810102005011001,Uji \u202ePalsu,PNS,,,01,Unit,,,", "nama", "tidak terlihat"),
        (f"196810102005011001,{'x' * 121},PNS,,,01,Unit,,,", "nama", "paling banyak 120 huruf"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_column_and_what_is_allowed(row: str, column: str, allowed: str) -> None:
    error = one_error(row)
    assert (error.line, error.column) == (2, column)
    assert allowed in error.allowed
    assert error.value == dict(zip(HEADING.split(","), row.split(","), strict=True))[column][:80]


def test_a_nip_twice_in_a_file_names_the_first_row() -> None:
    error = one_error(ROWS[0], ROWS[0].replace(",y,", ",t,"))
    assert (error.line, error.column) == (3, "nip")
    assert "baris 2" in error.allowed


@pytest.mark.parametrize(
    ("second", "column"),
    [
        ("197203152000032001,B,PNS,,,01,Lain,,,", "unit"),
        ("197203152000032001,B,PNS,,,01,Sekretariat Daerah,06,,", "kode_induk"),
        ("197203152000032001,B,PNS,,,01,Sekretariat Daerah,,y,", "kepala"),
    ],
)
def test_rows_that_contradict_each_other_about_a_unit_are_refused(second: str, column: str) -> None:
    error = one_error(ROWS[0], second)
    assert (error.line, error.column) == (3, column)


def test_a_circle_of_units_is_refused_even_where_half_of_it_is_known() -> None:
    error = one_error("196810102005011001,A,PNS,,,01,Satu,02,,", **{"02": "01"})
    assert "di bawah dirinya sendiri" in error.allowed


def test_a_line_number_counts_lines_inside_quotes() -> None:
    rows = ('196810102005011001,"Uji\nDua",PNS,,,01,Unit,,,', "x,Uji,PNS,,,01,Unit,,,")
    errors = sheet(table(*rows)).errors
    assert [error.line for error in errors] == [2, 4]


def test_the_template_can_be_imported() -> None:
    found: Any = sheet(exports.template_file().getvalue(), **{"01": ""})
    assert found.errors == []
    assert len(found.entries) == 2
