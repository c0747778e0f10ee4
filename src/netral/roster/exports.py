"""The roster, its template and an upload's errors as CSV."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from netral.ui.csv_files import csv_file

from .models import Official, RosterUpload
from .rows import COLUMNS

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


def roster_file(officials: Iterable[Official]) -> StreamingHttpResponse:
    """The roster in the columns of the import, so that an export can be edited and imported."""
    return csv_file(tuple(COLUMNS), map(_official, officials), "data-pegawai.csv")


def template_file() -> StreamingHttpResponse:
    return csv_file(tuple(COLUMNS), TEMPLATE_ROWS, "contoh-data-pegawai.csv")


def error_file(upload: RosterUpload) -> StreamingHttpResponse:
    return csv_file(("baris", "kolom", "isi", "seharusnya"), upload.errors, "kesalahan-impor.csv")


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
