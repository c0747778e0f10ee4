"""What the reporter is told about a report: one sentence of its state, what comes next and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    gettext_lazy("Selesai"),
)
NOTHING_TO_DO = gettext_lazy("Anda tidak perlu melakukan apa pun.")
STATES: dict[str, StateWords] = {
    State.RECEIVED: StateWords("action", NOTHING_TO_DO, gettext_lazy("Petugas memulai kajian awal"), 0),
    State.STUDY: StateWords("action", NOTHING_TO_DO, gettext_lazy("Petugas menyelesaikan kajian awal"), 1),
    State.WAITING: StateWords(
        "warn", gettext_lazy("Petugas bertanya kepada Anda. Jawab di bagian Pesan di bawah."),
        gettext_lazy("Jawaban Anda ditunggu"), 1, gettext_lazy("Menunggu jawaban Anda"),
    ),
    State.COMPLETE: StateWords("action", NOTHING_TO_DO, gettext_lazy("Instansi menetapkan tindak lanjut"), 2),
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


def status_words(report: Report, *, answered: bool, today: dt.date) -> StatusWords:
    """`answered`: the last message of the dialogue is the reporter's."""
    words = ANSWERED if answered and report.state == State.WAITING else STATES[report.state]
    due = report.due if words.by else None
    return StatusWords(
        label=str(words.label or State(report.state).label),
        tone=words.tone,
        sentence=" ".join(filter(None, [_outcome(report), _standing(report), str(words.sentence)])),
        by=str(words.by),
        due=due,
        overdue=bool(due and due < today),
        steps=_steps(report, words.step),
    )


def _outcome(report: Report) -> str:
    if report.state == State.CLOSED and report.closing_reason:
        return _("Laporan ditutup: %(reason)s.") % {"reason": ClosingReason(report.closing_reason).label}
    if report.state == State.MERGED and report.merged_into:
        return _("Keadaan perkara itu sekarang: %(state)s.") % {
            "state": State(report.merged_into.state).label
        }
    return ""


def _standing(report: Report) -> str:
    return str(FIRST_INFORMATION) if report.kind == Report.Kind.FIRST_INFORMATION and report.is_open else ""


def _steps(report: Report, place: int) -> list[Step]:
    number = "" if report.log_index is None else angka(report.log_index)
    notes = {
        0: _("%(day)s · nomor urut register %(number)s")
        % {"day": tanggal(report.received_on), "number": number}
    }
    # Closed or merged from anywhere: only the first and the last place are certain to have been reached.
    places = range(len(WAY)) if report.is_open else (0, len(WAY) - 1)
    return [Step(str(WAY[at]), _where(at, place), notes.get(at, "")) for at in places]


def _where(at: int, place: int) -> Literal["done", "now", "ahead"]:
    last = len(WAY) - 1
    if at < place or at == place == last:
        return "done"
    return "now" if at == place else "ahead"
