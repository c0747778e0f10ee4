"""The receipt code while a form is being filled: in a cookie of this browser, for two hours at most."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from netral.sealing import SealingError, normalise

from .limits import FORM_LIFE_SECONDS

R = TypeVar("R", bound=HttpResponseBase)


def code_of(request: HttpRequest) -> str | None:
    """The code in the cookie; None if there is none or somebody has been at it."""
    try:
        return normalise(request.COOKIES.get(settings.NETRAL_FORM_COOKIE, ""))
    except SealingError:
        return None


def remember(response: R, code: str) -> R:
    response.set_cookie(
        settings.NETRAL_FORM_COOKIE,
        code,
        max_age=FORM_LIFE_SECONDS,
        secure=settings.NETRAL_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def forget(response: R) -> R:
    # Not delete_cookie(): a `__Host-` cookie is replaced only by one with the same attributes.
    response.set_cookie(
        settings.NETRAL_FORM_COOKIE,
        "",
        max_age=0,
        expires="Thu, 01 Jan 1970 00:00:00 GMT",
        secure=settings.NETRAL_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
