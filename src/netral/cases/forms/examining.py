"""Minutes, their signatures, and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.ui.forms import day_field, long_text
from netral.ui.templatetags.netral import tanggal

from ..codes import Level, Signing
from ..content import TEXT_LIMIT, Exchange, Findings, Hearing
from ..law import Choice
from ..models import Allegation
from .acting import ActForm, LetterForm, radios

FEWEST_EXCHANGES = 3


class HearingForm(LetterForm):
    """Minutes: as many questions and answers as there are pairs of fields; empty pairs are left out.

    `called` is the day of the summons.
    """

    says_optional = False
    day = day_field(gettext_lazy("Hari pemeriksaan"))
    otherwise = long_text(
        gettext_lazy("Mengapa pada hari lain daripada panggilannya"), rows=2, limit=TEXT_LIMIT, required=False
    )
    statement = long_text(
        gettext_lazy("Pernyataan terlapor dengan kata-katanya sendiri"),
        rows=4,
        limit=TEXT_LIMIT,
        hint=gettext_lazy(
            "Yang ia sampaikan untuk membela diri atau menjelaskan. Bila tidak ada, tulis demikian."
        ),
    )

    def __init__(
        self, *args: Any, called: dt.date | None, pairs: int = FEWEST_EXCHANGES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        if called:
            self.fields["otherwise"].help_text = _(
                "Hanya bila bukan %(day)s, misalnya karena terlapor meminta lebih awal. Dimuat dalam berita acara."
            ) % {"day": tanggal(called)}
        for number in range(1, pairs + 1):
            self.fields[f"question-{number}"] = long_text(
                _("Pertanyaan %(number)s") % {"number": number}, rows=2, limit=TEXT_LIMIT, required=False
            )
            self.fields[f"answer-{number}"] = long_text(
                _("Jawaban %(number)s") % {"number": number}, rows=2, limit=TEXT_LIMIT, required=False
            )

    def begin_at(self, number: int) -> None:
        """Whoever asked for more rows goes on writing in the first of them."""
        if number in range(1, self.pairs + 1):
            self.fields[f"question-{number}"].widget.attrs["autofocus"] = True

    def own_words(self) -> list[str]:
        """What the respondent said is his to say."""
        return ["otherwise", *(f"question-{number}" for number in range(1, self.pairs + 1))]

    def exchanges(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"question-{n}"], self[f"answer-{n}"]) for n in range(1, self.pairs + 1)]

    def clean(self) -> Any:
        """A question without its answer, or the other way round, is told at the row it was typed in."""
        told = super().clean()
        for number in range(1, self.pairs + 1):
            row = (f"question-{number}", f"answer-{number}")
            empty = [name for name in row if not self[name].value()]
            for name in empty if len(empty) == 1 else ():
                self.add_error(name, self.fields[name].error_messages["required"])
        return told

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "exchanges" in error.error_dict:
            error.error_dict["question-1"] = error.error_dict.pop("exchanges")
        super().take_errors(error)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        said = [
            Exchange(told[f"question-{number}"], told[f"answer-{number}"])
            for number in range(1, self.pairs + 1)
            if told[f"question-{number}"] or told[f"answer-{number}"]
        ]
        return {
            "revision": told["revision"],
            "day": told["day"],
            "hearing": Hearing(tuple(said), told["statement"], told["otherwise"]),
            "number": told["number"],
        }


class SigningForm(ActForm):
    """How the printed minutes came back; their scan comes beside the form."""

    signing = radios(gettext_lazy("Tanda tangan"), Signing.choices)
    reason = long_text(
        gettext_lazy("Alasan terlapor menolak menandatangani"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Hanya bila menolak. Dimuat dalam laporan hasil pemeriksaan."),
    )


class ReportForm(LetterForm):
    """What the examiners found of each act, and what they recommend."""

    reasoning = long_text(
        gettext_lazy("Pertimbangan"),
        rows=4,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Mengapa terbukti atau tidak, dan dari bukti mana."),
    )
    aggravating = long_text(
        gettext_lazy("Hal yang memberatkan"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy(
            "Dimuat dalam laporan hanya bila ada dugaan yang terbukti; begitu pula dua isian berikut."
        ),
    )
    mitigating = long_text(gettext_lazy("Hal yang meringankan"), rows=2, limit=TEXT_LIMIT, required=False)
    impact = long_text(gettext_lazy("Dampak perbuatan"), rows=2, limit=TEXT_LIMIT, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Tingkat yang disarankan"),
        required=False,
        help_text=gettext_lazy("Pilih bila ada dugaan yang terbukti; selain itu kosongkan."),
    )
    sanctions = forms.MultipleChoiceField(
        label=gettext_lazy("Jenis yang disarankan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, acts: Sequence[tuple[Allegation, str]], choices: Sequence[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acts = list(acts)
        levels = dict.fromkeys(choice.level for choice in choices)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("pilih tingkat")),
            *((level, Level(level).label) for level in levels),
        ]
        kinds = [(one.code, one.with_level if len(levels) > 1 else one.label) for one in choices]
        self.fields["sanctions"].choices = kinds  # type: ignore[attr-defined]
        for allegation, label in self.acts:
            self.fields[f"proven-{allegation.pk}"] = radios(
                label, [("ya", _("terbukti")), ("tidak", _("tidak terbukti"))]
            )

    def verdicts(self) -> list[forms.BoundField]:
        return [self[f"proven-{allegation.pk}"] for allegation, _label in self.acts]

    def rest(self) -> list[forms.BoundField]:
        names = ("reasoning", "aggravating", "mitigating", "impact", "level", "sanctions", "number")
        looked_at = self.looked_at_field()
        return [*(self[name] for name in names), *([looked_at] if looked_at else [])]

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "proven" in error.error_dict:
            error.error_dict[f"proven-{self.acts[0][0].pk}"] = error.error_dict.pop("proven")
        super().take_errors(error)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        words = {name: told[name] for name in ("aggravating", "mitigating", "impact", "reasoning")}
        proven = {one.object_id: told[f"proven-{one.pk}"] == "ya" for one, _label in self.acts}
        return {
            "revision": told["revision"],
            "proven": proven,
            "findings": Findings(**words),
            "level": told["level"],
            "sanctions": told["sanctions"],
            "number": told["number"],
        }
