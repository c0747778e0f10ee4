"""The demonstration's cases: each led through the services, act by act, up to where its story ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from netral.accounts.models import User
from netral.cases import services
from netral.cases.clocks import may_close_on
from netral.cases.codes import Element, Level, StopGround, Track
from netral.cases.content import Announced, Exchange, Findings, Hearing, Missed, Person, Sitting
from netral.cases.examiners import Candidate, direct_superior
from netral.cases.lifecycle import State
from netral.cases.models import Case
from netral.cases.services import AllegedAct, NewRespondent
from netral.config.demo_people import officials
from netral.config.demo_photos import photo
from netral.config.demo_reports import find_person
from netral.evidence.uploads import seal_file
from netral.intake.models import Report
from netral.intake.selectors import active_respondents, open_body
from netral.intake.services import casing
from netral.lawbook import corpus
from netral.roster.models import Official
from netral.ui import clock

STORIES = Path(__file__).with_name("demo_cases.yaml")
SITTING = Sitting(hour="09.00 WIB", place="Ruang pemeriksaan Inspektorat")
REGENT = Person(name="Sutan Arga Malintang", position="Bupati Way Tirta")  # whose account decides
RANK = "Penata Muda, III/a"
# Working days between one act and the next.
PACE = {
    "assess": 1,
    "appoint": 1,
    "summon": 1,
    "postpone": 1,
    "report": 1,
    "decide": 2,
    "deliver": 1,
    "object": 5,
}
HEARING_AFTER = 2  # working days from the letter
# A moral sanction is carried out after its delivery; that nothing is proven ends with it.
DELIVERS = {"sanksi_moral": services.deliver_moral, "tidak_terbukti": services.deliver_final}
BY_THE_REGENT = "Sutan Arga Malintang, Bupati Way Tirta"
ANNOUNCED = {
    "tertutup": Announced(
        "Ruang kerja Inspektur", BY_THE_REGENT, "Dibacakan di hadapan terlapor dan atasan langsungnya."
    ),
    "terbuka": Announced("Halaman Kantor Bupati", BY_THE_REGENT, "Dibacakan dalam apel pagi pegawai."),
}
STATEMENT = "Saya menyesal bila perbuatan itu dinilai berpihak; saya tidak bermaksud mendukung siapa pun."
DENIAL = "Itu acara keluarga. Saya tidak tahu foto itu akan diunggah, dan saya tidak mendukungnya."


@dataclass(frozen=True)
class CaseStory:
    """`until` is the last act, or `end` for the whole way; `sanction` is decided where it says one."""

    until: str
    report: int | None = None
    conduct: str = ""
    who: tuple[str, str, int] = ("", "", 0)
    day: dt.date = dt.date.min
    facts: Mapping[str, Any] = field(default_factory=dict)
    actor: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    opened: dt.date | None = None
    level: str = "berat"
    sanctions: Sequence[str] = ()
    sanction: str = ""
    proven: bool = True
    crime: str = ""  # why a crime is suspected, where it was referred


def demo_cases() -> list[CaseStory]:
    entries = YAML(typ="safe", pure=True).load(STORIES.read_bytes())
    return [CaseStory(**entry) for entry in entries]


def load_cases(officers: Mapping[str, User], today: dt.date) -> int:
    """Leads every story to its end, in the order of their days; returns how many cases there are."""
    complete = (
        Report.objects.filter(state="lengkap", respondents__withdrawn_on=None).order_by("pk").distinct()
    )
    reports = [report for report in complete if report.respondents.exists()]
    for story in sorted(demo_cases(), key=lambda story: story.opened or today):
        Road(story, officers, today).walk(reports)
    return Case.objects.count()


@dataclass
class Road:
    """One case on its way; `day` moves on with every act, never past the demo date."""

    story: CaseStory
    officers: Mapping[str, User]
    today: dt.date

    def __post_init__(self) -> None:
        self.examiner, self.leader = self.officers["koordinator"], self.officers["pimpinan"]
        self.day = self.story.opened or self.today

    def walk(self, reports: Sequence[Report]) -> Case:
        self._open(reports)
        steps: Mapping[str, Callable[[], object]] = {
            "assess": self._assess,
            "appoint": self._appoint,
            "summon": self._summon,
            "absent": self._absent,
            "summon_again": self._summon_again,
            "absent_again": self._absent_again,
            "hear": self._hear,
            "sign_minutes": self._sign,
            "report": self._report,
            "decide": self._decide,
            "deliver": self._deliver,
            "object": self._object,
            "close": self._close,
        }
        for name in _way(self.story):
            steps[name]()
        if self.story.crime:
            self._do(services.refer_crime, by=self.leader, to="bawaslu", reason=self.story.crime)
        if self.story.until == "refer":
            self._do(
                services.refer,
                by=self.leader,
                to="bkn",
                reason="Keanggotaan partai diperiksa lebih lanjut oleh BKN.",
            )
        if self.story.until == "stop":
            reason = "Akun itu milik orang lain yang bernama sama."
            self._do(services.stop, by=self.leader, ground=StopGround.WRONG_PERSON, reason=reason)
        return self.case

    def _open(self, reports: Sequence[Report]) -> None:
        if self.story.report is not None:
            self.case = self._open_from(reports[self.story.report])
            return
        person = find_person(*self.story.who, officials())
        official = Official.objects.get(nip=person.nip)
        act = AllegedAct(
            self.story.conduct, self.story.day, facts=self.story.facts, description=self.story.words
        )
        with self._now():
            (self.case,) = services.open_cases(
                user=self.examiner, respondents=[NewRespondent(official, RANK)], acts=[act]
            )
        if self.story.actor:
            self._do(services.state_facts, actor=self.story.actor)

    def _open_from(self, report: Report) -> Case:
        (respondent,) = active_respondents(report).select_related("official")[:1]
        day = open_body(report).body.when_date or report.received_on
        facts = {"object": {"kind": "calon", "office": "bupati", "election": "pilkada-2024"}}
        acts = [
            AllegedAct(act, day, facts=facts if self.story.until != "open" else {}) for act in report.acts
        ]
        with self._now():
            (case,) = casing.open_case(
                report=report,
                user=self.examiner,
                revision=report.revision,
                respondents=[NewRespondent(respondent.official, RANK)],
                acts=acts,
            )
        return case

    def _assess(self) -> None:
        """Accepts the law's answer; where it is not certain yet, departs from it as an officer would."""
        from_law = {"accept": True}
        departing = {
            "accept": False,
            "track": Track.DISCIPLINE,
            "level": Level.HEAVY,
            "reason": "Menunggu klarifikasi.",
        }
        unsure = self.story.report is not None or self.story.conduct == "party_officer"
        self._do(services.assess, "assess", **(departing if unsure else from_law))

    def _appoint(self) -> None:
        ethics = self.case.track == Track.ETHICS
        members = self._panel() if ethics else self._team()
        self._do(
            services.appoint,
            "appoint",
            kind="majelis" if ethics else "tim",
            members=members,
            decree_number=f"800.1.6/{self.case.pk}/2024",
            decree_day=self.day,
            formed_by=REGENT,
        )

    def _team(self) -> list[Candidate]:
        above = direct_superior(self.case) or self._head("Sekretaris Daerah")
        members = [(above, Element.SUPERIOR, False)]
        members += [
            (self._head("Inspektur"), Element.SUPERVISION, True),
            (self._head("Kepala Badan Kepegawaian"), Element.PERSONNEL, False),
        ]
        return [Candidate.from_roster(one, element=element, chair=chair) for one, element, chair in members]

    def _panel(self) -> list[Candidate]:
        posts = ("Sekretaris Daerah", "Inspektur", "Kepala Badan Kepegawaian")
        return [Candidate.from_roster(self._head(post), chair=at == 0) for at, post in enumerate(posts)]

    def _head(self, post: str) -> Official:
        found = Official.objects.filter(
            position__title__startswith=post, position__level="jpt_pratama", active=True
        )
        return found.order_by("pk")[0]

    def _summon(self) -> None:
        self._call(services.summon)

    def _summon_again(self) -> None:
        self._call(services.summon_again)

    def _call(self, service: Callable[..., object]) -> None:
        self._pass("summon")
        self.called, self.hearing = self.day, _working_days_after(self.day, HEARING_AFTER)
        self._do(service, hearing_day=self.hearing, sitting=SITTING)

    def _absent(self) -> None:
        self._after_the_hearing()
        self._do(services.absent, **self._missed())

    def _absent_again(self) -> None:
        self._after_the_hearing()
        self._do(services.absent_again, **self._missed())

    def _missed(self) -> dict[str, Any]:
        """The summons was handed over on its day; nothing was heard of him."""
        missed = Missed("Tanda terima ditandatangani terlapor.")
        return {"received_on": self.called, "way": "diserahkan", "excuse": "tanpa_kabar", "missed": missed}

    def _after_the_hearing(self) -> None:
        self.day = min(_working_days_after(self.hearing, 1), self.today)

    def _hear(self) -> None:
        self.day = min(self.hearing, self.today)
        said = STATEMENT if self.story.proven else DENIAL
        hearing = Hearing((Exchange("Apakah Saudara melakukan perbuatan yang diduga?", said),), said)
        self._do(services.hear, day=self.day, hearing=hearing)

    def _sign(self) -> None:
        """The paper came back from the hearing with its signatures."""
        taken = self.day.strftime("%Y:%m:%d 10:30:00")
        paper = seal_file("berita-acara.jpg", photo(self.case.pk, "BERITA ACARA", taken))
        self._do(services.sign_minutes, signing="ditandatangani", scan=paper)

    def _report(self) -> None:
        acts = self.case.allegation_set.values_list("object_id", flat=True)
        self._do(
            services.report,
            "report",
            proven=dict.fromkeys(acts, self.story.proven),
            findings=Findings(
                mitigating="Kooperatif dan belum pernah dihukum.",
                impact="Menimbulkan pertanyaan warga tentang netralitas kantor.",
                reasoning="Keterangan terlapor dan bukti yang ada saling bersesuaian.",
            ),
            level=self.story.level if self.story.proven else "",
            sanctions=self.story.sanctions if self.story.proven else (),
        )

    def _decide(self) -> None:
        reason = "Sesuai laporan hasil pemeriksaan dan keterangan terlapor."
        self._do(services.decide, "decide", by=self.leader, sanction=self.story.sanction, reason=reason)

    def _deliver(self) -> None:
        self._pass("deliver")
        service = DELIVERS.get(self.case.outcome, services.deliver)
        self._do(service, day=self.day, way="diserahkan")

    def _object(self) -> None:
        self._pass("object")
        self._do(
            services.object_to,
            kind="keberatan",
            filed_on=self.day,
            grounds="Hukumannya dinilai terlalu berat.",
        )

    def _close(self) -> None:
        self.case.refresh_from_db()
        if self.case.state == State.REMEDY and (lapsed := may_close_on(self.case)):
            self.day = lapsed
            self._do(services.close)
        if self.case.state == State.CARRYING_OUT:
            self._pass("carry_out")
            self._do(services.carry_out, day=self.day, announced=ANNOUNCED[self.story.sanction])

    def _pass(self, act: str) -> None:
        self.day = min(_working_days_after(self.day, PACE.get(act, 1)), self.today)

    def _do(
        self, service: Callable[..., object], act: str = "", *, by: User | None = None, **told: Any
    ) -> None:
        if act:
            self._pass(act)
        self.case.refresh_from_db()
        with self._now():
            service(case=self.case, user=by or self.examiner, revision=self.case.revision, **told)
        self.case.refresh_from_db()

    def _now(self) -> Any:
        return clock.at(dt.datetime.combine(self.day, dt.time(9)))


def _working_days_after(day: dt.date, days: int) -> dt.date:
    return corpus().working_days.add(day, days).day


WAY = ("assess", "appoint", "summon", "hear", "sign_minutes", "report", "decide", "deliver", "close")
MISSED = ("assess", "appoint", "summon", "absent", "summon_again", "absent_again")


def _way(story: CaseStory) -> tuple[str, ...]:
    """The acts of a story, in order."""
    match story.until:
        case "open" | "refer" | "stop":
            return ()
        case "end":
            return WAY
        case "object":
            return (*WAY[: WAY.index("close")], "object")
        case until if until in WAY:
            return WAY[: WAY.index(until) + 1]
        case until:
            return MISSED[: MISSED.index(until) + 1]
