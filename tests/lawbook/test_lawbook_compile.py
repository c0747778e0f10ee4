"""The law's files: every mistake has its line, two rules that clash need an order, the cache is no second truth."""

from __future__ import annotations

import json
import re
import shutil
import sys
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


PRAISE, LAW, CLOCKS = "conduct/praise.yaml", "instruments/uu-1-2020.yaml", "procedure/all.yaml"
WHO, THEN, NEXT = "authorities/all.yaml", "calendars/pilkada-2030.yaml", "calendars/pilkada-2031.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (PRAISE, "'uu-1-2020#1', ", "'uu-1-2020#9', ", "praise.yaml:15: pasal 'uu-1-2020#9' tidak ada; pasal"),
        (PRAISE, "'uu-1-2020#1', ", "'uu-9-2020#1', ", "peraturannya tidak ada dalam instruments/"),
        (PRAISE, "    over: [praise.calon, praise.bakal]\n", "", "praise.calon dan praise.cuti dapat"),
        (PRAISE, "over: [praise.calon,", "over: [praise.lain,", "aturan 'praise.lain' tidak ada"),
        (PRAISE, "level: berat", "level: parah", "praise.yaml:14: rules.level: 'parah'; yang boleh: 'moral'"),
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
        ("calendars/pilkada-2031.yaml", "until: 2031-08-01", "until: 2031-07-01", "dari 2031-08-01 sampai 2031-07-01"),
        ("working_days/2030.yaml", "day: 2030-07-22", "day: 2031-07-22", "2031-07-22 bukan tahun 2030"),
        ("flags.yaml", "tracks: [disiplin]", "tracks: [disiplin], basis: ['uu-1-2020#9']", "pasal 'uu-1-2020#9'"),
        ("flags.yaml", "tracks: [disiplin]", "basis: ['uu-1-2020#1']", "basis hanya untuk tanda dengan tracks"),
        ("flags.yaml", "  kalender_berubah: {id: berubah, en: changed}\n", "", "'kalender_berubah' dipakai mesin"),
        # Conditions
        (PRAISE, "when: {is: calon}", "when: {object.standing: []}", "object.standing: daftar nilainya kosong"),
        (PRAISE, "when: {is: calon}", "when: {conduct: prais}", "'prais'; yang boleh: boast"),
        (PRAISE, "when: {is: calon}", "when: {object.region: '1871'}", "'1871' bukan kode daerah"),
        (PRAISE, "when: {is: calon}", "when: {object.region: 18.71}", "18.71 bukan kode daerah seperti '18.71'"),
        (PRAISE, "when: {is: calon}", "when: calon", "rules.when: harus berisi kunci"),
        ("flags.yaml", "when: {actor.status: pppk}", "when: {actor.status: honor}", "'honor'; yang boleh: pns"),
        (WHO, "purpose: punishes", "purpose: punishes\n    when: {actor.rank: x}", "fakta 'actor.rank' tidak ada"),
        ("crimes/all.yaml", "subject: {actor.level: administrator}", "subject: {actor.level: raja}",
         "'raja'; yang boleh"),
        ("crimes/all.yaml", "{actor.roles: camat}", "{actor.roles: dukun}", "all.yaml:7: actor.roles: 'dukun'"),
        # Terms, disputes, flags
        ("facts.yaml", "  asn: {actor.status: [pns, pppk]}", "  asn: {is: calon}",
         "istilah berputar: asn → calon → asn"),
        ("facts.yaml", "  asn: {actor", "  asn: {actr", "facts.yaml:59: fakta 'actr.status' tidak ada"),
        ("facts.yaml", "terms:", "terms:\n  guru: {actor.roles: guru}", "terms: 'guru' tidak dipakai di mana pun"),
        ("conduct/listen.yaml", "    disputes: [diam]\n", "",
         "disputes.yaml:2: disputes: 'diam' tidak dipakai di mana pun"),
        ("sanctions/all.yaml", ", flags: [peralihan]", "", "flags.yaml:18: flags: 'peralihan' tidak dipakai"),
        # Days and sources, wherever they stand
        (LAW, "from: 2020-01-01\n", "from: 2020-01-01\nuntil: 2019-01-01\n",
         "dari 2020-01-01 sampai 2019-01-01, terbalik"),
        (LAW, "from: 2030-01-01, says", "until: 2019-01-01, says", "di luar masa peraturannya"),
        (WHO, "from: 2030-08-25, until: 2030-09-03", "from: 2030-08-25, until: 2030-08-01",
         "sampai 2030-08-01, terbalik"),
        (WHO, "status: verified\n    source: [buku]\n", "status: verified\n", "status verified tanpa sumber"),
        (WHO, "source: [buku]", "source: [koran]", "sumber 'koran' tidak ada dalam sources.yaml"),
        (CLOCKS, "status: secondary, source: [buku]", "status: secondary", "status secondary tanpa sumber"),
        ("disputes.yaml", "source: [buku]", "source: [koran]", "disputes.yaml:5: sumber 'koran' tidak ada"),
        ("disputes.yaml", "from: 2029-01-01", "from: 2029-01-01, until: 2028-01-01", "sampai 2028-01-01, terbalik"),
        (LAW, "status: verified\n", "status: verified\nreplaces: [uu-0-1999]\n", "replaces: peraturan 'uu-0-1999'"),
        (LAW, "status: verified\n", "status: verified\nimplements: [uu-0-1999]\n",
         "uu-1-2020.yaml:6: implements: peraturan"),
        (LAW, "code: uu-1-2020", "code: perda-1-2020", "jenis peraturan ini belum ada dalam citing.yaml"),
        (PRAISE, "over: [praise.calon", "until: 2031-01-01\n    over: [praise.cuti", "menyebut dirinya sendiri"),
        # Consequences
        (PRAISE, "level: berat", "level: sedang",
         "jalur disiplin tidak memiliki sanksi tingkat sedang; yang ada: moral, ringan"),
        (PRAISE, "level: berat\n", "level: undetermined\n    level_range: [ringan, ptdh]\n", "sanksi tingkat ptdh"),
        (PRAISE, "verdict: permitted", "verdict: permitted\n    track: kode_etik\n    level: moral",
         "yang diperbolehkan tidak"),
        (PRAISE, "code: praise.bakal", "code: praise.calon", "kode aturan 'praise.calon' disebut dua kali"),
        (WHO, "code: badan, label: {id: badan, en: board}, purpose: receives_referral, from: 2030-09-04",
         "code: kosong, label: {id: badan, en: board}, purpose: receives_referral, from: 2030-09-03",
         "yang bertumpang tindih"),
        (WHO, "target: [pelaksana]", "target: []", "target: harus daftar yang tidak kosong"),
        ("sanctions/all.yaml", "code: turun", "code: naik",
         "authorities/all.yaml:14: kinds: jenis sanksi 'turun' tidak ada"),
        ("sanctions/all.yaml", "basis: ['uu-1-2020#2']", "basis: ['uu-1-2020#8']",
         "all.yaml:2: pasal 'uu-1-2020#8' tidak ada"),
        (CLOCKS, "length: 7", "length: 0", "length: 0 hari_kerja; paling sedikit 1"),
        (CLOCKS, "length: 7", "length: -7", "length: -7; paling sedikit 0"),
        (CLOCKS, "length: 7", "length: tujuh", "'tujuh' harus bilangan bulat"),
        (CLOCKS, "code: paling_cepat", "code: paling_lambat", "dua bacaan dengan kode yang sama"),
        (CLOCKS, "code: penyampaian", "code: panggilan", "kode 'panggilan' sudah dipakai"),
        ("crimes/all.yaml", "conducts: [praise]", "conducts: [prais]", "conducts: perbuatan 'prais' tidak ada"),
        ("crimes/all.yaml", "article: 'uu-1-2020#1'", "article: 'uu-1-2020#7'", "pasal 'uu-1-2020#7' tidak ada"),
        # Calendars and working days
        (NEXT, "election: pilkada-2031", "election: pilkada-2032", "tidak sama dengan nama berkas, atau sudah dipakai"),
        (NEXT, "regions: ['18.71'", "regions: ['Metro'", "regions: 'Metro' bukan kode"),
        (NEXT, "source: [buku]", "source: []", "status secondary tanpa sumber"),
        (THEN, "code: kedua", "code: pertama", "dua versi kalender dengan kode atau tanggal mulai yang sama"),
        (THEN, "from: 2030-04-01", "from: 2029-01-01", "dua versi kalender dengan kode atau tanggal mulai yang sama"),
        (THEN, "determined_on: 2030-07-20", "determined_on: 2030-07-30",
         "kampanye mulai 2030-07-25, padahal determined_on"),
        (THEN, "until: 2030-09-10", "until: 2030-09-14",
         "pemungutan mulai 2030-09-14, padahal kampanye sampai 2030-09-14"),
        (THEN, "          pemungutan: {from: 2030-09-14, until: 2030-09-14}\n", "",
         "kedua: tahap pemungutan belum ada"),
        (THEN, "          pemungutan:", "          pencoblosan:", "tahap 'pencoblosan'; yang boleh: sebelum_tahapan"),
        ("working_days/2030.yaml", "day: 2030-12-31", "day: 2030-07-22", "2030-07-22 disebut dua kali"),
        ("working_days/2030.yaml", "year: 2030", "year: 2031", "tahun 2031 tidak sama dengan nama berkas"),
        # The form, and words
        ("conduct_form.yaml", "first: [praise]", "first: [fly]", "first: 'fly' tidak ada"),
        (PRAISE, "group: ucapan", "group: tulisan", "group: 'tulisan'; yang boleh: ucapan"),
        (PRAISE, "id: [memuji]", "id: [memuji, menyanjung]", "2 contoh id, tetapi 1 contoh en"),
        (PRAISE, "code: praise\n", "code: hail\n", "praise.yaml:1: kode 'hail' tidak sama dengan nama berkas"),
        (PRAISE, "reportable: true", "reportable: kadang", "reportable: 'kadang'; yang boleh: true, false"),
        (PRAISE, "anchor: Pasal 1\n", "", "anchor: belum ada"),
        (PRAISE, "anchor:", "jangkar:", "kunci tidak dikenal 'jangkar'; yang ada: code, label"),
        (PRAISE, "says: {id: sedang cuti, en: on leave}", "says: {id: sedang cuti}", "rules.says.en: belum ada"),
        # What the engine itself needs
        ("facts.yaml", "  stage:", "  tahap:", "facts: 'stage' dipakai mesin dan belum ada"),
        ("facts.yaml", "  conduct: {", "  perbuatan: {", "facts: 'conduct' dipakai mesin dan belum ada"),
        ("facts.yaml", "      sesudah: {", "      setelah: {", "stage: nilai sesudah dipakai mesin dan belum ada"),
        ("facts.yaml", "    derived: true\n", "", "stage: ditentukan kalender; tulis derived: true"),
        ("facts.yaml", "    values: {unit: {id: unit, en: unit}, negara: {id: negara, en: state}}\n", "",
         "circumstances.impact: fakta berjenis code memerlukan values"),
        ("facts.yaml", "many: true, values", "type: date, values", "actor.roles: values hanya untuk jenis code"),
        ("citing.yaml", "  ayat: [Ayat]\n", "", "parts: 'ayat' belum ada sebutannya"),
        (LAW, "from: 2030-01-01, says", "from: 3020-01-01, says", "tahun 3020; yang boleh 1945 sampai 2050"),
        (THEN, "determined_on: 2030-07-20", "determined_on: 0203-07-20", "tahun 203; yang boleh 1945 sampai 2050"),
        (LAW, "      - {until: 2030-06-30, says: denda, status: verified, source: [buku]}\n", "", "hanya satu versi"),
        # What is no YAML
        (PRAISE, "group: ucapan", "group: ucapan\ngroup: ucapan", "praise.yaml:5: kunci ini ditulis dua kali"),
        (PRAISE, "group: ucapan", "\tgroup: ucapan", "lekukan memakai tab"),
        (PRAISE, "anchor: Pasal 1", "anchor: Pasal 1: huruf a", "titik dua di dalam teks"),
        (PRAISE, "everyday: {id: [memuji]", "everyday: {id: [memuji", "apit teks dengan tanda kutip"),
        (LAW, "says: dilarang memuji", "says: huruf a: dilarang memuji", "uu-1-2020.yaml:8: titik dua atau kurung"),
        (LAW, "says: dilarang memuji", "says: dilarang, memuji", "bila ini bagian dari teks yang memuat koma"),
        # Codes, by an example of each
        (LAW, "'2': {cite", "2(1): {cite", "yaml:9: articles.2(1): '2(1)' bukan kode yang sah; contoh: 5-n-5"),
        (LAW, "'2': {cite", "2: {cite", "yaml:9: articles: 2 harus teks; apit angka"),
        (PRAISE, "'uu-1-2020#1', ", "Pasal 1 UU 1/2020, ",
         "rules.norm: 'Pasal 1 UU 1/2020' bukan kode yang sah; contoh: pp-94-2021#5-n-5"),
        (PRAISE, "code: praise.bakal", "code: bakal", "rules.code: 'bakal' bukan kode yang sah; contoh: like_post."),
        (PRAISE, "level: berat", "level: parah", "'ptdh', 'undetermined' atau 'none'"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(
    book: Path, file: str, old: str, new: str, complaint: str
) -> None:
    lines = spoil(book, file, old, new).splitlines()
    place = "" if ".yaml:" in complaint else f"{file}:"  # else in the file that was spoiled
    assert any(line.startswith(place) and complaint in line for line in lines), lines
    assert all(re.match(r"([a-z_]+/)?[\w.-]+\.yaml:[1-9]\d*: \S", line) for line in lines), lines


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "praise.yaml:1: berkas: harus berisi kunci code, label"),
        (b"code: pr\xffaise\n", "praise.yaml:1: berkas ini bukan teks UTF-8 biasa"),
        (b"code: pr\x01aise\n", "praise.yaml:1: berkas ini bukan teks UTF-8 biasa"),
        (b"- satu\n- dua\n", "praise.yaml:1: berkas: harus berisi kunci"),
    ],
)
def test_what_is_no_text_of_keys_is_refused(book: Path, content: bytes, complaint: str) -> None:
    (book / PRAISE).write_bytes(content)
    with pytest.raises(LawbookError, match=re.escape(complaint)):
        compile_corpus(book)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("norm: ['uu-1-2020#1'", "norm: ['uu-1-2020#9'"),  # not also: in force on no day
        ("when: {is: calon}", "when: {is: juara}"),  # not also: clashes with a rule it may hold beside
    ],
)
def test_one_mistake_is_told_once(book: Path, old: str, new: str) -> None:
    assert len(spoil(book, PRAISE, old, new).splitlines()) == 1


def test_a_file_that_would_not_be_read_is_refused(book: Path) -> None:
    (book / PRAISE).rename(book / "conduct/praise.yml")
    with pytest.raises(
        LawbookError, match=re.escape("praise.yml:1: berkas di conduct/ harus berakhiran .yaml")
    ):
        compile_corpus(book)
    (book / "conduct/praise.yml").unlink()
    (book / "flags.yaml").unlink()
    with pytest.raises(LawbookError, match=re.escape("flags.yaml:1: berkas ini belum ada")):
        compile_corpus(book)


def test_a_rule_speaks_no_longer_than_what_it_rests_on(book: Path) -> None:
    told = spoil(book, PRAISE, "from: 2030-01-01\n", "from: 2029-12-31\n")
    assert "praise.cuti: pada 2029-12-31 tidak satu pun pasal pada norm berlaku" in told
    (book / PRAISE).write_text((SMALL / PRAISE).read_text().replace("    from: 2030-01-01\n", ""))
    days = {rule["code"]: rule["from"] for rule in compile_corpus(book)["conduct"]["praise"]["rules"]}
    assert days == {"praise.calon": "2020-01-01", "praise.bakal": "2020-01-01", "praise.cuti": "2030-01-01"}


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


def test_what_another_program_compiled_is_not_taken(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(book, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").glob("corpus-*.json")
    kept.write_text(kept.read_text().replace('"id":"Memuji"', '"id":"Lama"'))
    assert load_corpus(book, tmp_path / "cache").conduct["praise"]["label"]["id"] == "Lama"
    monkeypatch.setattr(sys.modules["netral.lawbook.corpus"], "program_hash", lambda: "f" * 64)
    assert load_corpus(book, tmp_path / "cache").conduct["praise"]["label"]["id"] == "Memuji"


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
