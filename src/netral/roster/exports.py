"""Tables out: CSV that a spreadsheet opens as text, whatever an official is called."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from .models import Official, RosterUpload
from .rows import COLUMNS

# A cell that starts so is run as a formula by spreadsheets (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
TEMPLATE_ROWS: tuple[tuple[str, ...], ...] = (
    (
        "196810102005011001", "Drs. Contoh Pegawai, M.Si.", "PNS", "Kepala Dinas", "jpt_pratama",
        "06", "Dinas Contoh", "01", "y", "",
    ),
    (
        "198603042023212001", "Contoh Guru, S.Pd.", "PPPK", "Guru Ahli Pertama", "jf_ahli_pertama",
        "06.01", "SD Negeri 1 Contoh", "06", "t", "guru",
    ),
)  # fmt: skip


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table line by line, formulas escaped, with a byte order mark so that Excel reads UTF-8."""
    yield BOM + _line(heading)
    for row in rows:
        yield _line(row)


def roster_lines(officials: Iterable[Official]) -> Iterator[str]:
    """The roster in the columns of the import, so that an export can be edited and imported."""
    return csv_lines(tuple(COLUMNS), (_official(official) for official in officials))


def template_lines() -> Iterator[str]:
    return csv_lines(tuple(COLUMNS), TEMPLATE_ROWS)


def error_lines(upload: RosterUpload) -> Iterator[str]:
    heading = ("baris", "kolom", "isi", "seharusnya")
    return csv_lines(heading, ([str(cell) for cell in error] for error in upload.errors))


def escape_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([escape_formula(cell) for cell in cells])
    return out.getvalue()


def _official(official: Official) -> tuple[str, ...]:
    unit, position = official.unit, official.position
    return (
        official.nip,
        official.full_name,
        official.get_employment_display(),
        position.title if position else "",
        position.level if position else "",
        unit.code,
        unit.name,
        unit.parent.code if unit.parent else "",
        "y" if unit.head_id == official.pk else "t",
        " ".join(official.roles),
    )
