"""PostgreSQL: an advisory lock taken last; two functions, triggers for DELETE, UPDATE and TRUNCATE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..guards import Guard
    from . import Statement

LOG_LOCK = 0x4E657472616C  # "Netral"
REFUSAL = "RAISE EXCEPTION 'register Netral: baris ini tidak boleh dihapus atau diubah'"

FUNCTIONS = {
    "netral_refuse": f"BEGIN {REFUSAL}; END",
    # The arguments are the columns that never change.
    "netral_keep": (
        "DECLARE old_row jsonb := to_jsonb(OLD); new_row jsonb := to_jsonb(NEW); column_name text; "
        "BEGIN FOREACH column_name IN ARRAY TG_ARGV LOOP "
        "IF old_row -> column_name IS DISTINCT FROM new_row -> column_name "
        f"THEN {REFUSAL}; END IF; END LOOP; RETURN NEW; END"
    ),
}


# Held until the transaction ends; taken last so that it is held as shortly as possible.
LOCK_LOG = [("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])]


def run(cursor: Any, statements: Sequence[Statement]) -> None:
    """All in one message. Under READ COMMITTED each sees what was committed while the lock was waited for."""
    cursor.execute(
        "; ".join(sql for sql, _ in statements), [value for _, values in statements for value in values]
    )
    while cursor.nextset():
        pass


def expected(guard: Guard) -> dict[str, str]:
    """Trigger name → its definition as PostgreSQL prints it (`pg_get_triggerdef`); function name → its body."""
    table, refuse = f"public.{guard.table}", "EXECUTE FUNCTION netral_refuse()"
    columns = ", ".join(f"'{column}'" for column in guard.frozen)
    update = refuse if guard.append_only else f"EXECUTE FUNCTION netral_keep({columns})"
    triggers = {
        f"{guard.table}_no_delete": f"BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"{guard.table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        f"{guard.table}_no_update": f"BEFORE UPDATE ON {table} FOR EACH ROW {update}",
    }
    return FUNCTIONS | {name: f"CREATE TRIGGER {name} {body}" for name, body in triggers.items()}


def create(guard: Guard) -> list[str]:
    functions = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in FUNCTIONS.items()
    ]
    triggers = [
        statement
        for name, body in expected(guard).items()
        if name not in FUNCTIONS
        for statement in (
            f"DROP TRIGGER IF EXISTS {name} ON {guard.table}",
            body,
            # Fires even in a session that set session_replication_role = replica.
            f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}",
        )
    ]
    return functions + triggers


def existing(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A' "
        "UNION ALL SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)",
        [list(FUNCTIONS)],
    )
    return dict(cursor.fetchall())


def acting(cursor: Any) -> list[str]:
    """Names of everything that acts when a table is written to: triggers, rules, row policies."""
    cursor.execute(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace "
        "UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = 'public' "
        "UNION ALL SELECT policyname FROM pg_policies WHERE schemaname = 'public'"
    )
    return [name for (name,) in cursor.fetchall()]
