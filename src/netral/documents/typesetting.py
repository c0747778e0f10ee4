"""Typst, in memory, with the fonts it brings along and no others: a letter looks the same wherever it is made."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).with_name("typst")
STANDARDS: list[Any] = ["a-2a", "ua-1"]  # both refuse a letter in which something has no glyph
_ROOT: Any = TEMPLATES  # a source in memory has its imports here; the stubs want a root of its type
_STOPPED = re.compile(r"\.typ:(\d+):")


class TypesettingError(Exception):
    """What was given cannot be set, whatever the reason. `lines` are those of the source at which Typst stopped."""

    def __init__(self, lines: Sequence[int] = ()) -> None:
        super().__init__()
        self.lines = frozenset(lines)


def typeset(source: bytes, data: Any, made_at: dt.datetime) -> bytes:
    """The PDF of a source, which finds `data` in `sys.inputs.surat` and what it imports among the templates."""
    try:
        return typst.compile(
            source,
            root=_ROOT,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"surat": json.dumps(data)},
            pdf_standards=STANDARDS,
            timestamp=made_at,
        )
    except typst.TypstError as error:
        raise TypesettingError([int(line) for line in _STOPPED.findall(error.diagnostic)]) from error
    except BaseException as error:
        # Where Typst itself stumbles, its binding raises what no `except Exception` on the way would stop.
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise TypesettingError from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
