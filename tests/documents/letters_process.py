"""A process with a register of its own on disk that issues letters: `python letters_process.py <task>`.

Tests run in transactions that never commit; several threads, and a look at the files themselves, are here.
"""

import datetime as dt
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from tests.documents.samples import SAMPLES
from tests.intake.register_process import HOME, THREADS, _traces, found

DAY, SALT = dt.date(2024, 10, 24), b"\x07" * 32
PDF = b"%PDF-"


def clerk(agency: Any) -> Any:
    from netral.accounts.models import User

    return User.objects.create(agency=agency, username="pemeriksa", full_name="Pemeriksa", role="pemeriksa")


def issue(agency: Any, user: Any, kind: str = "penutupan", *, number: str = "", **fields: Any) -> Any:
    """A letter in a transaction of its own, with its entry in the log."""
    from netral.audit.services import record
    from netral.documents.services import issue_letter, issuing

    with issuing():
        letter = issue_letter(
            agency=agency,
            matter="cases.case/1",
            kind=kind,
            fields=SAMPLES[kind] | fields,
            dated=DAY,
            user=user,
            salt=SALT,
            number=number,
        )
        record(action="cases.case.stop", actor=user.actor, rows=[letter, letter.file])
    return letter


def race(agency: Any) -> dict[str, Any]:
    """Many threads want the same number at the same moment, and as many the next one."""
    from django.core.exceptions import ValidationError
    from django.db import connection

    from netral.documents.models import Letter
    from netral.evidence.models import StoredFile

    user, barrier = clerk(agency), Barrier(2 * THREADS)

    def attempt(number: str) -> str:
        try:
            barrier.wait()
            return str(issue(agency, user, number=number).number)
        except ValidationError as error:
            return str(error.messages[0])
        finally:
            connection.close()

    with ThreadPoolExecutor(2 * THREADS) as pool:
        answers = list(pool.map(attempt, ["188.45/7/2024"] * THREADS + [""] * THREADS))
    return {
        "won": answers[:THREADS].count("188.45/7/2024"),
        "refused": sum("sudah dipakai" in answer for answer in answers[:THREADS]),
        "running": sorted(answers[THREADS:]),
        "letters": Letter.objects.count(),
        "files": StoredFile.objects.count(),
        "blobs": len([path for path in (HOME / "files").rglob("*") if path.is_file()]),
    }


def canary(agency: Any) -> dict[str, Any]:
    """Letters with marked words are issued, one of them in vain; then every file is searched for words and PDF."""
    from netral.documents.models import Letter

    user, words = clerk(agency), ("Kanarisatu", "Kanaridua")
    issue(agency, user, reason=f"{words[0]} berpidato.")
    try:
        issue(agency, user, reason=f"{words[1]} 👍", number="800.1.6.4/1/NET/2024")
    except Exception as error:
        refused = str(error)
    folders = (HOME, Path(os.environ["TMPDIR"]), Path.cwd())
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return {
        "letters": Letter.objects.count(),
        "refused": "sudah dipakai" in refused,
        "words": _traces(words),
        "pdfs": [str(path) for path in files if PDF in path.read_bytes()],
        "blobs": len([path for path in files if len(path.name) == 64]),
    }


if __name__ == "__main__":
    print(json.dumps({"race": race, "canary": canary}[sys.argv[1]](found())))
