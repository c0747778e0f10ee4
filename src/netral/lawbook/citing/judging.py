"""Citations beside the corpus: which regulation and article each means, and whether it may be cited so."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..corpus import EVER, NEVER, Corpus, Text
from .reading import Found, Named, Path, Reader, Words, tokens_of

PARTS = "*"  # of an article, where only its parts are loaded

# How a citation stands; of these, the ones a letter should not go out with.
IN_FORCE, KNOWN, REPLACED, NOT_YET = "in_force", "known", "replaced", "not_yet"
MISTAKEN, UNKNOWN, UNNUMBERED, ALONE = "mistaken", "unknown", "unnumbered", "alone"
DOUBTFUL = (REPLACED, NOT_YET, MISTAKEN)


@dataclass(frozen=True)
class CitedArticle:
    """One article as cited. `ref` is it in the corpus, or what it is a part of; None where only parts are loaded."""

    text: str
    ref: str | None
    status: str  # in_force, known (no day was asked), not_in_force, not_loaded


@dataclass(frozen=True)
class Citation:
    """One citation, as written between `start` and `end` of the text; `means` is the regulation it should name."""

    text: str
    start: int
    end: int
    page: int
    line: int
    column: int
    kind: str | None
    number: str | None
    year: int | None
    instrument: str | None
    status: str
    means: str | None
    in_force_from: dt.date | None
    until: dt.date | None
    articles: tuple[CitedArticle, ...]
    says: Text

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it before it is signed."""
        return self.status in DOUBTFUL or any(one.status == "not_in_force" for one in self.articles)

    def plain(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            **vars(self),
            "in_force_from": self.in_force_from and self.in_force_from.isoformat(),
            "until": self.until and self.until.isoformat(),
            "articles": [vars(one) for one in self.articles],
            "says": vars(self.says),
        }


@dataclass(frozen=True)
class Instrument:
    """A regulation of the corpus as citations look it up."""

    code: str
    kind: str
    number: str
    year: int
    short: str
    start: dt.date
    until: dt.date
    replaces: tuple[str, ...]
    articles: Mapping[Path, str]  # their key by what they are cited as

    def holds_on(self, days: Collection[dt.date]) -> bool:
        return any(self.start <= day <= self.until for day in days)


@lru_cache(maxsize=4)
def names_of(book: Corpus) -> Names:
    return Names(book)


class Names:
    """The regulations of a corpus, to be found by kind, number and year."""

    def __init__(self, book: Corpus) -> None:
        self.book = book
        self.words = Words(book.citing)
        self.all = {code: self._instrument(item) for code, item in book.instruments.items()}
        self.successors: dict[str, list[str]] = defaultdict(list)
        for one in self.all.values():
            for code in one.replaces:
                self.successors[code].append(one.code)

    def _instrument(self, item: Mapping[str, Any]) -> Instrument:
        code: str = item["code"]
        kind = max((one for one in self.words.kinds if code.startswith(f"{one}-")), key=len)
        number, _dash, rest = code.removeprefix(f"{kind}-").partition("-")
        day = dt.date.fromisoformat
        paths = {
            path: key for key, article in item["articles"].items() for path in self._paths(article["cite"])
        }
        return Instrument(
            code=code,
            kind=kind,
            number=number.lstrip("0"),
            year=int(rest.rpartition("-")[2]),
            short=item["short"],
            start=day(item["from"]) if item["from"] else EVER,
            until=day(item["until"]) if item["until"] else NEVER,
            replaces=tuple(item["replaces"]),
            articles=paths,
        )

    def _paths(self, cite: str) -> list[Path]:
        """What an article of the corpus is cited as; nothing where its number is not known and words stand for it."""
        tokens = tokens_of(cite)
        paths, end = Reader(self.words, tokens).articles(0)
        return paths if end == len(tokens) else []

    def judged(self, found: Found, text: str, place: Places, days: Collection[dt.date]) -> Citation:
        """What was read, beside the corpus."""
        named = found.named
        it = self._find(named) if named else None
        status, means = self._status(named, it, days)
        page, line, column = place.of(found.start)
        return Citation(
            text=" ".join(text[found.start : found.end].split()),
            start=found.start,
            end=found.end,
            page=page,
            line=line,
            column=column,
            kind=self.words.kinds[named.kind]["label"] if named else None,
            number=(named.sign or None) if named else None,
            year=named.year if named else None,
            instrument=it.code if it else None,
            status=status,
            means=means.code if means else None,
            in_force_from=it.start if it and it.start != EVER else None,
            until=it.until if it and it.until != NEVER else None,
            articles=tuple(self._article(path, it or means, days) for path in found.articles),
            says=_says(status, it, means),
        )

    def _find(self, named: Named) -> Instrument | None:
        """The one with this kind, number and year. A kind may be named in general: an SE of some ministry."""
        letter = self.words.kinds[named.kind]["letter"]
        numbers = _numbers(named.sign) if letter else [_number(named.sign)]
        fits = [
            one
            for one in self._of_kind(named.kind)
            if one.number in numbers and (one.year == named.year or (letter and named.year is None))
        ]
        return fits[0] if len(fits) == 1 else None

    def _of_kind(self, kind: str) -> list[Instrument]:
        return [one for one in self.all.values() if one.kind == kind or one.kind.startswith(f"{kind}-")]

    def _status(
        self, named: Named | None, it: Instrument | None, days: Collection[dt.date]
    ) -> tuple[str, Instrument | None]:
        """How it stands, and the regulation it should name instead."""
        if named is None:
            return ALONE, None
        if not named.sign:
            live = [one for one in self._of_kind(named.kind) if one.holds_on(days)]
            return UNNUMBERED, live[0] if len(live) == 1 else None
        if it is None:
            likely = self._likely(named, days)
            return (MISTAKEN, likely) if likely else (UNKNOWN, None)
        if not days:
            return KNOWN, None
        if it.holds_on(days):
            return IN_FORCE, None
        if it.until < min(days):
            return REPLACED, self._successor(it, days)
        return NOT_YET, next((one for code in it.replaces if (one := self.all[code]).holds_on(days)), None)

    def _successor(self, it: Instrument, days: Collection[dt.date]) -> Instrument | None:
        """What stands in its place, through others too; the first that is in force on the day."""
        seen, waiting = {it.code}, [*self.successors[it.code]]
        while waiting:
            one = self.all[waiting.pop(0)]
            if one.holds_on(days):
                return one
            if one.code not in seen:
                seen.add(one.code)
                waiting += self.successors[one.code]
        return None

    def _likely(self, named: Named, days: Collection[dt.date]) -> Instrument | None:
        """The one regulation that a slip of the pen would turn into this; none where several are as near."""
        if named.year is None:
            return None
        number, year = _number(named.sign), named.year
        near = {one.code: _slip(number, year, one) for one in self._of_kind(named.kind)}
        best = min((rank for rank in near.values() if rank), default=None)
        ranked = [self.all[code] for code, rank in near.items() if rank and rank == best]
        if not ranked:
            ranked = [one for one in self.all.values() if (one.number, one.year) == (number, year)]
        live = [one for one in ranked if one.holds_on(days)]
        chosen = live or ranked
        return chosen[0] if len(chosen) == 1 else None

    def _article(self, path: Path, it: Instrument | None, days: Collection[dt.date]) -> CitedArticle:
        text = _written(path)
        if it is None or not (key := _nearest(path, it.articles)):
            return CitedArticle(text, None, "not_loaded")
        if key == PARTS:
            return CitedArticle(text, None, "in_force" if it.holds_on(days) else "known")
        ref = f"{it.code}#{key}"
        if not days:
            return CitedArticle(text, ref, "known")
        own = [one for one in self.book.articles[ref] if one.start != it.start or one.until != it.until]
        # One that lives as long as its regulation is told of by the regulation.
        held = not own or any(self.book.article_on(ref, day) for day in days)
        return CitedArticle(text, ref, "in_force" if held else "not_in_force")


def _nearest(path: Path, articles: Mapping[Path, str]) -> str:
    """The key of the article, or of the one it is a part of; PARTS for a whole of parts; else empty."""
    for length in range(len(path), 0, -1):
        if path[:length] in articles:
            return articles[path[:length]]
    return PARTS if any(known[: len(path)] == path for known in articles) else ""


def _written(path: Path) -> str:
    """`Pasal 9 ayat (2)`, `Lampiran II huruf B`: the letters of an annex are large."""
    head, value = path[0]
    large = head == "lampiran"
    rest = [
        f"ayat ({value})" if level == "ayat" else f"{level} {value.upper() if large else value}"
        for level, value in path[1:]
    ]
    return " ".join([f"{head.capitalize()} {value.upper()}", *rest])


def _numbers(sign: str) -> list[str]:
    return [one.lstrip("0") for one in re.findall(r"\d+", sign)]


def _number(sign: str) -> str:
    """The running number of `094/KEP/2021`, without the noughts before it."""
    return next(iter(_numbers(sign)), "")


def _slip(number: str, year: int, one: Instrument) -> int:
    """How far a citation is from a regulation: 0 for not at all a slip, else the smaller the nearer."""
    if number == one.number:
        off = abs(year - one.year)
        return off if off <= 2 else 3 if _one_slip(str(year), str(one.year)) else 0
    if year != one.year or len(number) < 2 or not _one_slip(number, one.number):
        return 0
    return 4 if sorted(number) == sorted(one.number) else 5


def _one_slip(written: str, meant: str) -> bool:
    """One digit wrong, or two neighbours in the wrong order."""
    if len(written) != len(meant):
        return False
    off = [at for at, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
    if len(off) == 1:
        return True
    return len(off) == 2 and off[1] == off[0] + 1 and sorted(written) == sorted(meant)


# A finding in a sentence, with and without a regulation that should be named instead.
SENTENCES: Mapping[str, tuple[Text, Text]] = {
    IN_FORCE: (Text("{it} berlaku pada tanggal itu.", "{it} is in force on that day."),) * 2,
    KNOWN: (Text("{it} dikenal.", "{it} is known."),) * 2,
    REPLACED: (
        Text(
            "{it} tidak berlaku lagi sesudah {until}; gantinya {means}.",
            "{it} is no longer in force after {until}; in its place {means}.",
        ),
        Text("{it} tidak berlaku lagi sesudah {until}.", "{it} is no longer in force after {until}."),
    ),
    NOT_YET: (
        Text(
            "{it} baru berlaku sejak {start}; saat itu berlaku {means}.",
            "{it} is in force only from {start}; {means} was in force then.",
        ),
        Text("{it} baru berlaku sejak {start}.", "{it} is in force only from {start}."),
    ),
    MISTAKEN: (
        Text(
            "Nomor atau tahunnya tidak dikenal; mungkin yang dimaksud {means}.",
            "No such number or year is known; {means} may be meant.",
        ),
    )
    * 2,
    UNNUMBERED: (
        Text(
            "Nomor dan tahunnya tidak disebut; pada tanggal itu berlaku {means}.",
            "No number and year is given; {means} is in force that day.",
        ),
        Text("Nomor dan tahunnya tidak disebut.", "No number and year is given."),
    ),
    ALONE: (Text("Peraturannya tidak disebut.", "Its regulation is not named."),) * 2,
    UNKNOWN: (Text("Tidak ada dalam hukum yang dimuat.", "Not in the law that is loaded."),) * 2,
}


def _says(status: str, it: Instrument | None, means: Instrument | None) -> Text:
    sentence = SENTENCES[status][means is None]
    words = {
        "it": it.short if it else "",
        "start": it.start if it else "",
        "until": it.until if it else "",
        "means": means.short if means else "",
    }
    return Text(sentence.id.format(**words), sentence.en.format(**words))


class Places:
    """Page, line and column of an offset, each from 1."""

    def __init__(self, text: str) -> None:
        self.lines = [0, *(one.end() for one in re.finditer(r"\n|\f", text))]
        self.pages = [0, *(one.end() for one in re.finditer(r"\f", text))]

    def of(self, offset: int) -> tuple[int, int, int]:
        page = bisect_right(self.pages, offset)
        line = bisect_right(self.lines, offset)
        first = bisect_right(self.lines, self.pages[page - 1])
        return page, line - first + 1, offset - self.lines[line - 1] + 1
