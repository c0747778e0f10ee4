"""What forms share: they shape what is typed, services decide, and what a service refuses is said at its field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .days import read_day
from .text import clean_text


class ServiceForm(forms.Form):
    says_optional = True  # at each field that may stay empty; False where the page says it once for all

    def full_clean(self) -> None:
        """A sentence about a field names it: above the form it stands without its question."""
        for field in self.fields.values():
            for code, sentence in _sentences(field).items():
                if field.error_messages.get(code) == _DJANGOS[code]:
                    field.error_messages[code] = sentence
        super().full_clean()

    def take_errors(self, error: ValidationError) -> None:
        """Shows a service's errors at their fields; those of no field on top."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


# What Django says by itself, of whatever field it is; a field's own sentence stays.
_DJANGOS = {
    "required": forms.Field.default_error_messages["required"],
    "invalid_choice": forms.ChoiceField.default_error_messages["invalid_choice"],
}


def _sentences(field: forms.Field) -> dict[str, str]:
    if not field.label:
        return {}
    label = {"label": str(field.label).replace("%", "%%")}
    match field:
        case forms.BooleanField():
            return {"required": _("“%(label)s” belum dicentang.") % label}
        case forms.ChoiceField():
            strange = _("“%(label)s”: “%%(value)s” bukan salah satu pilihannya.") % label
            return {"required": _("“%(label)s” belum dipilih.") % label, "invalid_choice": strange}
        case _:
            return {"required": _("“%(label)s” belum diisi.") % label}


class DayField(forms.DateField):
    """A day, picked by the browser's own calendar or typed as people write one: `24-10-2024`, `24 Oktober 2024`."""

    def __init__(self, **kwargs: Any) -> None:
        calendar = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=calendar, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_day(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” bukan tanggal yang dikenal. Tulis seperti 24-10-2024 atau 24 Oktober 2024.")
                % {"value": clean_text(value)[:40]}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        """A calendar shows nothing but its own form of a day: what was typed otherwise must not be lost there."""
        try:
            return self.to_python(value)
        except ValidationError:
            return value


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> DayField:
    return DayField(label=label, required=required, help_text=hint)


def long_text(label: Any, *, rows: int, limit: int, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=limit, required=required, help_text=hint)
