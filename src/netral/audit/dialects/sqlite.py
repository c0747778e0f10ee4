"""SQLite: a writer already holds the database (BEGIN IMMEDIATE); one trigger per forbidden statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..guards import Guard
    from . import Statement

REFUSAL = "register Netral: baris ini tidak boleh dihapus atau diubah"


LOCK_LOG: list[Statement] = []  # nothing to take: transactions begin IMMEDIATE


def run(cursor: Any, statements: Sequence[Statement]) -> None:
    for sql, values in statements:
        cursor.execute(sql, values)


def expected(guard: Guard) -> dict[str, str]:
    """Trigger name → the SQL that makes it, as SQLite stores it."""
    raises = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in guard.frozen)
    when = "" if guard.append_only else f"WHEN {changed} "
    triggers = {
        f"{guard.table}_no_delete": f'BEFORE DELETE ON "{guard.table}" {raises}',
        f"{guard.table}_no_update": f'BEFORE UPDATE ON "{guard.table}" {when}{raises}',
    }
    # INSERT OR REPLACE deletes without firing delete triggers, so it is refused by a trigger of its own.
    triggers[f"{guard.table}_no_replace"] = (
        f'BEFORE INSERT ON "{guard.table}" WHEN EXISTS '
        f'(SELECT 1 FROM "{guard.table}" WHERE "{guard.key}" = NEW."{guard.key}") {raises}'
    )
    return {name: f'CREATE TRIGGER "{name}" {body}' for name, body in triggers.items()}


def create(guard: Guard) -> list[str]:
    return [
        statement
        for name, body in expected(guard).items()
        for statement in (f'DROP TRIGGER IF EXISTS "{name}"', body)
    ]


def existing(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(cursor.fetchall())


def acting(cursor: Any) -> list[str]:
    """Names of everything that acts when a table is written to."""
    return list(existing(cursor))
