"""Forms of the public site. What may be said is decided in `content`; here it is only read and kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.lawbook import reportable_kinds
from netral.sealing import SealingError, normalise
from netral.ui import clock
from netral.ui.forms import DayField
from netral.ui.text import clean_text, had_hidden_characters

from .content import (
    EARLIEST,
    LABELS,
    ContactDetails,
    DraftContent,
    ReportBody,
    validate_message,
)


class TextField(forms.CharField):
    """Any text. `required` only tells the page what is optional; `content` holds the rules."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")

    def validate(self, _value: str) -> None:
        return None


class LinkField(TextField):
    """An address as people copy it: without `https://` it is one all the same."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else text


_BARE_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+([/?#]\S*)?", re.IGNORECASE)


class CodesField(forms.MultipleChoiceField):
    def validate(self, _value: list[str]) -> None:
        return None


def _line(name: str, **attrs: str) -> TextField:
    return TextField(label=LABELS[name], required=False, widget=forms.TextInput(attrs))


class ReportForm(forms.Form):
    """Step 1. `content` holds what was read, also when it cannot be sent yet."""

    use_required_attribute = False

    acts = CodesField(label=LABELS["acts"], choices=(), required=False)
    story = TextField(
        label=LABELS["story"],
        help_text=gettext_lazy("Apa yang Anda lihat, dengar, atau baca. Paling banyak 10.000 karakter."),
        widget=forms.Textarea({"rows": 7}),
    )
    who_name = _line("who_name", autocomplete="off")
    who_office = _line("who_office", autocomplete="off")
    who_role = _line("who_role", autocomplete="off")
    when_date = DayField(label=LABELS["when_date"], required=False)
    when_text = _line("when_text", autocomplete="off")
    where = _line("where", autocomplete="off")
    link = LinkField(
        label=LABELS["link"],
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
    )
    contact_name = _line("contact_name", autocomplete="off")
    contact_phone = _line("contact_phone", autocomplete="off", inputmode="tel")
    contact_email = _line("contact_email", autocomplete="off", inputmode="email")

    def __init__(self, data: Any = None, *, content: DraftContent | None = None) -> None:
        initial = {**vars(content.body), **vars(content.contact)} if content else {}
        super().__init__(data, initial=initial)
        self.fields["when_text"].help_text = _("Misalnya: pertengahan September, sore hari.")
        self.fields["link"].help_text = _("Salin alamat unggahan, bila ada.")
        days = {"min": EARLIEST.isoformat(), "max": clock.today().isoformat()}
        self.fields["when_date"].widget.attrs |= days

    @property
    def chosen(self) -> list[str]:
        """Codes of the acts that are ticked."""
        return list(self["acts"].value() or [])

    def clean(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        body = {name: value for name, value in given.items() if not name.startswith("contact_")}
        contact = {name: value for name, value in given.items() if name.startswith("contact_")}
        self.content = DraftContent(
            ReportBody(**{**body, "acts": tuple(given.get("acts", ()))}),
            ContactDetails(**contact),
            self._hidden_in(),
        )
        self._check(self.content)
        return self.cleaned_data

    def _check(self, content: DraftContent) -> None:
        try:
            content.validate(today=clock.today(), known_acts=reportable_kinds().codes)
        except ValidationError as error:
            self.add_error(None, error)

    def _hidden_in(self) -> tuple[str, ...]:
        return tuple(
            name
            for name, field in self.fields.items()
            if isinstance(field, TextField) and had_hidden_characters(self.data.get(name, ""))
        )


_LABELLED = re.compile(r"\bkode:\s*([\w-]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[.,:;_‐‑‒–—]")


class CodeForm(forms.Form):
    """A receipt code, typed or pasted in any spelling."""

    use_required_attribute = False

    kode = forms.CharField(
        label=gettext_lazy("Kode tanda terima"),
        help_text=gettext_lazy("26 karakter; huruf kecil, spasi, dan tanda hubung tidak berpengaruh."),
        error_messages={"required": gettext_lazy("Belum diisi. Ketik kode dari tanda terima Anda.")},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "mono"}
        ),
    )

    def clean_kode(self) -> str:
        typed = clean_text(self.cleaned_data["kode"])
        # From the line of the receipt that holds it, or from the whole receipt, pasted into one line.
        labelled = _LABELLED.search(typed)
        try:
            return normalise(labelled[1] if labelled else _BETWEEN.sub("", typed))
        except SealingError as error:
            raise ValidationError(str(error)) from error


class MessageForm(forms.Form):
    """The reporter's answer on the status page, `alone` or beside files."""

    use_required_attribute = False

    text = TextField(label=gettext_lazy("Tulis pesan"), widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, alone: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alone = alone

    def clean(self) -> dict[str, Any]:
        try:
            validate_message(self.cleaned_data.get("text", ""), alone=self.alone)
        except ValidationError as error:
            self.add_error(None, error)
        return self.cleaned_data
