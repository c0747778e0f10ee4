"""Citations as a text names them: regulations with the articles before or behind them.

A text is cut into tokens once; from each the reader looks a bounded number of tokens ahead, so that a text of any
length and any malice takes time in proportion to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
ROMAN = re.compile(r"[ivxl]+")
HYPHENS, OPEN, CLOSE = map(
    frozenset, ("-‐‑–", "([", ")]")
)  # the end of the text, an empty word, is none of them
FEW, MANY = 6, 60  # tokens between the name of a kind and its number
LONGEST_NUMBER = 24  # tokens of a letter's sign
LONGEST_RANGE = 60  # articles of `Pasal 16 sampai 23`
TITLE = 40  # tokens of a title between a regulation and the article after it

Path = tuple[tuple[str, str], ...]  # (("pasal", "5"), ("huruf", "n"))


class Token(NamedTuple):
    text: str  # in lower case
    start: int
    end: int


class Range(NamedTuple):
    """Where something stands among the tokens: from the first, up to before the last."""

    first: int
    last: int


@dataclass(frozen=True)
class Named:
    """A regulation as a text names it."""

    kind: str
    sign: str  # the number as written; empty where there is none
    year: int | None
    at: Range


@dataclass
class Found:
    """What was read: a regulation, articles, or both."""

    start: int
    end: int
    named: Named | None = None
    articles: list[Path] = field(default_factory=list)


def tokens_of(text: str) -> list[Token]:
    """Words, numbers and single signs; spaces and line ends only part them."""
    return [Token(one[0].lower(), *one.span()) for one in TOKEN.finditer(text)]


class Words:
    """The words of `citing.yaml`, ready to be looked up token by token."""

    def __init__(self, citing: Mapping[str, Any]) -> None:
        self.kinds: Mapping[str, Any] = citing["kinds"]
        self.tree: dict[str, Any] = {}
        for kind, entry in self.kinds.items():
            for name in entry["names"]:
                for by in entry["by"] or [""]:
                    self._plant(f"{name} {by}", kind)
        self.number, self.year, self.about, self.of, self.joins = (
            frozenset(map(str.lower, citing[group])) for group in ("number", "year", "about", "of", "joins")
        )
        self.until = [tuple(one.text for one in tokens_of(phrase)) for phrase in citing["until"]]
        self.parts = {word.lower(): part for part, words in citing["parts"].items() for word in words}

    def _plant(self, name: str, kind: str) -> None:
        node = self.tree
        for token in tokens_of(name):
            if token.text not in HYPHENS:
                node = node.setdefault(token.text, {})
        node.setdefault("", kind)


def read(words: Words, tokens: Sequence[Token]) -> Iterator[Found]:
    """Regulations with the articles before or behind them, and articles that belong to none."""
    reader = Reader(words, tokens)
    at, last = 0, None  # `last`: a regulation that may still get the articles behind it
    while at < len(tokens):
        articles, end = reader.articles(at)
        if articles:
            named = reader.regulation(reader.past_joins(end))
            if named:
                if last:
                    yield last
                last = Found(tokens[at].start, tokens[named.at.last - 1].end, named, articles)
                at = named.at.last
                continue
            if last and not last.articles and last.named and reader.adjoin(last.named.at.last, at):
                last.articles, last.end = articles, tokens[end - 1].end
            else:
                if last:
                    yield last
                last = Found(tokens[at].start, tokens[end - 1].end, None, articles)
            at = end
        elif (named := reader.regulation(at)) and named.sign:
            if last:
                yield last
            last = Found(tokens[at].start, tokens[named.at.last - 1].end, named)
            at = named.at.last
        else:
            at += 1
    if last:
        yield last


@dataclass(frozen=True)
class Reader:
    """Looks ahead from a token, never more than a fixed number of them."""

    words: Words
    tokens: Sequence[Token]

    def _word(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) else ""

    def _joined(self, at: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    # Regulations

    def regulation(self, at: int) -> Named | None:
        """The regulation named from here on; its sign is empty where only the kind is named."""
        kind, end = self._kind(at)
        if not kind:
            return None
        sign, year, last = self._sign(self._past_abbreviation(end), self.words.kinds[kind])
        return Named(kind, sign, year, Range(at, last if sign else end))

    def _kind(self, at: int) -> tuple[str, int]:
        """The longest name that stands here, and where it ends."""
        node, kind, end = self.words.tree, "", at
        while (word := self._word(at)) and word in node:
            node, at = node[word], at + 1
            if "" in node:
                kind, end = node[""], at
            while self._word(at) in HYPHENS:
                at += 1
        return kind, end

    def _past_abbreviation(self, at: int) -> int:
        """Behind `(PP)`, as a text introduces it."""
        if self._word(at) in OPEN:
            for close in range(at + 2, at + 6):
                if self._word(close) in CLOSE:
                    return close + 1
        return at

    def _sign(self, at: int, kind: Mapping[str, Any]) -> tuple[str, int | None, int]:
        """Number, year and the end of it. Without the word *number* it must stand right here and carry its year."""
        start = self._number_word(at, MANY if kind["wordy"] else FEW)
        sign, end = self._number(start or at)
        if not sign:
            return "", None, at
        year, last = self._year(sign, end)
        return (sign, year, last) if year or (kind["letter"] and (start or "/" in sign)) else ("", None, at)

    def _number_word(self, at: int, limit: int) -> int | None:
        """Where the number starts, if the word for it comes before another citation or the end of the sentence."""
        for here in range(at, min(at + limit, len(self.tokens))):
            word = self._word(here)
            if word in self.words.number:
                return here + 1 + (self._word(here + 1) in (".", ":"))
            if word in self.words.parts or word in self.words.about or word in (".", ";", ":"):
                return None
            if word.isdecimal() or (here > at and self._kind(here)[0]):
                return None
        return None

    def _number(self, at: int) -> tuple[str, int]:
        """What stands without a space from here: `94/2021`, `136/PUU-XXII/2024`; empty without a digit."""
        end = at
        while end < min(at + LONGEST_NUMBER, len(self.tokens)):
            word = self._word(end)
            if end > at and not self._joined(end):
                break
            if not (word.isalnum() or word in "/.-‐‑–"):
                break
            end += 1
        while end > at and not self._word(end - 1).isalnum():
            end -= 1
        sign = "".join(self._word(here) for here in range(at, end))
        return (sign, end) if any(map(str.isdecimal, sign)) else ("", at)

    def _year(self, sign: str, end: int) -> tuple[int | None, int]:
        """Of `94/2021` the last part; else what stands behind: `Tahun 2021`, `/ 2021`."""
        tail = sign.rpartition("/")[2]
        if tail != sign and _is_year(tail):
            return int(tail), end
        here = end
        if self._word(here) in self.words.year:
            here += 1 + (self._word(here + 1) == ".")
        elif self._word(here) == "/":
            here += 1
        else:
            return None, end
        return (int(self._word(here)), here + 1) if _is_year(self._word(here)) else (None, end)

    # Articles

    def articles(self, at: int) -> tuple[list[Path], int]:
        """Every article listed from here on: `Pasal 9 ayat (2), huruf c dan d, serta Pasal 24`."""
        if self.words.parts.get(self._word(at)) not in ("pasal", "lampiran"):
            return [], at
        found: list[Path] = []
        path, end = self._path((), at)
        while path and (not found or path != found[-1]):
            found += _between(found[-1], path) if found and self._spans(at, end) else []
            found.append(path)
            at = end
            path, end = self._next(path, at)
        return found, at

    def _spans(self, first: int, last: int) -> bool:
        return any(self._until(here) for here in range(first, min(last, first + 3)))

    def _until(self, at: int) -> int:
        """How many tokens of `sampai dengan` stand here."""
        phrases = (len(words) for words in self.words.until if self._stands(words, at))
        return max(phrases, default=0)

    def _stands(self, words: Sequence[str], at: int) -> bool:
        return all(self._word(at + place) == word for place, word in enumerate(words))

    def _next(self, path: Path, at: int) -> tuple[Path, int]:
        """The article joined to `path`; empty where the list ends."""
        here = self.past_joins(at)
        if here == at:
            return (), at
        part = self.words.parts.get(self._word(here))
        if part in ("pasal", "lampiran"):
            return self._path((), here)
        if part:  # `huruf c dan huruf d`: from that part on it is another
            levels = [level for level, _value in path]
            kept = path[: levels.index(part)] if part in levels else path
            return self._path(kept, here)
        value, end = self._value(here)
        same = value.isdecimal() == path[-1][1].isdecimal() and len(value) <= 3
        if not value or not same or self._word(end) in ("/", *self.words.year):
            return (), at
        return self._path((*path[:-1], (path[-1][0], value)), end)

    def _path(self, path: Path, at: int) -> tuple[Path, int]:
        """The parts that follow one another from here: `huruf n angka 5`."""
        while part := self.words.parts.get(self._word(at + (bool(path) and self._word(at) == ","))):
            here = at + (bool(path) and self._word(at) == ",")
            value, end = self._value(here + 1)
            if not value or part in {level for level, _value in path} or (path and part in ("pasal",)):
                break
            path, at = (*path, (part, value)), end
        return path, at

    def _value(self, at: int) -> tuple[str, int]:
        """`5`, `71A`, `n`, `II`, `(2)`; empty where none stands here."""
        at += self._word(at) == "."
        bracket = self._word(at) in OPEN
        at += bracket
        value = self._word(at)
        if not (value.isdecimal() or (value.isalpha() and (len(value) == 1 or ROMAN.fullmatch(value)))):
            return "", at
        at += 1
        if value.isdecimal() and self._joined(at) and len(self._word(at)) == 1 and self._word(at).isalpha():
            value, at = value + self._word(at), at + 1
        return value, at + (bracket and self._word(at) in CLOSE)

    def past_joins(self, at: int) -> int:
        """Behind `, dan`, `jo.`, `dari`, `sampai dengan`; itself where nothing joins."""
        here = at
        while here < at + 4:
            word = self._word(here)
            if length := self._until(here):
                here += length
            elif word in (",", "/") or word in self.words.joins or word in self.words.of:
                here += 1 + (self._word(here + 1) == "." and word in self.words.joins)  # `jo.`
            else:
                break
        return here

    def adjoin(self, end: int, at: int) -> bool:
        """Whether an article at `at` belongs to the regulation that ended at `end`: nothing between, or its title."""
        if self.past_joins(end) == at or end == at:
            return True
        if self._word(end) not in self.words.about or at - end > TITLE:
            return False
        return not any(self._word(here) in (".", ";") for here in range(end, at))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _between(first: Path, last: Path) -> list[Path]:
    """The articles inside a span of numbers."""
    start, end = first[-1][1], last[-1][1]
    if first[:-1] != last[:-1] or not (start.isdecimal() and end.isdecimal()):
        return []
    if len(start) > 4 or len(end) > 4 or not 0 < int(end) - int(start) <= LONGEST_RANGE:
        return []
    return [(*first[:-1], (first[-1][0], str(number))) for number in range(int(start) + 1, int(end))]
