"""Random lives of a case: whatever officers try, in whatever order, what must hold holds at every step."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from netral.audit.models import Entry
from netral.cases import services
from netral.cases.codes import Excuse, Outcome, RemedyResult, Signing, StopGround
from netral.cases.inspection import check_progress, check_queue
from netral.cases.lifecycle import OPEN, TRANSITIONS
from netral.cases.models import Absence, Case, Decision
from netral.cases.services import NewRespondent, OvertakenError
from netral.documents.kinds import read_fields
from netral.documents.render import Letterhead, render
from netral.worklist.models import WorkItem
from tests.documents.samples import SAMPLES

from .life import (
    ANNOUNCED,
    FINDINGS,
    HEARING,
    PARTY,
    SITTING,
    Life,
    act,
    dt,
    heard_otherwise,
    missed,
    on,
    scan,
)
from .test_lifecycle import EXPECTED, YES

pytestmark = pytest.mark.one_database

# Typed from PP 94/2021 Pasal 8, PerBKN 6/2022 Pasal 62, PP 42/2004 Pasal 15 and the law on ASN: what a regent may
# impose on a clerk, by what is alleged.
HEAVY = {"turun_jabatan_12", "pdhtaps"}
MEDIUM = {"tunda_kgb_1", "tunda_pangkat_1", "turun_pangkat_1"}
MORAL = {"tertutup", "terbuka"}
ALLEGED: dict[str, tuple[services.AllegedAct, set[str]]] = {
    "heavy": (act(), HEAVY),
    "moral": (act(day=dt.date(2024, 8, 20)), MORAL),
    "undetermined": (act("attend_quietly"), MEDIUM | HEAVY),
    "dismissal": (act("party_member", facts=PARTY), {"ptdh"}),
}
DEPARTURES = {
    ("kode_etik", "moral"): MORAL,
    ("disiplin", "ringan"): set(),  # the regent imposes no light sanction on a clerk
    ("disiplin", "sedang"): MEDIUM,
    ("disiplin", "berat"): HEAVY,
    ("pemberhentian", "ptdh"): {"ptdh"},
}
SANCTIONS = sorted(
    {"", "teguran_lisan", "kerja_paksa", "bebas_jabatan_12"} | MORAL | MEDIUM | HEAVY | {"ptdh"}
)
REFUSED = (ValidationError, OvertakenError, PermissionDenied)

with EXPECTED.open(encoding="utf-8", newline="") as file:
    TABLE = {(row["keadaan"], row["tindakan"]): row for row in csv.DictReader(file)}

days = st.integers(-2, 8)
yes_no = st.booleans()


def attempts(draw: Callable[[Any], Any], life: Life) -> dict[str, Callable[[], Any]]:
    """Every act, with whatever an officer might type."""
    soon = life.day + dt.timedelta(days=draw(days))
    allegations = life.case.allegation_set.values_list("object_id", flat=True)
    level = draw(st.sampled_from(["ringan", "sedang", "berat", "ptdh", "moral"]))
    track, departed = draw(st.sampled_from(sorted(DEPARTURES)))
    kind = draw(st.sampled_from(["atasan", "tim", "majelis"]))
    members = life.team()[: draw(st.sampled_from([1, 3, 3, 3]))]
    proven = draw(yes_no)
    sanction = draw(st.sampled_from(SANCTIONS))
    excuse = draw(st.sampled_from(Excuse.values))
    return {
        "assess": lambda: life.assess(accept=True),
        "depart": lambda: life.assess(accept=False, track=track, level=departed, reason="Lain."),
        "appoint": lambda: life.appoint(
            kind=kind, members=members, decree_number="800/3", decree_day=life.day
        ),
        "summon": lambda: life.summon(hearing_day=soon, sitting=SITTING),
        "summon_again": lambda: life.summon_again(hearing_day=soon, sitting=SITTING),
        "postpone": lambda: life.postpone(hearing_day=soon, sitting=SITTING, reason="Sakit."),
        "absent": lambda: life.absent(**missed(life) | {"excuse": excuse}),
        "absent_again": lambda: life.absent_again(**missed(life) | {"excuse": excuse}),
        "withdraw_absence": lambda: life.withdraw_absence(reason="Keliru."),
        "withdraw_absence_again": lambda: life.withdraw_absence_again(reason="Keliru."),
        "hear": lambda: life.hear(day=soon, hearing=HEARING),
        "sign_minutes": lambda: life.sign_minutes(
            signing=draw(st.sampled_from(Signing.values)),
            scan=scan(),
            reason=draw(st.sampled_from(["", "Keliru."])),
        ),
        "report": lambda: life.report(
            proven=dict.fromkeys(allegations, proven), findings=FINDINGS, level=level if proven else ""
        ),
        "return_report": lambda: life.return_report(reason="Kurang."),
        "reexamine": lambda: life.reexamine(reason="Ulang."),
        "reassess": lambda: life.reassess(reason="Bukti baru."),
        "decide": lambda: life.decide(sanction=sanction, reason="Menimbang."),
        "refer": lambda: life.refer(to=draw(st.sampled_from(["bkn", "kasn"])), reason="Lain."),
        "refer_crime": lambda: life.refer_crime(to="bawaslu", reason="Mungkin pidana."),
        "answer_crime": lambda: life.answer_crime(
            referral=life.case.crimereferral_set.last(), day=soon, text="Bukan pidana."
        ),
        "stop": lambda: life.stop(ground=draw(st.sampled_from(StopGround.values)), reason="Cukup."),
        "deliver": lambda: life.deliver(day=soon, way="diserahkan"),
        "deliver_final": lambda: life.deliver_final(day=soon, way="dikirim", note="Jalan Melati 3"),
        "deliver_moral": lambda: life.deliver_moral(day=soon, way="diserahkan"),
        "carry_out": lambda: life.carry_out(day=soon, announced=ANNOUNCED),
        "object": lambda: life.object_to(
            kind=draw(st.sampled_from(["keberatan", "banding"])), filed_on=life.day
        ),
        "resolve": lambda: life.resolve(
            result=draw(st.sampled_from(RemedyResult.values)), resolved_on=life.day
        ),
        "resume": lambda: life.resume(
            result=draw(st.sampled_from(RemedyResult.values)), resolved_on=life.day
        ),
        "close": life.close,
        "reopen": lambda: life.reopen(reason="Ternyata."),
        "take": life.take,
        "reply": lambda: life.reply(text="Saya membantah."),
        "replace_examiner": lambda: life.replace_examiner(
            member=life.case.teammember_set.last(), successor=life.team()[2], reason="Pindah."
        ),
    }


NAMES = {
    "assess", "appoint", "summon", "summon_again", "postpone", "absent", "absent_again", "hear", "report",
    "return_report", "reexamine", "reassess", "decide", "refer", "stop", "deliver", "deliver_final",
    "deliver_moral", "carry_out", "object", "withdraw_absence", "withdraw_absence_again",
    "resolve", "resume", "close", "reopen", "take", "reply", "replace_examiner", "refer_crime", "answer_crime",
    "sign_minutes",
}  # fmt: skip


# What an officer would do next.
NEXT = {
    "penilaian": ["assess"],
    "pemeriksa": ["appoint"],
    "panggilan_1": ["summon"],
    "menunggu_1": ["absent", "hear"],
    "panggilan_2": ["summon_again"],
    "menunggu_2": ["absent_again", "hear"],
    "lhp": ["sign_minutes", "report"],
    "keputusan": ["decide"],
    "penyampaian": ["deliver", "deliver_final", "deliver_moral"],
    "pelaksanaan": ["carry_out", "object"],
    "upaya": ["close", "object"],
    "keberatan": ["resolve", "resume"],
}


class Lives(RuleBasedStateMachine):
    """One case at a time; each life ends with its transaction undone."""

    alleged: str
    people: dict[str, Any]
    roster: dict[str, Any]
    reached: Counter[str]

    @initialize(steps=st.integers(0, 10), data=st.data())
    def opened(self, steps: int, data: st.DataObject) -> None:
        """A case some steps on its way, taken by officers who know their trade."""
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.act, self.offered = ALLEGED[self.alleged]
        with on(Life.day):
            (case,) = services.open_cases(
                user=self.people["pemeriksa"],
                respondents=[NewRespondent(self.respondent)],
                acts=[self.act],
                sources=[services.Source("intake.report/1", "L-2024-0001")],
            )
            if self.alleged == "dismissal":
                services.state_facts(
                    case=case,
                    user=self.people["pemeriksa"],
                    revision=case.revision,
                    actor={"has_resigned": False},
                )
        self.life = Life(case, self.people["pemeriksa"], self.people["pimpinan"], self.roster)
        self.open_to_decider: set[str] = set()
        for _step in range(steps):
            self.the_next_step_is_taken(data)

    @property
    def respondent(self) -> Any:
        return self.roster["199004182015051001"]

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(days=st.integers(0, 12))
    def time_passes(self, days: int) -> None:
        self.life.wait(days)

    @rule(data=st.data())
    def someone_does_what_the_table_allows(self, data: st.DataObject) -> None:
        case = self.life.case
        open_acts = [
            (name, role)
            for (state, name), row in TABLE.items()
            if state == case.state and row[case.track or "disiplin"] == YES
            for role in self.people
            if row[role] == YES and name in NAMES
        ]
        name, role = data.draw(st.sampled_from(open_acts))
        if name == "answer_crime" and not case.crimereferral_set.exists():
            return
        if name in ("stop", "refer") and data.draw(yes_no):
            return  # or most lives would end before they began
        if name == "assess" and data.draw(yes_no):
            name = "depart"
        self._try(name, role, data)

    @rule(data=st.data(), name=st.sampled_from(sorted(NAMES)))
    def someone_does_what_he_should_not(self, data: st.DataObject, name: str) -> None:
        if name == "answer_crime" and not self.life.case.crimereferral_set.exists():
            return
        self._try(name, data.draw(st.sampled_from(sorted(self.people))), data)

    @rule()
    def the_same_act_is_alleged_again(self) -> None:
        stopped = self.life.case.outcome == Outcome.STOPPED
        refused = nullcontext() if stopped else pytest.raises(ValidationError, match="Satu perbuatan")
        with refused, transaction.atomic(), on(self.life.day):
            services.open_cases(
                user=self.people["koordinator"],
                respondents=[NewRespondent(self.respondent)],
                acts=[self.act],
            )
            transaction.set_rollback(True)

    @rule(data=st.data())
    def the_next_step_is_taken(self, data: st.DataObject) -> None:
        if self.life.case.is_open:
            name = data.draw(st.sampled_from(NEXT[self.life.case.state]))
            role = "pimpinan" if name == "decide" else "pemeriksa"
            self._do(name, role, lambda: self._proper(name, data))

    def _proper(self, name: str, data: st.DataObject) -> Any:
        """The act as an officer who knows his trade does it."""
        life, case = self.life, self.life.case
        match name:
            case "appoint":
                return life.appointed("majelis" if case.track == "kode_etik" else "tim")
            case "absent":
                return life.missed()
            case "absent_again":
                return life.missed_again()
            case "summon":
                return life.summoned()
            case "summon_again":
                return life.summoned_again()
            case "hear":
                return life.hear(day=life.day, hearing=heard_otherwise(life))
            case "sign_minutes":
                return life.sign_minutes(signing="ditandatangani", scan=scan())
            case "report":
                level = {"kode_etik": "moral", "pemberhentian": "ptdh"}.get(case.track, "sedang")
                return life.reported(level, proven=data.draw(yes_no))
            case "decide":
                return life.decide(
                    sanction=data.draw(st.sampled_from(["", *sorted(self.open_to_decider)])), reason="Sebab."
                )
            case "deliver" | "deliver_final" | "deliver_moral":
                return getattr(life, name)(day=life.day, way="diserahkan")
            case "carry_out":
                return life.carry_out(day=life.day, announced=ANNOUNCED)
            case "close":
                return life.wait(40).close()
        return attempts(data.draw, life)[name]()

    def _try(self, name: str, role: str, data: st.DataObject) -> None:
        self._do(name, role, lambda: attempts(data.draw, self.life)[name]())

    def _do(self, name: str, role: str, act: Callable[[], Any]) -> None:
        """An act by someone of this role: it happens whole, with one entry in the log, or not at all."""
        self.life.examiner = self.people[role]
        before, log = Case.objects.values().get(pk=self.life.case.pk), self._log()
        state, track = before["state"], before["track"] or "disiplin"
        try:
            act()
        except REFUSED:
            assert Case.objects.values().get(pk=self.life.case.pk) == before
            assert self._log() == log
            return
        act_name = "assess" if name == "depart" else name
        row = TABLE[state, act_name]
        assert (row[track], row[role]) == (YES, YES)
        added = self._log()[len(log) :]
        assert added == [(f"cases.case.{act_name}", f"user/{self.people[role].pk}")]
        self.life.case.refresh_from_db()
        self.reached.update({self.life.case.state, self.life.case.outcome})
        if name == "assess":
            self.open_to_decider = self.offered
        elif name == "depart":
            self.open_to_decider = DEPARTURES[self.life.case.track, self.life.case.level]

    def _log(self) -> list[tuple[str, str]]:
        entries = Entry.objects.filter(subject=self.life.case.subject).order_by("index")
        return list(entries.values_list("action", "actor"))

    @invariant()
    def what_is_open_has_a_day_and_an_owner(self) -> None:
        if not hasattr(self, "life"):
            return
        case = self.life.case
        item = WorkItem.objects.get(subject=case.subject)
        assert case.is_open == (case.due is not None) == item.open
        assert case.owner
        assert (item.due, item.owner) == (case.due, case.owner)
        assert not [*check_queue(), *check_progress()]

    @invariant()
    def a_decision_is_one_heard_and_within_the_law(self) -> None:
        if not hasattr(self, "life"):
            return
        case = self.life.case
        decisions = list(Decision.objects.filter(case=case))
        assert len(decisions) == (case.outcome not in ("", Outcome.REFERRED, Outcome.STOPPED))
        for decision in decisions:
            rests_on = decision.minutes or decision.absence
            assert rests_on
            assert rests_on.round == decision.round == case.round
            if decision.absence:
                assert (decision.absence.ordinal, decision.absence.attendance) == (2, "tidak_hadir")
                assert Absence.objects.filter(case=case, withdrawn_on=None).count() >= 2
            assert decision.sanction in self.open_to_decider | {""}
            if decision.sanction in HEAVY | {"ptdh"}:
                self._team_was_there(decision)

    def _team_was_there(self, decision: Decision) -> None:
        rests_on = decision.minutes.day if decision.minutes else decision.absence.hearing_day
        team = decision.team
        assert (team.kind, bool(team.decree_number)) == ("tim", True)
        assert team.decree_day <= rests_on
        there = team.members.filter(joined_on__lte=rests_on).exclude(left_on__lte=rests_on)
        assert {m.element for m in there} >= {"atasan_langsung", "pengawasan", "kepegawaian"}
        assert not there.filter(official=self.respondent).exists()


def _any_letter(agency: Any) -> bytes:
    head = Letterhead(agency.name, agency.kind, agency.office, agency.address, agency.phone)
    fields = read_fields("penutupan", SAMPLES["penutupan"])
    return render(
        "penutupan", fields, agency=head, number="1", dated=dt.date(2024, 10, 24), check="http://localhost/"
    )


@pytest.mark.parametrize(
    ("alleged", "outcome"),
    [
        ("heavy", Outcome.DISCIPLINE),
        ("moral", Outcome.MORAL),
        ("undetermined", Outcome.DISCIPLINE),
        ("dismissal", Outcome.DISMISSAL),
    ],
)
def test_random_lives_keep_the_law(
    agency: Any,
    officer: Callable[..., Any],
    decider: Any,
    roster: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    alleged: str,
    outcome: str,
) -> None:
    # Typesetting would take most of the time and says nothing of the law: one letter stands for all.
    typeset = cache(lambda: _any_letter(agency))
    monkeypatch.setattr("netral.documents.services.render", lambda *_args, **_more: typeset())
    people = {"pemeriksa": officer("pemeriksa"), "koordinator": officer("koordinator"), "pimpinan": decider}
    people |= {role: officer(role) for role in ("petugas", "administrator")}
    reached = Counter[str]()
    told = {"alleged": alleged, "people": people, "roster": roster, "reached": reached}
    run_state_machine_as_test(
        type("Lives", (Lives,), told),
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            derandomize=True,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    if alleged == "moral":
        assert "pelaksanaan" in reached
    assert {outcome, "penyampaian", "lhp", "panggilan_2"} <= set(reached), "these lives prove too little"


def test_random_lives_know_every_transition_and_what_comes_next() -> None:
    assert set(TRANSITIONS) <= NAMES
    assert set(NEXT) == OPEN


@pytest.mark.parametrize("alleged", sorted(ALLEGED))
def test_what_is_typed_here_is_what_the_law_offers(open_life: Callable[..., Life], alleged: str) -> None:
    """Else the lives above would prove little: each road ends in each of its sanctions, and in no other."""
    acts, offered = ALLEGED[alleged]
    for sanction in SANCTIONS[1:]:
        with transaction.atomic():
            life = open_life(acts=[acts])
            if alleged == "dismissal":
                life.state_facts(actor={"has_resigned": False})
            life.assess()
            kind = {"moral": "majelis"}.get(alleged, "tim")
            life.appointed(kind).summoned().wait(3).heard().reported("berat" if kind == "tim" else "moral")
            try:
                life.decided(sanction)
            except ValidationError:
                assert sanction not in offered
            else:
                assert sanction in offered
            transaction.set_rollback(True)
