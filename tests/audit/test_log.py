"""The log: appended in its transaction, append-only, and the register's check finds every tampering."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from netral.accounts.models import Agency
from netral.audit import check, guards, heads
from netral.audit.models import Entry, Head, Node, SelfCheck
from netral.audit.selectors import checked_at, frontier, history, latest_check, leaves, node
from netral.audit.services import check_self, record, sign_current_head
from netral.sealing import (
    Frontier,
    SealingError,
    SigningKey,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_head,
    verify_inclusion,
)
from netral.sealing.merkle import consistency_proof

LOG_KEY = SigningKey.generate()


def act(agency: Agency, action: str = "accounts.agency.updated", actor: str = "user/1") -> Entry:
    with transaction.atomic():
        agency.phone = f"(0721) {Entry.objects.count():06d}"
        agency.save()
        return record(action=action, actor=actor, rows=[agency], details={"changed": ["phone"]})


@pytest.fixture
def log(agency: Agency, settings: Any, tmp_path: Any) -> Agency:
    settings.NETRAL_HEADS = tmp_path / "heads"
    for _ in range(11):
        act(agency)
    sign_current_head(log_key=LOG_KEY)
    for _ in range(10):
        act(agency)
    sign_current_head(log_key=LOG_KEY)
    return agency


def problems() -> list[str]:
    return [str(problem) for problem in check.check_register(LOG_KEY.public)]


def tamper(sql: str, *parameters: object) -> None:
    """As the database's owner: triggers dropped first, reinstalled afterwards so that only the deed is left."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        )
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
        cursor.execute(sql, parameters)
        assert cursor.rowcount != 0
    guards.install(connection)


def test_a_whole_register_has_no_problem(log: Agency) -> None:
    assert problems() == []


def test_an_entry_needs_the_transaction_of_its_act(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netral.audit.services.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        record(action="a.b", actor="cli", rows=[agency])


def test_entry_and_act_are_rolled_back_together(agency: Agency) -> None:
    def interrupted() -> None:
        with transaction.atomic():
            act(agency)
            raise RuntimeError("listrik padam")

    with pytest.raises(RuntimeError, match="listrik"):
        interrupted()
    assert frontier().size == 0
    assert Agency.objects.get().phone == ""


def test_stored_tree_equals_the_tree_of_all_leaves(log: Agency) -> None:
    all_leaves = list(leaves(21))
    assert frontier().root() == root_of(all_leaves)
    for index in (0, 7, 20):
        verify_inclusion(all_leaves[index], index, 21, inclusion_proof(index, 21, node), frontier().root())
    for old in range(1, 21):
        verify_consistency(
            old, 21, root_of(all_leaves[:old]), frontier().root(), consistency_proof(old, 21, node)
        )


def test_every_entry_is_its_leaf(log: Agency) -> None:
    for entry in Entry.objects.all():
        assert leaf_hash(entry.body.encode()) == bytes(entry.leaf)
        assert len(bytes.fromhex(json.loads(entry.body)["n"])) == 16


def test_acts_of_the_public_carry_the_day_only(agency: Agency) -> None:
    entry = act(agency, actor="public")
    assert json.loads(entry.body)["t"] == f"{entry.at:%Y-%m-%d}"
    assert (entry.at.hour, entry.at.minute, entry.at.second) == (0, 0, 0)


def test_the_day_of_a_public_act_is_the_registers_not_that_of_utc(agency: Agency) -> None:
    with time_machine.travel("2024-10-19T18:30:00Z", tick=False):  # 01.30 on the 20th in Jakarta
        entry = act(agency, actor="public")
    assert json.loads(entry.body)["t"] == "2024-10-20"
    assert str(entry.at) == "2024-10-20 00:00:00+00:00"


def test_history_tells_what_happened_to_a_row(log: Agency) -> None:
    acts = history(log)
    assert len(acts) == 21
    assert acts[0].action == "accounts.agency.updated"
    assert acts[0].details == {"changed": ["phone"]}


def test_heads_are_signed_and_kept_outside_the_database(log: Agency) -> None:
    head = verify_head(str(heads.newest()), LOG_KEY.public)
    assert (head.size, head.root) == (21, frontier().root())
    assert sign_current_head(log_key=LOG_KEY) is None  # nothing new, nothing signed
    assert Head.objects.count() == 2


@pytest.mark.parametrize("model", [Entry, Node, Head])
@pytest.mark.parametrize("deed", ["update", "delete", "replace"])
def test_the_log_refuses_change(log: Agency, model: Any, deed: str) -> None:
    table, row, last = model._meta.db_table, model.objects.first(), model._meta.fields[-1].name
    replace = {
        "sqlite": f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"',
        "postgresql": f'TRUNCATE "{table}"',
    }[connection.vendor]
    deeds: dict[str, Callable[[], object]] = {
        "update": lambda: model.objects.filter(pk=row.pk).update(**{last: getattr(row, last)}),
        "delete": lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
        "replace": lambda: connection.cursor().execute(replace),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        deeds[deed]()


def test_register_rows_cannot_be_deleted_nor_their_frozen_fields_changed(log: Agency) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(pk=log.pk)._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(pk=log.pk).update(slug="lain")
    Agency.objects.filter(pk=log.pk).update(name=log.name)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            'UPDATE audit_entry SET body = replace(body, \'"a":"accounts\', \'"a":"akun\') WHERE "index" = 5',
            "entri 5: isi tidak cocok",
        ),
        ("UPDATE audit_entry SET action = 'x' WHERE \"index\" = 5", "entri 5: kolom tidak cocok"),
        ('DELETE FROM audit_entry WHERE "index" = 5', "nomor 5 hilang"),
        ('DELETE FROM audit_entry WHERE "index" = 20', "tidak lagi memuat 21 entri"),
        ("DELETE FROM audit_node WHERE position = 281474976710657", "simpul 1/1: hilang"),
        ("UPDATE accounts_agency SET phone = '112'", "diubah di luar log"),
    ],
)
def test_tampering_by_the_owner_of_the_database_is_found(log: Agency, sql: str, found: str) -> None:
    tamper(sql)
    assert any(found in problem for problem in problems()), problems()


def test_entries_that_changed_places_are_found(log: Agency) -> None:
    three, four = Entry.objects.filter(index__in=(3, 4)).order_by("index")
    tamper('UPDATE audit_entry SET body = %s, leaf = %s WHERE "index" = 3', four.body, bytes(four.leaf))
    tamper('UPDATE audit_entry SET body = %s, leaf = %s WHERE "index" = 4', three.body, bytes(three.leaf))
    assert any("akar tidak cocok" in problem for problem in problems())


def rewrite_without(index: int) -> None:
    """The strongest owner drops one act and recomputes every hash."""
    kept = list(
        Entry.objects.exclude(index=index)
        .order_by("index")
        .values_list("body", "action", "actor", "subject", "at")
    )
    tamper("DELETE FROM audit_node")
    tamper("DELETE FROM audit_entry")
    tree = Frontier()
    for body, action, actor, subject, at in kept:
        leaf = leaf_hash(body.encode())
        completed = tree.append(leaf)
        Entry.objects.create(
            index=tree.size - 1,
            at=at,
            action=action,
            actor=actor,
            subject=subject,
            body=body,
            leaf=leaf,
            root=tree.root(),
        )
        Node.objects.bulk_create(Node(position=level << 48 | i, hash=h) for level, i, h in completed if level)


def test_a_log_rewritten_from_end_to_end_no_longer_fits_its_signed_heads(log: Agency) -> None:
    rewrite_without(5)
    found = problems()
    assert any("tidak lagi memuat 11 entri" in problem for problem in found), found
    assert any("folder heads" in problem for problem in found)


def test_a_rewritten_log_gets_no_new_head_and_every_kept_head_tells(log: Agency) -> None:
    """Signing a second history would make it the true one; heads kept before the newest count as well."""
    rewrite_without(5)
    tamper("DELETE FROM audit_head")
    for _ in range(3):
        act(log)
    with pytest.raises(SealingError):
        sign_current_head(log_key=LOG_KEY)
    assert Head.objects.count() == 0
    heads.kept()[-1].unlink()
    assert any("tidak lagi memuat 11 entri" in problem for problem in problems())


def test_what_a_check_found_stands_in_the_log_and_so_does_when_it_was(log: Agency) -> None:
    """A row put beside it, dated ahead, would keep the next check from coming."""
    assert checked_at() is None
    result = check_self(log_key=LOG_KEY.public)
    assert problems() == []
    at = checked_at()
    assert at == Entry.objects.get(subject=result.subject).at
    forged = SelfCheck.objects.create(at=result.at + datetime.timedelta(days=9), size=1)
    assert checked_at() == at
    assert problems() == [f"{forged.subject}: ada di register tanpa jejak dalam log"]
    tamper("DELETE FROM audit_selfcheck")
    assert f"{result.subject}: tercatat dalam log tetapi hilang dari register" in problems()


def test_a_log_that_can_no_longer_be_continued_hides_no_check(log: Agency) -> None:
    tamper(f"DELETE FROM audit_node WHERE position = {4 << 48}")
    check_self(log_key=LOG_KEY.public)
    found = latest_check()
    assert found
    assert any("simpul 4/0" in problem for problem in found.problems)
    assert checked_at() is None


def test_a_kept_head_that_the_register_lost_is_told_and_the_newest_comes_back(log: Agency) -> None:
    tamper("DELETE FROM audit_head")
    assert problems() == [
        f"kepala {n}: tersimpan di folder heads tetapi hilang dari register" for n in (11, 21)
    ]
    act(log)
    sign_current_head(log_key=LOG_KEY)
    assert problems() == ["kepala 11: tersimpan di folder heads tetapi hilang dari register"]
    tamper("UPDATE audit_head SET made_at = '2020-01-01 00:00:00+00:00' WHERE size = 21")
    assert "kepala 21: kolom tidak cocok dengan catatan yang ditandatangani" in problems()


def test_a_log_that_nobody_signs_any_more_is_noticed(log: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    act(log)
    assert problems() == []
    monkeypatch.setattr(check, "UNSIGNED_FOR", datetime.timedelta(0))
    assert any("entri mulai nomor 21" in problem for problem in problems())


def test_a_trigger_of_somebody_else_is_named(log: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER swallow BEFORE INSERT ON intake_message BEGIN SELECT RAISE(IGNORE); END"
            if connection.vendor == "sqlite"
            else "CREATE RULE swallow AS ON INSERT TO intake_message DO INSTEAD NOTHING"
        )
    assert problems() == ["swallow: pemicu asing: bukan dari program ini"]


def test_a_register_rolled_back_to_yesterday_is_noticed_at_the_start(log: Agency) -> None:
    assert check.rolled_back() is None
    tamper('DELETE FROM audit_head WHERE "size" = 21')
    tamper('DELETE FROM audit_entry WHERE "index" > 15')
    assert "dikembalikan ke keadaan lama" in str(check.rolled_back())


def test_a_missing_or_weakened_trigger_is_named(log: Agency) -> None:
    guards.require()
    on = "" if connection.vendor == "sqlite" else " ON audit_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_no_delete{on}")
    with pytest.raises(guards.GuardsMissingError, match="audit_entry_no_delete"):
        guards.require()


def test_a_migration_that_rebuilds_a_table_keeps_the_guards(log: Agency) -> None:
    """SQLite's table rebuild drops triggers without a word; `migrate` ends by installing them again."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in ("audit_entry", "audit_node"):
                cursor.execute(f'CREATE TABLE rebuilt AS SELECT * FROM "{table}"')
                cursor.execute(f'DROP TABLE "{table}"')
                cursor.execute(f'ALTER TABLE rebuilt RENAME TO "{table}"')
        assert guards.missing()
    post_migrate.send(
        sender=apps.get_app_config("audit"), app_config=apps.get_app_config("audit"), using="default"
    )
    assert guards.missing() == []
