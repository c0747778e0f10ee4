"""Nothing that is said of a person lies in clear, and what lies sealed is what was promised in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from netral.audit import dialects, guards
from netral.cases import inspection
from netral.cases.content import Announced, Exchange, Findings, Hearing, Missed, Person, Sitting, Text
from netral.cases.models import CaseNote, CasePart, Summons
from netral.cases.sealed import Envelope
from netral.cases.selectors import minutes_of, reasons_of, summons_of
from netral.cases.services import NewRespondent
from netral.documents.selectors import letters_of
from netral.sealing import SealingError

from .life import Life, act, dt, missed, scan

CANARY = "Kenarirekaan"
ROSTER = ("roster", "accounts", "sessions")  # where people's names are kept as the agency's own lists


@pytest.fixture
def spoken(open_life: Callable[..., Life], respondent: Any, sealed_photo: Callable[..., Any]) -> Life:
    """A case in which everybody says the word, in every field that takes words."""
    life = open_life(respondent, acts=[act(description=f"{CANARY} menyukai unggahan.")])
    amended = act(description=f"{CANARY} menyukai dua unggahan.")
    life.amend_allegation(allegation=life.case.allegation_set.get(), act=amended)
    life.assess(accept=False, track="disiplin", level="berat", reason=f"{CANARY} dinilai.")
    life.reply(text=f"{CANARY} membantah.")
    crime = life.refer_crime(by=life.decider, to="bawaslu", reason=f"{CANARY} mungkin pidana.")
    life.answer_crime(referral=crime, day=life.day, text=f"{CANARY} tidak dipidana.")
    life.add_files(files=[sealed_photo(name=f"{CANARY}.jpg")])
    life.appoint(
        kind="tim", members=life.team(), decree_number="800/1", decree_day=life.day,
        formed_by=Person(name=f"{CANARY} I", position=f"Bupati {CANARY}"),
    )  # fmt: skip
    life.summon(hearing_day=life.hearing_day(1), sitting=Sitting(hour="09.00", place=f"Ruang {CANARY}"))
    life.wait(1)
    hearing = Hearing((Exchange(f"Benarkah {CANARY}?", f"Tidak, {CANARY}."),), f"{CANARY} menyesal.")
    summons = letters_of(life.case.subject).last()
    life.replace_letter(letter=summons, words={"room": f"Ruang {CANARY} II"}, reason=f"{CANARY} salah ketik.")
    life.hear(day=life.day, hearing=hearing)
    life.sign_minutes(signing="ditolak", scan=scan(), reason=f"Menurut {CANARY} keliru.")
    acts = life.case.allegation_set.values_list("object_id", flat=True)
    findings = Findings(*(f"{CANARY} {at}" for at in range(4)))
    life.report(proven=dict.fromkeys(acts, False), findings=findings)
    life.decide(by=life.decider, reason=f"{CANARY} tidak terbukti.")
    life.deliver_final(day=life.day, way="diserahkan", note=f"Diterima {CANARY}.")
    return life


@pytest.fixture
def punished(open_life: Callable[..., Life], respondent: Any) -> Life:
    """Another, of who did not come at first and whose sanction was stated."""
    life = open_life(respondent, acts=[act(day=dt.date(2024, 8, 20))])
    life.assess()
    life.appointed("majelis")
    said = {"excuse": "tidak_sah", "missed": Missed(f"Diterima {CANARY}.", f"{CANARY} ke pasar.")}
    life.summoned().wait(4).absent(**missed(life) | said)
    life.withdraw_absence(reason=f"{CANARY} hadir.")
    heard = Hearing((Exchange("Benar?", "Tidak."),), "Tidak.", f"{CANARY} meminta.")
    life.hear(day=life.day, hearing=heard)
    life.sign_minutes(signing="ditandatangani", scan=scan())
    life.reported("moral").decided("terbuka")
    life.deliver_moral(day=life.day, way="diserahkan")
    life.carry_out(day=life.day, announced=Announced(CANARY, f"{CANARY} III", f"Dibaca {CANARY}."))
    return life


def texts() -> Iterator[tuple[str, bytes]]:
    """Every value of every table but the lists of people, as the bytes that lie in the database."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ROSTER:
            for row in model._default_manager.values():
                for name, value in row.items():
                    binary = isinstance(value, bytes | memoryview)
                    yield f"{model._meta.label}.{name}", bytes(value) if binary else str(value).encode()


def test_no_word_of_a_case_lies_in_clear(spoken: Life, punished: Life) -> None:
    name, nip = spoken.case.official.name, spoken.case.official.nip
    for where, value in texts():
        for word in (CANARY, name, nip, "Ratna Puspa Ayu"):
            assert word.lower().encode() not in value.lower(), (where, word)


def test_the_file_opens_for_who_may_read_it(spoken: Life) -> None:
    envelope = Envelope.of(spoken.case)
    assert envelope.person == Person.of(spoken.case.official)
    minutes, summons = minutes_of(spoken.case), summons_of(spoken.case)
    assert minutes
    assert summons
    assert envelope.read(minutes, Hearing).exchanges[0].answer == f"Tidak, {CANARY}."
    assert envelope.read(summons, Sitting).place == f"Ruang {CANARY} II"
    assert [reason.act for reason in reasons_of(envelope)] == ["reply", "replace_letter", "sign_minutes"]
    with pytest.raises(SealingError):
        Text.from_bytes(envelope.raw(minutes).replace(b'"v":1', b'"v":2'))


def test_every_kind_of_part_is_tried_here_but_the_remedy(spoken: Life, punished: Life) -> None:
    parts = (part for life in (spoken, punished) for part in inspection.parts_of(life.case))
    kinds = {type(part).__name__ for part in parts}
    assert {model.__name__ for model in CasePart.__subclasses__()} - kinds == {"Objection"}


# What the database's owner could do ----------------------------------------------------------------------------


def found() -> list[str]:
    checks = (
        inspection.check_queue,
        inspection.check_numbers,
        inspection.check_progress,
        inspection.check_contents,
    )
    return [str(problem) for check in checks for problem in check()]


def deed(sql: str) -> None:
    """As the database's owner, who puts the triggers back afterwards."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for guard in guards.guards():
            for name in dialects.of(connection).expected(guard):
                if name.startswith(guard.table):
                    on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        cursor.execute(sql)
        assert cursor.rowcount > 0
    connection.check_constraints()
    guards.install()


def test_an_untouched_register_is_whole(spoken: Life) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "UPDATE cases_casenote SET sealed_words = (SELECT sealed_words FROM cases_summons)",
            "tidak terbuka",
        ),
        ("UPDATE cases_case SET sealed_body = (SELECT sealed_words FROM cases_summons)", "tidak terbuka"),
        ("UPDATE worklist_workitem SET step = 'putuskan' WHERE subject LIKE 'cases.%'", "meja kerja"),
        ("DELETE FROM worklist_workitem WHERE subject LIKE 'cases.%'", "hilang dari meja kerja"),
        ("UPDATE worklist_workitem SET subject = 'cases.case/999'", "tanpa perkaranya"),
        ("UPDATE worklist_workitem SET about = 'attend_quietly' WHERE subject LIKE 'cases.%'", "meja kerja"),
        ("UPDATE worklist_workitem SET opened_on = '2020-01-01' WHERE subject LIKE 'cases.%'", "meja kerja"),
        ("UPDATE worklist_workitem SET unread = TRUE WHERE subject LIKE 'cases.%'", "meja kerja"),
        ("UPDATE cases_case SET number = 'zz'", "bukan nomor register"),
        ("UPDATE cases_progress SET outcome = 'sanksi_moral'", "kemajuan"),
        ("UPDATE cases_progress SET origin = 'intake.report/8'", "laporan lain"),
    ],
)
def test_what_changed_behind_the_log_is_told(spoken: Life, sql: str, told: str) -> None:
    deed(sql)
    assert any(told in problem for problem in found()), found()


def test_words_sealed_anew_by_another_hand_do_not_pass(spoken: Life) -> None:
    """Whoever holds the agency's key can seal other words, not the promise that lies in the log."""
    note = CaseNote.objects.get(act="reply")
    sealed = Envelope.of(spoken.case).key.seal(spoken.case.context(note.place), Text("Mengaku.").to_bytes())
    deed(f"UPDATE cases_casenote SET sealed_words = {_literal(sealed)}")
    assert any("tidak cocok dengan yang tercatat" in problem for problem in found())


def _literal(data: bytes) -> str:
    return f"X'{data.hex()}'" if connection.vendor == "sqlite" else f"decode('{data.hex()}', 'hex')"


def test_two_cases_opened_together_share_no_key(
    owner: Any, roster: dict[str, Any], open_life: Callable[..., Life]
) -> None:
    from netral.cases import services

    from .life import OPENED, on

    people = [NewRespondent(roster[nip]) for nip in ("199004182015051001", "198711302010122001")]
    with on(OPENED):
        first, second = services.open_cases(user=owner, respondents=people, acts=[act()])
    part = first.allegation_set.get()
    with pytest.raises(SealingError):
        Envelope.of(second).raw(part)
    assert Summons.objects.count() == 0
