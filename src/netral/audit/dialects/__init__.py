"""What differs between the databases: the log's lock and the guards' triggers."""

from __future__ import annotations

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite

DIALECTS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def of(database: BaseDatabaseWrapper) -> ModuleType:
    return DIALECTS[database.vendor]


def lock_log(database: BaseDatabaseWrapper) -> None:
    """Serialises appends until the transaction ends."""
    with database.cursor() as cursor:
        of(database).lock_log(cursor)
