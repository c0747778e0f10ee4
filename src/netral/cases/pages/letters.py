"""Letters of a case, and which act may replace each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from netral.documents import selectors as letters
from netral.documents.kinds import Kind
from netral.documents.models import Letter

from ..lifecycle import REPLACES
from ..models import Case


def minutes_letter(case: Case) -> Letter | None:
    """The newest minutes, as they were printed."""
    return letters.letters_of(case.subject).filter(kind=Kind.MINUTES, replaced_by=None).last()


@dataclass(frozen=True)
class LetterRow:
    """A letter, and the address by which this officer may replace it; empty where he may not."""

    letter: Letter
    replace: str


def letters_of(case: Case, may: Sequence[str]) -> list[LetterRow]:
    """`may` are the acts open to the officer."""
    return [
        LetterRow(
            one, f"cases:{act}" if (act := REPLACES[one.kind]) in may and not one.replaced_by_id else ""
        )
        for one in letters.letters_of(case.subject)
    ]


# What a letter in place of another cannot change, and by which act it is changed.
OTHER_ACTS: Mapping[str, str | Promise] = {
    Kind.SUMMONS: gettext_lazy(
        "Hari pemeriksaan diubah lewat “Tunda”; pemeriksa lewat “Ganti” pada pemeriksaan."
    ),
    Kind.MINUTES: gettext_lazy(
        "Tanya jawab dan pernyataan sudah dibacakan dan ditandatangani; bila keliru, ulangi pemeriksaan."
    ),
    Kind.REPORT: gettext_lazy(
        "Temuan, kesimpulan, dan saran diubah dengan laporan yang dikembalikan lalu disusun lagi."
    ),
    Kind.TEAM: gettext_lazy("Susunan pemeriksa diubah lewat “Ganti” pada pemeriksaan."),
    **dict.fromkeys(
        (Kind.MORAL, Kind.DISCIPLINE, Kind.DISMISSAL),
        gettext_lazy(
            "Hasil dan sanksi tidak berubah lewat surat: keputusan hanya berubah oleh upaya administratif."
        ),
    ),
    Kind.CLOSING: gettext_lazy(
        "Hasil perkara tidak berubah lewat surat; perkara yang dihentikan dapat dibuka kembali."
    ),
    Kind.REFERRAL: gettext_lazy("Lembaga tujuan tidak berubah lewat surat; buat penerusan baru."),
    Kind.DECISION_SUMMONS: gettext_lazy("Hari dan pejabat yang dihadapi diubah dengan panggilan baru."),
}
