"""Every list of the officers' site is turned page by page in one way, there and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from netral.intake.models import Report
from netral.roster.models import Official, WorkUnit
from netral.ui.paging import PAGE

MANY = 2 * PAGE + 7
LISTS = ["/?tab=tim&fokus=baru", "/laporan/?keadaan=diterima", "/pegawai/?q=uji", "/pengguna/?q=petugas"]
NOT_PLACES = ["x", "2024-13-45.1", "Uji 1.", ".5", "2024-10-20.%C2%B2", "2024-10-20." + "9" * 40]


@pytest.fixture
def client(
    make_report: Callable[..., Report],
    officer: Callable[..., Any],
    agency: Any,
    staff_client: Callable[..., Client],
) -> Client:
    """At the desk of one who sees every list, each of them three pages long, with many rows of one day or name."""
    from netral.accounts.models import User
    from netral.intake.services import screening

    administrator = officer("koordinator", full_name="Petugas Paling Akhir")
    unit = WorkUnit.objects.create(agency=agency, code="1", name="Unit")
    Official.objects.bulk_create(
        Official(
            agency=agency,
            nip=str(number),
            name=f"Uji {number % 3}",
            unit=unit,
            employment="pns",
            search_text=" uji",
        )
        for number in range(MANY)
    )
    User.objects.bulk_create(
        User(agency=agency, username=f"p{number}", full_name=f"Petugas St. {number % 3}", role="petugas")
        for number in range(MANY - 1)
    )
    for _ in range(MANY):
        make_report()
    while screening.screen_pending(agency=agency):
        pass
    return staff_client(administrator)


@pytest.fixture
def every_right(monkeypatch: pytest.MonkeyPatch) -> None:
    from netral.accounts.models import User

    monkeypatch.setattr(User, "has_right", lambda _self, _right: True)


def turned(client: Client, address: str, rel: str) -> Iterator[tuple[str, list[str]]]:
    """Addresses and rows of the pages from `address` on, as far as their links lead, each for as many queries."""
    path, queries = address.partition("?")[0], set()
    client.get(address)
    while address:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        queries.add(len(asked))
        assert len(queries) == 1
        yield address, re.findall(r'<tr data-row>.*?href="([^"]+)"', page, re.DOTALL)
        link = re.search(rf'href="([^"]+)" rel="{rel}"', page)
        address = path + unescape(link[1]) if link else ""


def test_a_list_is_turned_to_its_end_and_back(
    client: Client, every_right: None, subtests: pytest.Subtests
) -> None:
    for address in LISTS:
        with subtests.test(address):
            onward = list(turned(client, address, "next"))
            assert [len(rows) for _, rows in onward] == [PAGE, PAGE, MANY - 2 * PAGE]
            assert len({row for _, rows in onward for row in rows}) == MANY
            kept = address.partition("?")[2].split("&")
            assert all(part in at for at, _ in onward for part in kept)
            backward = list(turned(client, onward[-1][0], "prev"))
            assert [rows for _, rows in backward] == [rows for _, rows in reversed(onward)]
            assert not any("sesudah" in at and "sebelum" in at for at, _ in backward)


def test_what_is_no_place_leads_to_a_page(client: Client, every_right: None) -> None:
    for address in LISTS:
        for place in NOT_PLACES:
            for name in ("sesudah", "sebelum"):
                assert client.get(f"{address}&{name}={place}").status_code == 200, (address, place)
