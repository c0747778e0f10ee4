"""Structure of the 18 digits that number an official (Perka BKN 22/2007 and 43/2007).

| digits | PNS | PPPK |
|---|---|---|
| 1–8 | birth date, YYYYMMDD | the same |
| 9–12 | year of appointment | year of the first contract |
| 13–14 | month of appointment, 01–12 | number of the contract, from 21 |
| 15 | sex, 1 or 2 | the same |
| 16–18 | serial, from 001 | the same |

That the contracts of a PPPK start at 21 is common knowledge, not seen in a regulation; but no month
reaches 13, so the two kinds stay apart whatever the number. A well-formed NIP is not a proof that it was
ever issued.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AGE_AT_APPOINTMENT = range(15, 71)
FIRST_CONTRACT = 21
_ROUNDED = re.compile(r"^\d([.,]\d+)?[eE]\+?\d+$")


class NipKind(StrEnum):
    PNS = "pns"
    PPPK = "pppk"


class Sex(StrEnum):
    MALE = "1"
    FEMALE = "2"


class NipError(ValueError):
    """Cannot be a NIP; the message says in Indonesian which digits are at fault and what is allowed."""


@dataclass(frozen=True)
class Nip:
    """A number of sound structure. `appointed_month` is None for a PPPK, whose number holds only the year."""

    digits: str
    kind: NipKind
    born: date
    appointed_year: int
    appointed_month: int | None
    sex: Sex
    serial: int

    def __str__(self) -> str:
        d = self.digits
        return f"{d[:8]} {d[8:14]} {d[14]} {d[15:]}"


def parse_nip(text: str, *, latest_year: int = 2100) -> Nip:
    """Reads a NIP; spaces, dots and dashes between digits are ignored. Raises NipError.

    `latest_year` is the last year an appointment may carry; the library reads no clock of its own.
    """
    digits = _eighteen_digits(text)
    born = _birth_date(digits)
    year = int(digits[8:12])
    kind, month = _kind(digits)
    _check_appointment(born, year, month, latest_year)
    if digits[14] not in ("1", "2"):
        raise NipError(f"angka ke-15 (jenis kelamin) adalah {digits[14]}; harus 1 (pria) atau 2 (wanita)")
    if digits[15:] == "000":
        raise NipError("angka ke-16 sampai 18 (nomor urut) adalah 000; nomor urut dimulai dari 001")
    return Nip(digits, kind, born, year, month, Sex(digits[14]), int(digits[15:]))


def make_nip(*, born: date, appointed_year: int, month_or_contract: int, sex: Sex, serial: int) -> str:
    """The 18 digits of these parts; what `parse_nip` undoes."""
    return f"{born:%Y%m%d}{appointed_year:04}{month_or_contract:02}{sex}{serial:03}"


def _eighteen_digits(text: str) -> str:
    stripped = text.strip()
    if _ROUNDED.match(stripped):
        raise NipError(
            "angkanya dibulatkan oleh lembar kerja; ubah kolom NIP menjadi teks, lalu isi ulang 18 angka"
        )
    digits = re.sub(r"[\s.\-'’]", "", stripped)
    if re.search(r"[^0-9]", digits):
        raise NipError("berisi huruf atau tanda lain; NIP hanya terdiri atas 18 angka")
    if len(digits) != 18:
        raise NipError(f"terdiri atas {len(digits)} angka; harus 18 angka")
    return digits


def _birth_date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise NipError(
            f"angka ke-1 sampai 8 ({digits[:8]}) bukan tanggal lahir; harus tahun, bulan, tanggal (TTTTBBHH)"
        ) from None


def _kind(digits: str) -> tuple[NipKind, int | None]:
    part = int(digits[12:14])
    if 1 <= part <= 12:
        return NipKind.PNS, part
    if part >= FIRST_CONTRACT:
        return NipKind.PPPK, None
    raise NipError(
        f"angka ke-13 dan 14 adalah {digits[12:14]}; harus bulan pengangkatan 01–12 (PNS) "
        f"atau nomor perjanjian kerja mulai {FIRST_CONTRACT} (PPPK)"
    )


def _check_appointment(born: date, year: int, month: int | None, latest_year: int) -> None:
    if year > latest_year:
        raise NipError(f"angka ke-9 sampai 12 (tahun pengangkatan) adalah {year}; paling akhir {latest_year}")
    not_yet = month is not None and (month, 1) < (born.month, born.day)
    age = year - born.year - not_yet
    if age not in AGE_AT_APPOINTMENT:
        low, high = AGE_AT_APPOINTMENT[0], AGE_AT_APPOINTMENT[-1]
        raise NipError(
            f"angka ke-1 sampai 14 tidak wajar: lahir {born:%d-%m-%Y}, diangkat tahun {year}, "
            f"jadi berumur {age} tahun; harus {low} sampai {high} tahun"
        )
