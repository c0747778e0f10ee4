"""What django-allauth asks of us: a closed door, our words, sealed secrets, a process log without names.

Sign-ins and refusals go to the process log (ASVS 16.3.1) as an event, an opaque user and the factors used. What
was typed as a user name is never written: it may be a password in the wrong field. Changes of accounts and factors
are acts of the register and stand in its log.
"""

from __future__ import annotations

# ruff: noqa: ARG002 (the signatures are allauth's)
import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from netral.ui.throttle import client_address, client_network

from . import factors, services, stepup, unsent
from .models import User

logger = logging.getLogger("netral.accounts")

ANYWHERE = "login_failed_anywhere"
MESSAGES = {
    "account/messages/password_changed.txt": _("Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.")
}


class ClosedAdapter(DefaultAccountAdapter):
    """No sign-up, no mail; two factors; a step-up wherever allauth asks for one."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Nama pengguna atau kata sandi salah."),
        "too_many_login_attempts": _("Terlalu banyak percobaan yang gagal. Coba lagi lima menit lagi."),
        "enter_current_password": _("Kata sandi ini bukan kata sandi Anda yang sekarang."),
        "incorrect_password": _("Kata sandi salah."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_args: Any, **_kw: Any
    ) -> None:
        if text := MESSAGES.get(message_template or ""):
            messages.add_message(request, level, text)

    def set_password(self, user: User, password: str) -> None:
        services.set_password(user=user, password=password)

    def login(self, request: HttpRequest, user: User) -> None:
        """Gives out forms' tokens anew, but to one who signs in again: forms he left open in other tabs stay good."""
        token = request.META.get("CSRF_COOKIE")
        super().login(request, user)
        if token and unsent.was_last_here(request, user):
            request.META["CSRF_COOKIE"] = token

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
            self._count_everywhere(request, **credentials)
        except ValidationError:
            logger.warning("accounts.session.locked password")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Few failures by name and network: who knows a name shuts its bearer out of nothing but his own network."""
        return f"{client_network(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def _count_everywhere(self, request: HttpRequest, **credentials: Any) -> None:
        """Many failures by name alone, so that guessing from many networks is still slow."""
        name = super()._get_login_attempts_cache_key(request, **credentials)
        usage = ratelimit.consume(request, app="allauth.account", action=ANYWHERE, key=name)
        if usage is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += usage.usage  # allauth takes all of it back at a success

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        logger.warning("accounts.session.refused password")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        used = [str(step.get("type", step["method"])) for step in get_authentication_records(request, user)]
        logger.info("accounts.session.opened %s %s", user.actor, "+".join(used))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not stepup.is_recent(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """The code; the password only for someone who has no code yet.

        A browser remembers passwords, so at an open desk they prove little.
        """
        if not user.is_authenticated:
            return []
        name = "mfa_reauthenticate" if factors.has_factor(user) else "account_reauthenticate"
        return [{"id": name, "description": "", "url": reverse(name)}]


class SealedMFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kode salah atau sudah lewat waktunya."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets are sealed for their owner, whom allauth does not name here."""
        raise NotImplementedError("accounts.factors.enrol")

    def decrypt(self, encrypted_text: str) -> str:
        return factors.unseal(encrypted_text)
