"""Every key of the officers' pages and what it does, as the list behind `?` shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Keys:
    names: tuple[str, ...]
    words: str | Promise


ALL_KEYS = (
    Keys(("J", "K"), _("baris berikutnya, sebelumnya")),
    Keys(("Enter",), _("buka")),
    Keys(("/",), _("cari")),
    Keys(("[", "]"), _("halaman sebelumnya, berikutnya")),
    Keys(("M",), _("tindakan berikutnya pada halaman ini; yang menulis ke register dijalankan dengan Enter")),
    Keys(("N",), _("catat laporan; tambah pengguna")),
    Keys(("P",), _("cetak laporan; panggil terlapor menerima keputusan")),
    Keys(("T",), _("cari terlapor dalam data pegawai; tunda pemeriksaan")),
    Keys(("G",), _("gabungkan laporan")),
    Keys(("C",), _("tutup laporan")),
    Keys(("A",), _("pegang perkara")),
    Keys(("F",), _("ubah fakta perkara")),
    Keys(("D",), _("nilai perkara berbeda dari jawaban hukum")),
    Keys(("B",), _("terlapor datang sesudah dicatat tidak hadir: catat pemeriksaan")),
    Keys(("H",), _("catat bahwa terlapor tidak hadir")),
    Keys(("S",), _("catat bahwa upaya administratif membatalkan sanksi moral")),
    Keys(("U",), _("catat upaya administratif")),
    Keys(("?",), _("daftar ini")),
)
