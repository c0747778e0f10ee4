"""What all forms of an act have: the revision, a letter's number, a caution, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.ui.forms import ServiceForm, long_text

from .. import cited
from ..content import LINE_LIMIT, TEXT_LIMIT
from ..models import Case

SEALED = gettext_lazy("Disegel dalam berkas perkara.")


class ActForm(ServiceForm):
    """Carries the revision the page showed, so that of two officers at once one wins."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial["revision"] = case.revision

    def catch_up(self, case: Case) -> None:
        """Keeps what was typed, now against the case as it is."""
        self.case = case
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request, with several values for a name
        self.data["revision"] = str(case.revision)  # type: ignore[index]

    def arguments(self) -> dict[str, Any]:
        """What the service is given, by its names."""
        return dict(self.cleaned_data)


def line(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE_LIMIT, required=required, help_text=hint)


def radios(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class LetterForm(ActForm):
    """An act that makes a letter, whose number may be typed."""

    number = line(
        gettext_lazy("Nomor surat"),
        required=False,
        hint=gettext_lazy("Kosongkan untuk nomor berikutnya menurut pola instansi."),
    )
    field_order: Sequence[str] | None = None
    looked_at = ""  # the field by which an officer says that doubtful citations are meant as they are typed

    def order_fields(self, field_order: Any) -> None:
        """The number comes last."""
        super().order_fields(field_order or [*(name for name in self.fields if name != "number"), "number"])

    def clean(self) -> Any:
        """A citation in doubt is shown before the letter goes out; who has looked at it may send it as it is."""
        super().clean()
        told = self.cleaned_data
        found = {name: cited.doubts(self.case, told.get(name, "")) for name in self.own_words()}
        sentences = [one for doubts in found.values() for one in doubts]
        if sentences:
            self.looked_at = f"rujukan-{cited.digest(sentences)}"
            label = _("Rujukan hukum itu sudah saya periksa; surat tetap menyebutnya seperti yang diketik")
            self.fields[self.looked_at] = forms.BooleanField(required=False, label=label)
            if self.looked_at not in self.data:
                self.take_errors(forms.ValidationError({name: found[name] for name in found if found[name]}))
        return told

    def own_words(self) -> list[str]:
        """The fields in which an officer writes for the letter in his own words."""
        return [
            name for name, field in self.fields.items() if type(field) is forms.CharField and name != "number"
        ]

    def looked_at_field(self) -> forms.BoundField | None:
        return self[self.looked_at] if self.looked_at else None


class CautiousForm(ActForm):
    """An act that the house may caution against. Why it is done all the same is asked only once it does."""

    caution = long_text(
        gettext_lazy("Mengapa tetap dilakukan"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Disegel dalam berkas dan tampil dalam riwayat perkara."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = self.fields["caution"].widget
        if not self["caution"].value():
            self.fields["caution"].widget = forms.HiddenInput()

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "caution" in error.error_dict:
            self.fields["caution"].widget = self._asked
        super().take_errors(error)


class ReasonForm(ActForm):
    reason = long_text(gettext_lazy("Alasan"), rows=3, limit=TEXT_LIMIT, hint=SEALED)
