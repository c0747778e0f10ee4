"""What an officer typed for a letter, read for legal citations before the letter goes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from netral.lawbook import Citation, citations
from netral.ui import clock
from netral.ui.templatetags.netral import tanggal

from .law import acts_of
from .models import Case


def doubts(case: Case, text: str) -> list[str]:
    """A sentence for each citation that was in force neither on a day of the acts nor is today, or is mistaken."""
    days = {clock.today(), *(day for _act, day in acts_of(case))}
    return list(dict.fromkeys(_sentence(one) for one in citations(text, days) if one.doubtful))


def digest(sentences: Iterable[str]) -> str:
    """Names these doubts, so that who has looked at them has looked at no others."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:12]


def _sentence(one: Citation) -> str:
    return _("Periksa rujukan “%(cited)s”: %(why)s") % {"cited": one.text, "why": " ".join(_why(one))}


def _why(one: Citation) -> Iterator[str]:
    if one.status != "in_force":
        yield re.sub(r"\d{4}-\d{2}-\d{2}", lambda day: tanggal(dt.date.fromisoformat(day[0])), one.says.id)
    for article in one.articles:
        if article.status == "not_in_force":
            yield _("%(article)s tidak berlaku pada tanggal perbuatan maupun hari ini.") % {
                "article": article.text
            }
