"""What the fonts of letters can set, and words for what they cannot."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from .typesetting import TypesettingError, typeset

# One word a line in all the ways of letters: first, after another, in capitals, broken anywhere (see `halaman`).
_HEAD = """\
#set document(title: "x")
#set text(font: "Libertinus Serif", lang: "id")
#let words = json(bytes(sys.inputs.surat))
"""
_LINE = "#{ let word = words.at(%d); par[#word #word #upper(word) #word.clusters().map(box).join()] }\n"
_ANY_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def spelled_out(letter: dict[str, Any], *, every_script: bool = False) -> dict[str, Any]:
    """The same data with what cannot be set written as Unicode names it: [U+1F44D THUMBS UP SIGN].

    With `every_script` what is neither Latin letter nor sign is named, whether it can be set or not.
    """
    words = {word for text in _texts(letter) for word in _composed(text).split() if not word.isascii()}
    missing = _not_settable(set().union(*words))
    odd = words if every_script else {word for word in words if not missing.isdisjoint(word)}
    # A word may fail whose characters can be set: marks that the font of their neighbours lacks.
    odd |= _not_settable(words - odd)
    named = {word: "".join(_named(char, missing) for char in word) for word in odd}
    replaced: dict[str, Any] = _replaced(letter, named)
    return replaced


def _not_settable(words: set[str]) -> set[str]:
    listed = sorted(words)
    source = _HEAD + "".join(_LINE % index for index in range(len(listed)))
    try:
        typeset(source.encode(), listed, _ANY_DAY)
    except TypesettingError as error:
        first = _HEAD.count("\n") + 1
        return {word for line, word in enumerate(listed, first) if line in error.lines}
    return set()


def _named(char: str, missing: set[str]) -> str:
    """A character of a word that cannot be set as a whole: what may depend on its neighbours, by name."""
    name = unicodedata.name(char, "")
    stands_alone = name.startswith("LATIN ") or unicodedata.category(char)[0] in "NPSZ"
    if char.isascii() or (stands_alone and char not in missing):
        return char
    if name.startswith("VARIATION SELECTOR"):  # picks the look of the character before it
        return ""
    return f"[U+{ord(char):04X}{f' {name}' if name else ''}]"


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            yield from _texts(list(value.values()))
        case list():
            for item in value:
                yield from _texts(item)
        case str():
            yield value


def _replaced(value: Any, named: dict[str, str]) -> Any:
    match value:
        case dict():
            return {key: _replaced(item, named) for key, item in value.items()}
        case list():
            return [_replaced(item, named) for item in value]
        case str() if not value.isascii():
            return re.sub(r"\S+", lambda word: named.get(word[0], word[0]), _composed(value))
        case _:
            return value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
