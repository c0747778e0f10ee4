"""The law's files: every mistake has its line, two rules that clash need an order, the cache is no second truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from netral.lawbook import LawbookError, load_corpus
from netral.lawbook.compile import compile_corpus
from netral.lawbook.hashing import corpus_hash

from .small_book import SMALL


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "book")
    return tmp_path / "book"


def spoil(book: Path, file: str, old: str, new: str) -> str:
    path = book / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(LawbookError) as caught:
        compile_corpus(book)
    return str(caught.value)


PRAISE, LAW = "conduct/praise.yaml", "instruments/uu-1-2020.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (PRAISE, "'uu-1-2020#1', ", "'uu-1-2020#9', ", "praise.yaml:15: pasal 'uu-1-2020#9' tidak ada; pasal"),
        (PRAISE, "'uu-1-2020#1', ", "'uu-9-2020#1', ", "peraturannya tidak ada dalam instruments/"),
        (PRAISE, "    over: [praise.calon, praise.bakal]\n", "", "praise.calon dan praise.cuti dapat"),
        (PRAISE, "over: [praise.calon,", "over: [praise.lain,", "aturan 'praise.lain' tidak ada"),
        (PRAISE, "level: berat", "level: parah", "praise.yaml:14: rules.0.level: 'parah'; yang boleh: 'moral'"),
        (PRAISE, "level: berat", "level: undetermined", "level undetermined memerlukan level_range"),
        (PRAISE, "    track: disiplin\n    level: berat\n", "    track: disiplin\n", "track dan level disebut bersama"),
        (PRAISE, "when: {is: calon}", "when: {is: calon, object.standing: bakal_calon}", "tidak pernah dapat"),
        (PRAISE, "when: {is: calon}", "when: {is: juara}", "istilah 'juara' tidak ada; yang ada: asn, calon"),
        (PRAISE, "from: 2030-01-01", "from: 2030-13-01", "praise.yaml:25: 2030-13-01 bukan tanggal"),
        (PRAISE, "from: 2030-01-01", "from: 2030-01-01\n    until: 2029-01-01", "terbalik"),
        (PRAISE, "from: 2030-01-01", "until: 2029-01-01", "tidak satu pun pasal pada norm berlaku"),
        ("conduct/listen.yaml", "disputes: [diam]", "disputes: [ramai]", "disputes: 'ramai' tidak ada"),
        ("conduct/listen.yaml", "[circumstances.impact]", "[stage]", "asks: fakta 'stage' tidak ada atau tidak dapat"),
        (LAW, "until: 2030-06-30", "until: 2030-07-31", "masa berlaku versinya bertumpang tindih"),
        (LAW, "calon, status: verified, source: [buku]", "calon, status: verified", "verified tanpa sumber"),
        (LAW, "says: dilarang memuji calon, status: verified, ", "says: x, ", "tulis says dan status, atau versions"),
        (LAW, "source: [buku]\n", "source: [koran]\n", "sumber 'koran' tidak ada dalam sources.yaml"),
        (LAW, "code: uu-1-2020", "code: uu-2-2020", "tidak sama dengan nama berkas"),
        ("sanctions/all.yaml", "code: tegur", "code: turun", "kode 'turun' sudah dipakai"),
        ("authorities/all.yaml", "kinds: [turun]", "kinds: [naik]", "jenis sanksi 'naik' tidak ada"),
        ("authorities/all.yaml", "target: [pelaksana]", "target: [raja]", "'raja' bukan nilai actor.level"),
        ("procedure/all.yaml", "default: paling_lambat", "default: lain", "bacaan 'lain' tidak ada"),
        ("procedure/all.yaml", "default: empat_belas", "default: sejak_diterima", "atau dimulai fakta lain"),
        ("procedure/all.yaml", "starts: dates.delivered", "starts: stage", "'stage' bukan fakta tanggal"),
        ("procedure/all.yaml", "starts: dates.decided", "starts: actor.level", "'actor.level' bukan fakta tanggal"),
        ("crimes/all.yaml", "camat: {id: ia camat, en: is camat}", "lurah: {id: x, en: x}", "unsur memerlukan sebutan"),
        ("calendars/pilkada-2031.yaml", "offices: [bupati]", "offices: [raja]", "'raja' bukan nilai object.office"),
        ("calendars/pilkada-2031.yaml", "until: 2031-08-01", "until: 2031-07-01", "pemungutan: dari 2031-08-01"),
        ("working_days/2030.yaml", "day: 2030-07-22", "day: 2031-07-22", "2031-07-22 bukan tahun 2030"),
        ("flags.yaml", "tracks: [disiplin]", "tracks: [disiplin], basis: ['uu-1-2020#9']", "pasal 'uu-1-2020#9'"),
        ("flags.yaml", "tracks: [disiplin]", "basis: ['uu-1-2020#1']", "basis hanya untuk tanda dengan tracks"),
        ("flags.yaml", "  kalender_berubah: {id: berubah, en: changed}\n", "", "'kalender_berubah' dipakai mesin"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(
    book: Path, file: str, old: str, new: str, complaint: str
) -> None:
    told = spoil(book, file, old, new)
    assert complaint in told
    assert told.startswith(f"{Path(file).name}:")


def test_all_mistakes_are_told_at_once(book: Path) -> None:
    law = book / LAW
    law.write_text(law.read_text().replace("source: [buku]\n", "source: [koran]\n", 1))
    told = spoil(book, "procedure/all.yaml", "default: paling_lambat", "default: lain")
    assert len(told.splitlines()) == 2


def test_order_may_come_through_a_third_rule(book: Path) -> None:
    path = book / PRAISE
    text = path.read_text().replace("over: [praise.calon, praise.bakal]", "over: [praise.bakal]")
    path.write_text(
        text.replace("    norm: ['uu-1-2020#2']", "    norm: ['uu-1-2020#2']\n    over: [praise.calon]")
    )
    assert compile_corpus(book)["hash"] == corpus_hash(book)


def test_an_order_that_runs_in_a_circle_is_refused(book: Path) -> None:
    told = spoil(
        book, PRAISE, "    norm: ['uu-1-2020#1', 'uu-1-2020#4']",
        "    norm: ['uu-1-2020#1', 'uu-1-2020#4']\n    over: [praise.cuti]",
    )  # fmt: skip
    assert "urutan over berputar" in told


def test_the_cache_gives_the_same_corpus_and_follows_every_change(book: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_corpus(book, cache)
    (kept,) = cache.iterdir()
    assert json.loads(kept.read_text())["hash"] == first.hash
    again = load_corpus(book, cache)
    assert again.conduct == first.conduct
    path = book / "conduct/wave.yaml"
    path.write_text(path.read_text().replace("Melambai", "Melambaikan tangan"))
    changed = load_corpus(book, cache)
    assert changed.hash != first.hash
    assert changed.conduct["wave"]["label"]["id"] == "Melambaikan tangan"


@pytest.mark.parametrize("spoiled", ["", "{", '{"hash": 1}'])
def test_a_spoiled_cache_is_made_anew(book: Path, tmp_path: Path, spoiled: str) -> None:
    cache = tmp_path / "cache"
    first = load_corpus(book, cache)
    (kept,) = cache.iterdir()
    kept.write_text(spoiled)
    assert load_corpus(book, cache).rules.keys() == first.rules.keys()
    assert json.loads(kept.read_text())["hash"] == first.hash


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(book: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert load_corpus(book, tmp_path / "cache").hash == corpus_hash(book)
