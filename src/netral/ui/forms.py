"""What forms share: they shape what is typed, services decide, and what a service refuses is said at its field."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from .days import read_day
from .templatetags.netral import angka
from .text import clean_text


class Longest(MaxLengthValidator):
    """Counts as the text is kept, a line's end as one character, and says how long it is and may be."""

    def __call__(self, value: str) -> None:
        length = len(clean_text(value))
        if length > self.limit_value:
            raise ValidationError(
                self.message,
                code=self.code,
                params={"length": angka(length), "limit": angka(self.limit_value)},
            )


class NamedErrors(forms.BaseForm):
    """A sentence about a field names it: above the form it stands without its question. Nothing typed is cut off."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length:
                others = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
                field.validators = [*others, Longest(field.max_length)]
            for code, sentence in _sentences(field).items():
                if field.error_messages.get(code) in (None, _DJANGOS.get(code)):
                    field.error_messages[code] = sentence
        super().full_clean()

    def __getitem__(self, name: str) -> forms.BoundField:
        """A browser that knows how much a field takes cuts what is pasted, without a word; `staff.js` counts it."""
        bound = super().__getitem__(name)
        attrs = bound.field.widget.attrs
        if "maxlength" in attrs:
            attrs["data-limit"] = attrs.pop("maxlength")
        return bound


class ServiceForm(NamedErrors, forms.Form):
    says_optional = True  # at each field that may stay empty; False where the page says it once for all

    def take_errors(self, error: ValidationError) -> None:
        """Shows a service's errors at their fields; those of no field on top. What a field was told stands once."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


# What Django says by itself, of whatever field it is; a field's own sentence stays. None: nothing of its own.
_DJANGOS = {
    "required": forms.Field.default_error_messages["required"],
    "invalid_choice": forms.ChoiceField.default_error_messages["invalid_choice"],
    "invalid": forms.IntegerField.default_error_messages["invalid"],
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
        case forms.IntegerField():
            whole = _("“%(label)s” harus bilangan bulat, misalnya 5.") % label
            least = _("“%(label)s” paling sedikit %%(limit_value)s; yang diisi %%(show_value)s.") % label
            most = _("“%(label)s” paling banyak %%(limit_value)s; yang diisi %%(show_value)s.") % label
            return _empty(label) | {"invalid": whole, "min_value": least, "max_value": most}
        case forms.EmailField():
            strange = _("“%(label)s”: “%%(value)s” bukan alamat surel. Tulis seperti nama@contoh.id.") % label
            return _empty(label) | {"invalid": strange, "max_length": _long(label)}
        case _:
            return _empty(label) | {"max_length": _long(label)}


def _empty(label: dict[str, str]) -> dict[str, str]:
    return {"required": _("“%(label)s” belum diisi.") % label}


def _long(label: dict[str, str]) -> str:
    return (
        _("“%(label)s”: panjangnya %%(length)s karakter; yang diizinkan paling banyak %%(limit)s karakter.")
        % label
    )


class PhoneField(forms.CharField):
    """A telephone number as people write one: `0812-3456-7890`, `+62 721 123456`, `(0721) 123456 ext. 12`."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (_PHONE.fullmatch(value) and len(re.findall(r"\d", value)) in _PHONE_DIGITS):
            raise ValidationError(
                _(
                    "“%(value)s” bukan nomor telepon. Tulis angkanya, misalnya 0812-3456-7890 atau +62 721 123456."
                )
                % {"value": clean_text(value)[:40]}
            )


_PHONE = re.compile(r"\+?[\d\s().\-/]+(\s*(ext|pes)\.?\s*\d+)?", re.ASCII | re.IGNORECASE)
_PHONE_DIGITS = range(6, 20)


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
