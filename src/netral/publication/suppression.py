"""Small cells: what of a table of counts may be shown so that no count from 1 to 4 can be computed back.

Primary and secondary suppression of a one-way table with a known total (Eurostat, Handbook on Statistical
Disclosure Control, ch. 5). Zeros are shown: they speak of nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

THRESHOLD = 5


def suppress(
    counts: Mapping[str, int], *, order: Callable[[str], bytes], still_hidden: Collection[str] = ()
) -> dict[str, int | None] | None:
    """The table as it may be shown; None marks a suppressed cell, None for all means the whole table stays back.

    `still_hidden` are cells that an earlier table hid: showing one now would open that table. Besides the small
    cells others are hidden until at least two are, and until their sum leaves each small one at least four possible
    values. Each time `order`, a secret, chooses one of the two smallest: whoever knew that it is always the smallest
    could tell from a shown 5 that none had to be hidden, so that the hidden ones are all small.
    """
    if 0 < sum(counts.values()) < THRESHOLD:
        return None
    hidden = {cell for cell, count in counts.items() if 0 < count < THRESHOLD} | set(still_hidden) & set(
        counts
    )
    others = {cell for cell, count in counts.items() if count} - hidden
    while hidden and not _ambiguous(counts, hidden):
        if not others:
            return dict.fromkeys(counts)
        two_smallest = sorted(others, key=lambda cell: (counts[cell], order(cell)))[:2]
        hidden.add(chosen := min(two_smallest, key=order))
        others.remove(chosen)
    return {cell: None if cell in hidden else count for cell, count in counts.items()}


def _ambiguous(counts: Mapping[str, int], hidden: Collection[str]) -> bool:
    return len(hidden) >= 2 and sum(counts[cell] for cell in hidden) >= len(hidden) + THRESHOLD - 1


def hidden_cells(
    counts: Mapping[str, int], shown: Mapping[str, int | None] | None, earlier: Mapping[str, int]
) -> dict[str, int]:
    """Suppressed cells with the count they had when they were first hidden: what the next table must remember."""
    return {cell: earlier.get(cell, counts[cell]) for cell in counts if shown is None or shown[cell] is None}


def not_yet_free(counts: Mapping[str, int], earlier: Mapping[str, int]) -> set[str]:
    """Cells hidden before that moved by less than 5 since: the new value would still tell the old one."""
    return {cell for cell, was in earlier.items() if abs(counts.get(cell, 0) - was) < THRESHOLD}
