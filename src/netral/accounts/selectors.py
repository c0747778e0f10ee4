"""Reading agencies and people."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from netral.lawbook import corpus

from .models import Agency, User


def site_agency() -> Agency:
    """The agency whose public site this is. Raises ImproperlyConfigured, saying what to do, if it is not there."""
    try:
        return Agency.objects.get(slug=settings.NETRAL_AGENCY)
    except Agency.DoesNotExist as error:
        raise ImproperlyConfigured(
            f"NETRAL_AGENCY={settings.NETRAL_AGENCY!r} tidak ada di register. Jalankan `netral init`."
        ) from error


def deciding_authorities() -> dict[str, str]:
    """Code and label of every authority that may punish: as what a leader can decide a case."""
    return {one.code: one.label.id for one in corpus().authorities if one.purpose == "punishes"}


def officers(user: User, *, matching: str = "") -> QuerySet[User]:
    """People of the same agency, by name; with `matching` those whose name or user name holds it."""
    people = User.objects.filter(agency=user.agency_id).order_by("full_name", "pk")
    return (
        people.filter(Q(full_name__icontains=matching) | Q(username__icontains=matching))
        if matching
        else people
    )


def access_officer(*, user: User, pk: int) -> User:
    return get_object_or_404(officers(user), pk=pk)
