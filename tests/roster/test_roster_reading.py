"""Finding officials, and who stands above whom."""

from __future__ import annotations

from typing import Any

import pytest

from netral.roster import selectors
from netral.roster.models import WorkUnit
from netral.ui.paging import Turn


@pytest.fixture(autouse=True)
def roster(load: Any) -> None:
    load()


def names(user: Any, query: str = "", **options: Any) -> list[str]:
    return [official.name for official in selectors.search_officials(user, query, **options).rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ahmad junaedi", ["Achmad Djunaedi Uji"]),
        ("DJUNAEDI", ["Achmad Djunaedi Uji"]),
        ("Drs. Raden Contoh, M.Si.", ["Raden Contoh"]),
        ("sumar", ["Sumardi"]),
        ("19900101 202221", ["Ni Wayan Uji"]),
        ("thl007", []),
        ("guru", ["Ni Wayan Uji"]),
        ("smp uji", ["Achmad Djunaedi Uji", "Ni Wayan Uji", "Paijo Uji"]),
        ("sulastri pendidikan", ["Sulastri Uji"]),
        ("tidak ada", []),
        (
            "%",
            ["Achmad Djunaedi Uji", "Ni Wayan Uji", "Paijo Uji", "Raden Contoh", "Sulastri Uji", "Sumardi"],
        ),
    ],
)
def test_an_official_is_found_by_name_number_unit_or_position(
    owner: Any, query: str, found: list[str]
) -> None:
    assert names(owner, query) == found


def test_units_and_positions_are_found_by_their_words_as_spelt(owner: Any, load: Any) -> None:
    rows = (
        "197203152000032002,Tuti Uji,PNS,Camat,administrator,71,Kecamatan Uji,,y,",
        "197203152000032003,Rini Uji,PNS,Kepala Subbagian Umum,pengawas,71,Kecamatan Uji,,t,",
        "197203152000032004,Wati Uji,PNS,Pengadministrasi,pelaksana,72,Dinas Pekerjaan Umum,,t,",
    )
    load(rows)
    assert names(owner, "camat") == ["Tuti Uji"]
    assert names(owner, "subbagian kecamatan") == ["Rini Uji"]
    assert names(owner, "pekerjaan") == ["Wati Uji"]


def test_a_list_goes_on_where_it_stopped(owner: Any) -> None:
    first = selectors.search_officials(owner, size=4)
    second = selectors.search_officials(owner, turn=Turn(after=first.after), size=4)
    assert [len(first.rows), len(second.rows), second.after] == [4, 2, ""]
    assert len({official.pk for official in first.rows + second.rows}) == 6


def test_a_list_that_ends_with_the_page_offers_no_next(owner: Any) -> None:
    assert selectors.search_officials(owner, size=6).after == ""


def test_the_retired_are_not_offered(owner: Any, load: Any) -> None:
    from .conftest import ROWS

    load(ROWS[:5], retire_missing=True)
    assert "Paijo Uji" not in names(owner)


def test_only_the_right_opens_the_roster(outsider: Any, foreign_officer: Any) -> None:
    assert names(outsider) == names(foreign_officer) == []
    assert not selectors.access_units(outsider).exists()
    assert not selectors.access_units(foreign_officer).exists()


@pytest.mark.parametrize(
    ("who", "above"),
    [
        ("Ni Wayan", {"Achmad Djunaedi Uji", "Sulastri Uji", "Raden Contoh"}),
        ("Achmad", {"Sulastri Uji", "Raden Contoh"}),
        ("Sulastri", {"Raden Contoh"}),
        ("Raden", set()),
    ],
)
def test_superiors_are_the_heads_on_the_way_up(
    person: Any, who: str, above: set[str], django_assert_num_queries: Any
) -> None:
    official = person(who)
    with django_assert_num_queries(2):
        ids = selectors.superior_ids(official)
    assert {person(name).pk for name in above} == ids
    assert [unit.head_id for unit in selectors.superiors(official)] == sorted(
        ids, key=lambda pk: -len(WorkUnit.objects.get(head=pk).path_ids)
    )


def test_a_deeper_tree_costs_no_more_queries(load: Any, person: Any, django_assert_num_queries: Any) -> None:
    rows = [
        f"19700101{1990 + depth}011{depth + 1:03},Kepala {depth},PNS,,,D{depth},Unit {depth},"
        f"{f'D{depth - 1}' if depth else '01'},y,"
        for depth in range(9)
    ]
    load(rows)
    lowest = person("Kepala 8")
    with django_assert_num_queries(2):
        assert len(selectors.superior_ids(lowest)) == 9


def test_the_tree_counts_its_people(owner: Any) -> None:
    (top,) = selectors.unit_tree(owner)
    (department,) = top.children
    (school,) = department.children
    assert [(node.unit.code, node.people) for node in (top, department, school)] == [
        ("01", 1),
        ("06", 2),
        ("36", 3),
    ]
