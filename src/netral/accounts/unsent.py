"""What an officer typed into a form whose session had ended, kept until he has signed in again and sends it himself.

The fields lie sealed in the session's row. The key lies in a cookie of that browser and nowhere else, so neither the
database nor the server's keys open them. Cookie and envelope name the person: nobody else who signs in there gets
them. They are as long as the site takes at all (`DATA_UPLOAD_MAX_MEMORY_SIZE`); files are never kept.

The same way goes what stood typed in the other forms of a page when one of them was sent: `staff.js` sends it along in
the field `BESIDE`, and fills it in again on the page that follows. Here it is text that is kept and given back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, QueryDict

from netral.sealing import (
    Context,
    DataKey,
    SealingError,
    b64,
    canonical_json,
    new_object_id,
    parse_canonical,
    unb64,
)

from .models import User

KEPT_SECONDS = 3600
UNSENT = "netral-unsent"
BESIDE = "netral-beside"
TEXT_FORM = "application/x-www-form-urlencoded"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


@dataclass(frozen=True)
class Browser:
    """A browser as its cookie describes it: who signed in there last, and the key to what he typed."""

    user: int
    key: DataKey

    @classmethod
    def of(cls, request: HttpRequest) -> Browser | None:
        """None for a browser without the cookie, or with one that somebody has been at."""
        try:
            told = request.get_signed_cookie(settings.NETRAL_OFFICER_COOKIE, default="") or ""
            user, _, key = told.partition(".")
            return cls(int(user), DataKey(bytes.fromhex(key)))
        except ValueError:
            return None

    def knows(self, user: User | AnonymousUser) -> bool:
        return self.user == user.pk

    def remember(self, response: HttpResponseBase) -> None:
        """Until the browser is closed, like the session; unlike it, the cookie outlives a session's end."""
        response.set_signed_cookie(
            settings.NETRAL_OFFICER_COOKIE,
            f"{self.user}.{self.key.raw.hex()}",
            secure=settings.NETRAL_SECURE,
            httponly=True,
            samesite="Strict",
        )

    def seal(self, told: dict[str, Any]) -> str:
        object_id = new_object_id()
        return f"{object_id}.{b64(self.key.seal(self._context(object_id), canonical_json(told)))}"

    def open(self, sealed: str) -> Any:
        """What `seal` sealed for this person in this browser. Raises SealingError for anything else."""
        object_id, _, envelope = sealed.partition(".")
        return parse_canonical(self.key.open(self._context(object_id), unb64(envelope)), "Isian")

    def _context(self, object_id: str) -> Context:
        return Context("accounts.unsent", object_id, f"fields/{self.user}")


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """A cookie and a key for this person, where somebody else signed in last or nobody."""
    browser = Browser.of(request)
    if request.user.is_authenticated and not (browser and browser.knows(request.user)):
        Browser(request.user.pk, DataKey.generate()).remember(response)


def was_last_here(request: HttpRequest, user: User) -> bool:
    browser = Browser.of(request)
    return browser is not None and browser.knows(user)


def keep(request: HttpRequest) -> bool:
    """Keeps what was posted, for who signed in last in this browser; False where that cannot be.

    Only behind the check of the form's token: it changes when another person signs in, so he is who typed.
    """
    if request.content_type != TEXT_FORM:
        return False
    typed = request.POST.copy()
    typed.pop(TOKEN, None)
    return _keep(request, UNSENT, {"to": request.get_full_path(), "fields": typed.urlencode()})


def take(request: HttpRequest) -> QueryDict | None:
    """What this person typed for this address, given out once; None where nothing is kept for him, or too long ago."""
    told = _told(request, UNSENT)
    if told is None or told["to"] != request.get_full_path():
        return None
    del request.session[UNSENT]
    return QueryDict(told["fields"])


def keep_beside(request: HttpRequest) -> None:
    """Keeps what came along from the other forms of the page, for the page that follows. As `keep`."""
    if told := request.POST.get(BESIDE):
        _keep(request, BESIDE, {"fields": told})


def take_beside(request: HttpRequest) -> str:
    """What stood in the other forms, given out once, to the page that answers or the one after it."""
    if told := request.POST.get(BESIDE):
        request.session.pop(BESIDE, None)  # the same, of a form that waited at the door
        return told
    kept = _told(request, BESIDE)
    if kept is None:
        return ""
    del request.session[BESIDE]
    return str(kept["fields"])


def _keep(request: HttpRequest, name: str, told: dict[str, Any]) -> bool:
    browser = Browser.of(request)
    if browser is None:
        return False
    request.session[name] = browser.seal(told | {"at": int(time.time())})
    return True


def _told(request: HttpRequest, name: str) -> dict[str, Any] | None:
    browser, sealed = Browser.of(request), request.session.get(name)
    if sealed is None:
        return None
    try:
        told: dict[str, Any] | None = (
            browser.open(sealed) if browser and browser.knows(request.user) else None
        )
    except SealingError:
        told = None
    if told is None or time.time() - told["at"] >= KEPT_SECONDS:
        del request.session[name]
        return None
    return told
