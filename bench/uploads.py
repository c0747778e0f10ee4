"""Reports submitted with one photo of 2 MB, eight reporters at once, over HTTP to the real processes on SQLite.

A submission is everything a browser does between opening the form and holding the receipt document, without pauses:
form, what happened, upload of the photo, review, sending, receipt, download (9 requests). The rate counts finished
submissions in the time from the first start to the last end. Beside the whole submission stands the one request that
sends the report (the transaction with envelope, register rows and log entry), the one that uploads the photo, and
what a submission takes of the processors in the public processes, which other work on the machine changes little.

The worker runs beside and makes the copies officers look at when the processors have time; a submission does not wait
for its copy, and copies left over at the end are made later.

Rate limits are on: each reporter has an address in a network of its own, told as a trusted proxy tells it. Afterwards
reports are counted in the database, the register checks itself (log, rows, files), and every receipt is verified with
the stand-alone verifier against an export. The clients run on the same cores as the register and take their share.

A refusal by a rate limit, or any page but the expected one, ends the part with an error: only receipts count.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import cached
from bench.figures import Figure, latencies, ms, rate
from bench.machine import timed_writes
from bench.registers import found_empty, in_process, netral_command
from bench.reporter import PHOTO, Sent, photo, report
from bench.serving import serving
from netral.sealing.verify import Outcome, verify

CLIENTS = 8
REACH = "≥ 25/s, p95 ≤ 500 ms, none lost"


def measure(quick: bool) -> Iterator[Figure]:
    count = 24 if quick else 400
    with cached.scratch() as folder:
        home = folder / "home"
        in_process(home, found_empty, home)
        with serving(home) as served:
            report(served.public, photo(PHOTO))  # the first meets cold caches
            used = served.processor_seconds("public")
            elapsed, taken, sent = _submit(served.public, count)
            used = served.processor_seconds("public") - used
            # The worker signs the head that covers the last report within seconds.
            lost = count + 1 - in_process(home, count_reports)
            time.sleep(5)
        writing = timed_writes(folder, PHOTO, count, CLIENTS)
        what = f"uploads: report with a 2 MB photo, {CLIENTS} at once, SQLite"
        floor = f"{rate(count / writing.elapsed)}, {latencies(writing.each)}: 2 MB written and fsynced"
        yield Figure(
            f"{what}: whole submission", f"{rate(count / elapsed)}, {latencies(taken)}", REACH, floor
        )
        yield Figure(f"{what}: the request that sends", latencies([one.send for one in sent]), "p95 ≤ 500 ms")
        yield Figure(f"{what}: the request with the photo", latencies([one.upload for one in sent]))
        yield Figure(f"{what}: processor time of the public site, each", ms(used / count))
        yield Figure(f"{what}: afterwards", _afterwards(home, lost, sent), "none lost")


def _submit(site: str, count: int) -> tuple[float, list[float], list[Sent]]:
    """Seconds of all, of each, and what came back."""

    def one(_number: int) -> tuple[float, Sent]:
        started = time.perf_counter()
        sent = report(site, photo(PHOTO))
        return time.perf_counter() - started, sent

    with ThreadPoolExecutor(CLIENTS) as clients:
        started = time.perf_counter()
        done = list(clients.map(one, range(count)))
        elapsed = time.perf_counter() - started
    return elapsed, [seconds for seconds, _ in done], [sent for _, sent in done]


def count_reports() -> int:
    from netral.intake.models import Report

    return Report.objects.count()


def _afterwards(home: Path, lost: int, sent: list[Sent]) -> str:
    export = home / "ekspor.txt"
    netral_command("log", "export", str(export), home=home)
    outcomes = [verify(export_path=export, receipt_text=one.receipt).outcome for one in sent]
    problems = len(in_process(home, find_problems))
    proven = outcomes.count(Outcome.PROVEN)
    return f"{lost} lost, {problems} problems in the register, {proven} of {len(sent)} receipts proven"


def find_problems() -> list[str]:
    from netral.config.inspection import problems

    return list(problems())
