"""What the demonstration is called and what it says at its start. Light: the supervisor reads it too."""

from __future__ import annotations

import sys
from pathlib import Path

DEMO_DATE = "2024-10-20"
# Of invented people, on loopback; accounts that have it stop any other register from serving.
PASSWORD = "peragaan di way tirta"  # noqa: S105
VAULT_PASSPHRASES = ("brankas peragaan satu", "brankas peragaan dua")
# Of a report whose reporter was asked something and has not answered yet.
RECEIPT_CODE = "WAY00-T1RTA-00000-PERAG-AAN006"
# Account, its role as `accounts.rights` names it, and what to see with it.
ACCOUNTS: tuple[tuple[str, str, str], ...] = (
    ("demo-admin", "administrator", "pengguna dan instansi; tidak membaca laporan"),
    ("demo-petugas", "petugas", "menerima dan mencatat laporan"),
    ("demo-pemeriksa", "pemeriksa", "kajian awal; tidak melihat laporan tentang atasannya"),
    ("demo-koordinator", "koordinator", "menugaskan, menggabung, menutup, membuka perkara"),
    ("demo-pimpinan", "pimpinan", "memutus perkara sebagai PPK"),
    ("demo-pengawas", "pengawas", "memeriksa register dan statistik"),
)


def welcome(public: str, staff: str, home: Path) -> str:
    accounts = "\n".join(f"    {name:<17} {what}" for name, _, what in ACCOUNTS)
    return f"""
Netral berjalan: Kabupaten Way Tirta (rekaan), hari Minggu, 20 Oktober 2024.

  Situs publik   {public}
  Situs petugas  {staff}

  Akun peragaan, kata sandi semuanya: {PASSWORD}
{accounts}
  Kode masuk enam angka: {sys.argv[0]} --home {home} code demo-petugas

  Coba dahulu:
    1. {public}/lapor/  kirim laporan dengan foto, simpan tanda terimanya
    2. {staff}  masuk sebagai demo-petugas, buka laporan itu dari meja kerja
    3. {public}/cek/  lihat keadaannya dan balas pertanyaan petugas;
       laporan yang sedang ditanya: {RECEIPT_CODE}
    4. {staff}/perkara/  masuk sebagai demo-koordinator, ikuti perkara sampai menunggu keputusan;
       lalu sebagai demo-pimpinan, putuskan

Hentikan dengan Ctrl-C; data tetap tersimpan di {home}."""
