"""What guidance says in its own words, read from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from netral.lawbook import Corpus

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ActWords:
    """How people ask about a kind of act, and what they can do instead."""

    words: tuple[str, ...]
    instead: tuple[str, ...]
    asks: tuple[str, ...]  # what to ask first, where five questions would not reach it


@dataclass(frozen=True)
class QuestionWords:
    """A fact asked of the person himself; `values` are the choices that are worded otherwise than in the law."""

    question: str
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Says:
    """A sentence about people who are no PNS, and the articles of the corpus that carry it."""

    text: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Who asks besides PNS: what the law says of them, where it is silent, whom to ask."""

    code: str
    label: str
    words: frozenset[str]
    says: tuple[Says, ...]
    silent: str
    ask: str
    status: str = ""  # their answer to the first question, where it has one


@dataclass(frozen=True)
class Language:
    """Everyday Indonesian: what a word stands for, words that say nothing about an act, and who acts."""

    means: Mapping[str, str]
    empty: frozenset[str]
    who: frozenset[str]

    def is_one(self, words: str) -> bool:
        """Whether words that stand side by side have a meaning of their own."""
        return words in self.means or words in self.means.values()


@cache
def acts() -> Mapping[str, ActWords]:
    """By kind of act."""
    return {
        code: ActWords(tuple(item["words"]), tuple(item["instead"]), tuple(item.get("asks", ())))
        for code, item in _load("acts.yaml").items()
    }


@cache
def people() -> tuple[People, ...]:
    found: Any = _load("people.yaml")
    return tuple(
        People(**{**item, "words": frozenset(item["words"]), "says": tuple(map(_says, item["says"]))})
        for item in found
    )


def _says(item: Mapping[str, Any]) -> Says:
    return Says(item["text"], tuple(item["refs"]))


@cache
def questions() -> Mapping[str, QuestionWords]:
    """By path of the fact."""
    return {path: QuestionWords(**item) for path, item in _words()["questions"].items()}


@dataclass(frozen=True)
class Sample:
    """Something whose days of prohibition the calendar shows, as facts of `lawbook`."""

    code: str
    label: str
    facts: Mapping[str, Any]


@cache
def samples() -> tuple[Sample, ...]:
    return tuple(Sample(**item) for item in _words()["windows"])


@dataclass(frozen=True)
class Example:
    """A request to the API, and what its answer holds at least; shown to readers, run by the tests."""

    says: str
    method: str
    path: str
    status: int
    holds: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None


@cache
def examples() -> tuple[Example, ...]:
    found: Any = _load("examples.yaml")
    return tuple(Example(**item) for item in found)


@cache
def language() -> Language:
    found = _load("language.yaml")
    means = {word: meaning for meaning, words in found["means"].items() for word in words}
    return Language(means, frozenset(found["empty"]), frozenset(found["who"]))


def words_of(group: str) -> Mapping[str, str]:
    """A group of `words.yaml`: `statuses`, `levels`, `tracks`, `stages`, `regions` …, by code."""
    found: Mapping[str, str] = _words()[group]
    return found


@cache
def _words() -> Mapping[str, Any]:
    return _load("words.yaml")


def _load(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(FOLDER / name)
    return found


def unworded(book: Corpus) -> Iterator[str]:
    """What the corpus has and guidance has no words for, each with the file that lacks it."""
    for code in sorted(book.conduct.keys() - acts().keys()):
        yield f"guidance/acts.yaml: perbuatan {code!r} belum ada; tulis words (cara orang menyebutnya) dan instead"
    for code in sorted(acts().keys() - book.conduct.keys()):
        yield f"guidance/acts.yaml: {code!r} bukan perbuatan dalam lawbook/conduct/; hapus, atau betulkan kodenya"
    read = {path for rules in book.rules.values() for rule in rules for path in rule.reads}
    asked = {path for path in read if not book.vocabulary[path]["derived"]} - {"act_date"}
    for path in sorted(asked - questions().keys()):
        yield f"guidance/words.yaml: questions: fakta {path!r} dibaca sebuah aturan dan belum ada pertanyaannya"
    for code in sorted(
        {code for one in book.calendars.contests() for code in one.regions} - words_of("regions").keys()
    ):
        yield f"guidance/words.yaml: regions: daerah {code!r} ada dalam sebuah kalender dan belum bernama"
