"""What differs between the databases: the log's lock and the guards' triggers."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite

Statement = tuple[str, Sequence[Any]]  # SQL and its parameters
Row = tuple[Any, ...]

DIALECTS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def of(database: BaseDatabaseWrapper) -> ModuleType:
    return DIALECTS[database.vendor]


def run(database: BaseDatabaseWrapper, statements: Sequence[Statement]) -> list[Row]:
    """Executes them in order, in one round trip where the database can; the rows of the last, if it gives any.

    Everyone who acts waits for whoever appends to the log, and each round trip prolongs the wait.
    """
    with database.cursor() as cursor:
        of(database).run(cursor, statements)
        return list(cursor.fetchall()) if cursor.description else []


def lock_log(database: BaseDatabaseWrapper) -> Sequence[Statement]:
    """What serialises appends until the transaction ends."""
    statements: Sequence[Statement] = of(database).LOCK_LOG
    return statements
