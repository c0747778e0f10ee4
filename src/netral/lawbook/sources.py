"""Reading the YAML of the law: strict, with file and line in every complaint."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError


class LawbookError(ValueError):
    """A source of law is malformed; the message starts with file and line."""


def read_all(paths: Sequence[Path]) -> dict[str, Any]:
    """The content of each file by its name. Raises LawbookError."""
    return {path.name: _parse(path, path.read_bytes()) for path in paths}


def require_keys(path: Path, data: Any, expected: Collection[str], at: Sequence[str] = ()) -> None:
    """Raises LawbookError unless `data` maps exactly these keys; `at` is its place in the file."""
    where = ".".join(at) or "berkas"
    if not isinstance(data, Mapping):
        raise error(path, at, f"{where}: harus berisi kunci {', '.join(expected)}")
    for key in data:
        if key not in expected:
            raise error(
                path, (*at, str(key)), f"kunci tidak dikenal {key!r}; yang ada: {', '.join(expected)}"
            )
    if missing := [key for key in expected if key not in data]:
        raise error(path, at, f"{where}: kunci belum ada: {', '.join(missing)}")


def error(path: Path, at: Sequence[str], message: str) -> LawbookError:
    return LawbookError(f"{path.name}:{_line(path, at)}: {message}")


def _parse(path: Path, text: bytes) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise LawbookError(f"{path.name}:{line}: {str(wrong.problem).splitlines()[0]}") from wrong


def _line(path: Path, at: Sequence[str]) -> int:
    """The line of a key; the file is read again with positions, which only a complaint pays for."""
    node = YAML(typ="rt").load(path.read_bytes())
    line = 1
    for key in at:
        if not isinstance(node, Mapping) or key not in node:
            break
        line = node.lc.key(key)[0] + 1  # type: ignore[attr-defined]
        node = node[key]
    return line
