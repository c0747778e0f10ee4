"""Letters: a hearing's minutes with twenty questions, typeset, sealed and recorded.

One letter is everything `issue_letter` does in its transaction on SQLite, log entry included: number, typesetting, the
sealed PDF made durable, rows, commit. Two hundred go through `issue_letters`, each in a transaction of its own. The
first letter of a process, which loads fonts and templates, has its own figure. The floor is an empty Typst page.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import typst

from bench import cached
from bench.figures import Figure, latencies, ms
from bench.registers import OFFICER, found_empty, in_process

EMPTY = b'#set document(title: "kosong")\n#set page(paper: "a4")'
DAY = dt.date(2024, 10, 24)
EXAMINER = {
    "name": "Drs. Surya Wirawan, M.Si.",
    "nip": "197003121995031001",
    "rank": "Pembina Utama Muda (IV/c)",
    "position": "Sekretaris Daerah",
}


def measure(quick: bool) -> Iterator[Figure]:
    one, many = (10, 20) if quick else (100, 200)
    with cached.scratch() as folder:
        home = folder / "home"
        in_process(home, found_empty, home)
        first, each, all_of_them = in_process(home, issued, one, many)
    floor = f"{latencies([_empty_page() for _ in range(one)])}: an empty Typst page"
    what = "letters: minutes of 20 questions"
    yield Figure(f"{what}, one issued", latencies(each), "≤ 60 ms", floor)
    yield Figure(f"{what}, the first of a process", ms(first))
    yield Figure(f"{what}, {many} in bulk", f"{all_of_them:.1f} s", "200 in ≤ 10 s")


def _empty_page() -> float:
    started = time.perf_counter()
    typst.compile(EMPTY, format="pdf", ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"])
    return time.perf_counter() - started


def issued(one: int, many: int) -> tuple[float, list[float], float]:
    """Seconds of the first letter, of each of `one` letters, and of `many` in bulk."""
    from netral.accounts.models import User
    from netral.audit.services import record
    from netral.documents.models import Letter
    from netral.documents.services import Order, issue_letters

    user = User.objects.select_related("agency").get(username=OFFICER)

    def note(_order: Order, letter: Letter) -> None:
        record(action="cases.case.hear", actor=user.actor, rows=[letter, letter.file])

    def issue(first: int, count: int) -> float:
        orders = [
            Order(matter="cases.case/1", kind="bap", fields=_minutes(number), dated=DAY, salt=b"\0" * 32)
            for number in range(first, first + count)
        ]
        started = time.perf_counter()
        issue_letters(agency=user.agency, orders=orders, user=user, record=note)
        return time.perf_counter() - started

    return issue(0, 1), [issue(number, 1) for number in range(1, one + 1)], issue(one + 1, many)


def _minutes(number: int) -> dict[str, Any]:
    """No two alike: Typst remembers what it has set."""
    return {
        "place": "Sukamaju",
        "day": "2024-10-24",
        "examiners": [EXAMINER],
        "authority": f"Keputusan Bupati Way Ukur Nomor 188.45/{number}/2024",
        "examined": EXAMINER | {"name": f"Pegawai Rekaan {number}", "position": "Camat Sukamaju"},
        "allegations": [{"act": f"menghadiri kampanye ke-{number}", "breach": "Pasal 5 huruf n angka 5"}],
        "exchanges": [
            {
                "question": f"Pertanyaan {question} dalam pemeriksaan {number}: di mana Saudara pada hari itu?",
                "answer": f"Saya di lapangan bersama {number + question} orang lain. " * 4,
            }
            for question in range(20)
        ],
    }
