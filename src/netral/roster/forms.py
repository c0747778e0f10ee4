"""What officers type about the roster."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas data pegawai"),
        help_text=_("CSV, XLSX, atau ODS, paling besar 20 MB. Lembar pertama yang dibaca."),
        error_messages={
            "required": _("Pilih berkas CSV, XLSX, atau ODS."),
            "empty": _("Berkas kosong. Pilih berkas yang berisi data pegawai."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


class ConfirmForm(forms.Form):
    retire_missing = forms.BooleanField(
        label=_("Nonaktifkan pegawai yang tidak ada di berkas"),
        help_text=_("Biarkan kosong bila berkas hanya memuat sebagian pegawai."),
        required=False,
    )
