"""`netral cite`: a text or a PDF in, its legal citations out, with what is wrong about each."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdfium2
import pytest
import typst

from netral.config.cli import main

LETTER = "Melanggar Pasal 5 huruf n angka 5 PP 94/2020\n#pagebreak()\nsebagaimana UU Nomor 5 Tahun 2014."


def test_each_citation_has_its_place_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "surat.txt").write_text("Surat.\nMenurut PP 94/2020 dan\nUU 5/2014 dan UU 20/2023.")
    assert main(["cite", str(tmp_path / "surat.txt"), "--on", "2024-10-10"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "✗ hal. 1, baris 2: PP 94/2020",
        "    Nomor atau tahunnya tidak dikenal; mungkin yang dimaksud PP 94/2021.",
        "✗ hal. 1, baris 3: UU 5/2014",
        "    UU 5/2014 tidak berlaku lagi sesudah 2023-10-30; gantinya UU 20/2023.",
        "✓ hal. 1, baris 3: UU 20/2023",
        "    UU 20/2023 berlaku pada tanggal itu.",
        "3 rujukan, 2 perlu diperbaiki (diperiksa untuk 2024-10-10).",
    ]


def test_a_pdf_is_read_page_by_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "surat.pdf").write_bytes(typst.compile(LETTER.encode()))
    assert main(["cite", str(tmp_path / "surat.pdf"), "--on", "2024-10-10", "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["page"], first["line"], first["status"], first["means"]) == (1, 1, "mistaken", "pp-94-2021")
    assert first["articles"] == [
        {"text": "Pasal 5 huruf n angka 5", "ref": "pp-94-2021#5-n-5", "status": "in_force"}
    ]
    assert (second["page"], second["instrument"], second["means"]) == (2, "uu-5-2014", "uu-20-2023")


def test_a_text_from_standard_input_in_order_ends_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Pasal 999 PP 94/2021 \ufffd".encode())))
    assert main(["cite", "-"]) == 0
    told = capsys.readouterr().out
    assert "    Pasal 999: tidak ada dalam hukum yang dimuat\n" in told
    assert "1 rujukan, 0 perlu diperbaiki (tanpa tanggal; sebut --on" in told


def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7 tidak ada apa-apa")
    assert main(["cite", str(tmp_path / "rusak.pdf")]) == 1
    assert "PDF ini rusak atau terkunci" in capsys.readouterr().err
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(100, 100)
    blank.save(tmp_path / "gambar.pdf")
    assert main(["cite", str(tmp_path / "gambar.pdf")]) == 1
    assert "PDF ini tidak memuat teks" in capsys.readouterr().err
    assert main(["cite", str(tmp_path / "tiada.txt")]) == 1
    assert "tiada.txt" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["cite", "-", "--on", "besok"])
    assert "'besok' bukan tanggal; tulis tahun-bulan-hari" in capsys.readouterr().err
