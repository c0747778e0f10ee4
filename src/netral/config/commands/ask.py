"""`netral ask`: facts in, the law's answer out; one JSON object, or many as JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from netral.config.failures import Refusal
from netral.lawbook import Answer, FactsError, answer

VERDICTS = {
    "forbidden": "DILARANG",
    "permitted": "DIPERBOLEHKAN",
    "depends": "TERGANTUNG",
    "not_covered": "TIDAK DIATUR dalam sumber yang dimuat",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--facts", required=True, metavar="BERKAS|-", help="fakta sebagai JSON; - dari masukan baku"
    )
    parser.add_argument("--json", action="store_true", help="jawaban lengkap sebagai JSON")
    parser.add_argument(
        "--lines", action="store_true", help="satu objek JSON tiap baris, satu jawaban tiap baris"
    )
    parser.add_argument("--no-trace", action="store_true", help="tanpa jejak aturan")


def run(args: argparse.Namespace) -> int:
    with _opened(args.facts) as source:
        if args.lines:
            return _answer_lines(source, trace=not args.no_trace)
        told = _answered(source.read(), trace=not args.no_trace)
    if "errors" in told and not args.json:
        raise Refusal("\n".join(error["message"] for error in told["errors"]))
    print(_json(told) if args.json else "\n".join(_words(told)))
    return 1 if "errors" in told else 0


def _answer_lines(source: TextIO, *, trace: bool) -> int:
    """A line that cannot be answered gets its errors as its answer, and the run goes on."""
    wrong = False
    for line in source:
        if line.strip():
            told = _answered(line, trace=trace)
            wrong = wrong or "errors" in told
            sys.stdout.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 1 if wrong else 0


def _answered(text: str, *, trace: bool) -> Answer:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        return _unread(f"baris {error.lineno}, kolom {error.colno}: bukan JSON ({error.msg})")
    except (RecursionError, ValueError):
        return _unread("kurung yang bersarang terlalu dalam atau angka yang terlalu panjang")
    try:
        return answer(facts, trace=trace)
    except FactsError as error:
        return {"errors": [vars(one) for one in error.errors]}


def _unread(message: str) -> Answer:
    return {"errors": [{"field": "", "value": None, "allowed": [], "message": message}]}


def _opened(name: str) -> TextIO:
    """Bytes that are no UTF-8 are read as such and refused with the fact they stand in."""
    return sys.stdin if name == "-" else Path(name).open(encoding="utf-8", errors="replace")


def _json(told: Answer) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def _words(told: Answer) -> Iterator[str]:
    """The answer for people, in a few lines."""
    yield VERDICTS[told["verdict"]]
    if told["track"] != "none":
        levels = "/".join(told["level_range"]) or told["level"]
        yield f"Jalur: {told['track']}, tingkat: {levels}"
    for finding in told["findings"]:
        yield f"- {finding['says']['id']}"
    for basis in told["basis"]:
        yield f"  {basis['instrument']} {basis['article']} ({basis['status']})"
    for question in told["missing"]:
        yield f"? {question['question']['id']}"
    for dispute in told["disputes"]:
        yield f"Diperdebatkan: {_said(dispute['about'])}"
    for flag in told["flags"]:
        yield f"! {_said(flag['text'])}"


def _said(text: Any) -> str:
    return str(text["id"])
