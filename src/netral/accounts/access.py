"""The door of every staff view: signed in, second factor set, right held."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.utils.translation import gettext as _

from . import unsent
from .models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request that `staff_view` let in."""

    user: User


def merely_opened(request: HttpRequest) -> bool:
    """A page that is asked for with nothing sent, and nothing typed for it before a sign-in (`unsent`)."""
    return request.method != "POST" and not request.POST


def staff_view(
    *rights: str | None,
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], View[P]]:
    """Lets in officers who hold one of these rights (None: any officer). `netral_right` feeds the rights matrix."""
    needed = tuple(right for right in rights if right)

    def decorate(view: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                # What needs no right is one's own account, whose forms take codes: those are not kept.
                return _to_the_door(request, keep=bool(needed))
            if needed and not any(request.user.has_right(right) for right in needed):
                raise PermissionDenied
            # For the base template, which alone asks: only what it shows is given out.
            request.beside = partial(unsent.take_beside, request)  # type: ignore[attr-defined]
            response = view(cast(StaffRequest, request), *args, **kwargs)
            if request.method == "POST" and isinstance(response, HttpResponseRedirectBase):
                unsent.keep_beside(request)
            return response

        guarded.netral_right = "|".join(needed) or "any"  # type: ignore[attr-defined]
        return guarded

    return decorate


def _to_the_door(request: HttpRequest, *, keep: bool) -> HttpResponseBase:
    if request.method == "POST" and keep:
        if unsent.keep(request):
            messages.warning(
                request,
                _(
                    "Formulir belum terkirim, tetapi isiannya tidak hilang. Masuk dengan akun yang sama "
                    "dalam satu jam: formulirnya tampil kembali untuk Anda kirim."
                ),
            )
        else:
            unsent.keep_beside(request)
            messages.warning(
                request, _("Formulir belum terkirim. Masuk, lalu isi atau pilih berkasnya sekali lagi.")
            )
    return redirect_to_login(request.get_full_path())
