"""From everyday Indonesian to kinds of act: stems, synonyms, a little patience with typing errors.

Every act is a handful of phrases: its label, its everyday examples, and the ways people ask (`acts.yaml`). A question
is held against each; the order is a function of the words alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import snowballstemmer

from netral.lawbook import ConductGroup, ConductKind, conduct_kinds, corpus
from netral.lawbook import Text as LawText

from .words import acts, language

SHOWN = 5
# Of what the best act reaches: what lies below is chance.
WORTH = 0.35
LIKENESS = 0.8  # of a mistyped word to a known one
SHORTEST_TYPO = 4
_WORD = re.compile(r"[a-z0-9]+")
_stemmer = snowballstemmer.stemmer("indonesian")


@dataclass(frozen=True)
class Phrase:
    act: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Index:
    phrases: tuple[Phrase, ...]
    weight: dict[str, float]  # a stem that few acts share says more

    def nearest(self, word: str) -> str | None:
        """The known stem a mistyped one most resembles."""
        if word in self.weight or len(word) < SHORTEST_TYPO:
            return word if word in self.weight else None
        return next(iter(get_close_matches(word, sorted(self.weight), n=1, cutoff=LIKENESS)), None)


def search(text: str) -> list[str]:
    """Codes of the acts a question is most likely about, best first; empty where no word of it is known."""
    index = _index()
    asked = {known for stem in stems(text) if (known := index.nearest(stem))}
    if not asked:
        return []
    scores: dict[str, float] = {}
    for phrase in index.phrases:
        scores[phrase.act] = max(scores.get(phrase.act, 0.0), _likeness(index, asked, phrase.stems))
    order = list(conduct_kinds())
    best = max(scores.values())
    ranked = sorted(scores, key=lambda act: (-scores[act], order.index(act)))
    return [act for act in ranked[:SHOWN] if best and scores[act] >= WORTH * best]


def _likeness(index: Index, asked: set[str], phrase: frozenset[str]) -> float:
    """Cosine of two sets of stems, each weighing what it says."""
    shared = sum(index.weight[stem] ** 2 for stem in asked & phrase)
    if not shared:
        return 0.0
    lengths = (math.sqrt(sum(index.weight[stem] ** 2 for stem in side)) for side in (asked, phrase))
    return shared / math.prod(lengths)


def stems(text: str) -> list[str]:
    """The words of a text that say something, each as its stem."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return [stem for word in _WORD.findall(plain) for stem in _stems_of(word)]


@cache
def _stems_of(word: str) -> tuple[str, ...]:
    """One word may mean several (`bansos`: bantuan sosial) or nothing."""
    known = language()
    if word in known.empty:
        return ()
    meaning = known.means.get(word)
    if meaning is None:
        stem = _stemmer.stemWord(word)
        meaning = known.means.get(stem, stem)
        if stem in known.empty:
            return ()
    return tuple(_stemmer.stemWord(part) for part in meaning.split())


@cache
def _index() -> Index:
    phrases = tuple(
        Phrase(kind.code, frozenset(found))
        for kind in conduct_kinds().values()
        for words in _phrases(kind)
        if (found := stems(words))
    )
    spread = Counter(
        stem for _act, stem in {(phrase.act, stem) for phrase in phrases for stem in phrase.stems}
    )
    many = len(conduct_kinds())
    return Index(phrases, {stem: math.log(1 + many / count) for stem, count in spread.items()})


def _phrases(kind: ConductKind) -> Iterator[str]:
    yield kind.label.id
    yield from (example.id for example in kind.everyday)
    yield from acts()[kind.code].words


def grouped() -> Sequence[ConductGroup]:
    """Every kind of act by its group, what is allowed last."""
    kinds = conduct_kinds().values()
    return [
        ConductGroup(code, LawText(**label), found)
        for code, label in corpus().form["groups"].items()
        if (found := tuple(kind for kind in kinds if kind.group == code))
    ]
