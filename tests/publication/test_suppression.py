"""Suppressed cells cannot be computed back, even by someone who knows the algorithm."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence

import pytest

from netral.publication.suppression import THRESHOLD, hidden_cells, not_yet_free, suppress

CELLS = "abcd"


def order(cells: Sequence[str]) -> Callable[[str], bytes]:
    """A secret under which the cells stand in this order."""
    return lambda cell: bytes([cells.index(cell)])


ALPHABETICAL = order(CELLS)


def published(counts: tuple[int, ...], secret: Callable[[str], bytes]) -> tuple[object, ...]:
    """All that a reader sees: the total (or that it is small) and the table."""
    shown = suppress(dict(zip(CELLS, counts, strict=False)), order=secret)
    if shown is None:
        return ("total below 5",)
    return (sum(counts), *shown.values())


@pytest.mark.parametrize(("cells", "largest"), [(2, 20), (3, 14), (4, 8)])
def test_whoever_knows_the_rule_still_has_four_values_for_each_small_cell(cells: int, largest: int) -> None:
    """Every table under every secret, grouped by what it publishes: what a reader who knows all but the secret sees."""
    consistent: dict[tuple[object, ...], set[tuple[int, ...]]] = defaultdict(set)
    for secret in map(order, itertools.permutations(CELLS[:cells])):
        for counts in itertools.product(range(largest), repeat=cells):
            if sum(counts) < largest:  # beyond that the enumeration is cut off
                consistent[published(counts, secret)].add(counts)
    assert len(consistent) > 20
    for seen, candidates in consistent.items():
        for position in range(cells):
            hidden = len(seen) > 1 and seen[1 + position] is None
            if hidden and any(0 < counts[position] < THRESHOLD for counts in candidates):
                assert len({counts[position] for counts in candidates}) >= 4, (seen, candidates)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 0, "c": 30}, {"a": 9, "b": 0, "c": 30}),
        ({"a": 3, "b": 9, "c": 30}, {"a": None, "b": None, "c": 30}),
        ({"a": 3, "b": 4, "c": 30}, {"a": None, "b": None, "c": 30}),
        ({"a": 1, "b": 1, "c": 30}, {"a": None, "b": None, "c": None}),
        ({"a": 1, "b": 30}, {"a": None, "b": None}),
        ({"a": 6, "b": 0}, {"a": 6, "b": 0}),
        ({"a": 3, "b": 0}, None),
        ({}, {}),
    ],
)
def test_examples(counts: dict[str, int], shown: dict[str, int | None] | None) -> None:
    assert suppress(counts, order=ALPHABETICAL) == shown


def test_a_cell_hidden_last_week_stays_hidden_until_it_has_moved_by_five() -> None:
    week_one = {"a": 3, "b": 7, "c": 40}
    hidden = hidden_cells(week_one, suppress(week_one, order=ALPHABETICAL), {})
    assert hidden == {"a": 3, "b": 7}
    week_two = {"a": 6, "b": 7, "c": 41}  # showing b = 7 now would give away a = 10 - 7 of last week
    shown = suppress(week_two, order=ALPHABETICAL, still_hidden=not_yet_free(week_two, hidden))
    assert shown == {"a": None, "b": None, "c": 41}
    remembered = hidden_cells(week_two, shown, hidden)
    assert remembered == {"a": 3, "b": 7}
    week_three = {"a": 8, "b": 12, "c": 41}
    assert suppress(week_three, order=ALPHABETICAL, still_hidden=not_yet_free(week_three, remembered)) == {
        "a": 8,
        "b": 12,
        "c": 41,
    }
