"""The law: answers a second, and what the corpus costs at a start.

Facts are distinct: kinds of act that have rules, days of eleven years, officials, elections and dates drawn at random
with a fixed seed, some of them left unknown as in a new case; each comes as the JSON a caller would send, and its
answer leaves as JSON where the figure says so. One process, but for the lines; answers a second are those of a second
of its processor. The floor is what reading and writing the same JSON takes.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bench.figures import Figure, ms, rate
from netral.lawbook import answer, conduct_kinds, corpus, load_corpus, vocabulary
from netral.lawbook.hashing import FOLDER

FIRST, DAYS = dt.date(2017, 1, 1), 4_000
KNOWN = 0.8  # how often an optional fact is known
START = "import time; s = time.perf_counter(); {0}; print(time.perf_counter() - s)"
FROM_CACHE = "from netral.lawbook import corpus; corpus().rules"


def measure(quick: bool) -> Iterator[Figure]:
    corpus()  # now it is in the cache
    yield Figure("law: corpus from cache, in a new process", ms(_in_new_process(FROM_CACHE)), "≤ 150 ms")
    yield Figure("law: corpus compiled anew", ms(_compiled_anew()), "≤ 10 s")
    texts = [json.dumps(facts) for facts in drawn(2_000 if quick else 50_000)]
    yield _answers(texts, trace=True)
    yield _answers(texts, trace=False)
    yield _lines(20_000 if quick else 500_000)


def _lines(count: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "facts.jsonl", Path(folder) / "answers.jsonl"
        with asked.open("w") as file:
            file.writelines(f"{json.dumps(facts)}\n" for facts in drawn(count))
        command = [
            sys.executable,
            "-m",
            "netral.config.cli",
            "ask",
            "--facts",
            str(asked),
            "--lines",
            "--no-trace",
        ]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        with told.open("wb") as file:
            subprocess.run(command, stdout=file, check=True)
        took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        floor = sum(_read_and_written(path) for path in (asked, told))
    processors = len(os.sched_getaffinity(0))
    return Figure(
        f"law: {count:,} distinct facts as JSON lines without trace, {processors} processors",
        f"{took:.1f} s, {after.ru_utime - before.ru_utime:.0f} s of processors",
        "≤ 60 s on 2",
        f"{floor:.0f} s of one processor to read and write these lines as JSON",
    )


def _read_and_written(path: Path) -> float:
    """Seconds of the processor."""
    started = time.process_time()
    with path.open("rb") as lines:
        for line in lines:
            orjson.dumps(orjson.loads(line))
    return time.process_time() - started


def _answers(texts: list[str], *, trace: bool) -> Figure:
    answer(json.loads(texts[0]))
    told: list[dict[str, Any]] = []
    started = time.process_time()
    for text in texts:
        told = [answer(json.loads(text), trace=trace)]
    answered = time.process_time() - started
    written = json.dumps(told[0])
    started = time.process_time()
    for text in texts:
        json.loads(text)
        json.dumps(json.loads(written))
    floor = time.process_time() - started
    what = "with trace" if trace else "without trace"
    reach = "≥ 5,000/s" if trace else "–"
    return Figure(
        f"law: answers {what}, {len(texts):,} distinct facts, one process",
        rate(len(texts) / answered),
        reach,
        f"{rate(len(texts) / floor)} to read the facts and write an answer as JSON",
    )


def _in_new_process(code: str) -> float:
    """Seconds of the best of five: what the code takes, not what else the machine does."""
    command = [sys.executable, "-c", START.format(code)]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5))


def _compiled_anew() -> float:
    with tempfile.TemporaryDirectory() as empty:
        started = time.perf_counter()
        load_corpus(FOLDER, Path(empty))
        return time.perf_counter() - started


def drawn(count: int) -> Iterator[dict[str, Any]]:
    """Distinct facts, the same on every machine for the same corpus."""
    draw = random.Random(20241010)  # noqa: S311 - the same draw every time is the point
    kinds = [code for code, kind in conduct_kinds().items() if kind.has_rules]
    seen: set[int] = set()
    while len(seen) < count:
        facts = _facts(draw, kinds)
        key = hash(json.dumps(facts, sort_keys=True))
        if key not in seen:
            seen.add(key)
            yield facts


def _facts(draw: random.Random, kinds: list[str]) -> dict[str, Any]:
    day = FIRST + dt.timedelta(days=draw.randrange(DAYS))
    facts: dict[str, Any] = {"conduct": draw.choice(kinds), "act_date": day.isoformat()}
    for path, fact in vocabulary().items():
        group, _, name = path.rpartition(".")
        if group and not fact["derived"] and draw.random() < KNOWN:
            facts.setdefault(group, {})[name] = _value(draw, fact, day)
    return facts


def _value(draw: random.Random, fact: dict[str, Any], day: dt.date) -> Any:
    match fact["type"]:
        case "yes_no":
            return draw.random() < 0.5
        case "date":
            return (day + dt.timedelta(days=draw.randrange(60))).isoformat()
        case "region":
            return "18.71"
        case _:
            value = draw.choice(list(fact["values"]))
            return [value] if fact["many"] else value
