"""What a letter needs, and what it says where something is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from netral.documents.kinds import FIELDS, LABELS, Kind, Part, read_fields

from .samples import CAMAT, SAMPLES


def problems(kind: str, **fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        read_fields(kind, SAMPLES[kind] | fields)
    return raised.value.message_dict


@pytest.mark.parametrize(
    ("kind", "fields", "where", "sentence"),
    [
        ("panggilan", {"place": " \n "}, "place", "Tempat: belum diisi."),
        ("panggilan", {"place": 7}, "place", "Tempat: “7” harus berupa teks."),
        ("panggilan", {"hour": "9" * 401}, "hour", "Jam: paling banyak 400 karakter."),
        ("panggilan", {"ordinal": 3}, "ordinal", "Panggilan ke-: pilih 1 atau 2."),
        (
            "panggilan",
            {"purpose": "ditegur"},
            "purpose",
            "Keperluan: pilih 'diperiksa' atau 'dimintai keterangan'.",
        ),
        (
            "panggilan",
            {"hearing_day": "31 Oktober"},
            "hearing_day",
            "Hari menghadap: “31 Oktober” harus berupa tanggal, misalnya 2024-10-24.",
        ),
        ("panggilan", {"warna": "biru"}, "warna", "“warna”: tidak ada dalam surat jenis ini."),
        ("panggilan", {"before": []}, "before", "Menghadap kepada: paling sedikit 1 isian."),
        ("panggilan", {"before": [CAMAT] * 10}, "before", "Menghadap kepada: paling banyak 9 isian."),
        (
            "panggilan",
            {"before": [CAMAT, {"name": "A"}]},
            "before.1.position",
            "Menghadap kepada 2, jabatan: belum diisi.",
        ),
        ("panggilan", {"summoned": "Raden"}, "summoned", "Yang dipanggil: “Raden” bentuknya tidak dikenal."),
        (
            "bap",
            {"exchanges": [{"question": "Apa?", "answer": "\u200b"}]},
            "exchanges.0.answer",
            "Tanya jawab 1, jawaban: belum diisi.",
        ),
        ("penerusan", {"crime": "entah"}, "crime", "Dugaan pidana: “entah” harus ya atau tidak."),
        (
            "lhp",
            {"absence": "Terlapor tidak hadir."},
            "__all__",
            "Isi hari dan berita acara pemeriksaan, atau ketidakhadiran, salah satu.",
        ),
    ],
)
def test_a_mistake_is_named(kind: str, fields: dict[str, Any], where: str, sentence: str) -> None:
    assert problems(kind, **fields) == {where: [sentence]}


def test_an_unknown_kind_is_named_with_those_there_are() -> None:
    with pytest.raises(ValidationError, match=r"“undangan” tidak dikenal\. Yang ada: panggilan, bap, "):
        read_fields("undangan", {})


@pytest.mark.parametrize("kind", Kind.values)
def test_all_that_is_missing_is_told_at_once(kind: str) -> None:
    with pytest.raises(ValidationError) as raised:
        read_fields(kind, {})
    required = {name for name, field in FIELDS[kind].model_fields.items() if field.is_required()}
    assert set(raised.value.message_dict) == required


def test_every_field_has_its_label() -> None:
    parts, models = [Part], set[type[Part]]()
    while parts:
        part = parts.pop()
        models.add(part)
        parts += part.__subclasses__()
    assert {name for model in models for name in model.model_fields} == set(LABELS)


def test_empty_lines_go_and_paragraphs_stay() -> None:
    fields: Any = read_fields("penutupan", SAMPLES["penutupan"] | {"reason": "\n satu  kata \n\n\t dua \r\n"})
    assert fields.reason == "satu kata\ndua"


def test_marks_with_nothing_to_stand_on_go() -> None:
    fields: Any = read_fields("penutupan", SAMPLES["penutupan"] | {"reason": "\u0301 ke\u0301rja \u0301baik"})
    assert fields.reason == "ke\u0301rja baik"
