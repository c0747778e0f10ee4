"""What officers type about the roster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import User
from netral.ui.forms import ServiceForm


class UploadForm(ServiceForm):
    file = forms.FileField(
        label=_("Berkas data pegawai"),
        help_text=_("CSV, XLSX, atau ODS, paling besar 20 MB. Lembar pertama yang dibaca."),
        error_messages={
            "required": _("Pilih berkas CSV, XLSX, atau ODS."),
            "empty": _("Berkas kosong. Pilih berkas yang berisi data pegawai."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


class LinkForm(ServiceForm):
    account = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Akun"),
        empty_label=_("Pilih akun"),
        error_messages={
            "required": _("Pilih akun yang dipakai pegawai ini."),
            "invalid_choice": _("Akun ini tidak ada dalam daftar. Pilih dari daftar."),
        },
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]


class ConfirmForm(ServiceForm):
    retire_missing = forms.BooleanField(
        label=_("Nonaktifkan pegawai yang tidak ada di berkas"),
        help_text=_("Biarkan kosong bila berkas hanya memuat sebagian pegawai."),
        required=False,
    )
