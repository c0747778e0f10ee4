"""The law beside a case, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.lawbook import FactsError, corpus, vocabulary
from netral.ui.parts import Tone

from .. import law, selectors
from ..codes import Level, Outcome, Track
from ..lifecycle import State
from ..models import Case
from .alleging import fact_in_words

STATUS_TONES: Mapping[str, Tone] = {"verified": "ok", "secondary": "warn", "unverified": "disputed"}
STATUS_WORDS: Mapping[str, str | Promise] = {
    "verified": gettext_lazy("terverifikasi"),
    "secondary": gettext_lazy("sumber tidak langsung"),
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


@dataclass(frozen=True)
class PossibleCrime:
    """A criminal article the facts may touch.

    `open` is what is not yet known to hold, `decided_by` the facts that would tell.
    """

    says: str
    articles: str
    open: list[str]
    decided_by: list[str]


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
        return _("belum diketahui") if value is None else fact_in_words(vocabulary()[f"actor.{name}"], value)

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
        decided_by=[vocabulary()[path]["label"]["id"] for path in told.get("needs", ())],
    )


def _act_of(question: Mapping[str, Any]) -> int | None:
    """The act a question is about; with one act only, the facts about an act are that one's."""
    if question["fact"].startswith(("actor.", "dates.")):
        return None
    return int(question.get("act", 0))
