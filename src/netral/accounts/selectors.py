"""Reading agencies and people."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from .models import Agency, User


def site_agency() -> Agency:
    """The agency whose public site this is. Raises ImproperlyConfigured, saying what to do, if it is not there."""
    agency = Agency.objects.filter(slug=settings.NETRAL_AGENCY).first()
    if agency is None:
        raise ImproperlyConfigured(
            f"NETRAL_AGENCY={settings.NETRAL_AGENCY!r} tidak ada di register. Jalankan `netral init`."
        )
    return agency


def officers(user: User) -> QuerySet[User]:
    """People of the same agency."""
    return User.objects.filter(agency=user.agency_id).order_by("full_name")


def access_officer(*, user: User, pk: int) -> User:
    return get_object_or_404(officers(user), pk=pk)
