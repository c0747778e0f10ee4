"""`netral ask` and `netral law`: facts in and answers out, for people and for programs."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from netral.config import lines
from netral.config.cli import main
from netral.guidance import words as guidance_words
from tests.lawbook.small_book import SMALL

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
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
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


@pytest.mark.parametrize("text", ["[" * 100_000, '{"conduct": ' + "9" * 6_000 + "}"])
def test_json_made_to_break_its_reader_is_refused(ask: Any, text: str) -> None:
    code, _, err = ask(text)
    assert code != 0
    assert "terlalu dalam atau angka yang terlalu panjang" in err


@pytest.mark.parametrize("value", ["9" * 40, '"\\ud800"', "1e999", "NaN", "-0", "[[]]", '{"a": null}'])
def test_a_wrong_value_of_any_kind_is_repeated_in_the_complaint(ask: Any, value: str) -> None:
    code, out, _ = ask(f'{{"conduct": "like_post", "actor": {{"status": {value}}}}}', "--lines")
    (error,) = json.loads(out)["errors"]
    assert (code, error["field"]) == (1, "actor.status")
    assert error["allowed"][:2] == ["pns", "cpns"]


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


def many(count: int) -> str:
    """Distinct facts as JSON lines, every tenth one wrong."""
    days = [(dt.date(2024, 1, 1) + dt.timedelta(days=at)).isoformat() for at in range(count)]
    acts = [LIKE | {"act_date": day if at % 10 else "kemarin"} for at, day in enumerate(days)]
    return "".join(f"{json.dumps(act)}\n" for act in acts)


def test_a_flood_of_lines_is_answered_by_several_processes_in_the_same_order(
    ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = many(300)
    alone = ask(text, "--lines", "--no-trace")
    monkeypatch.setattr(lines, "BATCH", 1_000)
    monkeypatch.setattr(lines, "READ", 500)
    monkeypatch.setattr(lines, "ALONE", 5_000)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 2})
    assert ask(text, "--lines", "--no-trace") == alone
    code, out, _ = alone
    told = [json.loads(line) for line in out.splitlines()]
    assert (code, len(told)) == (1, 300)
    assert [at for at, one in enumerate(told) if "errors" in one] == list(range(0, 300, 10))
    assert [one["acts"][0]["act_date"] for one in told[1:3]] == ["2024-01-02", "2024-01-03"]


def test_a_line_is_answered_before_the_next_one_is_sent() -> None:
    command = [sys.executable, "-m", "netral.config.cli", "ask", "--facts", "-", "--lines", "--no-trace"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for day, level in (("2024-10-10", "berat"), ("2024-09-21", "moral")):
            process.stdin.write(json.dumps(LIKE | {"act_date": day}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["level"] == level
        process.stdin.close()
        assert process.stdout.read() == b""


def test_a_line_without_end_is_refused_and_not_kept(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 2_000)
    monkeypatch.setattr(lines, "READ", 500)
    endless = json.dumps(LIKE | {"weather": "x" * 100_000})
    _, out, _ = ask(f"{endless}\n{json.dumps(LIKE)}\n{endless}", "--lines", "--no-trace")
    told = [json.loads(line) for line in out.splitlines()]
    assert [one.get("level", "wrong") for one in told] == ["wrong", "berat", "wrong"]
    assert "baris ini lebih panjang dari 2,000 bita" in told[0]["errors"][0]["message"]
    kept = [len(line) for batch in lines.batches(io.BytesIO(endless.encode())) for line in batch.lines]
    assert kept == [2_001]


def test_facts_come_from_a_file_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fakta.json").write_text(json.dumps(LIKE))
    assert main(["ask", "--facts", str(tmp_path / "fakta.json")]) == 0
    assert main(["ask", "--facts", str(tmp_path / "tiada.json")]) != 0
    assert "tiada.json" in capsys.readouterr().err
    (tmp_path / "latin.json").write_bytes(b'{"conduct": "\xff"}')
    assert main(["ask", "--facts", str(tmp_path / "latin.json")]) != 0
    assert "conduct" in capsys.readouterr().err


def test_the_law_that_comes_with_the_program_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check"]) == 0
    assert "tidak ada kesalahan" in capsys.readouterr().out


def test_an_act_is_shown_with_what_holds_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "show", "like_post", "--on", "2024-10-10"]) == 0
    shown = capsys.readouterr().out
    assert "like_post.calon [sejak 2022-09-22]" in shown
    assert "PP 53/2010" not in shown
    assert main(["law", "show", "terbang"]) != 0
    assert "Perbuatan 'terbang' tidak ada; yang ada: " in capsys.readouterr().err


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a small book of law that a test may change."""
    monkeypatch.setenv("NETRAL_CACHE", str(tmp_path / "cache"))
    shutil.copytree(SMALL, tmp_path / "book")
    return tmp_path / "book"


def test_every_mistake_of_a_lawyer_is_named_with_its_line(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = book / "conduct/praise.yaml"
    rules.write_text(rules.read_text().replace("uu-1-2020#1", "uu-1-2020#11", 1))
    assert main(["law", "check", "--folder", str(book)]) != 0
    told = "conduct/praise.yaml:15: pasal 'uu-1-2020#11' tidak ada; pasal yang ada: 1, 2"
    assert told in capsys.readouterr().err


def test_an_act_is_shown_from_the_folder_in_which_it_is_written(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "show", "praise", "--folder", str(book)]) == 0
    assert "praise.cuti [sejak 2030-01-01]" in capsys.readouterr().out


def test_an_act_nobody_can_ask_about_is_no_finished_act(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = dict(guidance_words.acts())
    del words["like_post"]
    monkeypatch.setattr(guidance_words, "acts", lambda: words)
    assert main(["law", "check"]) != 0
    assert "guidance/acts.yaml: perbuatan 'like_post' belum ada; tulis words" in capsys.readouterr().err


def test_two_states_of_the_law_are_compared_by_their_answers(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "diff", str(book), str(SMALL)]) == 0
    assert capsys.readouterr().out == "0 dari 2 situasi berubah jawabannya.\n"
    rules = book / "conduct/praise.yaml"
    rules.write_text(rules.read_text().replace("level: berat", "level: ringan"))
    assert main(["law", "diff", str(SMALL), str(book)]) == 1
    told = capsys.readouterr().out
    assert told.startswith(
        "memuji calon sesudah penetapan\n  level: berat → ringan\n  sanctions: turun, pecat → tegur\n"
    )
    assert told.endswith("1 dari 2 situasi berubah jawabannya.\n")


def test_what_is_cited_by_nothing_and_tried_by_nothing_is_listed(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "coverage", "--folder", str(book)]) == 0
    told = capsys.readouterr().out
    assert "kalender mana pun: 0\n" in told
    assert "peraturannya dirujuk: 0\n" in told
    assert "  praise.cuti\n" in told
    assert "  praise.calon\n" not in told
    assert told.endswith("Perbuatan tanpa aturan: 1\n  wave\n")


def test_an_article_that_nothing_rests_on_is_listed_with_why(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = (book / "instruments/uu-1-2020.yaml").read_text()
    (book / "instruments/uu-1-2019.yaml").write_text(law.replace("uu-1-2020", "uu-1-2019"))
    more = "\n  '8': {cite: Pasal 8, says: lain, status: verified, source: [buku]}\n"
    more += "  '9': {cite: Pasal 9, says: lain, status: unverified}\n"
    (book / "instruments/uu-1-2020.yaml").write_text(law.rstrip() + more)
    assert main(["law", "coverage", "--folder", str(book)]) == 0
    told = capsys.readouterr().out
    assert "peraturannya dirujuk: 5\n  uu-1-2019#1\n" in told
    assert "belum terverifikasi: 1\n  uu-1-2020#9\n" in told
    assert "kalender mana pun: 1\n  uu-1-2020#8\n" in told


def test_a_wrong_situation_is_named(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "situations/praise.yaml").write_text("situations: []\n")
    assert main(["law", "check", "--folder", str(book)]) != 0
    assert "praise.yaml:1: situations: harus daftar yang tidak kosong" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("level: berat", "level: ringan", "memuji calon sesudah penetapan: level: diharapkan ringan, jawabannya berat"),
        ("conduct: praise", "conduct: prais", "conduct: 'prais'; yang boleh: boast"),
        ("verdict: forbidden", "putusan: forbidden", "putusan: harapan ini tidak dikenal; yang ada: verdict, track"),
        ("verdict: forbidden", "flags_lacks: [hari_penetapn]", "flags_lacks: hari_penetapn tidak ada dalam korpus"),
        ("act_date: 2030-07-20", "act_date: kemarin", "act_date: 'kemarin' bukan tanggal"),
    ],
)  # fmt: skip
def test_a_situation_that_is_answered_otherwise_is_named_with_its_line(
    book: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, complaint: str
) -> None:
    path = book / "situations/praise.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert main(["law", "check", "--folder", str(book)]) != 0
    told = capsys.readouterr().err
    assert complaint in told
    assert re.search(r"^situations/praise\.yaml:\d+: memuji", told, re.M)


def test_a_small_book_is_checked_whole(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "check", "--folder", str(book)]) == 0
    assert "2 situasi: tidak ada kesalahan" in capsys.readouterr().out
