"""Triggers that keep the log append-only and the register's rows in place, made from the models' declarations."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from . import dialects
from .models import Entry, Head, LoggedModel, Node


@dataclass(frozen=True)
class Guard:
    """What a table forbids: deletion always; change of its key and `frozen` columns, or of anything at all."""

    table: str
    key: str
    append_only: bool = False
    frozen: tuple[str, ...] = ()


class GuardsMissingError(RuntimeError):
    """Triggers are not in place; no process may serve."""


def guards() -> list[Guard]:
    log = [_guard(model, append_only=True) for model in (Entry, Node, Head)]
    rows = [
        _guard(model, frozen=(model._meta.pk.name, *model.FROZEN))
        for model in apps.get_models()
        if issubclass(model, LoggedModel)
    ]
    return log + rows


def _guard(model: type[Model], *, append_only: bool = False, frozen: tuple[str, ...] = ()) -> Guard:
    meta = model._meta
    columns = tuple(str(meta.get_field(name).column) for name in frozen)  # type: ignore[union-attr]
    return Guard(meta.db_table, str(meta.pk.column), append_only, columns)


def install(database: BaseDatabaseWrapper = connection) -> None:
    """(Re)creates every trigger. A table rebuilt by a migration loses its triggers on SQLite without a word."""
    existing = set(database.introspection.table_names())
    with database.cursor() as cursor:
        for guard in guards():
            if guard.table in existing:
                for statement in dialects.of(database).create(guard):
                    cursor.execute(statement)


def missing(database: BaseDatabaseWrapper = connection) -> list[str]:
    """Names of triggers that should be there and are not, or differ from what they should be."""
    dialect = dialects.of(database)
    with database.cursor() as cursor:
        found = dialect.existing(cursor)
    return sorted(
        name
        for guard in guards()
        for name, body in dialect.expected(guard).items()
        if found.get(name) != body
    )


def strange(database: BaseDatabaseWrapper = connection) -> list[str]:
    """Names of triggers and rules that are none of ours: one could undo, or swallow, what a process writes."""
    dialect = dialects.of(database)
    ours = {name for guard in guards() for name in dialect.expected(guard)}
    with database.cursor() as cursor:
        return sorted(set(dialect.acting(cursor)) - ours)


def require() -> None:
    """Raises GuardsMissingError, naming the triggers, unless all are in place."""
    if names := missing():
        raise GuardsMissingError(
            "Register tidak dijaga: pemicu (trigger) hilang atau berubah: "
            + ", ".join(names)
            + ". Jalankan `netral migrate`, lalu `netral check`, dan cari tahu siapa yang menghapusnya."
        )
