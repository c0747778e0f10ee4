"""From the YAML files to the compiled corpus: shapes, then everything that must hold between files.

All mistakes are told at once, each with file and line and what is allowed. What comes out is plain JSON, which a cache
keeps; nobody else reads the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..hashing import FOLDER
from . import calendars, consequences, instruments, rules, words
from .draft import Draft
from .result import plain

# Each finds what is wrong with something else; what facts there are, and that terms can be read, the others rest on.
CHECKS = (
    words.check_names,
    words.check_terms,
    words.check_entries,
    words.check_used,
    instruments.check_instruments,
    words.check_form,
    words.check_own_flags,
    rules.check_rules,
    consequences.check_consequences,
    calendars.check_calendars,
)


def compile_corpus(folder: Path = FOLDER) -> dict[str, Any]:
    """The whole corpus as plain JSON. Raises LawbookError with a line for every mistake."""
    draft = Draft(folder)
    words.check_facts(draft)
    draft.stop_if_wrong()
    for check in CHECKS:
        check(draft)
    draft.stop_if_wrong()
    return plain(draft)
