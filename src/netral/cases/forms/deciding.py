"""Decision, and the end without one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.ui.forms import long_text

from ..codes import StopGround
from ..content import TEXT_LIMIT
from ..law import Choice
from .acting import LetterForm, line, radios


class LeaderForm(LetterForm):
    """A letter that the leader signs: why, and in which office."""

    reason = long_text(
        gettext_lazy("Alasan"),
        rows=3,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Disegel dalam berkas perkara dan dimuat dalam suratnya."),
    )
    title = line(gettext_lazy("Jabatan Anda pada surat"), required=False)

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["title"] = title


class DecisionForm(LeaderForm):
    reason = long_text(
        gettext_lazy("Alasan"),
        rows=3,
        limit=TEXT_LIMIT,
        hint=gettext_lazy(
            "Disegel dalam berkas dan dimuat dalam Menimbang. Paragraf yang diawali “bahwa” menjadi butir sendiri."
        ),
    )
    sanction = radios(gettext_lazy("Keputusan"), ())
    field_order = ["revision", "sanction", "reason", "title", "number"]
    NOT_PROVEN = "tidak_terbukti"

    def __init__(self, *args: Any, choices: Sequence[Choice], advice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sanction"].help_text = advice
        self.fields["sanction"].choices = [  # type: ignore[attr-defined]
            (self.NOT_PROVEN, _("Tidak terbukti: tanpa sanksi")),
            *((one.code, f"{one.with_level[0].upper()}{one.with_level[1:]}") for one in choices),
        ]

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return {**told, "sanction": "" if told["sanction"] == self.NOT_PROVEN else told["sanction"]}


class StopForm(LeaderForm):
    ground = radios(gettext_lazy("Dasar penghentian"), StopGround.choices)
    field_order = ["revision", "ground", "reason", "title", "number"]
