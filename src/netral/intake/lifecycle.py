"""The life of a report: one table of transitions, each with who may and what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.accounts.rights import Right, has_right


class State(models.TextChoices):
    RECEIVED = "diterima", _("Diterima")
    STUDY = "kajian", _("Kajian awal")
    WAITING = "menunggu_pelapor", _("Menunggu pelapor")
    COMPLETE = "lengkap", _("Lengkap")
    CASE = "perkara", _("Menjadi perkara")
    CLOSED = "ditutup", _("Ditutup")
    MERGED = "digabung", _("Digabung")


class ClosingReason(models.TextChoices):
    NOT_CIVIL_SERVANT = "bukan_asn", _("terlapor bukan ASN")
    NOT_NEUTRALITY = "bukan_netralitas", _("bukan perkara netralitas ASN")
    OTHER_AGENCY = "instansi_lain", _("kewenangan instansi lain")
    INCOMPLETE = "tidak_dilengkapi", _("syarat tidak dilengkapi")
    NO_FACTS = "tanpa_petunjuk", _("tidak ada petunjuk yang dapat diperiksa")
    DUPLICATE = "sudah_ada", _("sudah ditangani dalam laporan lain")


class Step(models.TextChoices):
    """What has to be done next, the first words of a row in the queue."""

    START_STUDY = "mulai_kajian", _("Mulai kajian awal")
    FINISH_STUDY = "selesaikan_kajian", _("Selesaikan kajian awal")
    AWAIT_ANSWER = "tunggu_jawaban", _("Tunggu jawaban pelapor")
    READ_ANSWER = "baca_jawaban", _("Baca jawaban pelapor")
    FOLLOW_UP = "tindak_lanjut", _("Tindak lanjuti laporan lengkap")
    NONE = "selesai", _("Selesai")


@dataclass(frozen=True)
class Transition:
    """One lawful move. `days` names the agency's service standard that sets the next due date."""

    name: str
    sources: frozenset[State]
    target: State
    right: Right
    step: Step
    days: str | None = None
    needs_reason: bool = False


def _t(
    name: str,
    sources: set[State],
    target: State,
    right: Right,
    step: Step,
    days: str | None = None,
    *,
    reason: bool = False,
) -> Transition:
    return Transition(name, frozenset(sources), target, right, step, days, reason)


OPEN = {State.RECEIVED, State.STUDY, State.WAITING, State.COMPLETE}

TRANSITIONS: dict[str, Transition] = {
    t.name: t
    for t in (
        _t(
            "start_study", {State.RECEIVED}, State.STUDY, Right.REPORTS_STUDY, Step.FINISH_STUDY, "study_days"
        ),
        _t(
            "ask_reporter",
            {State.RECEIVED, State.STUDY, State.WAITING},
            State.WAITING,
            Right.REPORTS_STUDY,
            Step.AWAIT_ANSWER,
            "answer_days",
        ),
        _t(
            "resume_study",
            {State.WAITING, State.COMPLETE},
            State.STUDY,
            Right.REPORTS_STUDY,
            Step.FINISH_STUDY,
            "study_days",
        ),
        _t(
            "complete_study",
            {State.STUDY, State.WAITING},
            State.COMPLETE,
            Right.REPORTS_STUDY,
            Step.FOLLOW_UP,
            "follow_up_days",
        ),
        _t("open_case", {State.COMPLETE}, State.CASE, Right.CASES_OPEN, Step.NONE),
        _t("close", OPEN, State.CLOSED, Right.REPORTS_CLOSE, Step.NONE, reason=True),
        _t("merge", OPEN, State.MERGED, Right.REPORTS_CLOSE, Step.NONE, reason=True),
        _t(
            "reopen",
            {State.CLOSED, State.MERGED},
            State.STUDY,
            Right.REPORTS_CLOSE,
            Step.FINISH_STUDY,
            "study_days",
            reason=True,
        ),
    )
}


@dataclass(frozen=True)
class Edit:
    """A lawful act that leaves the state as it is."""

    name: str
    sources: frozenset[State]
    right: Right


EDITS: dict[str, Edit] = {
    name: Edit(name, frozenset(sources), right)
    for name, sources, right in (
        ("take", OPEN, Right.REPORTS_STUDY),
        ("assign", OPEN, Right.REPORTS_ASSIGN),
        ("save_study", {State.STUDY, State.WAITING}, Right.REPORTS_STUDY),
        ("name_respondent", OPEN, Right.REPORTS_STUDY),
        ("withdraw_respondent", OPEN, Right.REPORTS_STUDY),
        ("change_kind", OPEN, Right.REPORTS_STUDY),
        ("add_file", OPEN, Right.REPORTS_ENTER),
        ("write_reporter", {State.COMPLETE, State.CASE, State.CLOSED, State.MERGED}, Right.REPORTS_STUDY),
        ("read_messages", set(State), Right.REPORTS_STUDY),
    )
}

FIRST_STEP, FIRST_DAYS = Step.START_STUDY, "study_days"


def allowed(state: str) -> list[Transition]:
    """Transitions that leave this state, in the order of the table."""
    return [transition for transition in TRANSITIONS.values() if state in transition.sources]


def acts_open_to(role: str, state: str) -> list[str]:
    """Names of the transitions and edits that this role may do in this state."""
    acts: list[Transition | Edit] = [*TRANSITIONS.values(), *EDITS.values()]
    return [act.name for act in acts if state in act.sources and has_right(role, act.right)]
