"""What of the law a case's letters cite: the articles of the assessment that counts, in the words of the corpus.

An article that is not verified stands in no letter until the agency has confirmed it, and a term of which there are
several readings stands in none until the agency has said which it follows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from netral.lawbook import FactsError, corpus
from netral.lawbook.corpus import ArticleVersion
from netral.ui import clock

from .clocks import law_clock
from .codes import Level
from .law import acts_of, answer_of, stored_answer
from .models import Allegation, Assessment, Case
from .selectors import assessment_of, confirmed_articles, confirmed_reading

# Regulations in the order in which decrees name them, by the first word of their code.
ORDER = ("uu", "perppu", "pp", "perpres", "permenpanrb", "perbkn", "perbawaslu", "pkpu", "skb", "se")

PLACES = ("Pasal ", "Lampiran ", "butir ")
# What the corpus adds to a title or a place for its own readers.
REMARK = re.compile(r" \([^)]{3,}\)$")


@dataclass(frozen=True)
class LeftOut:
    """Something of the law that a letter would say and may not yet."""

    what: str
    says: str


@dataclass(frozen=True)
class Citing:
    """The law in the letters of one case."""

    case: Case

    # Articles ---------------------------------------------------------------------------------------------------

    def breach(self, allegation: Allegation) -> str:
        """The articles this act is held against: `Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023 dan …`."""
        articles = sorted(filter(self._may, self._norms[allegation.pk]), key=_order)
        of_regulations = groupby(articles, key=lambda one: one.instrument)
        return _listed([_cited(code, found) for code, found in of_regulations])

    def crimes(self) -> list[str]:
        """The criminal articles that the facts may touch, with what punishes them: `Pasal 71 … dan Pasal 188 …`."""
        days = [day for _act, day in acts_of(self.case)]
        found: dict[str, None] = {}
        for one in self._criminal():
            articles = corpus().in_force((one["article"], one["penalty"]), days[one["act"]])
            of_regulations = groupby(filter(self._may, articles), key=lambda article: article.instrument)
            found |= dict.fromkeys(_cited(code, list(those)) for code, those in of_regulations)
        return list(found)

    def _criminal(self) -> list[dict[str, Any]]:
        """What the answer that counts says of crimes; before the assessment, what the law says now."""
        if assessment := assessment_of(self.case):
            return list(stored_answer(assessment)["criminal"])
        try:
            return list(answer_of(self.case)["criminal"])
        except FactsError:
            return []

    def regulations(self, refs: Iterable[str] = ()) -> list[str]:
        """Titles of what the acts and these further articles rest on, in the order of decrees."""
        articles = [article for found in self._norms.values() for article in found]
        articles += corpus().in_force(refs, clock.today())
        codes = {one.instrument: None for one in sorted(filter(self._may, articles), key=_order)}
        return [REMARK.sub("", corpus().instruments[code]["title"]) for code in codes]

    def sanctions_basis(self) -> list[str]:
        """Articles of the sanctions on the road of this case."""
        levels = [self.case.level] if self.case.level != Level.UNDETERMINED else list(Level.values)
        return [
            ref
            for level in levels
            for one in corpus().sanctions_by_level.get((self.case.track, level), ())
            if one.start <= self._last_day <= one.until
            for ref in one.basis
        ]

    # Terms ------------------------------------------------------------------------------------------------------

    def term(self, code: str) -> str:
        """What a clock says, for a letter; empty where the law has none here, or it may not be said yet."""
        due = law_clock(self.case, code, clock.today())
        return due.says.id if due and not list(self._held_back(code)) else ""

    def term_basis(self, code: str) -> tuple[str, ...]:
        """The articles that set it, where there is such a term here."""
        due = law_clock(self.case, code, clock.today())
        return due.basis if due else ()

    # What stays out -----------------------------------------------------------------------------------------------

    def left_out(self, *, clocks: Iterable[str] = ()) -> list[LeftOut]:
        """What the letters of an act would cite and may not yet: of the acts, and of the terms it speaks of."""
        norms = (article for found in self._norms.values() for article in found if not self._may(article))
        found = [*(_out(one) for one in norms), *(one for code in clocks for one in self._held_back(code))]
        return list(dict.fromkeys(found))

    def _held_back(self, code: str) -> Iterator[LeftOut]:
        due = law_clock(self.case, code, clock.today())
        if due is None:
            return
        if due.readings and confirmed_reading(self.case.agency_id, code) is None:
            readings = _(" atau ").join(one.says.id for one in due.readings)
            yield LeftOut(_("Tenggat: %(label)s") % {"label": due.label.id}, readings)
        for article in corpus().in_force(due.basis, clock.today()):
            if not self._may(article):
                yield _out(article)

    # The assessment ---------------------------------------------------------------------------------------------------

    @cached_property
    def _confirmed(self) -> frozenset[str]:
        return confirmed_articles(self.case.agency_id)

    def _may(self, article: ArticleVersion) -> bool:
        return article.status != "unverified" or article.ref in self._confirmed

    @cached_property
    def _last_day(self) -> dt.date:
        return max(one.until or one.act_date for one in self.case.allegation_set.all())

    @cached_property
    def _norms(self) -> dict[int, list[ArticleVersion]]:
        """For each act, by key, the articles it is held against, as on its day; none before the assessment."""
        assessment = assessment_of(self.case)
        norms: dict[int, list[ArticleVersion]] = {act.pk: [] for act in self.case.allegation_set.all()}
        if assessment is None or not self.case.track:
            return norms
        for at, (act, day) in enumerate(acts_of(self.case)):
            refs = _found(assessment, at) or _of_road(act.conduct, day, assessment)
            norms[act.pk] += [one for one in corpus().in_force(refs, day) if one not in norms[act.pk]]
        return norms


def _found(assessment: Assessment, at: int) -> list[str]:
    """What the stored answer held the act at this place against, on the road that was taken."""
    findings = stored_answer(assessment)["findings"]
    of_act = [one for one in findings if one["act"] == at and one["track"] == assessment.track]
    return [ref for one in of_act for ref in one["norm"]]


def _of_road(conduct: str, day: dt.date, assessment: Assessment) -> list[str]:
    """Where an officer departed from the answer: what every rule of that day on his road rests on."""
    of_road = [
        rule
        for rule in corpus().rules.get(conduct, ())
        if rule.start <= day <= rule.until and rule.track == assessment.track
    ]
    of_level = [set(rule.norm) for rule in of_road if rule.level == assessment.level]
    held = set.intersection(*(of_level or [set(rule.norm) for rule in of_road] or [set()]))
    return [ref for rule in of_road[:1] for ref in rule.norm if ref in held]


def _cited(code: str, articles: Iterable[ArticleVersion]) -> str:
    """Articles of one regulation and its name; the name alone where nobody found their numbers."""
    places = filter(None, (_place(one.cite) for one in articles))
    return " ".join(filter(None, (_listed(list(dict.fromkeys(places))), named(code))))


def _place(cite: str) -> str:
    """Where in a regulation, without what the corpus adds in brackets; empty for a mere description."""
    return REMARK.sub("", cite) if cite.startswith(PLACES) else ""


def named(code: str) -> str:
    """A regulation by kind, number and year, as a sentence cites it."""
    instrument = corpus().instruments[code]
    head: str = re.split(r" tentang | \(", instrument["title"])[0]
    of_several = re.match(
        r"(\w+ \w+) .*?(Nomor \S+ Tahun \d+), Nomor ", head
    )  # a joint decision has many numbers
    return " ".join(of_several.groups()) if of_several else head


def _order(article: ArticleVersion) -> tuple[int, str, str]:
    kind, _dash, rest = article.instrument.partition("-")
    year = rest.rpartition("-")[2]
    return ORDER.index(kind) if kind in ORDER else len(ORDER), year, article.instrument


def _listed(words: list[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`"""
    if len(words) < 3:
        return _(" dan ").join(words)
    return _("%(first)s, dan %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _out(article: ArticleVersion) -> LeftOut:
    return LeftOut(f"{article.short} {article.cite}", article.says)
