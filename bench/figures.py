"""One measured figure beside its reach and its floor, and the table of them as text and as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = ("what", "measured", "reach", "floor")


@dataclass(frozen=True)
class Figure:
    """`what` was `measured`; `reach` is what the product is meant to do, `floor` what the machine alone does."""

    what: str
    measured: str
    reach: str = "–"
    floor: str = "–"

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.measured, self.reach, self.floor


def percentile(values: Iterable[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` (0 … 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ms(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f} ms" if milliseconds >= 10 else f"{milliseconds:.2f} ms"


def mb(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def rate(per_second: float, what: str = "") -> str:
    number = f"{per_second:,.0f}" if per_second >= 10 else f"{per_second:.1f}"
    return f"{number} {what}/s".replace(" /", "/")


def latencies(values: Sequence[float]) -> str:
    return f"p50 {ms(percentile(values, 0.5))}, p95 {ms(percentile(values, 0.95))}"


def as_text(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def as_markdown(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(figure.cells for figure in figures)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
