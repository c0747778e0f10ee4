"""What the officers' pages say about a case, as data for the templates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.accounts.models import User
from netral.audit.selectors import Act, history, states_of
from netral.documents import selectors as letters
from netral.documents.kinds import Kind
from netral.documents.models import Letter
from netral.lawbook import FactsError, conduct_kinds, corpus, vocabulary
from netral.ui.parts import Event, Tone
from netral.ui.parts import Step as TrackStep
from netral.ui.templatetags.netral import tanggal

from . import law, selectors
from .actions import ACTIONS
from .codes import Level, Outcome, Track
from .content import Text
from .examined import Examined, examined
from .lifecycle import PUT_OFF, REPLACES, State, Step
from .models import Allegation, Case, EarlierWording
from .sealed import Envelope


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
        gettext_lazy("Catat kapan dan bagaimana terlapor menerimanya."),
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
        gettext_lazy("Catat bila terlapor mengajukan upaya; tutup perkara sesudah keputusan berlaku."),
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
STATUS_TONES: Mapping[str, Tone] = {"verified": "ok", "secondary": "warn", "unverified": "disputed"}
STATUS_WORDS: Mapping[str, str | Promise] = {
    "verified": gettext_lazy("terverifikasi"),
    "secondary": gettext_lazy("sumber kedua"),
    "unverified": gettext_lazy("belum terverifikasi"),
}
VERDICTS: Mapping[str, tuple[str | Promise, Tone]] = {
    "forbidden": (gettext_lazy("dilarang"), "danger"),
    "permitted": (gettext_lazy("diperbolehkan"), "ok"),
    "depends": (gettext_lazy("bergantung pada yang belum diketahui"), "disputed"),
    "not_covered": (gettext_lazy("tidak diatur dalam sumber yang dimuat"), "plain"),
}
DECISIVE = ("status", "level", "roles")  # of the facts about the respondent
# Nothing more can be asked: the law itself leaves it open.
NOT_SETTLED: tuple[str | Promise, Tone] = (
    gettext_lazy("hukum tidak memutuskannya; pejabat menilai dengan alasan"),
    "disputed",
)
LEVEL_TONES: Mapping[str, Tone] = {"moral": "action", "ringan": "warn", "sedang": "warn"}


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


def title_of(conduct: str) -> str:
    """`Dugaan menyukai unggahan dukungan`."""
    label = conduct_label(conduct)
    return _("Dugaan %(act)s") % {"act": label[0].lower() + label[1:]}


def conduct_label(conduct: str) -> str:
    kind = conduct_kinds().get(conduct)
    return kind.label.id if kind else conduct


def track_of(case: Case) -> list[TrackStep]:
    """The way of a case; of one that ended, from anywhere, the places where it has been, and how it ended."""
    if not case.is_open:
        been = states_of(case)
        way = [label for label, states in WAY[:-1] if been & set(states)]
        return [
            *(TrackStep(str(label), "done") for label in way),
            TrackStep(str(WAY[-1][0]), "now", case.get_outcome_display()),
        ]
    at = next(place for place, (_label, states) in enumerate(WAY) if case.state in states)
    return [
        TrackStep(str(label), "now" if place == at else "done" if place < at else "ahead")
        for place, (label, _states) in enumerate(WAY)
    ]


# What is alleged -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wording:
    """An act in words: what, when, for whom, what is known of how it was done."""

    label: str
    days: str
    known: list[tuple[str, str]]
    words: str


@dataclass(frozen=True)
class EarlierRow(Wording):
    """What an allegation said before."""

    wording: EarlierWording


@dataclass(frozen=True)
class AllegedRow(Wording):
    """What it says, and what it said before it was amended, first wording first."""

    allegation: Allegation
    earlier: list[EarlierRow]


def alleged(envelope: Envelope) -> list[AllegedRow]:
    before = defaultdict(list)
    for one in envelope.case.earlierwording_set.select_related("replaced_by"):
        before[one.allegation_id].append(EarlierRow(**_said(envelope, one), wording=one))
    return [
        AllegedRow(**_said(envelope, one), allegation=one, earlier=before[one.pk])
        for one in envelope.case.allegation_set.all()
    ]


def _said(envelope: Envelope, one: Allegation | EarlierWording) -> dict[str, Any]:
    return {
        "label": conduct_label(one.conduct),
        "days": _days(one),
        "known": list(_known(one.facts)),
        "words": envelope.read(one, Text).text,
    }


def _days(one: Allegation | EarlierWording) -> str:
    return f"{tanggal(one.act_date)} – {tanggal(one.until)}" if one.until else tanggal(one.act_date)


def _known(facts: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Facts in words, by the labels of the law's vocabulary."""
    for group in ("object", "circumstances"):
        for name, value in facts.get(group, {}).items():
            fact = vocabulary()[f"{group}.{name}"]
            yield fact["label"]["id"], _fact_in_words(fact, value)


def _fact_in_words(fact: Mapping[str, Any], value: Any) -> str:
    match fact["type"]:
        case "yes_no":
            return _("ya") if value else _("tidak")
        case "date":
            return tanggal(dt.date.fromisoformat(value))
        case "region":
            return str(value)
        case _:
            many = value if isinstance(value, list) else [value]
            return ", ".join(str(fact["values"][one]["id"]) for one in many)


# The law beside the case -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PossibleCrime:
    """A criminal article the facts may touch; `open` is what is not yet known to hold."""

    says: str
    articles: str
    open: list[str]


@dataclass(frozen=True)
class Law:
    """An answer of `lawbook` in words for the panel beside the case; `actor` is what it knew of the respondent.

    Of one who was `cleared` it is shown without alarm.
    """

    answer: Mapping[str, Any]
    accepted_on: dt.date | None = None
    actor: Mapping[str, Any] = field(default_factory=dict)
    cleared: bool = False

    @property
    def respondent(self) -> list[tuple[str, str]]:
        """Facts about the respondent by their labels: those that decide most first, also where they are not known."""
        names = dict.fromkeys((*DECISIVE, *self.actor))
        return [(vocabulary()[f"actor.{name}"]["label"]["id"], self._of_actor(name)) for name in names]

    def _of_actor(self, name: str) -> str:
        value = self.actor.get(name)
        if value == []:
            return _("tidak ada")
        return _("belum diketahui") if value is None else _fact_in_words(vocabulary()[f"actor.{name}"], value)

    @property
    def days(self) -> list[dt.date]:
        """Whose law this is: the days of the acts."""
        return sorted({dt.date.fromisoformat(act["act_date"]) for act in self.answer["acts"]})

    @property
    def verdict(self) -> tuple[str | Promise, Tone]:
        if self.answer["verdict"] == "depends" and not self.answer["missing"]:
            return NOT_SETTLED
        words, tone = VERDICTS[self.answer["verdict"]]
        return words, "plain" if self.cleared else tone

    @property
    def stages(self) -> list[str]:
        """Where each act stands in its election."""
        values = vocabulary()["stage"]["values"]
        return list(dict.fromkeys(values[act["stage"]]["id"] for act in self.answer["acts"] if act["stage"]))

    @property
    def track(self) -> str:
        return str(Track(self.answer["track"]).label) if self.answer["track"] != "none" else ""

    @property
    def levels(self) -> list[tuple[str, Tone]]:
        levels = self.answer["level_range"] or [self.answer["level"]]
        return [
            (str(Level(level).label), "plain" if self.cleared else LEVEL_TONES.get(level, "danger"))
            for level in levels
            if level != "none"
        ]

    @property
    def sanctions(self) -> list[str]:
        return [corpus().sanctions[code].label.id for code in self.answer["sanctions"]]

    @property
    def findings(self) -> list[str]:
        return [finding["says"]["id"] for finding in self.answer["findings"]]

    @property
    def basis(self) -> list[tuple[Mapping[str, Any], dt.date, str, Tone]]:
        """Each article, since when it is in force, and how sure the corpus is of it."""
        return [
            (
                one,
                dt.date.fromisoformat(one["in_force_from"]),
                str(STATUS_WORDS[one["status"]]),
                STATUS_TONES[one["status"]],
            )
            for one in self.answer["basis"]
        ]

    @property
    def punishes(self) -> list[str]:
        return [one["label"]["id"] for one in self.answer["authorities"]["punishes"]]

    @property
    def receivers(self) -> list[str]:
        return [one["label"]["id"] for one in self.answer["authorities"]["receives_referral"]]

    @property
    def crimes(self) -> list[PossibleCrime]:
        return [_possible_crime(one, self.answer["acts"]) for one in self.answer["criminal"]]

    @property
    def disputes(self) -> list[Mapping[str, Any]]:
        return list(self.answer["disputes"])

    @property
    def flags(self) -> list[str]:
        return [flag["text"]["id"] for flag in self.answer["flags"]]

    @property
    def asked(self) -> list[tuple[str, int | None]]:
        """Facts still unknown that would change the answer, each with the act it belongs to."""
        return [(one["fact"], _act_of(one)) for one in self.answer["missing"] if "." in one["fact"]]


def law_of(case: Case) -> Law | None:
    """What was accepted; while the case is assessed, what the law says now."""
    stored = selectors.assessment_of(case)
    if case.state != State.ASSESSMENT and stored:
        actor = law.stored_facts(stored)["actor"]
        cleared = case.outcome == Outcome.NOT_PROVEN
        return Law(law.stored_answer(stored), stored.made_on, actor, cleared)
    try:
        return Law(law.answer_of(case), actor=case.actor)
    except FactsError:
        return None


def _possible_crime(told: Mapping[str, Any], acts: Sequence[Mapping[str, Any]]) -> PossibleCrime:
    act = acts[told["act"]]
    day = dt.date.fromisoformat(act["act_date"])
    labels = {one.code: one.labels for one in corpus().crimes[act["conduct"]]}.get(told["code"], {})
    unknown = [labels[code].id for code in told["elements_missing"] if code in labels]
    if not told["subject_ok"]:
        unknown.insert(0, _("terlapor termasuk yang diikat pasal ini"))
    articles = corpus().in_force((told["article"], told["penalty"]), day)
    return PossibleCrime(
        says=told["says"]["id"],
        articles="; ".join(f"{one.short} {one.cite}" for one in articles),
        open=unknown,
    )


def _act_of(question: Mapping[str, Any]) -> int | None:
    """The act a question is about; with one act only, the facts about an act are that one's."""
    if question["fact"].startswith(("actor.", "dates.")):
        return None
    return int(question.get("act", 0))


def beside(case: Case) -> dict[str, Any]:
    """What stands beside every act on a case: whom and what it is about, and the law."""
    envelope = Envelope.of(case)
    return {"person": envelope.person, "acts": alleged(envelope), "law": law_of(case)}


def beside_with_file(case: Case) -> dict[str, Any]:
    """The same, with what the examination brought: for whoever reports on it or decides."""
    envelope = Envelope.of(case)
    acts = alleged(envelope)
    return {
        "person": envelope.person,
        "acts": acts,
        "law": law_of(case),
        "file": examined_of(envelope, acts),
    }


def beside_with_sanction(case: Case) -> dict[str, Any]:
    """The same as `beside`, with the sanction that is carried out."""
    decision = selectors.decision_of(case)
    return {**beside(case), "sanction": law.choice_of(decision.sanction).label if decision else ""}


def examined_of(envelope: Envelope, acts: Sequence[AllegedRow]) -> Examined:
    return examined(envelope, {one.allegation.object_id: one.label for one in acts})


def minutes_letter(case: Case) -> Letter | None:
    """The newest minutes, as they were printed."""
    return letters.letters_of(case.subject).filter(kind=Kind.MINUTES, replaced_by=None).last()


def advice_of(case: Case, choices: Sequence[law.Choice]) -> str:
    """What the examiners recommend, in a sentence, and who else may impose it where it is none of these `choices`.

    Empty without their report.
    """
    report = selectors.report_of(case)
    if report is None:
        return ""
    if not report.level:
        return _("Saran pemeriksa: tidak terbukti.")
    kinds = [law.choice_of(code).label for code in report.sanctions]
    said = _("Saran pemeriksa: %(advice)s.") % {
        "advice": ", ".join([str(Level(report.level).label), *kinds]),
    }
    closed = set(report.sanctions) - {choice.code for choice in choices}
    return f"{said} {_others_impose(case, closed)}" if closed else said


def _others_impose(case: Case, sanctions: Collection[str]) -> str:
    assessment = selectors.assessment_of(case)
    punishes = law.stored_answer(assessment)["authorities"]["punishes"] if assessment else []
    others = [one["label"]["id"] for one in punishes if set(one["sanctions"]) & set(sanctions)]
    return _(
        "Yang disarankan itu bukan kewenangan Anda; yang berwenang menurut jawaban hukum: %(others)s."
    ) % {"others": ", ".join(others) or _("tidak disebut")}


# Letters -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LetterRow:
    """A letter, and the address by which this officer may replace it; empty where he may not."""

    letter: Letter
    replace: str


def letters_of(case: Case, may: Sequence[str]) -> list[LetterRow]:
    """`may` are the acts open to the officer."""
    return [
        LetterRow(
            one, f"cases:{act}" if (act := REPLACES[one.kind]) in may and not one.replaced_by_id else ""
        )
        for one in letters.letters_of(case.subject)
    ]


# What a letter in place of another cannot change, and by which act it is changed.
OTHER_ACTS: Mapping[str, str | Promise] = {
    Kind.SUMMONS: gettext_lazy(
        "Hari pemeriksaan diubah lewat “Tunda”; pemeriksa lewat “Ganti” pada pemeriksaan."
    ),
    Kind.MINUTES: gettext_lazy(
        "Tanya jawab dan pernyataan sudah dibacakan dan ditandatangani; bila keliru, ulangi pemeriksaan."
    ),
    Kind.REPORT: gettext_lazy(
        "Temuan, kesimpulan, dan saran diubah dengan laporan yang dikembalikan lalu disusun lagi."
    ),
    Kind.TEAM: gettext_lazy("Susunan pemeriksa diubah lewat “Ganti” pada pemeriksaan."),
    **dict.fromkeys(
        (Kind.MORAL, Kind.DISCIPLINE, Kind.DISMISSAL),
        gettext_lazy(
            "Hasil dan sanksi tidak berubah lewat surat: keputusan hanya berubah oleh upaya administratif."
        ),
    ),
    Kind.CLOSING: gettext_lazy(
        "Hasil perkara tidak berubah lewat surat; perkara yang dihentikan dapat dibuka kembali."
    ),
    Kind.REFERRAL: gettext_lazy("Lembaga tujuan tidak berubah lewat surat; buat penerusan baru."),
    Kind.DECISION_SUMMONS: gettext_lazy("Hari dan pejabat yang dihadapi diubah dengan panggilan baru."),
}


# History ---------------------------------------------------------------------------------------------------------


def events_of(case: Case, reasons: Sequence[selectors.Reason] = ()) -> list[Event]:
    """The case's history in sentences, newest first, each with the officer's reason where there is one."""
    acts = history(case)
    people = _people(acts)
    told = defaultdict(list)
    for reason in reasons:
        told[f"cases.case.{reason.act}"].append(reason.text)
    events = []
    for act in acts:
        why = told[act.action].pop(0) if told[act.action] else ""
        events.append(
            Event(
                at=act.at.date() if act.day_only else act.at, text=_sentence(act, why), by=_who(act, people)
            )
        )
    return events[::-1]


def who_acted(act: Act) -> tuple[str, str]:
    """Name and sentence of one act."""
    return _who(act, _people([act])), _sentence(act)


def _sentence(act: Act, why: str = "") -> str:
    what = str(ACTIONS.get(act.action, act.action))
    extra = _extra(act.details)
    told = f"{what}: {extra}" if extra else what
    return f"{told}. {_('Alasan')}: {why}" if why else told


def _extra(details: Mapping[str, Any]) -> str:
    match details:
        case {"outcome": str(outcome), "sanction": str(sanction)}:
            label = str(Outcome(outcome).label)
            return f"{label}, {corpus().sanctions[sanction].label.id}" if sanction else label
        case {"track": str(track), "level": str(level)} if track:
            return f"{Track(track).label}, {Level(level).label}"
        case {"from_number": str(old), "to_number": str(new)}:
            return f"{old} → {new}"
        case {"from": str(before), "to": str(after)}:
            return f"{_short(before)} → {_short(after)}"
        case _:
            return ""


def _short(day: str) -> str:
    return tanggal(dt.date.fromisoformat(day))


def _people(acts: Sequence[Act]) -> dict[str, str]:
    ids = {act.actor.removeprefix("user/") for act in acts if act.actor.startswith("user/")}
    return {user.actor: user.full_name for user in User.objects.filter(pk__in=ids)}


def _who(act: Act, people: Mapping[str, str]) -> str:
    return people.get(act.actor, _("Pengelola sistem") if act.actor == "cli" else act.actor)
