"""What has to be done next, how far a case is, how often its end was put off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.audit.selectors import states_of
from netral.ui.parts import Step as TrackStep
from netral.ui.parts import Tone

from ..codes import Track
from ..lifecycle import PUT_OFF, State, Step
from ..models import Case
from .law_beside import Law


@dataclass(frozen=True)
class Nudge:
    """The first words of a row and of a case's page: what has not been done yet, and what to do now.

    `act` is the transition its button leads to, `label` what the button says.
    """

    title: str | Promise
    text: str | Promise = ""
    act: str = ""
    label: str | Promise = ""


NUDGES: Mapping[str, Nudge] = {
    Step.ASSESS: Nudge(
        gettext_lazy("Penilaian hukum belum dibuat"),
        gettext_lazy(
            "Jawab yang masih ditanyakan, lalu terima jawaban hukum, atau buat penilaian berbeda beserta alasannya."
        ),
        "assess",
        gettext_lazy("Terima jawaban hukum"),
    ),
    Step.APPOINT: Nudge(
        gettext_lazy("Pemeriksa belum ditetapkan"),
        gettext_lazy("Pilih siapa yang memeriksa. Terlapor dan bawahannya tidak dapat memeriksa."),
        "appoint",
        gettext_lazy("Tetapkan pemeriksa"),
    ),
    Step.SUMMON: Nudge(
        gettext_lazy("Surat panggilan I belum dibuat"),
        gettext_lazy("Tetapkan hari, jam, dan tempat pemeriksaan."),
        "summon",
        gettext_lazy("Buat panggilan I"),
    ),
    Step.SUMMON_AGAIN: Nudge(
        gettext_lazy("Surat panggilan II belum dibuat"),
        gettext_lazy("Terlapor tidak hadir pada panggilan I."),
        "summon_again",
        gettext_lazy("Buat panggilan II"),
    ),
    Step.HEAR: Nudge(
        gettext_lazy("Pemeriksaan belum dicatat"),
        gettext_lazy(
            "Catat berita acara pemeriksaan. Bila terlapor tidak hadir, catat itu sesudah jamnya lewat."
        ),
        "hear",
        gettext_lazy("Catat pemeriksaan"),
    ),
    Step.SIGN: Nudge(
        gettext_lazy("Berita acara belum ditandatangani"),
        gettext_lazy(
            "Cetak berita acara di bawah, minta tanda tangan, lalu catat di sini dengan pindaiannya. "
            "Sesudah itu laporan disusun."
        ),
        "sign_minutes",
        gettext_lazy("Catat tanda tangan"),
    ),
    Step.REPORT: Nudge(
        gettext_lazy("Laporan hasil pemeriksaan belum dibuat"),
        gettext_lazy("Nyatakan terbukti atau tidak untuk setiap dugaan, beserta pertimbangannya."),
        "report",
        gettext_lazy("Susun laporan"),
    ),
    Step.DECIDE: Nudge(
        gettext_lazy("Perkara belum diputus"),
        gettext_lazy("Yang memutus adalah pejabat yang berwenang, sesudah membaca berita acara dan laporan."),
        "decide",
        gettext_lazy("Putuskan"),
    ),
    Step.DELIVER: Nudge(
        gettext_lazy("Keputusan belum disampaikan"),
        gettext_lazy(
            "Cetak keputusan di bawah, minta tanda tangan, dan tambahkan pindaiannya. "
            "Lalu catat kapan dan bagaimana terlapor menerimanya."
        ),
        "deliver",
        gettext_lazy("Catat penyampaian"),
    ),
    Step.CARRY_OUT: Nudge(
        gettext_lazy("Sanksi moral belum dilaksanakan"),
        gettext_lazy("Catat hari, tempat, cara, dan siapa yang menyampaikan pernyataannya."),
        "carry_out",
        gettext_lazy("Catat pelaksanaan"),
    ),
    Step.AWAIT_REMEDY: Nudge(
        gettext_lazy("Masa upaya administratif berjalan"),
        gettext_lazy("Catat bila terlapor mengajukan upaya; tutup perkara sesudah masanya lewat."),
        "close",
        gettext_lazy("Tutup perkara"),
    ),
    Step.AWAIT_RESULT: Nudge(
        gettext_lazy("Upaya administratif belum diputus"),
        gettext_lazy("Catat hasilnya begitu diterima."),
        "resolve",
        gettext_lazy("Catat hasil upaya"),
    ),
    Step.NONE: Nudge(gettext_lazy("Selesai"), gettext_lazy("Tidak ada yang harus dilakukan.")),
}
# A moral sanction is dealt with by a panel, in a session.
ETHICS_WORDS: Mapping[str, Nudge] = {
    Step.APPOINT: Nudge(
        gettext_lazy("Majelis kode etik belum ditetapkan"),
        gettext_lazy(
            "Majelis dibentuk dengan keputusan. Agar suara tidak seri, sebaiknya ganjil, paling sedikit tiga."
        ),
        "appoint",
        gettext_lazy("Tetapkan majelis"),
    ),
    Step.HEAR: Nudge(
        gettext_lazy("Sidang kode etik belum dicatat"),
        gettext_lazy("Catat berita acara sidang. Bila terlapor tidak hadir, catat itu sesudah jamnya lewat."),
        "hear",
        gettext_lazy("Catat sidang"),
    ),
}

# All is answered, and the law still offers no road.
NO_ROAD = Nudge(
    gettext_lazy("Menurut fakta ini hukum yang dimuat tidak memberi jalur"),
    gettext_lazy(
        "Perbaiki faktanya, buat penilaian berbeda beserta alasannya, atau minta pimpinan menghentikan "
        "atau meneruskan perkara."
    ),
    "assess",
)

WAY: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Penilaian"), (State.ASSESSMENT,)),
    (gettext_lazy("Pemeriksa"), (State.EXAMINERS,)),
    (gettext_lazy("Panggilan"), (State.SUMMONS_1, State.SUMMONS_2)),
    (gettext_lazy("Pemeriksaan"), (State.WAITING_1, State.WAITING_2)),
    (gettext_lazy("LHP"), (State.REPORT,)),
    (gettext_lazy("Keputusan"), (State.DECISION,)),
    (gettext_lazy("Penyampaian"), (State.DELIVERY, State.CARRYING_OUT)),
    (gettext_lazy("Upaya"), (State.REMEDY, State.OBJECTION)),
    (gettext_lazy("Selesai"), (State.CLOSED,)),
)
TONES: Mapping[str, Tone] = {
    State.CLOSED: "plain",
    State.DECISION: "action",
    State.DELIVERY: "action",
    State.CARRYING_OUT: "action",
}


def nudge_of(case: Case, step: str, beside: Law | None = None) -> Nudge:
    """`beside` is what the law says now, where the page shows it."""
    if step == Step.ASSESS and beside and not beside.track and not beside.asked:
        return NO_ROAD
    ethics = ETHICS_WORDS.get(step) if case.track == Track.ETHICS else None
    return ethics or NUDGES[step]


TIMES: Mapping[str, str | Promise] = {
    "postpone": gettext_lazy("pemeriksaan ditunda %(times)s kali"),
    "reexamine": gettext_lazy("pemeriksaan diulang %(times)s kali"),
    "reassess": gettext_lazy("penilaian diulang %(times)s kali"),
}


def put_off(times: Mapping[str, int], *, least: int = 1) -> str:
    """How often the end was put off, in words: what happened `least` so many times, or nothing."""
    often = (TIMES[act] % {"times": times[act]} for act in PUT_OFF if times.get(act, 0) >= least)
    return _(", ").join(often)


def track_of(case: Case) -> list[TrackStep]:
    """The way of a case; of one that ended, from anywhere, the places where it has been, and how it ended."""
    if not case.is_open:
        been = states_of(case)
        # What was stopped or handed over did not get done where it stood then.
        done = set(been[:-2] if case.may_be_reopened else been)
        way = [label for label, states in WAY[:-1] if done & set(states)]
        return [
            *(TrackStep(str(label), "done") for label in way),
            TrackStep(str(WAY[-1][0]), "now", case.get_outcome_display()),
        ]
    at = next(place for place, (_label, states) in enumerate(WAY) if case.state in states)
    return [
        TrackStep(str(label), "now" if place == at else "done" if place < at else "ahead")
        for place, (label, _states) in enumerate(WAY)
    ]
