"""PostgreSQL: an advisory lock taken last; one function, triggers for DELETE, UPDATE and TRUNCATE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..guards import Guard

LOG_LOCK = 0x4E657472616C  # "Netral"
FUNCTION = "netral_refuse"
REFUSAL = "register Netral: baris ini tidak boleh dihapus atau diubah"


def lock_log(cursor: Any) -> None:
    """Held until the transaction ends; taken last so that it is held as shortly as possible."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


def expected(guard: Guard) -> dict[str, str]:
    """Trigger name → its definition as PostgreSQL prints it (`pg_get_triggerdef`) and whether it is enabled."""
    execute = f"EXECUTE FUNCTION {FUNCTION}()"
    table = f"public.{guard.table}"
    triggers = {
        f"{guard.table}_no_delete": f"BEFORE DELETE ON {table} FOR EACH ROW {execute}",
        f"{guard.table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {execute}",
    }
    if guard.append_only:
        triggers[f"{guard.table}_no_update"] = f"BEFORE UPDATE ON {table} FOR EACH ROW {execute}"
    else:
        changed = " OR ".join(f"(new.{column} IS DISTINCT FROM old.{column})" for column in guard.frozen)
        condition = f"({changed})" if len(guard.frozen) > 1 else changed
        triggers[f"{guard.table}_frozen"] = f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({condition}) {execute}"
    return {name: f"CREATE TRIGGER {name} {body}" for name, body in triggers.items()}


def create(guard: Guard) -> list[str]:
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    return [
        function,
        *(
            statement
            for name, body in expected(guard).items()
            for statement in (
                f"DROP TRIGGER IF EXISTS {name} ON {guard.table}",
                body,
                # Fires even in a session that set session_replication_role = replica.
                f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}",
            )
        ),
    ]


def existing(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    )
    return dict(cursor.fetchall())
