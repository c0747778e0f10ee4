"""What a person may type: a question in his own words, a day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.ui.forms import ServiceForm


class SearchForm(ServiceForm):
    """Posted, so that no address, history or log holds what was typed."""

    says_optional = False
    q = forms.CharField(
        label=_("Apa yang ingin Anda lakukan?"),
        help_text=_(
            "Tulis dengan kata-kata sehari-hari, misalnya “foto bareng calon di kondangan”. Tanpa nama orang."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={
            "required": _("Tulis dahulu apa yang ingin Anda lakukan, misalnya “boleh like foto calon?”."),
        },
    )
