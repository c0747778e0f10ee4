"""Reading agencies and people."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from netral.audit.selectors import history
from netral.lawbook import corpus

from .models import Activation, Agency, User

LINK_ISSUED, LINK_USED = "accounts.user.activation_issued", "accounts.user.activated"


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


def link_is_as_logged(link: Activation) -> bool:
    """Whether the log knows this link as the person's newest, and not yet used.

    Else whoever owns the database could set anyone's password, by a link of his own, as an act of that person.
    """
    acts = [act for act in history(link.user) if act.action in (LINK_ISSUED, LINK_USED)]
    return [act.details.get("link") for act in acts[-1:]] == [link.fingerprint]


def forged_links() -> Iterator[User]:
    """Whose unused links the log does not know."""
    for link in Activation.objects.filter(used_at=None).select_related("user"):
        if not link_is_as_logged(link):
            yield link.user


def access_officer(*, user: User, pk: int) -> User:
    return get_object_or_404(officers(user), pk=pk)
