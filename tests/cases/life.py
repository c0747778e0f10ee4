"""A case led through its life by short words, each act on a legal day of its own."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image

from netral.accounts.models import User
from netral.cases import services
from netral.cases.codes import Element
from netral.cases.content import Announced, Exchange, Findings, Hearing, Missed, Person, Sitting
from netral.cases.examiners import Candidate
from netral.cases.models import Case
from netral.cases.selectors import summons_of
from netral.evidence.facts import SealedUpload
from netral.evidence.uploads import seal_file
from netral.lawbook import corpus
from netral.ui import clock

PARTY = {"object": {"kind": "partai"}, "circumstances": {"membership": "proven"}}
OPENED = dt.date(2024, 10, 14)  # a Monday in the campaign of 2024
ACT_DAY = dt.date(2024, 10, 10)
OBJECT = {"kind": "calon", "office": "bupati", "election": "pilkada-2024", "region": "18.71"}
SITTING = Sitting(hour="09.00 WIB", place="Ruang Rapat Inspektorat")
HEARING = Hearing(
    exchanges=(Exchange("Apakah Saudara menyukai unggahan itu?", "Ya, tanpa maksud mendukung."),),
    statement="Saya tidak tahu bahwa itu dilarang.",
)
FINDINGS = Findings(reasoning="Tangkapan layar dan pengakuan terlapor saling menguatkan.")
REGENT = Person(name="H. Marzuki Latif, S.E.", position="Bupati Way Tirta")
ANNOUNCED = Announced("Aula", "H. Marzuki Latif, S.E., Bupati Way Tirta", "Dibacakan dalam apel pagi.")
PERSONNEL = Person(
    name="Ratna Puspa Ayu", position="Kepala Bidang Disiplin", level="administrator", unit="BKD Provinsi"
)


def act(conduct: str = "like_post", day: dt.date = ACT_DAY, **more: Any) -> services.AllegedAct:
    facts = more.pop("facts", {"object": OBJECT})
    return services.AllegedAct(conduct, day, facts=facts, **more)


def scan() -> SealedUpload:
    """A photo of a signed paper."""
    return seal_file("pindaian.jpg", paper())


@cache
def paper() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


def missed(life: Life) -> dict[str, Any]:
    """The summons was handed over on its day, and nothing was heard of him."""
    summons = summons_of(life.case)
    received_on = summons.letter_day if summons else life.day
    words = Missed("Tanda terima ditandatangani terlapor.")
    return {"received_on": received_on, "way": "diserahkan", "excuse": "tanpa_kabar", "missed": words}


def heard_otherwise(life: Life) -> Hearing:
    """What is said in a hearing of the life's day, and why it is another day than that of the summons, if it is."""
    summons = summons_of(life.case)
    on_its_day = summons is None or summons.hearing_day == life.day
    return HEARING if on_its_day else replace(HEARING, otherwise="Terlapor meminta hari itu.")


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    with clock.at(dt.datetime.combine(day, dt.time(10))):
        yield


@dataclass
class Life:
    """One case, who handles it and who decides it; `day` is the legal day of the next act."""

    case: Case
    examiner: User
    decider: User
    roster: dict[str, Any]
    day: dt.date = OPENED

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A service of that name, by the examiner at the case's revision: `life.close()`."""
        service = getattr(services, name)

        def run(*, by: User | None = None, **arguments: Any) -> Any:
            with on(self.day):
                arguments = {"user": by or self.examiner, "revision": self.case.revision} | arguments
                return service(case=self.case, **arguments)

        return run

    def wait(self, days: int) -> Life:
        self.day += dt.timedelta(days=days)
        return self

    def team(self) -> list[Candidate]:
        """A superior, a supervisor and someone of personnel who stand above a clerk."""
        return [
            Candidate.from_roster(self.roster["198209252006042003"], element=Element.SUPERIOR, chair=True),
            Candidate.from_roster(self.roster["198711302010122001"], element=Element.SUPERVISION),
            Candidate(None, PERSONNEL, Element.PERSONNEL),
        ]

    def assessed(self, track: str = "disiplin", level: str = "berat") -> Life:
        self.assess(accept=False, track=track, level=level, reason="Penilaian petugas.")
        return self

    def appointed(self, kind: str = "tim") -> Life:
        members = self.team()[:1] if kind == "atasan" else self.team()
        number = f"800/{self.case.pk}.{self.case.round}/2024"
        decree = {"decree_number": number, "decree_day": self.day, "formed_by": REGENT}
        self.appoint(kind=kind, members=members, **({} if kind == "atasan" else decree))
        return self

    def summoned(self, after: int = 3) -> Life:
        self.summon(hearing_day=self.hearing_day(after), sitting=SITTING)
        return self

    def missed(self) -> Life:
        """The first hearing's day passes without him."""
        self._past_hearing()
        self.absent(**missed(self))
        return self

    def summoned_again(self, after: int = 3) -> Life:
        self.summon_again(hearing_day=self.hearing_day(after), sitting=SITTING)
        return self

    def missed_again(self) -> Life:
        self._past_hearing()
        self.absent_again(**missed(self))
        return self

    def heard(self) -> Life:
        """Heard, and the minutes signed."""
        self.hear(day=self.day, hearing=heard_otherwise(self))
        self.sign_minutes(signing="ditandatangani", scan=scan())
        return self

    def reported(self, level: str = "berat", sanctions: tuple[str, ...] = (), proven: bool = True) -> Life:
        acts = self.case.allegation_set.values_list("object_id", flat=True)
        self.report(
            proven=dict.fromkeys(acts, proven),
            findings=FINDINGS,
            level=level if proven else "",
            sanctions=sanctions,
        )
        return self

    def decided(self, sanction: str = "") -> Life:
        self.decide(by=self.decider, sanction=sanction, reason="Menimbang laporan hasil pemeriksaan.")
        return self

    def to(self, state: str) -> Life:
        """Leads a case just opened, on the road of discipline, into this state by the shortest way."""
        for reached, step in WAY[state]:
            step(self)
            assert self.case.state == reached
        return self

    def hearing_day(self, after: int) -> dt.date:
        """So many days from now, or the working day after it."""
        return corpus().working_days.add(self.day + dt.timedelta(days=after - 1), 1).day

    def _past_hearing(self) -> None:
        summons = summons_of(self.case)
        assert summons is not None
        self.day = summons.hearing_day + dt.timedelta(days=1)


_STEPS: list[tuple[str, Callable[[Life], Life]]] = [
    ("pemeriksa", Life.assessed),
    ("panggilan_1", Life.appointed),
    ("menunggu_1", Life.summoned),
    ("panggilan_2", Life.missed),
    ("menunggu_2", Life.summoned_again),
    ("lhp", Life.missed_again),
    ("keputusan", Life.reported),
    ("penyampaian", lambda life: life.decided("pdhtaps")),
]
WAY: dict[str, list[tuple[str, Callable[[Life], Life]]]] = {
    "penilaian": [],
    **{state: _STEPS[: at + 1] for at, (state, _step) in enumerate(_STEPS)},
}
