"""From everyday Indonesian to kinds of act: stems, synonyms, a little patience with typing errors.

Every act is a handful of phrases: its label, its everyday examples, and the ways people ask (`acts.yaml`). A question
is held against each; the order is a function of the words alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import snowballstemmer

from netral.lawbook import ConductGroup, ConductKind, conduct_kinds, corpus
from netral.lawbook import Text as LawText

from .words import acts, language, people

SHOWN = 5
# Of what the best act reaches: what lies below is chance.
WORTH = 0.35
LIKENESS = 0.8  # of a mistyped word to a known one
SHORTEST_TYPO = 4
# How much it counts that an act speaks of a word at all, beside its nearest phrase.
ALL_WORDS = 0.3
# How much a word says of the act that says who acts.
WHO = 0.5
# How spoken Indonesian begins a verb, and what stands there in writing.
_SPOKEN = (("nge", ""), ("ng", "k"), ("ng", ""), ("ny", "s"), ("ny", "c"), ("n", "t"), ("m", "p"))
_SPOKEN_END = re.compile(r"(?:inin|in|nya|ku|mu|lah|kah)$")
NOT = "bukan"
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Index:
    phrases: Mapping[str, tuple[frozenset[str], ...]]  # stems of each phrase, by act
    weight: Mapping[str, float]  # a stem that few acts share says more

    def read(self, text: str) -> frozenset[str]:
        """The known stems of a question."""
        return frozenset(stem for word in _words(text) for stem in self._known(word))

    def _known(self, word: str) -> tuple[str, ...]:
        """Of one word: as it is, as a colloquial form of another, or mistyped."""
        for spelling in _spellings(word):
            found = _stems_of(spelling)
            if not found or self.weight.keys() & found:
                return tuple(stem for stem in found if stem in self.weight)
        return self._nearest(word)

    def _nearest(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_TYPO:
            return ()
        (stem,) = _stems_of(word)[:1]
        alike = sorted(
            known for known in self.weight if known[0] == stem[0]
        )  # nobody mistypes the first letter
        return tuple(get_close_matches(stem, alike, n=1, cutoff=LIKENESS))


def people_named(text: str) -> list[str]:
    """Codes of the people besides PNS of whom a question speaks, by their everyday names."""
    words = _tokens(text)
    named = {" ".join(words[at : at + n]) for n in (1, 2) for at in range(len(words))}
    return [one.code for one in people() if named & one.words]


def search(text: str) -> list[str]:
    """Codes of the acts a question is most likely about, best first; empty where no word of it is known."""
    index = _index()
    asked = index.read(text)
    scores = {act: _score(index, asked, phrases) for act, phrases in index.phrases.items()}
    best = max(scores.values())
    ranked = sorted(scores, key=lambda act: -scores[act])  # equals stay in the order of the groups
    return [act for act in ranked[:SHOWN] if best and scores[act] >= WORTH * best]


def _score(index: Index, asked: frozenset[str], phrases: Sequence[frozenset[str]]) -> float:
    """How near the act's nearest phrase is and, a little, how much of the question the act speaks of at all."""
    if not asked:
        return 0.0
    nearest = max(_likeness(index, asked, phrase) for phrase in phrases)
    spoken_of = frozenset().union(*phrases)
    return nearest + ALL_WORDS * _size(index, asked & spoken_of) / _size(index, asked)


def _likeness(index: Index, one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine of two sets of stems, each weighing what it says."""
    return _size(index, one & other) / math.sqrt(_size(index, one) * _size(index, other))


def _size(index: Index, stems: frozenset[str]) -> float:
    return sum(index.weight[stem] ** 2 for stem in stems)


# Words ------------------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _WORD.findall(plain)


def _words(text: str) -> list[str]:
    """The words of a text, two that have a meaning together as one (`anak buah`), without what follows `bukan`."""
    known, words = language(), _tokens(text)
    found: list[str] = []
    while words:
        taken = 2 if len(words) > 1 and known.is_one(" ".join(words[:2])) else 1
        found.append(" ".join(words[:taken]))
        del words[:taken]
    return [word for word, before in zip(found, ["", *found], strict=False) if before != NOT]


def _stems(text: str) -> frozenset[str]:
    """The words of a text that say something, each as its stem."""
    return frozenset(stem for word in _words(text) for stem in _stems_of(word))


def _stem(word: str) -> str:
    """A stemmer works on its own state: one for all threads mixes their words, and keeps the last one typed."""
    stem: str = snowballstemmer.stemmer("indonesian").stemWord(word)
    return stem


def _meaning(word: str) -> str | None:
    """What a word stands for: itself, others, or nothing about an act. Not cached: that would keep what people type."""
    known = language()
    stem = _stem(word)
    if word in known.empty or stem in known.empty:
        return None
    return known.means.get(word) or known.means.get(stem) or stem


def _stems_of(word: str) -> tuple[str, ...]:
    meaning = _meaning(word)
    return tuple(_stem(part) for part in meaning.split()) if meaning else ()


def _spellings(word: str) -> Iterator[str]:
    """The word, then what it may be a spoken form of: `nyebarin` of `sebar`, `ngasih` of `kasih`."""
    bare = _SPOKEN_END.sub("", word)
    for form in dict.fromkeys((word, bare)):
        yield form
        for spoken, written in _SPOKEN:
            if form.startswith(spoken) and len(form) > len(spoken) + 2:
                yield written + form.removeprefix(spoken)


# The acts ---------------------------------------------------------------------------------------------------------


@cache
def _index() -> Index:
    phrases = {
        code: tuple(found for words in _phrases(kind) if (found := _stems(words)))
        for code, kind in conduct_kinds().items()
    }
    spread = Counter(stem for found in phrases.values() for stem in frozenset().union(*found))
    who = {stem for word in language().who for stem in _stems_of(word)}
    weight = {stem: math.log(1 + len(phrases) / count) for stem, count in spread.items()}
    return Index(phrases, {stem: says * (WHO if stem in who else 1) for stem, says in weight.items()})


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
