"""The door: signing in and out, the second factor, confirming oneself. django-allauth's views in our pages."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from netral.ui.throttle import Throttle, throttled

from .demo_help import demo_accounts

# A whole office signs in behind one address at eight o'clock, each with two posts.
SIGN_IN = Throttle("accounts.sign_in", capacity=60, refill_per_second=1 / 4, slow_from=20)


class _Entrance:
    """The accounts a demonstration offers; and `site` stays the shell's, which allauth would cover with its own."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.pop("site", None)
        shown = demo_accounts(self.request)
        person = self.known_person()
        return context | {"demo_accounts": [one for one in shown if person is None or one.user == person]}

    def known_person(self) -> Any:
        """Whose code is asked for; None while nobody has said."""
        return self.request.user if self.request.user.is_authenticated else None


@method_decorator(throttled(SIGN_IN), name="dispatch")
class SignIn(_Entrance, account.LoginView):
    template_name = "accounts/sign_in.html"


@method_decorator(throttled(SIGN_IN), name="dispatch")
class EnterCode(_Entrance, mfa.AuthenticateView):
    template_name = "accounts/code.html"

    def _build_forms(self) -> Any:
        """One form: allauth's own reads a post without `code` as one of a security key, which we do not offer."""
        data = self.request.POST if self.request.method == "POST" else None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=data)
        self.webauthn_form = None
        return self.auth_form

    def known_person(self) -> Any:
        return self.stage.login.user


class _RotatesSession:
    """A confirmed factor gives the session a new key (ASVS 7.2.4)."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.cycle_key()
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


@method_decorator([login_required, throttled(SIGN_IN), never_cache], name="dispatch")
class ConfirmPassword(_RotatesSession, account.ReauthenticateView):
    template_name = "accounts/confirm.html"


@method_decorator([login_required, throttled(SIGN_IN), never_cache], name="dispatch")
class ConfirmCode(_RotatesSession, _Entrance, mfa.ReauthenticateView):
    template_name = "accounts/confirm.html"


@method_decorator([login_required, throttled(SIGN_IN), never_cache], name="dispatch")
class ChangePassword(account.PasswordChangeView):
    template_name = "accounts/password.html"

    def get_default_success_url(self) -> str:
        return reverse("accounts:profile")


class SignOut(account.LogoutView):
    template_name = "accounts/sign_out.html"


def _door(view: type[Any], right: str) -> Any:
    entry = view.as_view()
    entry.netral_right = right  # what the rights matrix reads: `public` signed out, `any` for every officer
    return entry


sign_in = _door(SignIn, "public")
enter_code = _door(EnterCode, "public")
sign_out = _door(SignOut, "any")
confirm_password = _door(ConfirmPassword, "any")
confirm_code = _door(ConfirmCode, "any")
change_password = _door(ChangePassword, "any")
