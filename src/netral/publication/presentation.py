"""Figures as charts with their tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from netral.ui.parts import Bar

from .selectors import FIGURES, Table


@dataclass(frozen=True)
class Chart:
    """One table with its bars, both empty where the whole table stays back; `folded` are cells named in brief."""

    title: str
    head: str
    bars: list[Bar]
    folded: list[str]
    note: str
    suppressed: bool


def charts(tables: Mapping[str, Table | None]) -> list[Chart]:
    return [_chart(name, tables[name]) for name in FIGURES if name in tables]


def _chart(name: str, table: Table | None) -> Chart:
    figure, cells = FIGURES[name], table or {}
    # Never in the order of the counts: that would tell of suppressed cells which is larger.
    bars = [Bar(str(figure.label(cell)), count) for cell, count in cells.items()]
    folded: list[str] = []
    if name == "act":  # of its many kinds most have no bar to show
        bars.sort(key=lambda bar: bar.label)
        folded = [bar.label for bar in bars if bar.value is None]
        bars = [bar for bar in bars if bar.value is not None]
    return Chart(
        title=str(figure.title),
        head=str(figure.head),
        bars=bars,
        folded=folded,
        note=str(figure.note),
        suppressed=table is None or any(count is None for count in cells.values()),
    )
