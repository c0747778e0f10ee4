"""How accounts are spoken of on the pages."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from netral.audit.selectors import Act, history
from netral.ui.parts import Event, Tone

from .models import User
from .rights import Role

WORDS = {
    "accounts.user.created": _("Akun dibuat"),
    "accounts.user.activation_issued": _("Tautan aktivasi dibuat"),
    "accounts.user.activated": _("Kata sandi pertama dipasang"),
    "accounts.user.updated": _("Data akun diubah"),
    "accounts.user.disabled": _("Akun dinonaktifkan"),
    "accounts.user.enabled": _("Akun diaktifkan kembali"),
    "accounts.user.factor_reset": _("Akun diatur ulang"),
    "accounts.user.factor_set": _("Faktor kedua dipasang"),
    "accounts.user.recovery_renewed": _("Kode cadangan diganti"),
    "accounts.user.password_changed": _("Kata sandi diganti"),
    "accounts.user.sessions_ended": _("Semua perangkat dikeluarkan"),
}


def state(user: User, has_factor: bool) -> tuple[str, Tone]:
    """Where an account stands, in words and tone."""
    if not user.is_active:
        return say("Nonaktif"), "plain"
    if not user.has_usable_password():
        return say("Menunggu aktivasi"), "warn"
    return (say("Aktif"), "ok") if has_factor else (say("Belum memasang faktor kedua"), "warn")


def account_history(user: User) -> list[Event]:
    """What happened to the account, newest first, with the names of colleagues who did it."""
    acts = [act for act in history(user) if act.action in WORDS]
    ids = {int(act.actor.removeprefix("user/")) for act in acts if act.actor.startswith("user/")}
    names = {
        f"user/{one.pk}": one.full_name for one in User.objects.filter(pk__in=ids, agency=user.agency_id)
    }
    return [Event(act.at, "; ".join(_sentence(act)), names.get(act.actor, "")) for act in reversed(acts)]


def _sentence(act: Act) -> Iterator[str]:
    yield str(WORDS[act.action])
    if "from" in act.details and "to" in act.details:
        yield say("peran %(old)s menjadi %(new)s") % {
            "old": Role(act.details["from"]).label,
            "new": Role(act.details["to"]).label,
        }


def totp_address(user: User, secret: str) -> str:
    """The `otpauth:` address an authenticator app reads."""
    return str(get_adapter().build_totp_url(user, secret))


def in_groups(text: str, size: int = 4) -> str:
    """`ABCD EFGH …`: easier to type over."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))
