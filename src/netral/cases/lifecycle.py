"""The life of a case: one table of transitions and one of edits, each with who may and what comes next.

What an act rests on in law stands in `basis.yaml`, by the name of the act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.accounts.rights import Right, has_right

from .codes import TeamKind, Track


class State(models.TextChoices):
    ASSESSMENT = "penilaian", _("Penilaian")
    EXAMINERS = "pemeriksa", _("Penetapan pemeriksa")
    SUMMONS_1 = "panggilan_1", _("Panggilan pertama")
    WAITING_1 = "menunggu_1", _("Menunggu pemeriksaan")
    SUMMONS_2 = "panggilan_2", _("Panggilan kedua")
    WAITING_2 = "menunggu_2", _("Menunggu pemeriksaan sesudah panggilan kedua")
    REPORT = "lhp", _("Laporan hasil pemeriksaan")
    DECISION = "keputusan", _("Keputusan")
    DELIVERY = "penyampaian", _("Penyampaian keputusan")
    CARRYING_OUT = "pelaksanaan", _("Pelaksanaan sanksi moral")
    REMEDY = "upaya", _("Masa upaya administratif")
    OBJECTION = "keberatan", _("Upaya administratif diperiksa")
    CLOSED = "selesai", _("Selesai")


class Step(models.TextChoices):
    """What has to be done next, the first words of a row in the queue."""

    ASSESS = "nilai_perkara", _("Nilai perkara menurut hukum")
    APPOINT = "tetapkan_pemeriksa", _("Tetapkan pemeriksa")
    SUMMON = "panggil_terlapor", _("Panggil terlapor")
    HEAR = "periksa_terlapor", _("Periksa terlapor")
    SUMMON_AGAIN = "panggil_lagi", _("Panggil terlapor untuk kedua kali")
    SIGN = "tandatangani_bap", _("Catat tanda tangan berita acara")
    REPORT = "susun_lhp", _("Susun laporan hasil pemeriksaan")
    DECIDE = "putuskan", _("Putuskan perkara")
    DELIVER = "sampaikan_keputusan", _("Sampaikan keputusan")
    CARRY_OUT = "laksanakan_sanksi", _("Laksanakan sanksi moral")
    AWAIT_REMEDY = "tunggu_upaya", _("Tunggu masa upaya administratif")
    AWAIT_RESULT = "tunggu_putusan_upaya", _("Tunggu putusan upaya administratif")
    NONE = "perkara_selesai", _("Selesai")


@dataclass(frozen=True)
class Wait:
    """What a state waits for, and by when: the law's clock where it has one, else the agency's own standard.

    `hearing` says that the day of the hearing is the due day.
    """

    step: Step
    standard: str = ""
    clock: str = ""
    hearing: bool = False


WAITS: dict[str, Wait] = {
    State.ASSESSMENT: Wait(Step.ASSESS, "assess_days"),
    State.EXAMINERS: Wait(Step.APPOINT, "appoint_days"),
    State.SUMMONS_1: Wait(Step.SUMMON, "summon_days"),
    State.WAITING_1: Wait(Step.HEAR, hearing=True),
    State.SUMMONS_2: Wait(Step.SUMMON_AGAIN, "summon_days", "panggilan_2"),
    State.WAITING_2: Wait(Step.HEAR, hearing=True),
    State.REPORT: Wait(Step.REPORT, "report_days"),
    State.DECISION: Wait(Step.DECIDE, "decide_days"),
    State.DELIVERY: Wait(Step.DELIVER, "decide_days", "penyampaian"),
    State.CARRYING_OUT: Wait(Step.CARRY_OUT, "decide_days"),
    State.REMEDY: Wait(Step.AWAIT_REMEDY, "decide_days", "berlaku"),
    State.OBJECTION: Wait(Step.AWAIT_RESULT, "decide_days", "putusan_keberatan"),
    State.CLOSED: Wait(Step.NONE),
}

SAME = ""  # a transition that begins the wait of its state anew
ALL_STATES = frozenset(State.values)
OPEN = ALL_STATES - {State.CLOSED}
BEFORE_DECISION = frozenset(
    {
        State.ASSESSMENT,
        State.EXAMINERS,
        State.SUMMONS_1,
        State.WAITING_1,
        State.SUMMONS_2,
        State.WAITING_2,
        State.REPORT,
        State.DECISION,
    }
)
AFTER_ASSESSMENT = BEFORE_DECISION - {State.ASSESSMENT}
DURING_EXAMINATION = AFTER_ASSESSMENT - {State.EXAMINERS, State.DECISION}
AFTER_DECISION = ALL_STATES - BEFORE_DECISION
AFTER_HEARING = AFTER_DECISION | {State.REPORT, State.DECISION}
ALL_TRACKS = frozenset(Track.values)
# The roads that wait for the respondent to object before they end.
WITH_REMEDY = frozenset({Track.DISCIPLINE.value, Track.DISMISSAL.value})


@dataclass(frozen=True)
class Act:
    """Something an officer does with a case: from which states, with which of these `rights`, on which roads.

    `papers` are the kinds of letters it makes, of which a decision makes the one that fits.
    """

    name: str
    sources: frozenset[str]
    rights: frozenset[Right]
    tracks: frozenset[str] = ALL_TRACKS
    needs_reason: bool = False
    papers: tuple[str, ...] = ()

    def open_to(self, role: str) -> bool:
        return any(has_right(role, right) for right in self.rights)

    def open_in(self, state: str, track: str) -> bool:
        """A case not yet assessed has no track and waits for none."""
        return state in self.sources and (track in self.tracks or not track)


@dataclass(frozen=True)
class Transition(Act):
    """One lawful move."""

    target: str = SAME

    def leads_to(self, state: str) -> str:
        """Where a case in this state comes by it."""
        return self.target or state


def _t(
    name: str,
    sources: Iterable[str],
    target: str,
    *rights: Right,
    tracks: frozenset[str] = ALL_TRACKS,
    papers: tuple[str, ...] = (),
    reason: bool = False,
) -> Transition:
    return Transition(name, frozenset(sources), frozenset(rights), tracks, reason, papers, target)


_open, _examine, _decide, _assign = (
    Right.CASES_OPEN,
    Right.CASES_EXAMINE,
    Right.CASES_DECIDE,
    Right.CASES_ASSIGN,
)
_EXAMINERS_LETTERS = ("tim", "panggilan", "bap", "lhp", "pemanggilan_keputusan")
_DECISIONS = ("keputusan_moral", "keputusan_disiplin", "keputusan_pemberhentian", "penutupan")

TRANSITIONS: dict[str, Transition] = {
    t.name: t
    for t in (
        _t("assess", {State.ASSESSMENT}, State.EXAMINERS, _open),
        _t("appoint", {State.EXAMINERS}, State.SUMMONS_1, _examine, papers=("tim",)),
        _t("summon", {State.SUMMONS_1}, State.WAITING_1, _examine, papers=("panggilan",)),
        _t(
            "postpone", {State.WAITING_1, State.WAITING_2}, SAME, _examine, papers=("panggilan",), reason=True
        ),
        _t("absent", {State.WAITING_1}, State.SUMMONS_2, _examine),
        _t("withdraw_absence", {State.SUMMONS_2}, State.WAITING_1, _examine, reason=True),
        _t("summon_again", {State.SUMMONS_2}, State.WAITING_2, _examine, papers=("panggilan",)),
        _t("absent_again", {State.WAITING_2}, State.REPORT, _examine),
        _t("withdraw_absence_again", {State.REPORT, State.DECISION}, State.WAITING_2, _examine, reason=True),
        _t(
            "hear",
            {State.WAITING_1, State.SUMMONS_2, State.WAITING_2},
            State.REPORT,
            _examine,
            papers=("bap",),
        ),
        _t("report", {State.REPORT}, State.DECISION, _examine, papers=("lhp",)),
        _t("return_report", {State.DECISION}, State.REPORT, _decide, reason=True),
        _t(
            "reexamine",
            {State.WAITING_2, State.REPORT, State.DECISION},
            State.EXAMINERS,
            _examine,
            _decide,
            reason=True,
        ),
        _t("reassess", AFTER_ASSESSMENT, State.ASSESSMENT, _open, reason=True),
        _t("decide", {State.DECISION}, State.DELIVERY, _decide, papers=_DECISIONS),
        _t("refer", BEFORE_DECISION, State.CLOSED, _decide, papers=("penerusan",), reason=True),
        _t("stop", BEFORE_DECISION, State.CLOSED, _decide, papers=("penutupan",), reason=True),
        _t("deliver", {State.DELIVERY}, State.REMEDY, _examine, tracks=WITH_REMEDY),
        _t("deliver_moral", {State.DELIVERY}, State.CARRYING_OUT, _examine),
        _t("carry_out", {State.CARRYING_OUT}, State.CLOSED, _examine),
        _t("deliver_final", {State.DELIVERY}, State.CLOSED, _examine),
        _t("object", {State.CARRYING_OUT, State.REMEDY, State.CLOSED}, State.OBJECTION, _examine),
        _t("resolve", {State.OBJECTION}, State.CLOSED, _examine),
        _t("resume", {State.OBJECTION}, State.CARRYING_OUT, _examine),
        _t("close", {State.REMEDY}, State.CLOSED, _examine, tracks=WITH_REMEDY),
        _t("reopen", {State.CLOSED}, State.ASSESSMENT, _decide, reason=True),
    )
}

# Acts that leave the state as it is.
EDITS: dict[str, Act] = {
    name: Act(name, frozenset(sources), frozenset(rights), needs_reason=reason, papers=papers)
    for name, sources, rights, reason, papers in (
        ("take", OPEN, {_examine}, False, ()),
        ("assign", OPEN, {_assign}, False, ()),
        ("state_facts", {State.ASSESSMENT}, {_open}, False, ()),
        ("add_allegation", {State.ASSESSMENT}, {_open}, False, ()),
        ("amend_allegation", {State.ASSESSMENT}, {_open}, False, ()),
        ("replace_examiner", DURING_EXAMINATION, {_examine}, True, ()),
        ("sign_minutes", AFTER_HEARING, {_examine}, False, ()),
        ("reply", BEFORE_DECISION, {_examine}, False, ()),
        ("refer_crime", OPEN, {_decide}, True, ("penerusan",)),
        ("answer_crime", ALL_STATES, {_examine}, False, ()),
        ("add_file", OPEN, {_examine}, False, ()),
        ("summon_decision", {State.DELIVERY}, {_examine}, False, ("pemanggilan_keputusan",)),
        ("attach_scan", ALL_STATES, {_examine}, False, ()),
        ("replace_letter", ALL_STATES, {_examine}, True, _EXAMINERS_LETTERS),
        ("replace_decree", ALL_STATES, {_decide}, True, (*_DECISIONS, "penerusan")),
    )
}
ACTS: dict[str, Act] = {**TRANSITIONS, **EDITS}
# What puts off the end of a case. The law in the corpus sets no number; from the second on the pages say so.
PUT_OFF = ("postpone", "reexamine", "reassess")
OFTEN = 2
# Whoever may issue a letter may issue another in its place: by kind the act that does.
REPLACES: dict[str, str] = {
    kind: name for name in ("replace_letter", "replace_decree") for kind in EDITS[name].papers
}

# Who may examine, by the road and the level of the breach. A breach of undetermined level may prove heavy, and a heavy
# sanction needs a team; whoever lets the superior examine alone gives the heavy ones up, as `decide` says.
EXAMINERS: dict[tuple[str, str], tuple[str, ...]] = {
    (Track.ETHICS, "moral"): (TeamKind.PANEL,),
    (Track.DISCIPLINE, "ringan"): (TeamKind.SUPERIOR,),
    (Track.DISCIPLINE, "sedang"): (TeamKind.SUPERIOR, TeamKind.TEAM),
    (Track.DISCIPLINE, "berat"): (TeamKind.TEAM,),
    (Track.DISCIPLINE, "ptdh"): (TeamKind.TEAM,),
    (Track.DISCIPLINE, "undetermined"): (TeamKind.SUPERIOR, TeamKind.TEAM),
    (Track.DISMISSAL, "ptdh"): (TeamKind.TEAM,),
    (Track.DISMISSAL, "undetermined"): (TeamKind.TEAM,),
}


# What the house cautions against and no law in the corpus forbids; whoever does it says why.
UNUSUAL_EXAMINERS: dict[tuple[str, str], tuple[str, ...]] = {
    (Track.ETHICS, "moral"): (TeamKind.SUPERIOR,),
    (Track.DISMISSAL, "ptdh"): (TeamKind.SUPERIOR,),
    (Track.DISMISSAL, "undetermined"): (TeamKind.SUPERIOR,),
}


def allowed(state: str, track: str = "") -> list[Transition]:
    """Transitions that leave this state on this road, in the order of the table."""
    return [transition for transition in TRANSITIONS.values() if transition.open_in(state, track)]


def acts_open_to(role: str, state: str, track: str = "") -> list[str]:
    """Names of the transitions and edits that this role may do in this state on this road."""
    return [act.name for act in ACTS.values() if act.open_in(state, track) and act.open_to(role)]
