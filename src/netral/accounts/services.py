"""Writing agencies and people. Every act is in the register's log; `by` None is the command line."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from netral.audit.services import record
from netral.ui import clock

from . import factors
from .models import DEMO_PREFIX, STANDARDS, Activation, Agency, User
from .rights import Right, Role
from .selectors import LINK_ISSUED, LINK_USED, deciding_authorities, link_is_as_logged

ACTIVATION_HOURS = 72
AGENCY_FIELDS = ("name", "kind", "office", "address", "phone", *STANDARDS, "letter_pattern")


class LinkGoneError(Exception):
    """The activation link was used, replaced, withdrawn, or is too old."""


@dataclass(frozen=True)
class Invitation:
    """A link that is shown once: only its hash is kept."""

    user: User
    token: str

    @property
    def url(self) -> str:
        return settings.NETRAL_STAFF_URL.rstrip("/") + reverse("accounts:activate", args=[self.token])


# Agencies -------------------------------------------------------------------------------------------------


@transaction.atomic
def create_agency(
    *, slug: str, name: str, office: str, seal_key: bytes, vault_key: bytes, **contact: str
) -> Agency:
    """An agency with its public keys; `contact` may hold `address` and `phone`. Raises ValidationError by field."""
    agency = Agency(slug=slug, name=name, office=office, seal_key=seal_key, vault_key=vault_key, **contact)
    agency.full_clean()
    agency.save(force_insert=True)
    record(action="accounts.agency.created", actor="cli", rows=[agency])
    return agency


@transaction.atomic
def update_agency(*, agency: Agency, by: User, **fields: Any) -> Agency:
    """Changes any of AGENCY_FIELDS. Raises ValidationError by field, PermissionDenied."""
    if not (by.has_right(Right.AGENCY_MANAGE) and by.agency_id == agency.pk):
        raise PermissionDenied
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    changed = sorted(
        name for name in AGENCY_FIELDS if name in fields and fields[name] != getattr(agency, name)
    )
    for name in changed:
        setattr(agency, name, fields[name])
    agency.full_clean()
    if changed:
        agency.save(update_fields=changed)
        record(action="accounts.agency.updated", actor=by.actor, rows=[agency], details={"fields": changed})
    return agency


# People ---------------------------------------------------------------------------------------------------


@transaction.atomic
def create_user(
    *, agency: Agency, username: str, full_name: str, role: str, email: str = "", by: User | None = None
) -> Invitation:
    """A person without a password, and the link to set one. Raises ValidationError by field, PermissionDenied."""
    _require_manager(by, agency.pk)
    user = User(agency=agency, username=username, full_name=full_name, role=role, email=email)
    if username.startswith(DEMO_PREFIX) and not settings.NETRAL_DEMO:
        raise ValidationError({"username": _("Awalan “%s” hanya untuk peragaan.") % DEMO_PREFIX})
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    record(action="accounts.user.created", actor=_actor(by), rows=[user], details={"role": user.role})
    return issue_activation(user=user, by=by)


@transaction.atomic
def issue_activation(*, user: User, by: User | None = None) -> Invitation:
    """A new link for someone who lost the first one, which ends. Raises ValidationError once one was used."""
    user = _locked(user, by)
    if user.has_usable_password():
        raise ValidationError(
            _("Akun ini sudah diaktifkan. Untuk kata sandi atau faktor yang hilang, atur ulang akun.")
        )
    return _invite(user, by)


def _invite(user: User, by: User | None) -> Invitation:
    if not user.is_active:
        raise ValidationError(_("Akun ini nonaktif. Aktifkan kembali lebih dulu."))
    _withdraw_invitations(user)
    token = secrets.token_urlsafe(32)
    expires = clock.real_now() + timedelta(hours=ACTIVATION_HOURS)
    link = Activation.objects.create(user=user, token_hash=_token_hash(token), expires_at=expires)
    record(action=LINK_ISSUED, actor=_actor(by), rows=[user], details={"link": link.fingerprint})
    return Invitation(user, token)


def _withdraw_invitations(user: User) -> None:
    user.activations.filter(used_at=None).delete()


def open_activation(token: str) -> User | None:
    """The person whose link this is, if it still opens."""
    row = (
        Activation.objects.filter(
            token_hash=_token_hash(token), used_at=None, expires_at__gt=clock.real_now()
        )
        .select_related("user")
        .first()
    )
    return row.user if row and row.user.is_active and link_is_as_logged(row) else None


@transaction.atomic
def activate(*, token: str, password: str) -> User:
    """Sets the first password by a link and spends the link. Raises ValidationError, LinkGoneError."""
    user = open_activation(token)
    if user is None:
        raise LinkGoneError
    validate_password(password, user)
    spent = Activation.objects.filter(token_hash=_token_hash(token), used_at=None).update(
        used_at=clock.real_now()
    )
    if not spent:
        raise LinkGoneError
    user.set_password(password)
    user.save(update_fields=["password"])
    record(action=LINK_USED, actor=user.actor, rows=[user])
    return user


@transaction.atomic
def update_user(
    *, user: User, full_name: str, email: str, role: str, acts_as: str = "", by: User | None = None
) -> User:
    """Name, address and role of a person, and in which authority a leader decides.

    Raises ValidationError by field (also for the last administrator's role).
    """
    user = _locked(user, by)
    _check_acts_as(role, acts_as)
    if role != Role.ADMINISTRATOR:
        _require_another_administrator(user, field="role")
    wanted = {"full_name": full_name, "email": email, "role": role, "acts_as": acts_as}
    changed = sorted(name for name, value in wanted.items() if value != getattr(user, name))
    details: dict[str, Any] = {"fields": changed} | (
        {"from": user.role, "to": role} if "role" in changed else {}
    )
    for name in changed:
        setattr(user, name, wanted[name])
    user.full_clean()
    if changed:
        user.save(update_fields=changed)
        record(action="accounts.user.updated", actor=_actor(by), rows=[user], details=details)
    return user


def _check_acts_as(role: str, acts_as: str) -> None:
    if acts_as and role != Role.LEADER:
        raise ValidationError(
            {"acts_as": _("Hanya pimpinan yang memutus. Kosongkan, atau pilih peran pimpinan.")}
        )
    if acts_as and acts_as not in deciding_authorities():
        raise ValidationError(
            {"acts_as": _("“%s” bukan pejabat yang dikenal. Pilih dari daftar.") % acts_as[:40]}
        )


@transaction.atomic
def disable(*, user: User, by: User | None = None) -> User:
    """Ends the account's use at its next request. Raises ValidationError for the last administrator."""
    user = _locked(user, by)
    _require_another_administrator(user)
    _withdraw_invitations(user)
    return _set_active(user, False, "accounts.user.disabled", by)


@transaction.atomic
def enable(*, user: User, by: User | None = None) -> User:
    return _set_active(_locked(user, by), True, "accounts.user.enabled", by)


def _set_active(user: User, active: bool, action: str, by: User | None) -> User:
    if user.is_active != active:
        user.is_active = active
        # Sessions from before do not come back with the account.
        user.session_epoch += 1
        user.save(update_fields=["is_active", "session_epoch"])
        record(action=action, actor=_actor(by), rows=[user])
    return user


@transaction.atomic
def reset_factor(*, user: User, by: User | None = None) -> Invitation:
    """For a lost phone or password: factor, password and sessions end, a new link begins.

    The password ends too, because with it alone anyone could set up a factor of his own. Raises PermissionDenied
    for oneself.
    """
    if by is not None and by.pk == user.pk:
        raise PermissionDenied(_("Akun sendiri diatur ulang oleh administrator lain."))
    user = _locked(user, by)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    record(action=factors.RESET, actor=_actor(by), rows=[user])
    return _invite(user, by)


# A person's own account -----------------------------------------------------------------------------------


@transaction.atomic
def set_factor(*, user: User, secret: str, code: str) -> None:
    """Takes the generator into use that shows `code`; an old one, its recovery codes and all sessions end.

    Raises ValidationError for a code that the secret does not give now, and where the old factor was lost.
    """
    if factors.lost(user):
        raise ValidationError(
            _(
                "Faktor kedua akun ini hilang tanpa diatur ulang. Minta administrator mengatur ulang akun Anda."
            )
        )
    step = factors.matching_step(secret, code)
    if step is None:
        raise ValidationError(
            _("Kode tidak cocok. Periksa jam ponsel Anda, lalu ketik kode yang sedang tampil.")
        )
    factors.enrol(user, secret)
    factors.spend_step(user, step)
    _end_sessions(user)
    record(action=factors.SET, actor=user.actor, rows=[user])


@transaction.atomic
def renew_recovery_codes(*, user: User) -> None:
    """New spare codes; the old ones end."""
    factors.renew_recovery_codes(user)
    record(action="accounts.user.recovery_renewed", actor=user.actor, rows=[user])


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """A new password of one's own choice; every other session ends with the old one. Raises ValidationError."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(action="accounts.user.password_changed", actor=user.actor, rows=[user])


@transaction.atomic
def use_single_keys(*, user: User, on: bool) -> None:
    """Whether a single key does something on the officers' pages, as the person prefers; no fact of the register."""
    User.objects.filter(pk=user.pk).update(single_keys=on)


def end_sessions(*, user: User) -> None:
    """Ends every session of the person, this one included unless its view renews it."""
    _end_sessions(user)
    record(action="accounts.user.sessions_ended", actor=user.actor, rows=[user])


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db()


# Demonstration --------------------------------------------------------------------------------------------


@transaction.atomic
def create_demo_user(*, agency: Agency, username: str, full_name: str, role: str, password: str) -> User:
    """A person with password and factor in place, whom the sign-in page of a demonstration names.

    Raises PermissionDenied outside one.
    """
    if not (settings.NETRAL_DEMO and username.startswith(DEMO_PREFIX)):
        raise PermissionDenied
    user = User(agency=agency, username=username, full_name=full_name, role=role)
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    factors.enrol(user)
    record(action="accounts.user.created", actor="cli", rows=[user], details={"role": user.role})
    return user


# Shared ---------------------------------------------------------------------------------------------------


def _actor(by: User | None) -> str:
    return by.actor if by else "cli"


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _require_manager(by: User | None, agency_id: int) -> None:
    if by is not None and not (by.has_right(Right.USERS_MANAGE) and by.agency_id == agency_id):
        raise PermissionDenied


def _locked(user: User, by: User | None) -> User:
    """The person as they are now; the agency's row is locked, so that two administrators cannot end each other."""
    _require_manager(by, user.agency_id)
    Agency.objects.select_for_update().get(pk=user.agency_id)
    return User.objects.select_for_update().get(pk=user.pk)


def _require_another_administrator(user: User, field: str | None = None) -> None:
    """An agency always keeps an administrator who can sign in."""
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return
    others = User.objects.filter(agency=user.agency_id, role=Role.ADMINISTRATOR, is_active=True).exclude(
        pk=user.pk
    )
    if not any(other.has_usable_password() for other in others):
        message = _("Ini satu-satunya administrator yang aktif. Tunjuk administrator lain lebih dulu.")
        raise ValidationError({field: message} if field else message)
