"""How a decision reaches the respondent, is carried out, and what he files against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from netral.ui.forms import day_field, long_text

from ..codes import Receipt, Remedy, RemedyResult
from ..content import LABELS, TEXT_LIMIT, Announced, Person
from .acting import SEALED, ActForm, line, radios
from .summoning import SittingForm


class DecisionSummonsForm(SittingForm):
    """When and before whom the respondent receives the decision; who receives him signs the letter."""

    hearing_day = day_field(gettext_lazy("Hari menghadap"))
    name = line(gettext_lazy("Menghadap kepada (nama)"))
    position = line(gettext_lazy("Jabatannya"), hint=gettext_lazy("Ia menandatangani panggilan ini."))
    nip = line(gettext_lazy("NIP-nya"), required=False)
    unit = line(
        gettext_lazy("Unit pada kop surat"),
        required=False,
        hint=gettext_lazy("Kosongkan bila surat memakai kop unit pengelola."),
    )
    BEFORE = ("name", "position", "nip", "unit")

    def __init__(self, *args: Any, before: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(before, name) for name in self.BEFORE})

    def arguments(self) -> dict[str, Any]:
        told = super().arguments()
        before = Person(**{name: told.pop(name) for name in self.BEFORE})
        return {**told, "before": before}


class DeliveryForm(ActForm):
    day = day_field(gettext_lazy("Tanggal diterima"))
    way = radios(gettext_lazy("Cara penyampaian"), Receipt.choices)
    note = line(
        gettext_lazy("Diterima oleh, atau alamat pengiriman"),
        required=False,
        hint=gettext_lazy("Alamat harus diisi bila dikirim. Disegel dalam berkas perkara."),
    )


class CarryOutForm(ActForm):
    """Where and how a moral sanction was stated; `manner` is what was decided."""

    day = day_field(gettext_lazy("Hari pernyataan"))
    place = line(LABELS["place"])
    announcer = line(LABELS["announcer"], hint=gettext_lazy("Nama dan jabatan."))
    how = long_text(LABELS["how"], rows=3, limit=TEXT_LIMIT)
    HOW: Mapping[str, Any] = {
        "tertutup": gettext_lazy("Siapa yang hadir dalam ruang tertutup itu."),
        "terbuka": gettext_lazy("Misalnya dibacakan dalam apel atau diumumkan, dan kepada siapa."),
    }

    def __init__(self, *args: Any, manner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].help_text = self.HOW.get(manner, "")

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        announced = Announced(**{name: told[name] for name in ("place", "announcer", "how")})
        return {"revision": told["revision"], "day": told["day"], "announced": announced}


class ObjectionForm(ActForm):
    kind = radios(gettext_lazy("Upaya administratif"), Remedy.choices)
    filed_on = day_field(gettext_lazy("Tanggal diajukan"))
    grounds = long_text(
        gettext_lazy("Alasan terlapor"), rows=3, limit=TEXT_LIMIT, required=False, hint=SEALED
    )


class ResultForm(ActForm):
    """What became of a remedy; `results` are those this act records."""

    result = radios(gettext_lazy("Hasil"), RemedyResult.choices)
    resolved_on = day_field(gettext_lazy("Tanggal putusan"))

    def __init__(self, *args: Any, results: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [one for one in RemedyResult.choices if one[0] in results]  # type: ignore[attr-defined]
