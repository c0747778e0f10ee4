"""Files as personnel offices send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

HEADING = "nip,nama,status,jabatan,tingkat,kode_unit,unit,kode_induk,kepala,peran"
ROWS = (
    '196810102005011001,"Drs. H. Raden Contoh, M.Si.",PNS,Sekretaris Daerah,jpt_pratama,01,Sekretariat Daerah,,y,sekda',
    '197203152000032001,"Hj. Sulastri Uji, S.E.",PNS,Kepala Dinas,jpt_pratama,06,Dinas Pendidikan,01,y,',
    "197805052006041001,Achmad Djunaedi Uji,PNS,Kepala Sekolah,jf_ahli_madya,36,SMP Negeri 1 Uji,06,y,kepala_sekolah",
    '199001012022212001,"Ni Wayan Uji, S.Pd.",PPPK,Guru Ahli Pertama,jf_ahli_pertama,36,SMP Negeri 1 Uji,06,t,guru',
    "200002022024041001,Sumardi,CPNS,Pengadministrasi,pelaksana,06,Dinas Pendidikan,01,t,",
    "THL007,Paijo Uji,Non-ASN,Penjaga Sekolah,,36,SMP Negeri 1 Uji,06,t,",
)


def table(*rows: str, heading: str = HEADING) -> bytes:
    return "\n".join([heading, *rows]).encode()


@pytest.fixture
def administrator(officer: Callable[..., Any]) -> Any:
    return officer("administrator")


@pytest.fixture
def load(administrator: Any) -> Callable[..., Any]:
    """Imports rows to the end: `load()` the usual six, `load(rows, retire_missing=True)`."""
    from netral.roster.services import import_roster

    def run(rows: Iterable[str] = ROWS, *, user: Any = administrator, **options: Any) -> Any:
        return import_roster(user=user, data=table(*rows), file_name="pegawai.csv", **options)

    return run


@pytest.fixture
def person() -> Callable[[str], Any]:
    from netral.roster.models import Official

    return lambda name: Official.objects.get(name__contains=name)
