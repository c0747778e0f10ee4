"""What must hold before the officers' site serves, as data. Run with `check --deploy --database default`."""

from __future__ import annotations

# ruff: noqa: ARG001 (the signatures are Django's)
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from netral.sealing import SealingError

from .keys import SwappedKeyError, agency_public
from .models import DEMO_PREFIX, Agency, User

MINIMUM_PASSWORD = 15  # ASVS 6.2.9
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
LENGTH = "django.contrib.auth.password_validation.MinimumLengthValidator"
GUESSABLE = "netral.accounts.passwords.GuessablePasswordValidator"


@dataclass(frozen=True)
class Rule:
    id: str
    holds: Callable[[], bool]
    otherwise: Any


def _has_secret_key() -> bool:
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


def _validator_options(name: str) -> dict[str, Any] | None:
    """Options of a password validator; None where it is not in use."""
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    options: dict[str, dict[str, Any]] = {one["NAME"]: one.get("OPTIONS", {}) for one in validators}
    return options.get(name)


def _cookies(attribute: str, wanted: Any) -> bool:
    return all(getattr(settings, f"{name}_COOKIE_{attribute}") == wanted for name in ("SESSION", "CSRF"))


RULES: Sequence[Rule] = (
    Rule(
        "accounts.E001",
        _has_secret_key,
        _("Rahasia proses petugas tidak ada di tempat kuncinya (secret.txt)."),
    ),
    Rule(
        "accounts.E002",
        lambda: settings.PASSWORD_HASHERS[0] == ARGON2,
        _("Kata sandi harus diacak dengan Argon2id."),
    ),
    Rule(
        "accounts.E003",
        lambda: (_validator_options(LENGTH) or {}).get("min_length", 0) >= MINIMUM_PASSWORD,
        _("Kata sandi harus paling sedikit 15 karakter."),
    ),
    Rule(
        "accounts.E004",
        lambda: _validator_options(GUESSABLE) is not None,
        _("Daftar kata sandi yang umum tidak dipakai."),
    ),
    Rule("accounts.E005", lambda: _cookies("HTTPONLY", True), _("Kuki sesi dan formulir harus HttpOnly.")),
    Rule(
        "accounts.E006",
        lambda: _cookies("SAMESITE", "Strict"),
        _("Kuki sesi dan formulir harus SameSite=Strict."),
    ),
    Rule(
        "accounts.E007",
        lambda: settings.NETRAL_DEMO or _cookies("SECURE", True),
        _("Kuki sesi dan formulir harus Secure; hanya peragaan yang boleh tanpa TLS."),
    ),
    Rule(
        "accounts.E008",
        lambda: (settings.NETRAL_KEYS["staff"] / "mfa.key").exists(),
        _("Kunci faktor kedua (mfa.key) tidak ada."),
    ),
)


@register(Tags.security, deploy=True)
def settings_hold(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.SITE != "staff":
        return []
    return [Error(rule.otherwise, id=rule.id) for rule in RULES if not rule.holds()]


@register(Tags.database, deploy=True)
def keys_are_those_of_the_founding(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """No site begins to seal for a key that was put into the database later."""
    agency = Agency.objects.filter(slug=settings.NETRAL_AGENCY).first() if databases else None
    if agency is None:
        return []
    try:
        agency_public(agency)
    except (SwappedKeyError, SealingError, ImproperlyConfigured) as error:
        return [Error(str(error), id="accounts.E010")]
    return []


@register(Tags.database, deploy=True)
def no_demo_accounts(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Published passwords: outside a demonstration they must not exist (ASVS 6.3.2)."""
    if settings.NETRAL_DEMO or not databases:
        return []
    names = list(
        User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).values_list(
            "username", flat=True
        )
    )
    hint = _("Nonaktifkan akun-akun itu, atau mulai peragaan di folder rumah lain.")
    return (
        [Error(_("Akun peragaan masih aktif: %s.") % ", ".join(names), hint=str(hint), id="accounts.E009")]
        if names
        else []
    )
