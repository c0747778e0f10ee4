"""`netral ask`: facts in, the law's answer out; one JSON object, or many as JSON lines."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from netral.config import lines
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
    """Exit code 1 where some facts could not be answered."""
    with _opened(args.facts) as source:
        if args.lines:
            return _answer_lines(source, trace=not args.no_trace)
        told = _answered(source.read(), trace=not args.no_trace)
    if "errors" in told and not args.json:
        raise Refusal("\n".join(error["message"] for error in told["errors"]))
    print(_json(told) if args.json else "\n".join(_words(told)))
    return 1 if "errors" in told else 0


def _answer_lines(source: BinaryIO, *, trace: bool) -> int:
    """A line that cannot be answered gets its errors as its answer, and the run goes on."""
    _warmed_up()
    code = 0
    for told, wrong in lines.each_in_order(partial(_lines_answered, trace=trace), source):
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
        code |= wrong
    return code


def _warmed_up() -> None:
    """Loads the law before other processes are made of this one, and takes it out of the search for waste."""
    _answered(b'{"conduct": "vote"}', trace=False)
    gc.freeze()


def _lines_answered(batch: list[bytes], *, trace: bool) -> tuple[bytes, bool]:
    """The answers as JSON lines, and whether one of them says only what is wrong."""
    told = [_line_answered(line, trace=trace) for line in batch if line.strip()]
    return b"".join(map(_compact, told)), any("errors" in one for one in told)


def _line_answered(line: bytes, *, trace: bool) -> Answer:
    if len(line) > lines.LONGEST:
        return _unread(f"baris ini lebih panjang dari {lines.LONGEST:,} bita")
    return _answered(line, trace=trace)


def _answered(text: bytes, *, trace: bool) -> Answer:
    try:
        facts = _read(text)
    except json.JSONDecodeError as error:
        return _unread(f"baris {error.lineno}, kolom {error.colno}: bukan JSON ({error.msg})")
    except (RecursionError, ValueError):
        return _unread("kurung yang bersarang terlalu dalam atau angka yang terlalu panjang")
    try:
        return answer(facts, trace=trace)
    except FactsError as error:
        return {"errors": [vars(one) for one in error.errors]}


def _read(text: bytes) -> Any:
    """JSON, read fast; what the fast reader refuses is read again by the one that says where it is wrong.

    Bytes that are no UTF-8 are read as such and refused with the fact they stand in.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text.decode("utf-8-sig", errors="replace"))


def _unread(message: str) -> Answer:
    return {"errors": [{"field": "", "value": None, "allowed": [], "message": message}]}


def _opened(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == "-" else Path(name).open("rb")


def _compact(told: Answer) -> bytes:
    """One line. A wrong value that the fast writer cannot repeat is repeated by the patient one."""
    try:
        return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return f"{json.dumps(told)}\n".encode()


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
