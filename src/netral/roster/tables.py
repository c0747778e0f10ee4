"""A table out of a file someone uploaded: CSV in the usual spellings, XLSX, ODS. Trusts nothing about it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, ZipError

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_LINE = 20_000
MAX_ROWS = 200_000
DELIMITERS = ",;\t"
# Beyond this a spreadsheet's number has lost digits, so an 18-digit NIP kept as a number is no longer that
# NIP.
EXACT_NUMBER = 2**53

Row = tuple[int, list[str]]


class TableError(ValueError):
    """The file as a whole cannot be read; the message says in Indonesian why and what to do."""


def read_table(data: bytes) -> Iterator[Row]:
    """Rows that hold anything, as (line from 1, cells as stripped text). Raises TableError."""
    if len(data) > MAX_BYTES:
        raise TableError(
            _("Berkas %(size)s MB; paling besar %(most)s MB.")
            % {"size": len(data) // 1_000_000, "most": MAX_BYTES // 1_000_000}
        )
    rows = _sheet_rows(data) if data.startswith(b"PK\x03\x04") else _csv_rows(_decode(data))
    count = 0
    for line, cells in rows:
        if any(cells):
            count += 1
            if count > MAX_ROWS + 1:
                raise TableError(
                    _("Lebih dari %(most)s baris; bagi menjadi beberapa berkas.") % {"most": MAX_ROWS}
                )
            yield line, cells


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise TableError(_("Ini bukan berkas CSV, XLSX, atau ODS. Simpan tabel sebagai salah satunya."))
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(_("Pengodean huruf berkas tidak dikenali. Simpan ulang sebagai CSV UTF-8."))


def _csv_rows(text: str) -> Iterator[Row]:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise TableError(
                _("Baris %(line)s berisi %(length)s huruf; paling banyak %(most)s. Periksa tanda kutipnya.")
                % {"line": number, "length": len(line), "most": MAX_LINE}
            )
    start = 0
    if lines and lines[0].lower().startswith("sep="):  # Excel's own hint
        start = 1
    reader = csv.reader(lines[start:], delimiter=_delimiter(lines[start:]), strict=True)
    end = start
    try:
        for cells in reader:
            first, end = end + 1, start + reader.line_num
            yield first, [cell.strip() for cell in cells]
    except csv.Error as wrong:
        raise TableError(
            _("Baris %(line)s tidak terbaca sebagai CSV; periksa tanda kutip dan pemisah kolomnya.")
            % {"line": start + reader.line_num}
        ) from wrong


def _delimiter(lines: list[str]) -> str:
    header = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _sheet_rows(data: bytes) -> Iterator[Row]:
    _check_package(data)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ZipError, IndexError, ValueError) as wrong:
        raise TableError(
            _("Lembar kerja tidak terbaca. Simpan ulang sebagai XLSX, ODS, atau CSV.")
        ) from wrong
    for number, cells in enumerate(rows, 1):
        yield number, [_cell(value) for value in cells]


def _check_package(data: bytes) -> None:
    """Unpacks every part once, within a limit, before another reader does it without one."""
    room = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.infolist():
                with package.open(part) as stream:
                    before = b""
                    while chunk := stream.read(65536):
                        room -= len(chunk)
                        if room < 0:
                            raise TableError(
                                _("Isi lembar kerja terlalu besar setelah dibuka. Kirim sebagai CSV.")
                            )
                        if b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk:
                            raise TableError(_("Lembar kerja memuat definisi entitas yang tidak diterima."))
                        before = chunk[-16:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as wrong:
        raise TableError(
            _("Lembar kerja rusak atau terkunci. Simpan ulang sebagai XLSX, ODS, atau CSV.")
        ) from wrong


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "y" if value else "t"
        case int() | float() if abs(value) > EXACT_NUMBER:
            return f"{value:E}"
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value.isoformat()
        case _:
            return str(value).strip()
