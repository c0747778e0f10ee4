"""What the role of each process may do in PostgreSQL, tried by doing it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from PIL import Image

from netral.audit.models import Entry
from netral.config import grants
from netral.config.failures import Refusal
from netral.evidence.models import StoredFile
from netral.intake.lifecycle import State, Step
from netral.intake.models import Report
from netral.intake.services import expire_drafts
from netral.ui import clock
from netral.worklist.models import WorkItem

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
    for label, letters in grants.PUBLIC.items():
        rights = list(grants._RIGHT.finditer(letters))
        assert "".join(right[0] for right in rights) == letters, label


def test_nobody_may_change_the_log_or_delete_from_the_register() -> None:
    rights = grants.officers_rights()
    assert rights["audit.Entry"] == rights["audit.Node"] == rights["audit.Head"] == "SI"
    assert "D" not in rights["intake.Report"] + rights["intake.Message"] + rights["evidence.StoredFile"]
    assert set(rights) == {model._meta.label for model in apps.get_models(include_auto_created=True)}


TYPED = {"acts": ["like_post"], "story": "Terlapor berkampanye.", "contact_name": "Warga"}


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "JPEG")
    return SimpleUploadedFile("foto.jpg", drawn.getvalue())


def test_the_public_role_carries_the_whole_story_of_a_reporter(
    roles: tuple[str, str], public_client: Any, agency: Any
) -> None:
    with acting_as(roles[0]):
        for page in ("/", "/lapor/", "/cek/", "/angka/", "/register/"):
            assert public_client.get(page).status_code in (200, 302), page
        assert public_client.get("/surat/tidak-ada/").status_code == 404
        public_client.post("/lapor/", {**TYPED, "story": "Salah tulis."})
        public_client.post("/lapor/", TYPED)
        for button in ("tambah", "lanjut"):
            public_client.post("/lapor/berkas/", {"berkas": [photo()], button: "1"})
        code = public_client.cookies[settings.NETRAL_FORM_COOKIE].value
        assert public_client.post("/lapor/periksa/")["Location"] == "/lapor/tanda-terima/"
        assert public_client.post("/lapor/periksa/")["Location"] == "/lapor/tanda-terima/"
        assert public_client.get("/lapor/tanda-terima/").status_code == 200
    report = Report.objects.get()
    Report.objects.update(state=State.WAITING)
    with acting_as(roles[0]):
        answer = public_client.post("/cek/pesan/", {"kode": code, "text": "Ada saksi.", "berkas": [photo()]})
        assert "Ada saksi." in answer.content.decode()
        assert public_client.post("/cek/unduh/", {"kode": code}).status_code == 200
        public_client.post("/lapor/baru/", TYPED)
        assert expire_drafts(now=clock.real_now() + dt.timedelta(days=2)) == 1
    line = WorkItem.objects.get(subject=report.subject)
    assert (line.step, line.unread, line.open) == (Step.READ_ANSWER, True, True)
    assert StoredFile.objects.filter(matter=report.subject).count() == 2
    assert Entry.objects.filter(action__startswith="intake.").count() == 2


def changeable(role: str) -> dict[str, set[str]]:
    """Of every table of the register, the columns that an UPDATE of `role` may name; each is tried."""
    return {
        model._meta.label: columns
        for model in apps.get_models()
        if (
            columns := {
                field.column
                for field in model._meta.concrete_fields
                if not denial(
                    role,
                    f'UPDATE "{model._meta.db_table}" SET "{field.column}" = "{field.column}" WHERE 1 = 0',
                )
            }
        )
    }


ALL_THAT_THE_PUBLIC_CHANGES = {
    "intake.Counter": {"value"},
    "intake.Draft": {"sealed_body", "keyring"},
    "intake.Report": {"due", "log_index"},
    "worklist.WorkItem": {"due", "open", "step", "unread"},
}


def test_the_public_role_changes_these_columns_and_no_other(roles: tuple[str, str]) -> None:
    assert changeable(roles[0]) == ALL_THAT_THE_PUBLIC_CHANGES


def test_rights_of_an_older_program_are_taken_back(roles: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON intake_report TO {roles[0]}")
        cursor.execute(f"GRANT UPDATE (state) ON intake_report TO {roles[0]}")
        cursor.execute(f"GRANT SELECT (password) ON accounts_user TO {roles[0]}")
    grants.grant({roles[0]: grants.PUBLIC})
    assert changeable(roles[0]) == ALL_THAT_THE_PUBLIC_CHANGES
    assert denial(roles[0], "SELECT password FROM accounts_user")


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
        "UPDATE intake_report SET state = 'ditutup'",
        "UPDATE intake_report SET due = NULL, sealed_body = ''",
        "UPDATE intake_message SET read_on = '2024-10-20'",
        "INSERT INTO worklist_workitem (subject, agency_id, number, step, about, open, unread, opened_on)"
        " VALUES ('x', 1, 'L', 's', '', false, false, '2024-01-01')"
        " ON CONFLICT (subject) DO UPDATE SET owner_id = NULL",
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
