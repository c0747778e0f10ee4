"""Every role and right against a table that a person can read, and every page of this app against the table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from netral.accounts import urls
from netral.accounts.rights import ROLE_RIGHTS, Right, Role, has_right

TABLE = Path(__file__).with_name("expected_rights.csv")
HELD, NOT_HELD = "ya", "-"


def expected() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("hak"): row for row in csv.DictReader(file)}


def test_the_table_names_every_right_and_role_once() -> None:
    table = expected()
    assert list(table) == list(Right.values)
    assert all(list(row) == list(Role.values) for row in table.values())
    assert set(ROLE_RIGHTS) == set(Role)
    assert set().union(*ROLE_RIGHTS.values()) == set(Right)


def test_roles_hold_what_the_table_says() -> None:
    actual = {
        right: {role: HELD if has_right(role, right) else NOT_HELD for role in Role.values}
        for right in Right.values
    }
    assert actual == expected()


def test_an_unknown_role_or_right_is_no_right() -> None:
    assert not has_right("raja", Right.REPORTS_VIEW)
    assert not has_right(Role.COORDINATOR, "apa.saja")


def test_a_disabled_person_has_no_right(officer: Callable[..., Any]) -> None:
    user = officer("koordinator")
    user.is_active = False
    assert not any(user.has_right(right) for right in Right.values)


def test_every_page_states_its_right() -> None:
    known = {"public", "any", *Right.values}
    for pattern in urls.urlpatterns:
        assert getattr(pattern.callback, "netral_right", None) in known, pattern.name


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/pengguna/", "users.manage"),
        ("/pengguna/baru/", "users.manage"),
        ("/pengguna/{pk}/", "users.manage"),
        ("/instansi/", "agency.manage"),
        ("/akun/", None),
        ("/akun/kode-cadangan/", None),
        ("/akun/faktor/", None),
        ("/akun/kata-sandi/", None),
    ],
)
def test_pages_open_to_their_roles_only(
    role: str, path: str, right: str | None, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    user = officer(role)
    wanted = 200 if right is None or expected()[right][role] == HELD else 403
    assert staff_client(user).get(path.format(pk=user.pk)).status_code == wanted


@pytest.mark.parametrize(
    "path", ["/pengguna/", "/instansi/", "/akun/", "/akun/faktor/", "/akun/kata-sandi/", "/"]
)
def test_strangers_are_sent_to_the_door(path: str, visitor: Client, agency: Any) -> None:
    assert visitor.get(path).url.startswith("/akun/masuk/?next=")
