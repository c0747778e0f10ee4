"""What runs needs nothing that only tests have."""

from __future__ import annotations

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported(file: Path) -> set[str]:
    """Top-level names of the modules a file imports when it runs, not those that only types need."""
    tree = ast.parse(file.read_text())
    typing = [
        block for block in tree.body if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
    ]
    nodes = [node for block in tree.body if block not in typing for node in ast.walk(block)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in plain | parts}


def canonical(distribution: str) -> str:
    """The name as the packaging standard compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_library_imported_is_locked_for_running() -> None:
    locked = set(
        map(canonical, re.findall(r"^([\w.-]+)==", (ROOT / "requirements/run.txt").read_text(), re.M))
    )
    known = packages_distributions()
    for file in (ROOT / "src" / "netral").rglob("*.py"):
        for name in imported(file) & known.keys() - {"netral"}:
            assert locked & set(map(canonical, known[name])), f"{file.name}: {name}"
