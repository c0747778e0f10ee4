"""`netral ask` and `netral law`: facts in and answers out, for people and for programs."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from netral.config.cli import main
from netral.lawbook.hashing import FOLDER

LIKE = {
    "conduct": "like_post",
    "act_date": "2024-10-10",
    "actor": {"status": "pns", "level": "administrator", "agency_kind": "kabupaten_kota"},
    "object": {"kind": "calon", "office": "bupati", "election": "pilkada-2024"},
}


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Exit code, what was printed, what was complained of."""

    def run(text: str, *flags: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main(["ask", "--facts", "-", *flags])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_people_get_a_few_lines(ask: Any) -> None:
    code, out, _ = ask(json.dumps(LIKE))
    assert code == 0
    assert out.startswith("DILARANG\nJalur: disiplin, tingkat: berat\n")
    assert "SKB 2/2022 Lampiran II huruf B angka 6 (verified)" in out


def test_programs_get_everything(ask: Any) -> None:
    code, out, _ = ask(json.dumps(LIKE), "--json")
    told = json.loads(out)
    assert code == 0
    assert {
        "verdict", "stage", "track", "level", "sanctions", "findings", "criminal", "basis", "authorities", "clocks",
        "conditions", "missing", "disputes", "flags", "trace", "corpus",
    } <= set(told)  # fmt: skip
    assert "trace" not in json.loads(ask(json.dumps(LIKE), "--json", "--no-trace")[1])


def test_a_wrong_field_is_named_with_what_is_allowed(ask: Any) -> None:
    code, _, err = ask(json.dumps(LIKE | {"actor": {"status": "raja"}}))
    assert code != 0
    assert "actor.status: 'raja'; yang boleh: pns, cpns, pppk" in err
    code, out, _ = ask(json.dumps(LIKE | {"conduct": "terbang"}), "--json")
    assert code == 1
    assert json.loads(out)["errors"][0]["field"] == "conduct"


def test_what_is_no_json_is_said_with_its_place(ask: Any) -> None:
    code, _, err = ask('{"conduct": like}')
    assert code != 0
    assert "kolom 13: bukan JSON" in err


def test_lines_are_answered_one_by_one_and_a_wrong_one_stops_nothing(ask: Any) -> None:
    lines = [
        json.dumps(LIKE),
        "{",
        json.dumps(LIKE | {"weather": 1}),
        "",
        json.dumps(LIKE | {"act_date": "2024-09-21"}),
    ]
    code, out, _ = ask("\n".join(lines), "--lines")
    told = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [one.get("level", "wrong") for one in told] == ["berat", "wrong", "wrong", "moral"]
    assert told[2]["errors"][0]["field"] == "weather"


def test_facts_come_from_a_file_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fakta.json").write_text(json.dumps(LIKE))
    assert main(["ask", "--facts", str(tmp_path / "fakta.json")]) == 0
    assert main(["ask", "--facts", str(tmp_path / "tiada.json")]) != 0
    assert "tiada.json" in capsys.readouterr().err


def test_the_law_that_comes_with_the_program_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check"]) == 0
    assert "tidak ada kesalahan" in capsys.readouterr().out


def test_every_mistake_of_a_lawyer_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRAL_CACHE", str(tmp_path / "cache"))
    book = tmp_path / "book"
    shutil.copytree(FOLDER, book, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    rules = book / "conduct/like_post.yaml"
    rules.write_text(rules.read_text().replace("skb-2-2022#B.6", "skb-2-2022#B.66", 1))
    assert main(["law", "check", "--folder", str(book)]) != 0
    err = capsys.readouterr().err
    assert "like_post.yaml:" in err
    assert "pasal 'skb-2-2022#B.66' tidak ada; pasal yang ada: A.1" in err


def test_an_act_is_shown_with_what_holds_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "like_post", "--on", "2024-10-10"]) == 0
    shown = capsys.readouterr().out
    assert "like_post.calon [sejak 2022-09-22]" in shown
    assert "PP 53/2010" not in shown
    assert main(["law", "show", "terbang"]) != 0
    assert "Perbuatan 'terbang' tidak ada; yang ada: " in capsys.readouterr().err
