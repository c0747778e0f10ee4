"""What each process may do in PostgreSQL, as data: one letter a right, one line a table.

`S` select, `I` insert, `U` update, `D` delete; fields in brackets narrow a right to their columns. What is not named is
not granted. The owner of the tables, who migrates, backs up and restores, is none of these roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import connection
from django.db.models import Model

from netral.audit.models import Entry, Head, LoggedModel, Node
from netral.config.failures import Refusal

WORDS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}
_RIGHT = re.compile(r"([SIUD])(?:\(([a-z_ ]+)\))?")

# A report comes in and is talked about; nothing of the officers' is read, of a case only how far it is,
# of a letter only what its code shows. Of a row that stands it changes what its steps need: the day on which an answer
# is due, the place of a report in the log, the next number, a draft that is typed again.
PUBLIC: Mapping[str, str] = {
    "accounts.Agency": "S",
    "audit.Entry": "SI",
    "audit.Node": "SI",
    "audit.Head": "S",
    "cases.Progress": "S",
    "documents.Letter": "S",
    "evidence.StoredFile": "SI",
    "intake.Contact": "SI",
    "intake.Counter": "SIU(value)",
    "intake.Draft": "SIU(sealed_body keyring)D",
    "intake.DraftFile": "SID",
    "intake.Message": "SI",
    "intake.Report": "SIU(due log_index)",
    "publication.Snapshot": "S",
    "worklist.WorkItem": "SIU(due open step unread)",
}


def officers_rights() -> dict[str, str]:
    """Staff and worker: every table; of the register's rows no deletion, of the log nothing but appending."""
    log = {Entry: "SI", Node: "SI", Head: "SI"}
    return {
        model._meta.label: log.get(model, "SIU" if issubclass(model, LoggedModel) else "SIUD")
        for model in apps.get_models(include_auto_created=True)
    }


def statements(role: str, rights: Mapping[str, str]) -> Iterator[str]:
    """The SQL that gives `role` exactly these rights, whatever it had before."""
    quote = connection.ops.quote_name
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quote(role)}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {quote(role)}"
    yield f"REVOKE CREATE ON SCHEMA public FROM {quote(role)}"
    yield f"GRANT USAGE ON SCHEMA public TO {quote(role)}"
    yield f"GRANT SELECT ON django_migrations TO {quote(role)}"
    for label, letters in rights.items():
        model = apps.get_model(label)
        granted = ", ".join(_words(model, *right) for right in _RIGHT.findall(letters))
        yield f"GRANT {granted} ON {quote(model._meta.db_table)} TO {quote(role)}"
    # Rate buckets are raw tables that a process makes for itself, in the schema of its role's name.
    yield f"CREATE SCHEMA IF NOT EXISTS {quote(role)}"
    yield f"GRANT USAGE, CREATE ON SCHEMA {quote(role)} TO {quote(role)}"


def _words(model: type[Model], letter: str, fields: str) -> str:
    """A right as SQL names it, with the columns it is narrowed to."""
    quote, meta = connection.ops.quote_name, model._meta
    columns = ", ".join(quote(str(meta.get_field(name).column)) for name in fields.split())  # type: ignore[union-attr]
    return f"{WORDS[letter]} ({columns})" if columns else WORDS[letter]


def grant(roles: Mapping[str, Mapping[str, str]]) -> None:
    """Applies rights by role, inside the caller's transaction. Raises Refusal for a role that does not exist."""
    with connection.cursor() as cursor:
        for role, rights in roles.items():
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if found is None:
                raise Refusal(f"Peran PostgreSQL {role!r} tidak ada; buat dahulu: CREATE ROLE {role} LOGIN.")
            if found[0]:
                raise Refusal(f"Peran PostgreSQL {role!r} adalah superuser; hak tidak dapat dibatasi.")
            for statement in statements(role, rights):
                cursor.execute(statement)
