"""Summons, their day put off, and who did not come."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.ui.forms import day_field, long_text

from ..clocks import HearingDays
from ..codes import Excuse, Notice
from ..content import TEXT_LIMIT, Missed, Sitting
from .acting import SEALED, CautiousForm, LetterForm, line, radios


class SittingForm(LetterForm):
    """When and where somebody appears; the last sitting's hour and place are filled in."""

    hearing_day = day_field(gettext_lazy("Hari pemeriksaan"))
    hour = line(
        gettext_lazy("Jam"), hint=gettext_lazy("Jam dan menit menurut waktu setempat, misalnya 09.00.")
    )
    place = line(gettext_lazy("Tempat"))

    def __init__(self, *args: Any, last: Sitting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if last:
            self.initial.update(hour=last.hour, place=last.place)

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        sitting = Sitting(told.pop("hour"), told.pop("place"))
        return {**told, "sitting": sitting}


class SummonsForm(CautiousForm, SittingForm):
    """`days` says which days the law allows, where it counts any; one of them is filled in."""

    def __init__(self, *args: Any, days: HearingDays | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        if days:
            house = (
                "" if days.by_law else _("Menurut aturan sebagian instansi, bukan ketentuan undang-undang.")
            )
            agreed = _("Hari yang terisi memenuhi semua bacaan.") if days.agreed else ""
            hint = f"{days.allowed[0].upper()}{days.allowed[1:]}. {agreed} {house}"
            self.fields["hearing_day"].help_text = " ".join(hint.split())
            self.initial["hearing_day"] = days.proposed

    def own_words(self) -> list[str]:
        """Why against a caution stays in the file."""
        return [name for name in super().own_words() if name != "caution"]


class PostponeForm(SummonsForm):
    reason = long_text(gettext_lazy("Alasan penundaan"), rows=2, limit=TEXT_LIMIT, hint=SEALED)


class AbsenceForm(CautiousForm):
    """That the respondent did not come, what shows that he knew of the day, and what he let be known."""

    received_on = day_field(gettext_lazy("Tanggal panggilan sampai"))
    way = radios(gettext_lazy("Cara panggilan sampai"), Notice.choices)
    proof = long_text(
        gettext_lazy("Bukti penerimaan"),
        rows=2,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Misalnya nomor tanda terima dan siapa yang menandatanganinya."),
    )
    excuse = radios(gettext_lazy("Kabar dari terlapor"), Excuse.choices)
    explained = long_text(
        gettext_lazy("Alasan terlapor, dan mengapa tidak dapat diterima"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Hanya bila ia memberi alasan."),
    )

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        missed = Missed(told.pop("proof"), told.pop("explained"))
        return {**told, "missed": missed}
