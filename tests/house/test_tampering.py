"""What the database's owner does with the guards dropped: every column of every table, every row gone or added.

Either the register's check tells of it, or it stands in `KEPT_BY_NOTHING` with what comes of it. A new column that
does neither fails here; so does one that stands there and is told.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from netral.accounts import factors
from netral.accounts import services as accounts
from netral.accounts.keys import agency_key
from netral.accounts.models import Agency, User
from netral.audit.services import check_self, record, sign_current_head
from netral.cases import services as cases
from netral.config.inspection import problems
from netral.documents.selectors import letters_of
from netral.evidence.cleaning import claim_next, clean_file
from netral.evidence.models import StoredFile
from netral.intake import services as intake
from netral.intake.content import ContactDetails, DraftContent, ReportBody
from netral.intake.models import Draft, DraftFile
from netral.intake.services import drafts, handling, screening
from netral.publication.services import publish_week
from netral.roster.models import Official, RosterUpload, RosterUploadRow
from netral.roster.services import link_account, stage_upload
from netral.sealing import ReceiptSecrets, SigningKey, new_code, new_object_id, read_key
from netral.ui import clock
from tests.cases.conftest import decider, open_life, respondent  # noqa: F401 (fixtures)
from tests.cases.life import ANNOUNCED, FINDINGS, Life, act
from tests.conftest import ROSTER_CSV

pytestmark = pytest.mark.one_database
OURS = [model for model in apps.get_models() if model.__module__.startswith("netral.")]

KEPT_BY_NOTHING = {
    "the key of a row that nothing names": [
        "worklist.WorkItem.id", "accounts.Activation.id", "evidence.CleanCopy.id", "documents.LetterCounter.id",
        "cases.Progress.id", "cases.Counter.id", "intake.Conflict.id", "intake.SearchToken.id", "intake.Counter.id",
    ],
    "a link that no longer opens; whom it was for asks for another": [
        "accounts.Activation gone", "accounts.Activation.used_at",
    ],
    "kept by the sign-in; the threat model says so": [
        "accounts.User.last_login", "accounts.User.totp_step", "accounts.User.session_epoch",
    ],
    "how someone likes the pages": ["accounts.User.single_keys"],
    "when the words were looked through, and for whom: whoever sees too much by it is told, not the moment": [
        "accounts.User.created_at", "intake.Report.screened_at",
    ],
    "a report found by a word of another one": ["intake.SearchToken added"],
    "a post is read by its holder's title and level, which are told": [
        "roster.Position.agency", "roster.Position.code", "roster.Position.unit", "roster.Position added",
    ],
    "a list that nobody has confirmed yet; applied, its result is in the log": [
        *(f"roster.RosterUpload.{field.name}" for field in RosterUpload._meta.concrete_fields),
        *(f"roster.RosterUploadRow.{field.name}" for field in RosterUploadRow._meta.concrete_fields),
        "roster.RosterUpload gone", "roster.RosterUpload added",
        "roster.RosterUploadRow gone", "roster.RosterUploadRow added",
    ],
    "whose turn it is": ["evidence.StoredFile.claimed_until", "evidence.StoredFile.tries"],
    "the frame of a page whose picture is the one in the log": [
        "evidence.CleanCopy.media_type", "evidence.CleanCopy.width", "evidence.CleanCopy.height",
    ],
    "the next number that is free is found without it": ["documents.LetterCounter gone"],
    "not sent yet: opened by its code alone, which tells its sender": [
        *(f"intake.Draft.{field.name}" for field in Draft._meta.concrete_fields),
        *(f"intake.DraftFile.{field.name}" for field in DraftFile._meta.concrete_fields),
        "intake.Draft gone", "intake.Draft added", "intake.Draft swapped",
        "intake.DraftFile gone", "intake.DraftFile added", "intake.DraftFile swapped",
    ],
}  # fmt: skip

# A register with something in every table ---------------------------------------------------------------------


@pytest.fixture
def register(
    agency: Agency,
    officer: Callable[..., User],
    owner: User,
    roster: dict[str, Official],
    open_life: Callable[..., Life],  # noqa: F811
    make_report: Callable[..., Any],
    sealed_photo: Callable[..., Any],
    store: Any,
    settings: Any,
    tmp_path: Any,
    demo_date: dt.date,
) -> None:
    """Two of everything where two can be, all of it in the log."""
    settings.NETRAL_HEADS = tmp_path / "heads"
    log_key = read_key(settings.NETRAL_KEYS["worker"] / "log.key", SigningKey)
    coordinator, administrator, newcomer = map(officer, ("koordinator", "administrator", "petugas"))
    officer("pemeriksa", full_name="Raden Kusuma Wardaya")
    factors.enrol(newcomer)
    with transaction.atomic():
        record(action="accounts.agency.created", actor="cli", rows=[agency, *User.objects.all()])
    accounts.create_user(agency=agency, username="pendatang", full_name="Pendatang Baru", role="petugas")
    link_account(user=administrator, official=roster["198711302010122001"], account=newcomer)
    stage_upload(user=coordinator, data=ROSTER_CSV.encode(), file_name="pegawai.csv")
    for reading in ("paling_lambat", "paling_cepat"):
        cases.confirm_law(user=coordinator, kind="tenggat", code="panggilan_1", reading=reading)
    cases.confirm_law(user=coordinator, kind="tenggat", code="panggilan_1", reading="paling_lambat")
    for name in ("Wulan", "Yusuf"):
        report = make_report(
            files=[sealed_photo()], contact={"contact_name": name}, who_name="Raden Kusuma Wardaya"
        )
        _study(report, owner, roster["199004182015051001"])
    for _ in range(2):
        _type_a_report(sealed_photo())
    beside = [official.pk for official in list(roster.values())[:2]]
    for conduct in ("like_post", "share_post"):
        _lead(open_life(acts=[act(conduct)], named=beside), sealed_photo)
        _punish(open_life(acts=[act(conduct, dt.date(2024, 8, 20))]))
    while (file := claim_next()) is not None:
        assert isinstance(file, StoredFile)
        clean_file(stored_file=file, agency_key=agency_key(agency))
    for sunday in (6, 13):
        publish_week(agency=agency, as_of=dt.date(2024, 10, sunday), after=None)
    sign_current_head(log_key=log_key)
    check_self(log_key=log_key.public)


def _study(report: Any, owner: User, official: Official) -> None:
    screening.screen(report=report)

    def step(name: str, **arguments: Any) -> None:
        report.refresh_from_db()
        getattr(handling, name)(report=report, user=owner, revision=report.revision, **arguments)

    step("start_study")
    step("save_study", items={}, note="Catatan.")
    step("ask_reporter", text="Di mana?")
    receipt = ReceiptSecrets.derive(report.code)
    intake.receive_message(
        report=report, receipt=receipt, text="Di lapangan.", object_id=new_object_id(), now=clock.now()
    )
    intake.mark_read(report=report, user=owner, now=clock.now())
    step("resume_study", reason="Sudah dijawab.")
    step("name_respondent", official=official)


def _type_a_report(photo: Any) -> None:
    code, body = new_code(), ReportBody(acts=("like_post",), story="Terlapor menyukai unggahan.")
    drafts.save_draft(
        code=code, content=DraftContent(body, ContactDetails()), now=clock.now(), today=clock.today()
    )
    drafts.add_draft_file(code=code, upload=photo)


def _lead(life: Life, sealed_photo: Callable[..., Any]) -> None:
    """A case through every kind of part, to a remedy that is decided."""
    life.amend_allegation(
        allegation=life.case.allegation_set.get(),
        act=act(life.case.allegation_set.get().conduct, description="Dua unggahan."),
    )
    life.assessed()
    life.reply(text="Terlapor membantah.")
    crime = life.refer_crime(by=life.decider, to="bawaslu", reason="Mungkin pidana.")
    life.answer_crime(referral=crime, day=life.day, text="Tidak dipidana.")
    life.add_files(files=[sealed_photo()])
    life.appointed().summoned()
    summons = letters_of(life.case.subject).last()
    life.replace_letter(letter=summons, words={"room": "Ruang II"}, reason="Salah ketik.")
    life.attach_scan(letter=letters_of(life.case.subject).last(), scan=sealed_photo())
    life.missed().withdraw_absence(reason="Ia hadir.")
    life.heard()
    acts = life.case.allegation_set.values_list("object_id", flat=True)
    life.report(proven=dict.fromkeys(acts, True), findings=FINDINGS, level="berat", sanctions=("pdhtaps",))
    life.decided("pdhtaps")
    life.deliver(day=life.day, way="diserahkan")
    life.object_to(kind="banding", filed_on=life.day)
    life.resolve(result="dikuatkan", resolved_on=life.day)


def _punish(life: Life) -> None:
    """A case to a moral sanction that is stated."""
    life.assessed("kode_etik", "moral").appointed("majelis").summoned().wait(3).heard()
    life.reported("moral").decided("tertutup").deliver_moral(day=life.day, way="diserahkan")
    life.carry_out(day=life.day, announced=ANNOUNCED)


def test_the_register_of_this_file_is_whole_and_has_something_in_every_table(register: None) -> None:
    assert list(problems(deep=True)) == []
    assert [model._meta.label for model in OURS if not model._default_manager.exists()] == []


# What the owner does ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deed:
    """SQL, and what it does: `model.field`, `model gone`, `model added`, `model swapped`."""

    what: str
    sql: str
    values: tuple[Any, ...]


def deeds(model: type[models.Model]) -> Iterator[Deed]:
    """To one row of a table: each column another value; what is sealed, its neighbour's; it gone; it once more."""
    meta, label = model._meta, model._meta.label
    first, *more = model._default_manager.order_by("pk").values_list("pk", flat=True)
    columns = [f'"{field.column}"' for field in meta.concrete_fields]
    change, where = f'UPDATE "{meta.db_table}" SET', f'WHERE "{meta.pk.column}" = %s'
    row = raw(f'SELECT {", ".join(columns)} FROM "{meta.db_table}" {where}', first)
    for field, column, now in zip(meta.concrete_fields, columns, row, strict=True):
        yield Deed(f"{label}.{field.name}", f"{change} {column} = %s {where}", (another(field, now), first))
    sealed = [name for name, (kind, _) in model.FIELD_CLASSES.items() if kind == "sealed"]  # type: ignore[attr-defined]
    if sealed:
        theirs = [f'"{name}" = (SELECT "{name}" FROM "{meta.db_table}" {where})' for name in sealed]
        yield Deed(
            f"{label} swapped", f"{change} {', '.join(theirs)} {where}", (*[more[-1]] * len(sealed), first)
        )
    yield Deed(f"{label} gone", f'DELETE FROM "{meta.db_table}" {where}', (first,))
    inserted = (
        f'INSERT INTO "{meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(["%s"] * len(columns))})'
    )
    lasts = [rule.fields[-1] for rule in unique_rules(model)]
    once = {*lasts, *(field.name for field in meta.concrete_fields if field.unique)}
    twin = [
        another(field, now) if field.name in once else now
        for field, now in zip(meta.concrete_fields, row, strict=True)
    ]
    yield Deed(f"{label} added", inserted, tuple(twin))


def unique_rules(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]


def raw(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def another(field: models.Field[Any, Any], now: Any) -> Any:
    """Another value that the column could hold."""
    match field, now:
        case models.DateTimeField(), _:
            return "2031-01-01 00:00:00"
        case models.DateField(), _:
            return "2031-01-01"
        case models.BooleanField(), int():
            return 1 - now
        case _, None:
            return 1
        case models.ForeignKey(unique=False), _ if not any(
            field.name in rule.fields for rule in unique_rules(field.model)
        ):
            others = field.related_model._default_manager.exclude(pk=now).values_list("pk", flat=True)
            return others.first() or now + 1000
        case _, int():
            return now + 1000
        case _, bytes():
            return bytes([now[0] ^ 1, *now[1:]]) if now else b"\x01"
        case models.JSONField(), str():
            value = json.loads(now)
            return json.dumps([*value, "lain"] if isinstance(value, list) else {**value, "lain": 1})
        case _:
            return f"{now[:-1]}{'1' if now[-1:] == '0' else '0'}"


@contextmanager
def done(deed: Deed) -> Iterator[None]:
    """The deed done until the block ends."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(deed.sql, deed.values)
            assert cursor.rowcount == 1, deed
        yield
        transaction.set_rollback(True)


@contextmanager
def unguarded() -> Iterator[None]:
    """Triggers, constraints and unique indexes gone, as by an owner who makes the tables as he likes.

    What is dropped comes back with the test's transaction; the switch is the connection's, which later tests share.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
        )
        for kind, name in cursor.fetchall():
            cursor.execute(f'DROP {kind} "{name}"')
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_whatever_the_owner_does_is_told_or_known_not_to_be(register: None) -> None:
    untold = set()
    with unguarded():
        before = set(problems(deep=True))
        for model in OURS:
            for deed in deeds(model):
                with done(deed):
                    if all(problem in before for problem in problems(deep=True)):
                        untold.add(deed.what)
    assert untold == {name for names in KEPT_BY_NOTHING.values() for name in names}
