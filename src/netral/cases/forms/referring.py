"""Referral, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from netral.ui.forms import day_field, long_text

from ..content import TEXT_LIMIT
from .acting import SEALED, ActForm, radios
from .deciding import LeaderForm


class ReferForm(LeaderForm):
    to = radios(gettext_lazy("Diteruskan kepada"), ())
    field_order = ["revision", "to", "reason", "title", "number"]

    def __init__(self, *args: Any, receivers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(receivers.items())  # type: ignore[attr-defined]
        if len(receivers) == 1:
            self.initial["to"] = next(iter(receivers))


class CrimeAnswerForm(ActForm):
    day = day_field(gettext_lazy("Tanggal jawaban"))
    text = long_text(gettext_lazy("Isi jawaban"), rows=4, limit=TEXT_LIMIT, hint=SEALED)
