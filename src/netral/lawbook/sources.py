"""Reading the YAML of the law: strict, with file and line in every complaint."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .errors import LawbookError
from .hashing import FOLDERS
from .schema import EXAMPLES

DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SITUATIONS = "situations"
M = TypeVar("M", bound=BaseModel)
At = Sequence[str | int]

# What pydantic complains of, in the words of whoever wrote the file.
COMPLAINTS: Mapping[str, str] = {
    "missing": "{at}: belum ada",
    "extra_forbidden": "kunci tidak dikenal {last!r}; yang ada: {known}",
    "literal_error": "{at}: {input!r}; yang boleh: {expected}",
    "string_pattern_mismatch": "{at}: {input!r} bukan kode yang sah; contoh: {example}",
    "string_too_short": "{at}: harus teks yang tidak kosong",
    "string_type": "{at}: {input!r} harus teks; apit angka, tanggal, true, dan false dengan tanda kutip",
    "too_short": "{at}: harus daftar yang tidak kosong",
    "greater_than_equal": "{at}: {input!r}; paling sedikit {ge}",
    "int_type": "{at}: {input!r} harus bilangan bulat",
    "int_parsing": "{at}: {input!r} harus bilangan bulat",
    "too_long": "{at}: {actual_length} isian; paling banyak {max_length}",
    "bool_type": "{at}: {input!r}; yang boleh: true, false",
    "bool_parsing": "{at}: {input!r}; yang boleh: true, false",
    "date_type": "{at}: {input!r} bukan tanggal (tahun-bulan-hari)",
    "date_from_datetime_parsing": "{at}: {input!r} bukan tanggal (tahun-bulan-hari)",
    "list_type": "{at}: harus daftar",
    "dict_type": "{at}: harus berisi kunci",
    "model_type": "{at}: harus berisi kunci {known}",
}

COMMA = "; bila ini bagian dari teks yang memuat koma, apit teksnya dengan tanda kutip"
KEY = "[key]"  # by pydantic, of a key that is wrong itself


# Common slips, by what the parser of YAML says.
SLIPS: Mapping[str, str] = {
    "found duplicate key": "kunci ini ditulis dua kali",
    "cannot start any token": "lekukan memakai tab, atau teks yang memuat tanda khusus belum diapit tanda kutip",
    "expected ',' or '}'": "titik dua atau kurung di dalam teks, atau koma yang kurang; apit teks dengan tanda kutip",
    "expected ',' or ']'": "titik dua atau kurung di dalam teks, atau koma yang kurang; apit teks dengan tanda kutip",
    "mapping values are not allowed": "titik dua di dalam teks, atau lekukan yang salah; apit teks dengan tanda kutip",
}


def parse(path: Path) -> Any:
    """The content of one file. Raises LawbookError for what is no YAML, keys that stand twice included."""
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise LawbookError(f"{named(path)}:{line}: {_unread(wrong)}") from wrong
    except (YAMLError, UnicodeDecodeError) as wrong:  # a sign that no text has
        raise LawbookError(
            f"{named(path)}:1: berkas ini bukan teks UTF-8 biasa; simpan lagi sebagai UTF-8"
        ) from wrong
    except ValueError as wrong:  # of a day that no calendar has, the parser says not where it stands
        raise LawbookError(_impossible_day(path)) from wrong


def _unread(wrong: MarkedYAMLError) -> str:
    """What the parser says, in words for whoever wrote the file where it is a common slip."""
    told = str(wrong.problem).splitlines()[0]
    for sign, words in SLIPS.items():
        if sign in told:
            return f"{words} ({told})"
    return f"susunan YAML salah: periksa lekukan, titik dua, kurung, dan tanda kutip di sekitar baris ini ({told})"


def _impossible_day(path: Path) -> str:
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        for found in DAY.findall(line):
            try:
                dt.date.fromisoformat(found)
            except ValueError:
                return f"{named(path)}:{number}: {found} bukan tanggal (tahun-bulan-hari)"
    return f"{named(path)}:1: berkas ini tidak dapat dibaca"


def read(path: Path, model: type[M]) -> M:
    """One file in its declared shape. Raises LawbookError with a line for every mistake."""
    try:
        return model.model_validate(parse(path))
    except ValidationError as wrong:
        raise LawbookError("\n".join(_complaint(path, model, error) for error in wrong.errors())) from wrong


def named(path: Path) -> str:
    """A file as complaints name it: with its folder, because one name may stand in several."""
    folder = path.parent.name
    return f"{folder}/{path.name}" if folder in (*FOLDERS, SITUATIONS) else path.name


def complaint(path: Path, at: At, message: str) -> str:
    """A sentence that names file and line."""
    return f"{named(path)}:{_line(path, at)}: {message}"


def _complaint(path: Path, model: type[BaseModel], error: Any) -> str:
    at, told = error["loc"], error.get("ctx", {})
    words = COMPLAINTS.get(error["type"], "{at}: {input!r} tidak diterima ({type})")
    last = str(at[-1]) if at else ""
    if error["type"] == "extra_forbidden" and " " in last:
        words += COMMA
    shown = {
        "at": ".".join(step for step in at if isinstance(step, str) and step != KEY) or "berkas",
        "last": last,
        "input": _short(error.get("input")),
        "type": error["type"],
        "known": ", ".join(_keys(model, at)),
        "example": EXAMPLES.get(told.get("pattern", ""), ""),
        **told,
        "expected": str(told.get("expected", "")).replace(" or ", " atau "),
    }
    return complaint(path, at, words.format(**shown))


def _short(value: Any) -> Any:
    return value if isinstance(value, str | int | dt.date) and len(str(value)) <= 60 else type(value).__name__


def _keys(model: type[BaseModel], at: At) -> list[str]:
    """The keys a mapping at this place may have: those of the innermost model on the way there."""
    for name in at[:-1]:
        field = model.model_fields.get(str(name)) or model.model_fields.get(f"{name}_")
        inner = _model_in(field.annotation) if field else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)


def _line(path: Path, at: At) -> int:
    """The line of a place; the file is read again with positions, which only a complaint pays for."""
    node = YAML(typ="rt").load(path.read_bytes())
    line = 1
    for key in at:
        if isinstance(node, Mapping) and key in node:
            line = node.lc.key(key)[0] + 1  # type: ignore[attr-defined]
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0] + 1  # type: ignore[attr-defined]
        else:
            break
        node = node[key]
    return int(line)
