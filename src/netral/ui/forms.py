"""What forms share: they shape what is typed, services decide, and what a service refuses is said at its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class ServiceForm(forms.Form):
    says_optional = True  # at each field that may stay empty; False where the page says it once for all

    def take_errors(self, error: ValidationError) -> None:
        """Shows a service's errors at their fields; those of no field on top."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, picked by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


def long_text(label: Any, *, rows: int, limit: int, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=limit, required=required, help_text=hint)
