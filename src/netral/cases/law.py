"""What the law says of a case: asked live while it is assessed, read from what was stored ever after."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netral.lawbook import answer, corpus, sanctions_on, sanctions_within
from netral.ui import clock

from .codes import BY_TEAM_ONLY, SANCTION_OUTCOME, Level, Outcome, Track
from .facts import facts_of
from .models import Allegation, Assessment, Case

Answer = Mapping[str, Any]
PER_ACT = ("object", "circumstances")


def answer_of(case: Case) -> Answer:
    """What the law says now of what the case knows now. Raises FactsError."""
    return answer(facts_of(case, on=clock.today()))


def earliest_day() -> dt.date:
    """Since when there is any law in the corpus: of an act before it nothing can be said."""
    return min(version.start for versions in corpus().articles.values() for version in versions)


@dataclass(frozen=True)
class Question:
    """A fact the answer still asks for; `allegation` is the key of the act it is about, None where it is about all."""

    fact: str
    allegation: int | None
    text: str


def questions_of(case: Case, told: Answer) -> list[Question]:
    """What the law still asks about this case, each once, to be answered by `state_facts`."""
    acts = acts_of(case)
    asked = {}
    for one in told["missing"]:
        per_act = one["fact"].partition(".")[0] in PER_ACT
        key = acts[one.get("act", 0)][0].pk if per_act else None
        asked[one["fact"], key] = Question(one["fact"], key, one["question"]["id"])
    return list(asked.values())


def acts_of(case: Case) -> list[tuple[Allegation, dt.date]]:
    """The acts as an answer counts them: one that lasted is there for its first and for its last day."""
    return [
        (act, day)
        for act in case.allegation_set.all()
        for day in dict.fromkeys((act.act_date, act.until or act.act_date))
    ]


def stored_answer(assessment: Assessment) -> Answer:
    told: Answer = json.loads(assessment.answer)
    return told


def stored_facts(assessment: Assessment) -> Answer:
    told: Answer = json.loads(assessment.facts)
    return told


@dataclass(frozen=True)
class Choice:
    """A sanction that may be imposed; `label` in Indonesian."""

    code: str
    label: str
    level: str
    outcome: Outcome

    @property
    def with_level(self) -> str:
        """Its name and its level, where that says more."""
        level = str(Level(self.level).label)
        return self.label if level == self.label else f"{self.label} ({level})"

    @property
    def by_team_only(self) -> bool:
        """The rules of discipline demand a team for heavy sanctions; the house alone cautions for one elsewhere."""
        return self.outcome == Outcome.DISCIPLINE and self.level in BY_TEAM_ONLY


def sanctions_open(assessment: Assessment, authority: str) -> tuple[str, ...]:
    """What this authority may impose: by the answer that was accepted, or by the road and level that departed from it.

    Where the level stayed undetermined, the union of its readings.
    """
    if assessment.accepted:
        return sanctions_within(dict(stored_answer(assessment)), authority)
    return sanctions_on(stored_facts(assessment), assessment.track, assessment.level, authority)


def choices_open(assessment: Assessment, authority: str, *, by_team: bool) -> list[Choice]:
    """The same in words, light ones first; without a team the heavy ones are not open."""
    choices = [choice_of(code) for code in sanctions_open(assessment, authority)]
    return [choice for choice in choices if by_team or not choice.by_team_only]


def choice_of(code: str) -> Choice:
    """Raises KeyError for a kind of sanction the law does not know."""
    sanction = corpus().sanctions[code]
    return Choice(code, sanction.label.id, sanction.level, SANCTION_OUTCOME[Track(sanction.track)])


def receivers_of_cases(on: dt.date) -> Mapping[str, str]:
    """Code and label of every authority that on a day takes a whole case over, as the supervisor of the service."""
    return _receivers("receives_referral", on)


def receivers_of_crimes(on: dt.date) -> Mapping[str, str]:
    """The same of those that receive what may be a crime, beside the case."""
    return _receivers("receives_crime", on)


def _receivers(purpose: str, on: dt.date) -> Mapping[str, str]:
    return {
        one.code: one.label.id
        for one in corpus().authorities
        if one.purpose == purpose and one.start <= on <= one.until and not one.vacancy
    }


def authority_label(code: str) -> str:
    """In Indonesian; the code itself where the corpus no longer has it."""
    return next((one.label.id for one in corpus().authorities if one.code == code), code)
