"""Forms of the door and of the administration of accounts."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.ui.forms import NamedErrors, ServiceForm

from . import factors
from .models import Agency, User
from .rights import Role
from .selectors import deciding_authorities
from .services import AGENCY_FIELDS

logger = logging.getLogger("netral.accounts")

CODE_ATTRS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
}
PASSWORD_HINT = _(
    "Paling sedikit 15 karakter. Beberapa kata yang tidak berkaitan mudah diingat; spasi boleh."
)
FORGOTTEN = _("Lupa kata sandi? Minta administrator instansi mengatur ulang akun Anda.")


def _say(form: forms.Form, **labels: Any) -> None:
    """Our words for allauth's fields, and no placeholder in place of a label."""
    for name, (label, hint) in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)


# The door -------------------------------------------------------------------------------------------------


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=(_("Nama pengguna"), ""), password=(_("Kata sandi"), FORGOTTEN))
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }


class ConfirmPasswordForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=(_("Kata sandi"), ""))


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=(_("Kata sandi sekarang"), ""),
            password1=(_("Kata sandi baru"), PASSWORD_HINT),
            password2=(_("Kata sandi baru, sekali lagi"), ""),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        _same_twice(self, cleaned)
        return cleaned


class _CodeMixin(forms.Form):
    """One field for both kinds of code; a code is spent by being accepted."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self, code=(_("Kode"), _("Enam angka dari aplikasi autentikator, atau salah satu kode cadangan."))
        )
        self.fields["code"].widget.attrs |= CODE_ATTRS | {"autofocus": True}

    def clean_code(self) -> str:
        try:
            forgive = check_rate_limit(self.user)
        except ValidationError:
            logger.warning("accounts.session.locked %s code", self.user.actor)
            raise
        code: str = self.cleaned_data["code"]
        try:
            self.authenticator = factors.spend(self.user, code)
        except factors.CodeSpentError:
            logger.warning("accounts.session.refused %s spent-code", self.user.actor)
            raise ValidationError(
                _("Kode ini sudah dipakai. Tunggu kode berikutnya, paling lama 30 detik.")
            ) from None
        if self.authenticator is None:
            logger.warning("accounts.session.refused %s code", self.user.actor)
            raise get_adapter().validation_error("incorrect_code")
        forgive()
        return code


class CodeForm(_CodeMixin, mfa_forms.AuthenticateForm):
    pass


class ConfirmCodeForm(_CodeMixin, mfa_forms.ReauthenticateForm):
    pass


class ActivationForm(ServiceForm):
    """The first password; `services.activate` judges it."""

    password1 = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _same_twice(self, cleaned)
        return cleaned


def _same_twice(form: forms.Form, cleaned: dict[str, Any]) -> None:
    first, second = cleaned.get("password1"), cleaned.get("password2")
    if first and second and first != second:
        form.add_error("password2", _("Kedua kata sandi tidak sama. Ketik keduanya sekali lagi."))


class FactorForm(ServiceForm):
    code = forms.CharField(
        label=_("Kode enam angka"),
        max_length=12,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        help_text=_("Yang sekarang tampil di aplikasi untuk Netral."),
    )


# Administration -------------------------------------------------------------------------------------------


class UserForm(NamedErrors, forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices, widget=forms.RadioSelect)
    acts_as = forms.ChoiceField(
        label=_("Memutus sebagai"),
        required=False,
        help_text=_("Hanya untuk pimpinan: kewenangan yang menentukan sanksi yang dapat ia jatuhkan."),
        choices=lambda: [("", _("tidak memutus")), *deciding_authorities().items()],
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ("full_name", "email", "role", "acts_as")
        help_texts = {"email": _("Hanya sebagai catatan; Netral tidak mengirim surel.")}


class NewUserForm(UserForm):
    acts_as = None  # type: ignore[assignment]  # said once the account is there

    class Meta(UserForm.Meta):
        fields = ("username", "full_name", "email", "role")
        help_texts = UserForm.Meta.help_texts | {
            "username": _(
                "Dipakai untuk masuk dan tidak dapat diubah. Huruf kecil, angka, titik, tanda hubung."
            ),
        }


class AgencyForm(NamedErrors, forms.ModelForm):  # type: ignore[type-arg]  # as above
    class Meta:
        model = Agency
        fields = AGENCY_FIELDS
        help_texts = {
            "name": _("Seperti pada kop surat, misalnya “Kabupaten Way Tirta”."),
            "office": _("Yang menerima laporan, misalnya “Inspektorat Kabupaten Way Tirta”."),
            "study_days": _(
                "Hari kalender: untuk memulai sejak diterima, lalu untuk menyelesaikan sejak dimulai."
            ),
            "answer_days": _("Hari kalender sejak pertanyaan dikirim."),
            "follow_up_days": _("Hari kalender sejak laporan lengkap."),
            "kind": _("Menentukan siapa yang berwenang menghukum."),
            "assess_days": _("Hari kalender sejak perkara dibuka. Tenggat menurut hukum selalu didahulukan."),
            "report_days": _("Hari kalender sejak pemeriksaan."),
            "decide_days": _("Hari kalender sejak laporan hasil pemeriksaan."),
            "letter_pattern": _(
                "{nomor} diganti nomor urut, {tahun} tahun surat, {bulan} bulannya dalam angka Romawi."
            ),
        }
