"""Two conditions on every request of a signed-in person, and what he typed before he had to sign in again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import factors, unsent

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("netral.accounts")

SINCE, SEEN = "netral-since", "netral-seen"
SEEN_EVERY = (
    60  # seconds between writes of the last request's time; a write per request would cost a transaction each
)
WITHOUT_FACTOR = ("accounts:factor", "account_logout", "account_reauthenticate")


def session_limits(get_response: Handler) -> Handler:
    """Ends a session after NETRAL_IDLE_SECONDS without a request, NETRAL_SESSION_SECONDS in all (ASVS 7.3)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_over(request):
            logger.info("accounts.session.expired user/%s", request.user.pk)
            logout(request)
            messages.info(request, _("Sesi Anda berakhir karena waktunya habis. Silakan masuk lagi."))
            if request.method == "GET":
                return redirect_to_login(request.get_full_path())
            # What was sent goes on as a stranger's: past the check of its token, to the door that keeps it.
        return get_response(request)

    return middleware


def _is_over(request: HttpRequest) -> bool:
    now = int(time.time())
    since = request.session.setdefault(SINCE, now)
    seen = request.session.setdefault(SEEN, now)
    if now - seen >= settings.NETRAL_IDLE_SECONDS or now - since >= settings.NETRAL_SESSION_SECONDS:
        return True
    if now - seen >= SEEN_EVERY:
        request.session[SEEN] = now
    return False


def second_factor(get_response: Handler) -> Handler:
    """Someone without a second factor reaches nothing but setting one up, and the way out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and request.path not in map(reverse, WITHOUT_FACTOR)
            and not factors.has_factor(request.user)
        ):
            return redirect("accounts:factor")
        return get_response(request)

    return middleware


def unsent_forms(get_response: Handler) -> Handler:
    """Brings back what was typed before a sign-in, as `request.POST` of a GET: a view shows it, and acts on a POST."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.method == "GET":
            typed = unsent.take(request)
            if typed is not None:
                request.POST = typed  # type: ignore[assignment]  # Django lets it be set
                messages.warning(request, _("Isian Anda masih ada dan belum terkirim. Periksa, lalu kirim."))
        response = get_response(request)
        unsent.remember(request, response)
        return response

    return middleware
