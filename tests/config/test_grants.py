"""What the role of each process may do in PostgreSQL, tried by doing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from netral.audit.models import Entry
from netral.config import grants
from netral.config.failures import Refusal
from netral.intake.content import ContactDetails, DraftContent, ReportBody
from netral.intake.services import expire_drafts, receive_message, save_draft, submit_draft
from netral.sealing import ReceiptSecrets, new_code, new_object_id
from netral.ui import clock

ROLES = ("netral_uji_publik", "netral_uji_petugas")


@pytest.fixture
def roles(postgres_address: str) -> tuple[str, str]:
    """A public and an officers' role with their rights; gone with the test's transaction."""
    with connection.cursor() as cursor:
        for role in ROLES:
            cursor.execute(f"CREATE ROLE {role}")
    grants.grant({ROLES[0]: grants.PUBLIC, ROLES[1]: grants.officers_rights()})
    return ROLES


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """In a savepoint, with whose rollback the role goes too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")


def denial(role: str, sql: str) -> str:
    """What PostgreSQL says where `role` may not do this; empty where it may."""
    try:
        with acting_as(role), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return str(error)
    return ""


def test_every_table_of_the_public_rights_exists() -> None:
    assert all(apps.get_model(label) for label in grants.PUBLIC)
    assert all(set(letters) <= set(grants.WORDS) for letters in grants.PUBLIC.values())


def test_nobody_may_change_the_log_or_delete_from_the_register() -> None:
    rights = grants.officers_rights()
    assert rights["audit.Entry"] == rights["audit.Node"] == rights["audit.Head"] == "SI"
    assert "D" not in rights["intake.Report"] + rights["intake.Message"] + rights["evidence.StoredFile"]
    assert set(rights) == {model._meta.label for model in apps.get_models(include_auto_created=True)}


def test_the_public_role_takes_a_report_and_its_dialogue(
    roles: tuple[str, str], public_client: Any, agency: Any
) -> None:
    code, now = new_code(), clock.now()
    content = DraftContent(
        ReportBody(acts=("like_post",), story="Terlapor berkampanye."), ContactDetails(contact_name="Warga")
    )
    with acting_as(roles[0]):
        for page in ("/", "/lapor/", "/cek/", "/angka/", "/register/"):
            assert public_client.get(page).status_code in (200, 302), page
        save_draft(code=code, content=content, now=now, today=now.date())
        report = submit_draft(code=code, agency=agency, now=now).report
        receive_message(
            report=report,
            receipt=ReceiptSecrets.derive(code),
            text="Ada saksi.",
            object_id=new_object_id(),
            now=now,
        )
        answer = public_client.post("/cek/", {"kode": code})
        expire_drafts(now=now)
    assert answer.status_code == 200
    assert "Ada saksi." in answer.content.decode()
    assert Entry.objects.filter(action__startswith="intake.").count() == 2


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT password FROM accounts_user",
        "SELECT * FROM roster_official",
        "SELECT * FROM intake_initialstudy",
        "SELECT * FROM intake_respondent",
        "SELECT * FROM django_session",
        "INSERT INTO audit_head (size) VALUES (1)",
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM intake_report",
        "TRUNCATE intake_report CASCADE",
        "CREATE TABLE public.milikku (x int)",
        "ALTER TABLE intake_report DISABLE TRIGGER ALL",
    ],
)
def test_the_public_role_may_not(roles: tuple[str, str], sql: str) -> None:
    assert re.search("permission denied|must be owner", denial(roles[0], sql))


@pytest.mark.parametrize(
    ("sql", "allowed"),
    [
        ("SELECT count(*) FROM intake_report", True),
        ("SELECT count(*) FROM accounts_user", True),
        ("DELETE FROM intake_report", False),
        ("UPDATE audit_entry SET actor = 'x'", False),
        ("DELETE FROM audit_node", False),
    ],
)
def test_the_officers_role(roles: tuple[str, str], sql: str, allowed: bool) -> None:
    assert (denial(roles[1], sql) == "") is allowed


def test_a_role_that_is_not_there_is_named(postgres_address: str) -> None:
    with pytest.raises(Refusal, match="tidak_ada_peran"):
        grants.grant({"tidak_ada_peran": grants.PUBLIC})
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE netral_uji_super SUPERUSER")
    with pytest.raises(Refusal, match="superuser"):
        grants.grant({"netral_uji_super": grants.PUBLIC})
