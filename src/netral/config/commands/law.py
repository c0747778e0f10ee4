"""`netral law`: for whoever keeps the law's files: check them, show an act, compare two states, find what is open."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from netral.config.arguments import day
from netral.config.failures import Refusal
from netral.guidance.words import unworded
from netral.lawbook import Corpus, LawbookError, corpus, load_corpus, review
from netral.lawbook.corpus import Rule
from netral.lawbook.hashing import FOLDER, source_files
from netral.lawbook.schema import Situation
from netral.lawbook.shapes import answer_schema, facts_schema

UNCITED = {
    "instrument": "Pasal tidak dirujuk, karena tidak satu pun pasal peraturannya dirujuk",
    "unverified": "Pasal tidak dirujuk, naskahnya belum terverifikasi",
    "other": "Pasal terverifikasi yang tidak dirujuk aturan, sanksi, pejabat, tenggat, atau kalender mana pun",
}
SCHEMAS = {"facts": facts_schema, "answer": answer_schema}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", metavar="tindakan", required=True)
    check = doing.add_parser("check", help="memeriksa semua berkas hukum dan mencoba semua situasi")
    show = doing.add_parser("show", help="menampilkan satu perbuatan dengan aturannya")
    show.add_argument("code", help="kode perbuatan, misalnya like_post")
    show.add_argument("--on", type=day, help="hanya yang berlaku pada tanggal ini (tahun-bulan-hari)")
    diff = doing.add_parser(
        "diff", help="menampilkan situasi yang jawabannya berubah antara dua folder hukum"
    )
    diff.add_argument("old", type=Path, help="folder hukum yang lama")
    diff.add_argument(
        "new", type=Path, nargs="?", default=FOLDER, help="folder yang baru (bawaan: yang terpasang)"
    )
    coverage = doing.add_parser(
        "coverage", help="pasal yang tidak dirujuk, aturan yang tidak dicoba situasi mana pun"
    )
    schema = doing.add_parser("schema", help="menampilkan JSON Schema fakta atau jawaban `netral ask`")
    schema.add_argument("of", choices=sorted(SCHEMAS), help="facts: fakta; answer: jawaban")
    for one in (check, show, coverage):
        one.add_argument("--folder", type=Path, default=FOLDER, help="folder lain daripada yang terpasang")


def run(args: argparse.Namespace) -> int:
    match args.doing:
        case "check":
            return _check(args.folder)
        case "diff":
            return _diff(args.old, args.new)
        case "coverage":
            return _coverage(args.folder)
        case "schema":
            print(json.dumps(SCHEMAS[args.of](corpus()), ensure_ascii=False, indent=1))
            return 0
    return _show(_loaded(args.folder), args.code, args.on)


def _show(book: Corpus, code: str, day: dt.date | None) -> int:
    if code not in book.conduct:
        raise Refusal(f"Perbuatan {code!r} tidak ada; yang ada: {', '.join(sorted(book.conduct))}.")
    print("\n".join(_shown(book, code, day)))
    return 0


def _loaded(folder: Path) -> Corpus:
    try:
        return load_corpus(folder)
    except LawbookError as error:
        raise Refusal(f"berkas hukum salah:\n{error}") from error


def _check(folder: Path) -> int:
    book, asked = _loaded(folder), _situations(folder)
    if failed := list(review.failures(book, folder)):
        raise Refusal("situasi yang jawabannya lain daripada yang diharapkan:\n" + "\n".join(failed))
    if folder == FOLDER and (gaps := list(unworded(book))):
        raise Refusal("yang belum ada kata-katanya bagi yang bertanya:\n" + "\n".join(gaps))
    rules = sum(map(len, book.rules.values()))
    print(
        f"{len(source_files(folder))} berkas, {len(book.instruments)} peraturan, {rules} aturan, "
        f"{len(asked)} situasi: tidak ada kesalahan."
    )
    print(f"Korpus {book.hash}")
    return 0


def _situations(folder: Path) -> list[Situation]:
    try:
        return review.situations(folder)
    except LawbookError as error:
        raise Refusal(f"berkas situasi salah:\n{error}") from error


def _diff(old: Path, new: Path) -> int:
    """Exit code 1 where an answer changes, as diff has it."""
    before, after = _loaded(old), _loaded(new)
    asked = {one.says: one for folder in (old, new) for one in _situations(folder)}
    changed = list(review.changes(before, after, asked.values()))
    for change in changed:
        print(change.says)
        for name, (was, is_now) in sorted(change.differences.items()):
            print(f"  {name}: {_short(was)} → {_short(is_now)}")
    print(f"{len(changed)} dari {len(asked)} situasi berubah jawabannya.")
    return 1 if changed else 0


def _short(value: object) -> str:
    return ", ".join(map(str, value)) or "–" if isinstance(value, list) else str(value)


def _coverage(folder: Path) -> int:
    book, asked = _loaded(folder), _situations(folder)
    uncited = review.uncited_by_reason(book)
    for heading, found in (
        *((UNCITED[why], refs) for why, refs in uncited.items()),
        ("Aturan yang tidak dicoba situasi mana pun", review.untried_rules(book, asked)),
        ("Perbuatan tanpa aturan", [code for code, rules in book.rules.items() if not rules]),
    ):
        print(f"{heading}: {len(found)}")
        print("".join(f"  {one}\n" for one in found), end="")
    return 0


def _shown(book: Corpus, code: str, day: dt.date | None) -> Iterator[str]:
    conduct = book.conduct[code]
    yield f"{code}: {conduct['label']['id']} ({conduct['anchor']}, {conduct['status']})"
    for rule in book.rules[code]:
        if day is None or rule.start <= day <= rule.until:
            yield ""
            yield from _rule(book, rule, day)
    if not book.rules[code]:
        yield "Belum ada aturan untuk perbuatan ini."


def _rule(book: Corpus, rule: Rule, day: dt.date | None) -> Iterator[str]:
    yield f"{rule.code} [{_span(rule.start, rule.until)}]"
    yield f"  {rule.says['id']}"
    yield f"  {rule.verdict}, jalur {rule.track}, tingkat {'/'.join(rule.level_range) or rule.level}"
    yield f"  membaca: {', '.join(rule.reads) or '–'}"
    for ref in (*rule.norm, *rule.sanction):
        for article in book.articles[ref]:
            if day is None or article.start <= day <= article.until:
                yield f"  {article.short} {article.cite} ({article.status}): {article.says}"
    for dispute in rule.disputes:
        yield f"  diperdebatkan: {book.disputes[dispute]['about']['id']}"
    if rule.over:
        yield f"  mendahului: {', '.join(sorted(rule.over))}"


def _span(start: dt.date, until: dt.date) -> str:
    since = "sejak awal" if start == dt.date.min else f"sejak {start}"
    return since if until == dt.date.max else f"{since} sampai {until}"
