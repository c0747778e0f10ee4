"""What the officers' pages say about a report, as data for the templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.accounts.models import User
from netral.audit.selectors import Act, history, states_of
from netral.cases.codes import Outcome
from netral.cases.lifecycle import State as CaseState
from netral.cases.selectors import Stage
from netral.ui.parts import Event
from netral.ui.parts import Step as TrackStep

from .actions import ACTIONS
from .acts import act_label
from .lifecycle import ClosingReason, State, Step
from .models import Report
from .requirements import Finding, Requirement, open_requirements, requirements
from .selectors import Reason


@dataclass(frozen=True)
class Nudge:
    """The first words of a row and of a report's page: what has not been done yet, and what to do now."""

    title: str | Promise
    text: str | Promise = ""


NUDGES: Mapping[str, Nudge] = {
    Step.START_STUDY: Nudge(
        gettext_lazy("Kajian awal belum dimulai"),
        gettext_lazy("Baca laporannya, lalu periksa syarat formal dan materielnya."),
    ),
    Step.FINISH_STUDY: Nudge(
        gettext_lazy("Kajian awal belum selesai"),
        gettext_lazy("Tandai setiap syarat: terpenuhi, kurang, atau ditanyakan kepada pelapor."),
    ),
    Step.AWAIT_ANSWER: Nudge(
        gettext_lazy("Pelapor belum menjawab"),
        gettext_lazy("Lewat tenggat, putuskan: tanya lagi, lanjutkan tanpa jawaban, atau tutup."),
    ),
    Step.READ_ANSWER: Nudge(
        gettext_lazy("Jawaban pelapor belum ditindaklanjuti"),
        gettext_lazy("Baca jawabannya, lalu lanjutkan kajian awal."),
    ),
    Step.FOLLOW_UP: Nudge(
        gettext_lazy("Laporan lengkap belum ditindaklanjuti"),
        gettext_lazy("Tetapkan terlapor dari data pegawai, gabungkan laporan yang sama, lalu buka perkara."),
    ),
    Step.NONE: Nudge(gettext_lazy("Selesai"), gettext_lazy("Tidak ada yang harus dilakukan.")),
}


# How far the respondent was heard, by the state of his case and, once it is decided, by how.
NOT_HEARD = gettext_lazy("Terlapor belum didengar.")
HEARD = gettext_lazy("Terlapor sudah dipanggil untuk didengar, dan perkaranya belum diputus.")
SETTLED: Mapping[str, str | Promise] = {
    Outcome.NOT_PROVEN: gettext_lazy("Sesudah diperiksa, dugaan terhadap terlapor tidak terbukti."),
    Outcome.REFERRED: gettext_lazy("Perkaranya diteruskan tanpa kesimpulan tentang terlapor."),
    Outcome.STOPPED: gettext_lazy("Perkaranya dihentikan tanpa kesimpulan tentang terlapor."),
}
DECIDED = gettext_lazy("Perkaranya sudah diputus.")
SEVERAL = gettext_lazy("Keadaan setiap terlapor ada pada perkaranya.")


ENDED = gettext_lazy("Selesai")


def ended(cases: Sequence[Stage]) -> str:
    """How all these cases ended, each kind of outcome once; empty while one of them goes on."""
    outcomes = [case.outcome if case.state == CaseState.CLOSED else None for case in cases]
    if None in outcomes:
        return ""
    return ", ".join(dict.fromkeys(str(outcome.label) for outcome in outcomes if outcome))


def heard_words(stages: Sequence[Stage]) -> str:
    """How far the respondents were heard, in a sentence; where their cases differ, where to read it."""
    sentences = {str(_heard(stage)) for stage in stages} or {str(NOT_HEARD)}
    return sentences.pop() if len(sentences) == 1 else str(SEVERAL)


def _heard(stage: Stage) -> str | Promise:
    if stage.outcome:
        return SETTLED.get(stage.outcome, DECIDED)
    return HEARD if stage.state in (CaseState.REPORT, CaseState.DECISION) else NOT_HEARD


# The respondent is named: what is left of the step.
RESPONDENT_NAMED = Nudge(
    NUDGES[Step.FOLLOW_UP].title, gettext_lazy("Gabungkan laporan yang sama, lalu buka perkara.")
)


def nudge_of(step: str, *, named: bool) -> Nudge:
    """`named` says whether a respondent is."""
    return RESPONDENT_NAMED if named and step == Step.FOLLOW_UP else NUDGES[step]


def title_of(report: Report) -> str:
    """`Dugaan menyukai unggahan pasangan calon`."""
    first = act_label(report.acts[0])
    return _("Dugaan %(act)s") % {"act": first[0].lower() + first[1:]}


def study_ended(report: Report, before: str) -> str:
    """That the study is over and, where that changed what the report is, to what and why."""
    ended = _("Kajian awal selesai.")
    if report.kind == before:
        return ended
    return _("%(ended)s %(before)s ini kini %(kind)s, karena nama dan alamat pelapornya tidak diketahui.") % {
        "ended": ended,
        "before": Report.Kind(before).label,
        "kind": report.get_kind_display().lower(),
    }


def study_rows(items: Mapping[str, str]) -> list[tuple[Requirement, str]]:
    """Each requirement with what was found about it, in words."""
    found = {code: str(Finding(finding).label) for code, finding in items.items()}
    return [(requirement, found.get(code, "–")) for code, requirement in requirements().items()]


WAY = (State.RECEIVED, State.STUDY, State.COMPLETE, State.CASE)
TONES: Mapping[str, str] = {
    State.RECEIVED: "action",
    State.STUDY: "warn",
    State.WAITING: "warn",
    State.COMPLETE: "ok",
    State.CASE: "ok",
    State.CLOSED: "plain",
    State.MERGED: "plain",
}


def lacking(items: Mapping[str, str]) -> str:
    """`kurang: waktu dan tempat kejadian, bukti`, or nothing."""
    labels = [r.label[0].lower() + r.label[1:] for r in open_requirements(items)]
    return _("kurang: %(what)s") % {"what": ", ".join(labels)} if labels else ""


def track_of(report: Report, cases: Sequence[Stage] = ()) -> list[TrackStep]:
    """The way from arrival to a case, with the step the report stands in; then how its cases ended.

    Of one that was closed or merged, from anywhere, the places where it has been.
    """
    state = State(report.state)
    if state == State.CASE and (how := ended(cases)):
        return [*(TrackStep(str(step.label), "done") for step in WAY), TrackStep(str(ENDED), "now", how)]
    way: Sequence[State] = WAY
    if state in (State.CLOSED, State.MERGED):
        been = {State.RECEIVED, *states_of(report)}
        way = [*(step for step in WAY[:-1] if step in been), state]
    at = way.index(State.STUDY if state == State.WAITING else state)
    return [
        TrackStep(
            str(state.label if place == at else step.label),
            "now" if place == at else "done" if place < at else "ahead",
        )
        for place, step in enumerate(way)
    ]


def events_of(report: Report, reasons: Sequence[Reason] = ()) -> list[Event]:
    """The report's history in sentences, newest first, each with the officer's reason where there is one."""
    acts = _without_echo(history(report))
    people = _people(acts)
    told = defaultdict(list)
    for reason in reasons:
        told[reason.act].append(reason.text)
    events = []
    for act in acts:
        why = told[act.action].pop(0) if told[act.action] else ""
        events.append(Event(at=_moment(act), text=sentence(act, people, why), by=_who(act.actor, people)))
    return events[::-1]


def _without_echo(acts: list[Act]) -> list[Act]:
    """Without the messages that a question to the reporter logged in the same transaction, right beside it."""
    asked = {act.index for act in acts if act.action == "intake.report.ask_reporter"}
    return [
        act
        for act in acts
        if act.action != "intake.message.sent" or not asked & {act.index - 1, act.index + 1}
    ]


def sentence(act: Act, people: Mapping[str, str], why: str = "") -> str:
    what = str(ACTIONS.get(act.action, act.action))
    extra = _extra(act.details, people) if act.action != "intake.report.received" else ""
    told = f"{what}: {extra}" if extra else what
    return f"{told}. {_('Alasan')}: {why}" if why else told


def who_acted(act: Act) -> tuple[str, str]:
    """Name and sentence of one act."""
    people = _people([act])
    return _who(act.actor, people), sentence(act, people)


def _extra(details: Mapping[str, Any], people: Mapping[str, str]) -> str:
    """What the act's details add to its sentence."""
    match details:
        case {"to": str(to)}:
            return people.get(to, to)
        case {"cases": [*numbers]}:
            return ", ".join(numbers)
        case {"into": str(number)}:
            return _("ke %(number)s") % {"number": number}
        case {"reason": str(code)} if code in ClosingReason.values:
            return str(ClosingReason(code).label)
        case {"kind": str(kind)} if kind in Report.Kind.values:
            return str(Report.Kind(kind).label)
        case _:
            return ""


def _moment(act: Act) -> Any:
    return act.at.date() if act.day_only else act.at


def _people(acts: Sequence[Act]) -> dict[str, str]:
    named = {name for act in acts for name in (act.actor, act.details.get("to")) if isinstance(name, str)}
    ids = [name.removeprefix("user/") for name in named if name.startswith("user/")]
    return {user.actor: user.full_name for user in User.objects.filter(pk__in=ids)}


def _who(actor: str, people: Mapping[str, str]) -> str:
    known = {"public": _("Pelapor"), "worker": _("Sistem"), "cli": _("Pengelola sistem")}
    return known.get(actor) or people.get(actor, actor)
