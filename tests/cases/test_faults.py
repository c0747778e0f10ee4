"""Whatever fails in the middle of a transition, the case stands where it stood, and so does everything beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection

from netral.cases import lifecycle
from netral.cases.codes import Outcome
from netral.cases.models import Case
from netral.documents import services as documents
from netral.documents.kinds import LetterFields
from netral.documents.render import render
from netral.documents.selectors import letters_of

from .life import ANNOUNCED, REGENT, SITTING, Life, act, dt, heard_otherwise

Transition = Callable[[Life], Any]
WATCHED = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ("cases", "worklist", "audit", "evidence", "documents")
]


def to_deliver(sanction: str = "pdhtaps") -> Transition:
    return lambda life: life.to("keputusan").decided(sanction)


def moral(life: Life) -> Life:
    life.assessed("kode_etik", "moral").appointed("majelis").summoned().wait(3).heard()
    return life.reported("moral").decided("tertutup")


def delivered(life: Life) -> Life:
    to_deliver()(life).deliver(day=life.day, way="diserahkan")
    return life


def moral_delivered(life: Life) -> Life:
    moral(life).deliver_moral(day=life.day, way="diserahkan")
    return life


def stopped(life: Life) -> Life:
    life.stop(by=life.decider, ground="salah_orang", reason="Keliru.")
    return life


def contested(before: Transition) -> Transition:
    def prepare(life: Life) -> Life:
        before(life).object_to(kind="keberatan", filed_on=life.day)
        return life

    return prepare


# Where an act starts: a state that is reached by the shortest way, or what leads to it.
TRANSITIONS: dict[str, tuple[str | Transition, Transition]] = {
    "assess": ("penilaian", Life.assessed),
    "amend_allegation": (
        "penilaian",
        lambda life: life.amend_allegation(
            allegation=life.case.allegation_set.get(), act=act("share_post", description="Membagikan.")
        ),
    ),
    "appoint": ("pemeriksa", Life.appointed),
    "summon": ("panggilan_1", Life.summoned),
    "postpone": (
        "menunggu_1",
        lambda life: life.postpone(
            hearing_day=life.day + dt.timedelta(days=4), sitting=SITTING, reason="Sakit."
        ),
    ),
    "absent": ("menunggu_1", Life.missed),
    "hear": ("menunggu_1", lambda life: life.hear(day=life.day, hearing=heard_otherwise(life))),
    "withdraw_absence": ("panggilan_2", lambda life: life.withdraw_absence(reason="Keliru.")),
    "withdraw_absence_again": ("lhp", lambda life: life.withdraw_absence_again(reason="Keliru.")),
    "summon_again": ("panggilan_2", Life.summoned_again),
    "absent_again": ("menunggu_2", Life.missed_again),
    "report": ("lhp", Life.reported),
    "return_report": ("keputusan", lambda life: life.return_report(by=life.decider, reason="Kurang.")),
    "reexamine": ("keputusan", lambda life: life.reexamine(by=life.decider, reason="Kurang lengkap.")),
    "reassess": ("keputusan", lambda life: life.reassess(reason="Bukti baru.")),
    "decide": ("keputusan", Life.decided),
    "stop": ("keputusan", lambda life: life.stop(by=life.decider, ground="meninggal", reason="Meninggal.")),
    "refer": ("lhp", lambda life: life.refer(by=life.decider, to="bkn", reason="Bukan kewenangan kami.")),
    "refer_crime": (
        "menunggu_1",
        lambda life: life.refer_crime(by=life.decider, to="bawaslu", reason="Mungkin pidana."),
    ),
    "decide on a sanction": ("keputusan", lambda life: life.decided("pdhtaps")),
    "deliver": (to_deliver(), lambda life: life.deliver(day=life.day, way="diserahkan")),
    "deliver_final": (to_deliver(""), lambda life: life.deliver_final(day=life.day, way="diserahkan")),
    "deliver_moral": (moral, lambda life: life.deliver_moral(day=life.day, way="diserahkan")),
    "carry_out": (moral_delivered, lambda life: life.carry_out(day=life.day, announced=ANNOUNCED)),
    "object": (delivered, lambda life: life.object_to(kind="keberatan", filed_on=life.day)),
    "resolve": (
        contested(delivered),
        lambda life: life.resolve(result="dikuatkan", resolved_on=life.day),
    ),
    "resume": (
        contested(moral_delivered),
        lambda life: life.resume(result="dikuatkan", resolved_on=life.day),
    ),
    "close": (lambda life: delivered(life).wait(40), lambda life: life.close()),
    "reopen": (
        stopped,
        lambda life: life.reopen(by=life.decider, reason="Ternyata."),
    ),
    "summon_decision": (
        "penyampaian",
        lambda life: life.summon_decision(hearing_day=life.day, sitting=SITTING, before=REGENT),
    ),
    "replace_letter": (
        "menunggu_1",
        lambda life: life.replace_letter(
            letter=letters_of(life.case.subject).last(), words={"hour": "10.00 WIB"}, reason="Salah ketik."
        ),
    ),
    "replace_examiner": (
        "menunggu_1",
        lambda life: life.replace_examiner(
            member=life.case.teammember_set.last(), successor=life.team()[2], reason="Pensiun."
        ),
    ),
}


class PowerCutError(OperationalError):
    """What a database says when it goes away."""


@contextmanager
def cut_at(number: int) -> Iterator[list[str]]:
    """Lets so many statements through and fails the next; yields those that came through."""
    seen: list[str] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if len(seen) == number:
            seen.append("")
            raise PowerCutError
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield seen


def everything() -> dict[str, list[Any]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in WATCHED}


def stored() -> set[Path]:
    """Every file in the store, unfinished ones among them."""
    return {path for path in settings.NETRAL_FILES.rglob("*") if path.is_file()}


@pytest.fixture
def set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same letter is typeset once, however often its act is tried: a typesetter asks the database nothing.

    Its code, which is another every time, is that of the first.
    """
    kept: dict[str, bytes] = {}

    def render_once(kind: str, fields: LetterFields, *, check: str, **more: Any) -> bytes:
        letter = repr((kind, fields, more))
        if letter not in kept:
            kept[letter] = render(kind, fields, check=check, **more)
        return kept[letter]

    monkeypatch.setattr(documents, "render", render_once)


@pytest.mark.usefixtures("set_once")
@pytest.mark.parametrize("name", TRANSITIONS)
def test_an_act_that_fails_at_any_statement_changes_nothing(life: Life, name: str) -> None:
    start, transition = TRANSITIONS[name]
    if callable(start):
        start(life)
    else:
        life.to(start)
    before, files, day, number = everything(), stored(), life.day, 0
    littered: list[int] = []  # statements whose failure left a file behind
    while True:
        life.case, life.day = Case.objects.select_related("agency", "owner").get(pk=life.case.pk), day
        try:
            with cut_at(number) as seen:
                transition(life)
        except PowerCutError:
            assert everything() == before, (name, seen)
            if stored() != files:
                littered.append(number)
            number += 1
            continue
        break
    assert number > 5
    assert littered in (
        [],
        [number - 1],
    )  # an error of COMMIT itself does not tell whether the rows are there
    assert everything() != before
    assert life.case.outcome in ("", *Outcome.values)


def test_every_transition_is_cut_here() -> None:
    assert set(lifecycle.TRANSITIONS) <= set(TRANSITIONS)
