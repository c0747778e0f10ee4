"""A letter in place of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.documents.correcting import Wording
from netral.ui.forms import long_text

from ..content import TEXT_LIMIT
from .acting import SEALED, LetterForm, line

ALL_POINTS = 30 * TEXT_LIMIT  # of a decree, in one field


class ReplacementForm(LetterForm):
    """The words of a letter that may be set right, as they stand, and why another takes its place."""

    reason = long_text(gettext_lazy("Alasan penggantian"), rows=2, limit=TEXT_LIMIT, hint=SEALED)

    def __init__(self, *args: Any, wordings: Sequence[Wording], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = wordings
        for one in wordings:
            self.fields[one.path] = _wording_field(one)
            self.initial[one.path] = one.text
        self.order_fields(None)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        words = {one.path: told[one.path] for one in self.wordings}
        return {**{name: told[name] for name in ("revision", "reason", "number")}, "words": words}


def _wording_field(one: Wording) -> forms.Field:
    """Whether it may be empty, the letter's own kind says."""
    label = f"{one.label[0].upper()}{one.label[1:]}"
    if not one.long:
        return line(label, required=False)
    hints = {"\n": _("Satu baris untuk setiap butir."), "\n\n": _("Baris kosong di antara dua butir.")}
    return long_text(label, rows=4, limit=ALL_POINTS, required=False, hint=hints.get(one.between, ""))
