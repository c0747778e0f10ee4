"""Writing to the log: the last statement of every service's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import chain, islice

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from netral.sealing import (
    Frontier,
    SealingError,
    SigningKey,
    VerifyKey,
    canonical_json,
    consistency_proof,
    leaf_hash,
    sign_head,
    verify_consistency,
    verify_head,
)
from netral.sealing import Head as SignedHead

from . import dialects, heads
from .check import Problem, check_register
from .models import Entry, Head, LoggedModel, Node, SelfCheck
from .selectors import CHECKED, frontier, log_size, node

Details = Mapping[str, str | int | bool | list[str] | None]


def record(
    *,
    action: str,
    actor: str,
    rows: Iterable[LoggedModel],
    details: Details | None = None,
) -> Entry:
    """Appends one act to the log, inside the caller's transaction and as its last statement.

    `rows` are the register rows the act touched, already saved; the first is the entry's subject. Acts of the
    public carry the date instead of the moment, because a moment would tie a report to a network log. Raises
    TransactionManagementError outside a transaction.
    """
    entry = make_entry(action=action, actor=actor, rows=list(rows), details=details)
    append([entry])
    return entry


def make_entry(
    *, action: str, actor: str, rows: Sequence[LoggedModel], details: Details | None = None
) -> Entry:
    """One act as a leaf that has no place in the tree yet."""
    now = datetime.now(UTC).replace(microsecond=0)
    day = timezone.localdate(now)  # as the reporter's receipt and the officers' pages count it
    public = actor == "public"
    at = datetime.combine(day, time.min, UTC) if public else now
    subject = rows[0].subject if rows else ""
    body = canonical_json(
        {
            "v": 1,
            "n": secrets.token_hex(16),
            "t": f"{day:%Y-%m-%d}" if public else f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "a": action,
            "by": actor,
            "s": subject,
            "rows": {row.subject: row.digest() for row in rows},
            "d": dict(details or {}),
        }
    )
    return Entry(at=at, action=action, actor=actor, subject=subject, body=body.decode(), leaf=leaf_hash(body))


def append(entries: Sequence[Entry]) -> None:
    """Gives `entries` their places at the log's end and stores them with the nodes they complete."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is appended to in the transaction of the act")
    tree, completed = frontier(locked=True), []
    for entry in entries:
        entry.index = tree.size
        completed += tree.append(bytes(entry.leaf))
        entry.root = tree.root()
    nodes = [Node(position=level << 48 | i, hash=h) for level, i, h in completed if level]
    dialects.run(connection, [_insertion(rows) for rows in (entries, nodes) if rows])


def _insertion(rows: Sequence[Model]) -> dialects.Statement:
    """One statement that inserts these rows of one model."""
    fields = rows[0]._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]
    return f'INSERT INTO "{rows[0]._meta.db_table}" ({columns}) VALUES {places}', values  # noqa: S608 (our own names)


def sign_current_head(*, log_key: SigningKey) -> Head | None:
    """Signs the tree as it stands; None where the newest head already covers it (or the log is empty).

    The note is also written to the heads folder, outside the database, so that a database rolled back to
    yesterday is seen at the next start. Raises SealingError where the log no longer holds what the newest kept
    head says: a signature must not make a rewritten history the true one.
    """
    tree = frontier()
    if not tree.size or Head.objects.filter(size=tree.size).exists():
        return None
    if (kept := heads.newest()) is not None:
        _publish(_continued(kept, tree, log_key.public), kept)  # a process that ended in between did not
    now = datetime.now(UTC).replace(microsecond=0)
    signed = SignedHead(settings.NETRAL_ORIGIN, tree.size, tree.root(), now)
    note = sign_head(signed, log_key)
    heads.keep(tree.size, note)
    return _publish(signed, note)


def _continued(note: str, tree: Frontier, log_key: VerifyKey) -> SignedHead:
    """The head in a kept note, which `tree` must continue."""
    old = verify_head(note, log_key)
    proof = consistency_proof(old.size, tree.size, node)
    verify_consistency(old.size, tree.size, old.root, tree.root(), proof)
    return old


def _publish(head: SignedHead, note: str) -> Head:
    row, _ = Head.objects.get_or_create(
        size=head.size, defaults={"root": head.root, "note": note, "made_at": head.time}
    )
    return row


def check_self(*, log_key: VerifyKey, beside: Iterable[Problem] = ()) -> SelfCheck:
    """Checks the whole register and keeps the result, in the log too; the problems named are the first hundred.

    `beside` are the findings of the apps above, about what the log cannot see by itself.
    """
    size = log_size()
    problems = [str(problem) for problem in islice(chain(check_register(log_key), beside), 100)]
    result = SelfCheck(at=datetime.now(UTC), size=size, problems=problems)
    try:
        with transaction.atomic():
            result.save()
            record(action=CHECKED, actor="worker", rows=[result], details={"problems": len(problems)})
    except (
        SealingError,
        DatabaseError,
    ):  # a log too broken to be continued: its check must be seen all the same
        result.pk = None
        result.save(force_insert=True)
    return result
