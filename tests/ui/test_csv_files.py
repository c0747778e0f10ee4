"""Tables out open as text in a spreadsheet."""

from __future__ import annotations

import pytest

from netral.ui.csv_files import csv_lines

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_an_exported_cell_is_never_a_formula(text: str) -> None:
    line = list(csv_lines(("nama",), [(text,)]))[1]
    assert line.strip('"').startswith("'")


def test_an_ordinary_cell_is_exported_as_it_is() -> None:
    assert list(csv_lines(("nama",), [("Uji-Coba",)])) == ["\ufeffnama\r\n", "Uji-Coba\r\n"]
