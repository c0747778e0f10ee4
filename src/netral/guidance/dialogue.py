"""The conversation: facts in the address, the next question, the choices it has.

An address holds the kind of act, its day and codes; `-` is "I do not know". So any step can be linked, reloaded and
gone back from, and nothing is kept. What the codes mean is said by `lawbook.vocabulary()`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from netral.lawbook import Answer, ConductKind, FactsError, answer, conduct_kinds, vocabulary
from netral.ui.days import read_day
from netral.ui.templatetags.netral import tanggal

from . import agenda
from .words import QuestionWords, acts, questions, words_of

DAY = "act_date"
UNKNOWN = "-"
NO_ROLE = "tidak_ada"
LIMIT = 5
FIRST = ("actor.status",)
# An office or a region says nothing before the election is known, and an election nothing before it is known
# whether a candidate is meant at all.
ORDER = ("object.kind", "object.election", "object.office", "object.region")
YES_NO = {"ya": True, "tidak": False}
SHOWN_OF_WRONG = 40  # letters


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Question:
    fact: str
    words: QuestionWords
    type: str  # choice, date
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Given:
    """A fact as it was answered, in words; `until` is the address of the question, with what was given before it."""

    fact: str
    question: str
    answer: str
    again: str


@dataclass(frozen=True)
class Inquiry:
    """One act on one day, and what was answered so far: code by path, in the order of the questions."""

    act: str
    day: dt.date
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> ConductKind:
        return conduct_kinds()[self.act]

    @cached_property
    def told(self) -> Answer:
        """What the law says. Raises FactsError for codes that are none."""
        return answer(self.facts)

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"conduct": self.act, DAY: self.day.isoformat()}
        for path, code in self.given.items():
            if code != UNKNOWN:
                group, _dot, name = path.partition(".")
                facts.setdefault(group, {})[name] = _value(path, code)
        return facts

    @property
    def address(self) -> str:
        """The query that leads here again."""
        return urlencode({DAY: self.day.isoformat(), **self.given})

    def knowing(self, path: str, code: str) -> Inquiry:
        return Inquiry(self.act, self.day, {**self.given, path: code})

    def answers(self) -> Iterator[Given]:
        for at, (path, code) in enumerate(self.given.items()):
            before = Inquiry(self.act, self.day, dict(list(self.given.items())[:at]))
            yield Given(path, questions()[path].question, _said(path, code), before.address)

    # What to ask next -------------------------------------------------------------------------------------------

    def question(self) -> Question | None:
        """The next of at most five questions; None where no fact is open that would change the answer."""
        if len(self.given) >= LIMIT:
            return None
        return next((self._ask(path) for path in self._open() if self._matters(path)), None)

    def still_open(self) -> list[str]:
        """What the answer still depends on and was not asked, as questions."""
        return [questions()[path].question for path in self._open() if self._matters(path)]

    def _open(self) -> list[str]:
        """Unknown facts that nobody was asked for, in the order in which people understand them."""
        missing = dict.fromkeys(one["fact"] for one in self.told["missing"])
        found = [path for path in missing if path in questions() and path not in self.given]
        order = [*FIRST, *acts()[self.act].asks, *ORDER, *self.kind.asks]
        return sorted(found, key=lambda path: order.index(path) if path in order else len(order))

    def _matters(self, path: str) -> bool:
        """Whether some choice leads anywhere else. A day cannot be tried; it is believed."""
        if vocabulary()[path]["type"] == "date":
            return True
        now = self._outcome(path)
        return any(self.knowing(path, one.code)._outcome(path) != now for one in self._choices(path))

    def _outcome(self, path: str) -> tuple[object, ...]:
        told = self.told
        results = tuple((one["rule"], one["result"]) for one in told["trace"])
        return results, frozenset(one["fact"] for one in told["missing"]) - {path}, told["verdict"]

    # Its choices --------------------------------------------------------------------------------------------------

    def _ask(self, path: str) -> Question:
        kind = "date" if vocabulary()[path]["type"] == "date" else "choice"
        return Question(path, questions()[path], kind, tuple(self._choices(path)))

    def _choices(self, path: str) -> list[Choice]:
        fact = vocabulary()[path]
        match fact["type"]:
            case "date":
                return []
            case "yes_no":
                return [Choice(code, words_of("answers")[code]) for code in YES_NO]
            case "region":
                return [Choice(code, agenda.region_label(code)) for code in self._regions()]
        codes = list(fact["values"])
        if path == "object.election":
            codes = [one.code for one in agenda.near(self.day)]
        elif path == "object.office" and (at_stake := self._offices()):
            codes = [code for code in codes if code in at_stake]
        choices = [Choice(code, _label(path, code)) for code in codes]
        return [*choices, Choice(NO_ROLE, _("Tidak satu pun"))] if fact["many"] else choices

    def _election(self) -> agenda.Election | None:
        return agenda.election(self.given.get("object.election", ""), self.day)

    def _offices(self) -> frozenset[str]:
        found = self._election()
        return frozenset().union(*(one.contest.offices for one in found.schedules)) if found else frozenset()

    def _regions(self) -> list[str]:
        found = self._election()
        return sorted({code for one in found.schedules for code in one.contest.regions}) if found else []


def read_address(act: str, query: Mapping[str, str], today: dt.date) -> Inquiry:
    """The inquiry an address holds; parameters that are no facts (an app that shares links adds some) are passed over.

    Raises FactsError naming what is wrong.
    """
    facts = {path: _read(path, query[path]) for path in query if path in questions() and query[path]}
    day = _read(DAY, query.get(DAY) or today.isoformat())
    checked = Inquiry(act, today, dict(list(facts.items())[:LIMIT]))
    answer({**checked.facts, DAY: day})
    return Inquiry(act, dt.date.fromisoformat(day), checked.given)


@dataclass(frozen=True)
class Wrong:
    """A part of an address that is no answer: to which question, what was there, what may be."""

    question: str
    value: str
    allowed: str


def wrong_parts(error: FactsError) -> list[Wrong]:
    return [_wrong(one.field, one.value) for one in error.errors]


def _wrong(path: str, value: Any) -> Wrong:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    shown = "".join(letter for letter in text if letter.isprintable())[:SHOWN_OF_WRONG]
    question = _("Kapan perbuatan itu dilakukan?") if path == DAY else questions()[path].question
    return Wrong(question, shown, _may_be(path))


def _may_be(path: str) -> str:
    fact = vocabulary()[path]
    match fact["type"]:
        case "date":
            return _("tulis tanggal seperti 10 Oktober 2024 atau 10-10-2024, dari tahun 1945 sampai 2050")
        case "region":
            return _("tulis kode daerah seperti 18.71")
        case "yes_no":
            return _("yang boleh: ya, tidak")
    return _("yang boleh: %(words)s") % {"words": ", ".join(_label(path, code) for code in fact["values"])}


def _read(path: str, text: str) -> str:
    """A day as people write it becomes one of the calendar; what is none stays, for `lawbook` to refuse."""
    if path != DAY and vocabulary()[path]["type"] != "date":
        return text
    try:
        return read_day(text).isoformat()
    except ValueError:
        return text


def _value(path: str, code: str) -> Any:
    """The fact as `lawbook` takes it; a code that is none stays as it is, for `lawbook` to refuse."""
    fact = vocabulary()[path]
    if fact["type"] == "yes_no":
        return YES_NO.get(code, code)
    if fact["many"]:
        return [] if code == NO_ROLE else [code]
    return code


def _label(path: str, code: str) -> str:
    own = questions()[path].values.get(code)
    label: str = own or vocabulary()[path]["values"][code]["id"]
    return label


def _said(path: str, code: str) -> str:
    """An answer in words."""
    fact = vocabulary()[path]
    if code == UNKNOWN:
        return _("Saya tidak tahu")
    match fact["type"]:
        case "yes_no":
            return words_of("answers")[code]
        case "region":
            return agenda.region_label(code)
        case "date":
            return tanggal(dt.date.fromisoformat(code))
    return _("Tidak satu pun") if code == NO_ROLE else _label(path, code)


__all__ = [
    "DAY",
    "LIMIT",
    "UNKNOWN",
    "Choice",
    "FactsError",
    "Given",
    "Inquiry",
    "Question",
    "Wrong",
    "read_address",
    "wrong_parts",
]
