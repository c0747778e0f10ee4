"""Own account, people and agency on the officers' site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from netral.ui.paging import Turn, page_of
from netral.ui.qr import qr_address
from netral.ui.throttle import throttled

from . import factors, presenting, selectors, services, stepup
from .access import StaffRequest, staff_view
from .forms import ActivationForm, AgencyForm, FactorForm, NewUserForm, UserForm
from .models import User
from .rights import Right
from .stepup import recently_authenticated
from .views_door import SIGN_IN

logger = logging.getLogger("netral.accounts")

PENDING_FACTOR = "netral-pending-factor"


# Own account ----------------------------------------------------------------------------------------------


@sensitive_post_parameters()
@throttled(SIGN_IN)
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: the first password, then straight on to the second factor."""
    person = services.open_activation(token)
    if person is None:
        return _link_gone(request)
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.activate(token=token, password=form.cleaned_data["password1"])
        except services.LinkGoneError:
            return _link_gone(request)
        except ValidationError as error:
            form.add_error("password1", error)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            stepup.note(request, "password")
            logger.info("accounts.session.opened %s activation", user.actor)
            return redirect("accounts:factor")
    return render(request, "accounts/activate.html", {"form": form, "person": person})


def _link_gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/activation_gone.html", status=410)


activate.netral_right = "public"  # type: ignore[attr-defined]


@staff_view(None)
@recently_authenticated
def factor(request: StaffRequest) -> HttpResponse:
    """A first or a new authenticator. The old one stays in use until the new one has shown a code."""
    secret = _pending_secret(request)
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_factor(user=request.user, secret=secret, code=form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        else:
            del request.session[PENDING_FACTOR]
            update_session_auth_hash(request, request.user)
            stepup.note(request, "totp")
            return redirect("accounts:recovery")
    address = presenting.totp_address(request.user, secret)
    return render(
        request,
        "accounts/factor.html",
        {
            "form": form,
            "qr": qr_address(address),
            "secret": presenting.in_groups(secret),
            "replaces": factors.has_factor(request.user),
        },
    )


def _pending_secret(request: StaffRequest) -> str:
    """The secret on offer, the same until it is taken up; sealed in the session, whose rows lie in the database."""
    sealed = request.session.get(PENDING_FACTOR)
    if sealed is None:
        sealed = request.session[PENDING_FACTOR] = factors.seal(request.user, generate_totp_secret())
    return factors.unseal(sealed)


@staff_view(None)
@recently_authenticated
def recovery(request: StaffRequest) -> HttpResponse:
    """Spare codes: shown until the person says that they are kept, then only counted."""
    codes = factors.recovery_codes(request.user)
    if request.method == "POST" and "baru" in request.POST:
        services.renew_recovery_codes(user=request.user)
        return redirect("accounts:recovery")
    if request.method == "POST" and codes:
        codes.mark_as_viewed()
        messages.success(request, _("Kode cadangan sudah Anda simpan. Kode itu tidak akan ditampilkan lagi."))
        return redirect("accounts:profile")
    unused = codes.get_unused_codes() if codes else []
    shown = [presenting.in_groups(code) for code in unused] if codes and not codes.did_view else []
    return render(request, "accounts/recovery.html", {"codes": shown, "left": len(unused)})


@staff_view(None)
def profile(request: StaffRequest) -> HttpResponse:
    if request.method == "POST" and "pintasan" in request.POST:
        on = request.POST["pintasan"] == "nyala"
        services.use_single_keys(user=request.user, on=on)
        messages.success(
            request, _("Pintasan satu tombol menyala.") if on else _("Pintasan satu tombol mati.")
        )
        return redirect("accounts:profile")
    if request.method == "POST":
        services.end_sessions(user=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Semua perangkat lain sudah dikeluarkan."))
        return redirect("accounts:profile")
    codes = factors.recovery_codes(request.user)
    facts = [
        (_("Nama lengkap"), request.user.full_name),
        (_("Nama pengguna"), request.user.username),
        (_("Peran"), request.user.get_role_display()),
        (_("Instansi"), request.user.agency.name),
    ]
    left = len(codes.get_unused_codes()) if codes else 0
    return render(request, "accounts/profile.html", {"facts": facts, "codes_left": left})


# People ---------------------------------------------------------------------------------------------------


@staff_view(Right.USERS_MANAGE)
def users(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:120]
    found = factors.with_factor(selectors.officers(request.user, matching=query))
    page = page_of(found, "full_name", Turn.of(request))
    rows = [(person, *presenting.state(person, person.has_factor)) for person in page.rows]  # type: ignore[attr-defined]
    context = {"rows": rows, "page": page, "query": query, "number": found.count()}
    return render(request, "accounts/users.html", context)


@staff_view(Right.USERS_MANAGE)
@recently_authenticated
def add_user(request: StaffRequest) -> HttpResponse:
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.create_user(
                agency=request.user.agency, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _show_once(request, invitation)
    return render(request, "accounts/add_user.html", {"form": form})


def _show_once(request: StaffRequest, invitation: services.Invitation) -> HttpResponse:
    """Answered to the post itself: a redirect would have to keep the link somewhere, and only its hash is kept."""
    context = {
        "invitation": invitation,
        "hours": services.ACTIVATION_HOURS,
        "qr": qr_address(invitation.url),
    }
    return render(request, "accounts/invitation.html", context)


def _disable(request: StaffRequest, person: User) -> HttpResponse:
    services.disable(user=person, by=request.user)
    messages.success(request, _("Akun %s nonaktif; sesinya berakhir.") % person.full_name)
    return redirect("accounts:user", person.pk)


def _enable(request: StaffRequest, person: User) -> HttpResponse:
    services.enable(user=person, by=request.user)
    messages.success(request, _("Akun %s aktif kembali.") % person.full_name)
    return redirect("accounts:user", person.pk)


def _reset(request: StaffRequest, person: User) -> HttpResponse:
    return _show_once(request, services.reset_factor(user=person, by=request.user))


def _invite(request: StaffRequest, person: User) -> HttpResponse:
    return _show_once(request, services.issue_activation(user=person, by=request.user))


def _update(request: StaffRequest, person: User, form: UserForm) -> HttpResponse:
    services.update_user(user=person, by=request.user, **form.cleaned_data)
    messages.success(request, _("Perubahan disimpan."))
    return redirect("accounts:user", person.pk)


# What the page of a person can do beside saving it, by the value of its button.
ACTS: Mapping[str, Callable[[StaffRequest, User], HttpResponse]] = {
    "nonaktifkan": _disable,
    "aktifkan": _enable,
    "atur-ulang": _reset,
    "undang": _invite,
}


@staff_view(Right.USERS_MANAGE)
@recently_authenticated
def user(request: StaffRequest, pk: int) -> HttpResponse:
    person = selectors.access_officer(user=request.user, pk=pk)
    act = ACTS.get(request.POST.get("tindakan", ""))
    # A form of its own instance: a refused change must not show as the person's name above it.
    form = UserForm(
        request.POST if request.POST and act is None else None,
        instance=selectors.access_officer(user=request.user, pk=pk),
    )
    if request.method == "POST" and (act or form.is_valid()):
        try:
            return act(request, person) if act else _update(request, person, form)
        except ValidationError as error:
            if act is None:
                form.add_error(None, error)
            else:
                messages.error(request, " ".join(error.messages))
                return redirect("accounts:user", person.pk)
    return render(request, "accounts/user.html", _about(request, person) | {"form": form})


def _about(request: StaffRequest, person: User) -> dict[str, object]:
    has_factor = factors.has_factor(person)
    words, tone = presenting.state(person, has_factor)
    return {
        "person": person,
        "words": words,
        "tone": tone,
        "is_self": person.pk == request.user.pk,
        "pending": not person.has_usable_password(),
        "facts": [
            (_("Nama pengguna"), person.username),
            (_("Terakhir masuk"), person.last_login),
            (_("Faktor kedua"), _("terpasang") if has_factor else _("belum")),
        ],
        "events": presenting.account_history(person),
    }


# Agency ---------------------------------------------------------------------------------------------------


@staff_view(Right.AGENCY_MANAGE)
@recently_authenticated
def agency(request: StaffRequest) -> HttpResponse:
    form = AgencyForm(request.POST or None, instance=request.user.agency)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_agency(agency=request.user.agency, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pengaturan disimpan dan langsung berlaku di situs publik."))
            return redirect("accounts:agency")
    return render(request, "accounts/agency.html", {"form": form})
