"""What the reporter is told about a report: one sentence of its state, what comes next and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.cases.codes import Outcome
from netral.cases.lifecycle import State as CaseState
from netral.cases.selectors import Stage
from netral.ui.parts import Step, Tone
from netral.ui.templatetags.netral import angka, tanggal

from .lifecycle import ClosingReason, State
from .models import Report


@dataclass(frozen=True)
class StateWords:
    """`by` names what has to happen by the report's due date; `step` is the place on the way (0 … 3).

    `label` says the state to the reporter where the officers' word would speak of him as someone else.
    """

    tone: Tone
    sentence: str | Promise
    by: str | Promise
    step: int
    label: str | Promise = ""


WAY: tuple[str | Promise, ...] = (
    gettext_lazy("Diterima dan dicatat"),
    gettext_lazy("Kajian awal"),
    gettext_lazy("Lengkap, menunggu tindak lanjut"),
    gettext_lazy("Perkara diperiksa dan diputus"),
)
ENDED = gettext_lazy("Selesai")
# How far a case is, and how it ended, said without a word about anyone.
STAGES: dict[str, str | Promise] = {
    CaseState.ASSESSMENT: gettext_lazy("Perkara sudah dibuka dan sedang dinilai menurut hukum."),
    CaseState.EXAMINERS: gettext_lazy("Pemeriksa perkara sedang ditetapkan."),
    CaseState.SUMMONS_1: gettext_lazy("Terlapor akan dipanggil untuk didengar."),
    CaseState.WAITING_1: gettext_lazy("Terlapor sudah dipanggil untuk didengar."),
    CaseState.SUMMONS_2: gettext_lazy("Terlapor akan dipanggil untuk kedua kali."),
    CaseState.WAITING_2: gettext_lazy("Terlapor sudah dipanggil untuk kedua kali."),
    CaseState.REPORT: gettext_lazy("Hasil pemeriksaan sedang disusun."),
    CaseState.DECISION: gettext_lazy("Perkara menunggu keputusan pejabat yang berwenang."),
    CaseState.DELIVERY: gettext_lazy(
        "Perkara sudah diputus; keputusannya sedang disampaikan kepada terlapor."
    ),
    CaseState.CARRYING_OUT: gettext_lazy("Perkara sudah diputus; keputusannya sedang dilaksanakan."),
    CaseState.REMEDY: gettext_lazy(
        "Perkara sudah diputus; terlapor masih dapat mengajukan upaya administratif."
    ),
    CaseState.OBJECTION: gettext_lazy(
        "Perkara sudah diputus; upaya administratif terlapor sedang diperiksa."
    ),
}
OUTCOMES: dict[str, str | Promise] = {
    Outcome.NOT_PROVEN: gettext_lazy("Perkara selesai: dugaan tidak terbukti."),
    Outcome.MORAL: gettext_lazy("Perkara selesai dengan sanksi moral."),
    Outcome.DISCIPLINE: gettext_lazy("Perkara selesai dengan hukuman disiplin."),
    Outcome.DISMISSAL: gettext_lazy("Perkara selesai dengan pemberhentian."),
    Outcome.REFERRED: gettext_lazy("Perkara diteruskan kepada lembaga yang berwenang."),
    Outcome.STOPPED: gettext_lazy("Perkara dihentikan tanpa keputusan tentang terlapor."),
}
NOTHING_TO_DO = gettext_lazy("Anda tidak perlu melakukan apa pun.")
STATES: dict[str, StateWords] = {
    State.RECEIVED: StateWords("action", NOTHING_TO_DO, gettext_lazy("Petugas memulai kajian awal"), 0),
    State.STUDY: StateWords("action", NOTHING_TO_DO, gettext_lazy("Petugas menyelesaikan kajian awal"), 1),
    State.WAITING: StateWords(
        "warn", gettext_lazy("Petugas bertanya kepada Anda. Jawab di bagian Pesan di bawah."),
        gettext_lazy("Jawaban Anda ditunggu"), 1, gettext_lazy("Menunggu jawaban Anda"),
    ),
    State.COMPLETE: StateWords("action", NOTHING_TO_DO, gettext_lazy("Instansi menetapkan tindak lanjut"), 2),
    State.CASE: StateWords("action", NOTHING_TO_DO, "", 3),
    State.CLOSED: StateWords(
        "ok", gettext_lazy("Punya keterangan baru? Kirim pesan di bawah; petugas akan membacanya."), "", 3
    ),
    State.MERGED: StateWords(
        "plain", gettext_lazy("Laporan lain membahas perkara yang sama; keduanya ditangani bersama."), "", 3
    ),
}  # fmt: skip
ANSWERED = StateWords(
    "action", gettext_lazy("Jawaban Anda sudah diterima."), gettext_lazy("Petugas membacanya"), 1,
    gettext_lazy("Jawaban diterima"),
)  # fmt: skip
FIRST_INFORMATION = gettext_lazy(
    "Laporan ini ditangani sebagai informasi awal, misalnya karena tanpa identitas pelapor."
)


@dataclass(frozen=True)
class StatusWords:
    label: str
    tone: Tone
    sentence: str
    by: str
    due: dt.date | None
    overdue: bool
    steps: list[Step]


def status_words(
    report: Report, *, answered: bool, today: dt.date, cases: Sequence[Stage] = ()
) -> StatusWords:
    """`answered`: the last message of the dialogue is the reporter's. `cases`: how far those are that it became."""
    words = ANSWERED if answered and report.state == State.WAITING else STATES[report.state]
    due = report.due if words.by else None
    said = [_outcome(report, cases), _standing(report), *_progress(cases), str(words.sentence)]
    closed = [case.outcome for case in cases if case.state == CaseState.CLOSED and case.outcome]
    ended = bool(cases) and len(closed) == len(cases)
    return StatusWords(
        label=_ended(closed) if ended else str(words.label or State(report.state).label),
        tone="ok" if ended else words.tone,
        sentence=" ".join(filter(None, said)),
        by=str(words.by),
        due=due,
        overdue=bool(due and due < today),
        steps=_steps(report, words.step, ended=ended),
    )


def _ended(outcomes: Iterable[Outcome]) -> str:
    """`Perkara selesai: sanksi moral`, each kind of outcome once."""
    how = ", ".join(dict.fromkeys(str(outcome.label).lower() for outcome in outcomes))
    return _("Perkara selesai: %(how)s") % {"how": how}


def _progress(cases: Sequence[Stage]) -> Iterator[str]:
    """One sentence a case, numbered where a report became several."""
    for number, case in enumerate(cases, 1):
        ended = case.state == CaseState.CLOSED and case.outcome
        sentence = str(OUTCOMES[case.outcome] if ended and case.outcome else STAGES[case.state])
        yield f"({number}) {sentence}" if len(cases) > 1 else sentence


def _outcome(report: Report, cases: Sequence[Stage]) -> str:
    if report.state == State.CLOSED and report.closing_reason:
        return _("Laporan ditutup: %(reason)s.") % {"reason": ClosingReason(report.closing_reason).label}
    if report.state == State.MERGED and report.merged_into and not cases:
        return _("Keadaan perkara itu sekarang: %(state)s.") % {
            "state": State(report.merged_into.state).label
        }
    return ""


def _standing(report: Report) -> str:
    return str(FIRST_INFORMATION) if report.kind == Report.Kind.FIRST_INFORMATION and report.is_open else ""


def _steps(report: Report, place: int, *, ended: bool) -> list[Step]:
    number = "" if report.log_index is None else angka(report.log_index)
    notes = {
        0: _("%(day)s · nomor urut register %(number)s")
        % {"day": tanggal(report.received_on), "number": number}
    }
    if report.state in (State.CLOSED, State.MERGED):
        # From anywhere: only the first and the last place are certain to have been reached.
        return [Step(str(WAY[0]), "done", notes[0]), Step(str(ENDED), "done")]
    return [Step(str(label), _where(at, place, ended), notes.get(at, "")) for at, label in enumerate(WAY)]


def _where(at: int, place: int, ended: bool) -> Literal["done", "now", "ahead"]:
    if at < place or (ended and at == place):
        return "done"
    return "now" if at == place else "ahead"
