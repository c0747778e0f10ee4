"""Every staff address × every kind of visitor, generated from the address list.

An address without `staff_view` must be named in OPEN with its reason; one that takes an object must have a
factory in OBJECTS, which makes an object of the home agency. So a new address is in the matrix or the suite fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from netral.accounts.rights import ROLE_RIGHTS, Role

STAFF_URLS = "netral.config.urls_staff"

# Doors: reachable without a right, each for its reason.
OPEN = {
    "account_login": "the door itself",
    "account_logout": "whoever is in may go",
    "mfa_authenticate": "second half of the door",
    "mfa_reauthenticate": "step-up of whoever is in",
    "account_reauthenticate": "step-up of whoever is in",
    "account_change_password": "of one's own account",
    "accounts:activate": "by one-time link",
    "accounts:factor": "setting the second factor, before any right",
    "accounts:recovery": "of one's own account",
}


@dataclass(frozen=True)
class Address:
    name: str
    view: Any
    arguments: tuple[str, ...]

    @property
    def right(self) -> str | None:
        return getattr(self.view, "netral_right", None)


def addresses(patterns: Any = None, namespace: str = "", outer: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns if patterns is not None else get_resolver(STAFF_URLS).url_patterns:
        arguments = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inside, arguments)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", pattern.callback, arguments)


ALL = list(addresses())
GUARDED = [address for address in ALL if address.name not in OPEN]


@dataclass
class World:
    """One object of each kind in the home agency."""

    report: Any
    other_report: Any
    file: Any
    copy: Any
    respondent: Any
    candidate: Any
    user: Any
    upload: Any


@pytest.fixture
def world(
    make_report: Callable[..., Any],
    sealed_photo: Callable[..., Any],
    roster: dict[str, Any],
    officer: Callable[..., Any],
    agency: Any,
) -> World:
    from netral.evidence.models import CleanCopy, StoredFile
    from netral.intake.services import handling
    from netral.roster.services import stage_upload
    from tests.conftest import ROSTER_CSV

    report = make_report(files=[sealed_photo()])
    examiner = officer("pemeriksa")
    file = StoredFile.objects.get(matter=report.subject)
    photo = sealed_photo()
    copy = CleanCopy.objects.create(
        file=file, page=1, blob=photo.blob, media_type="image/jpeg", width=64, height=48
    )
    respondent = handling.name_respondent(
        report=report, user=examiner, official=roster["198209252006042003"], revision=report.revision
    )
    upload = stage_upload(user=officer("koordinator"), data=ROSTER_CSV.encode(), file_name="pegawai.csv")
    return World(
        report=report,
        other_report=make_report(),
        file=file,
        copy=copy,
        respondent=respondent,
        candidate=roster["198711302010122001"],
        user=examiner,
        upload=upload,
    )


# What each argument of an address stands for; a name used differently by one address is given under "address.argument".
OBJECTS: dict[str, Callable[[World], Any]] = {
    "number": lambda world: world.report.number,
    "other": lambda world: world.other_report.number,
    "file": lambda world: world.file.pk,
    "page": lambda world: world.copy.page,
    "respondent": lambda world: world.respondent.pk,
    "official": lambda world: world.candidate.pk,
    "accounts:user.pk": lambda world: world.user.pk,
    "roster:official.pk": lambda world: world.candidate.pk,
}


def url_of(address: Address, world: World) -> str:
    values = {}
    for argument in address.arguments:
        factory = OBJECTS.get(f"{address.name}.{argument}") or OBJECTS.get(argument)
        assert factory, f"{address.name}: no object factory for <{argument}>"
        values[argument] = factory(world)
    return reverse(address.name, kwargs=values, urlconf=STAFF_URLS)


def responses(client: Client, url: str) -> list[int]:
    """Status of a GET and of an empty POST: an empty POST may be refused as incomplete, never carried out."""
    return [client.get(url).status_code, client.post(url).status_code]


def test_every_address_has_a_right_or_a_reason() -> None:
    assert {address.name for address in ALL if address.right is None} == set(OPEN)


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_visitors_without_a_session_are_sent_to_the_door(
    address: Address, world: World, staff_client: Callable[..., Client]
) -> None:
    for response in (staff_client().get(url_of(address, world)), staff_client().post(url_of(address, world))):
        assert response.status_code in (302, 405), response.status_code
        if response.status_code == 302:
            assert "/akun/masuk/" in response["Location"]


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_password_alone_opens_nothing(
    address: Address, world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer("koordinator"), second_factor=False)
    response = client.get(url_of(address, world))
    assert response.status_code == 302
    assert response["Location"].startswith(("/akun/faktor/", "/akun/masuk/"))


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name)
def test_each_role_enters_by_its_rights_only(
    address: Address, world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    url = url_of(address, world)
    for role in Role.values:
        statuses = responses(staff_client(officer(role)), url)
        if address.right == "any" or address.right in ROLE_RIGHTS[role]:
            assert not {403, 404, 500} & set(statuses), (role, statuses)
        else:
            assert set(statuses) <= {403, 405}, (role, statuses)


OF_AN_OBJECT = [address for address in GUARDED if address.arguments]


@pytest.mark.parametrize("address", OF_AN_OBJECT, ids=lambda address: address.name)
def test_objects_of_another_agency_do_not_exist(
    address: Address,
    world: World,
    officer: Callable[..., Any],
    other_agency: Any,
    staff_client: Callable[..., Client],
) -> None:
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        if address.right == "any" or address.right in ROLE_RIGHTS[role]:
            statuses = responses(staff_client(officer(role, agency=other_agency)), url_of(address, world))
            assert set(statuses) <= {404, 405}, (role, statuses)


OF_A_REPORT = [address for address in GUARDED if "number" in address.arguments]


@pytest.mark.parametrize("address", OF_A_REPORT, ids=lambda address: address.name)
@pytest.mark.parametrize(
    "nip", ["198209252006042003", "199004182015051001"], ids=["respondent", "subordinate"]
)
def test_the_respondent_and_his_subordinates_do_not_see_the_file(
    address: Address,
    nip: str,
    world: World,
    roster: dict[str, Any],
    officer: Callable[..., Any],
    staff_client: Callable[..., Client],
) -> None:
    from netral.roster.services import link_account

    conflicted = officer("koordinator")
    link_account(user=officer("administrator"), official=roster[nip], account=conflicted)
    statuses = responses(staff_client(conflicted), url_of(address, world))
    assert set(statuses) <= {404, 405}, statuses
