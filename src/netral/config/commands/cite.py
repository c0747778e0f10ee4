"""`netral cite`: the legal citations of a text or a PDF, and whether each may be cited so."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from netral.config.arguments import day
from netral.config.texts import text_of
from netral.lawbook import Citation, citations

MARKS = {"in_force": "✓", "known": "✓", "unknown": "?", "unnumbered": "?", "alone": "?"}
ARTICLES = {
    "not_in_force": "tidak berlaku pada tanggal itu",
    "not_loaded": "tidak ada dalam hukum yang dimuat",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BERKAS|-", help="naskah atau PDF; - dari masukan baku")
    parser.add_argument("--on", type=day, help="yang berlaku pada tanggal ini (tahun-bulan-hari)")
    parser.add_argument("--json", action="store_true", help="semua rujukan sebagai JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 where a citation should not stand as it does."""
    content = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    found = citations(text_of(content), [args.on] if args.on else ())
    if args.json:
        print(json.dumps([one.plain() for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join([*map(_line, found), _sum(found, args.on)]))
    return 1 if any(one.doubtful for one in found) else 0


def _line(one: Citation) -> str:
    told = [
        f"{MARKS.get(one.status, '✗')} hal. {one.page}, baris {one.line}: {one.text}",
        f"    {one.says.id}",
        *(f"    {article.text}: {ARTICLES[article.status]}" for article in one.articles if article.status in ARTICLES),
    ]  # fmt: skip
    return "\n".join(told)


def _sum(found: list[Citation], on: dt.date | None) -> str:
    doubtful = sum(one.doubtful for one in found)
    asked = f"diperiksa untuk {on}" if on else "tanpa tanggal; sebut --on untuk memeriksa masa berlakunya"
    return f"{len(found)} rujukan, {doubtful} perlu diperbaiki ({asked})."
