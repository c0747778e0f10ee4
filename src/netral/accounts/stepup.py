"""Step-up: sensitive acts ask for a factor again once the last one is 15 minutes old (ASVS 7.5.3)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import factors, unsent
from .access import StaffRequest

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, P], HttpResponse]


def is_recent(request: HttpRequest) -> bool:
    """Whether the person proved a factor (at sign-in or since) within the last 15 minutes."""
    steps = get_authentication_records(request, request.user)
    return bool(steps) and time.time() - steps[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note(request: HttpRequest, method: str) -> None:
    """Notes a factor that was proved outside allauth's own views."""
    record_authentication(request, request.user, method=method)


def recently_authenticated(view: View[P]) -> View[P]:
    """Below `staff_view`. The view must answer GET: people come back to it, with what they typed and have not sent."""

    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_recent(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            unsent.keep(request)
            messages.info(request, _("Belum ada yang disimpan. Konfirmasi diri Anda, lalu kirim lagi."))
        confirm = reverse(
            "mfa_reauthenticate" if factors.has_factor(request.user) else "account_reauthenticate"
        )
        return redirect(f"{confirm}?{urlencode({'next': request.get_full_path()})}")

    return guarded
