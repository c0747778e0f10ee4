"""The legal citations in a text. How regulations are named stands in `citing.yaml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..corpus import Corpus
from .judging import Citation, Places, names_of
from .reading import read, tokens_of

__all__ = ["Citation", "citations"]


def citations(book: Corpus, text: str, days: Collection[dt.date] = ()) -> list[Citation]:
    """Every citation in `text`, in its order. Pages are parted by form feeds.

    With `days`, a regulation in force on any of them may be cited; without, the answer says when it is in force.
    """
    names = names_of(book)
    place = Places(text)
    return [names.judged(found, text, place, days) for found in read(names.words, tokens_of(text))]
