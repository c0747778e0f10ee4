"""Every situation of `lawbook/situations/` is answered as expected. They are typed from the regulations alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from netral.lawbook import answer, corpus
from netral.lawbook.expecting import differences
from netral.lawbook.hashing import FOLDER
from netral.lawbook.review import plain
from netral.lawbook.schema import Situation, Situations
from netral.lawbook.sources import read

from .small_book import ask, small

FILES = sorted((FOLDER / "situations").glob("*.yaml"))


@cache
def situations(path: Path) -> Sequence[Situation]:
    """What stands in one file; read when a test asks, for every worker that collects would read them all."""
    return read(path, Situations).situations


def every_situation() -> list[Situation]:
    return [situation for path in FILES for situation in situations(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_law_answers(path: Path, subtests: pytest.Subtests) -> None:
    for situation in situations(path):
        with subtests.test(situation.says):
            told = answer(plain(situation.facts), trace=False)
            found = list(differences(corpus(), told, plain(situation.expect)))
            rules = ", ".join(sorted(finding["rule"] for finding in told["findings"])) or "none"
            assert not found, "\n".join([situation.says, *found, f"rules that hold: {rules}"])


def test_each_situation_is_told_once_and_expects_something() -> None:
    assert FILES
    told = [situation.says for situation in every_situation()]
    assert sorted(set(told)) == sorted(told)
    assert all(situation.expect for situation in every_situation())


def test_every_kind_of_act_with_rules_has_situations() -> None:
    tried = {act["conduct"] for one in every_situation() for act in one.facts.get("acts", [one.facts])}
    assert {code for code, rules in corpus().rules.items() if rules} - tried == set()


def test_a_difference_of_every_kind_is_told() -> None:
    told = ask(dates={"decided": "2030-08-01"})  # of the small book: forbidden, heavy
    wrong = {
        "verdict": "permitted",
        "norm_has": ["uu-1-2020#9"],
        "norm_lacks": ["uu-1-2020"],
        "clock": {"penyampaian": "2030-08-16"},
        "clock_readings": {"penyampaian": []},
        "may_impose": {"kepala": []},
        "weather": "fine",
        "flags_lacks": ["kontrk"],
    }
    right = {
        "verdict": "forbidden",
        "norm_has": ["uu-1-2020#1"],
        "norm_lacks": ["uu-1-2020#2"],
        "clock": {"penyampaian": "2030-08-15"},
        "clock_readings": {"penyampaian": ["2030-08-15"]},
        "may_impose": {"kepala": ["turun", "pecat"]},
    }
    assert [line.split(":")[0].split()[0] for line in differences(small(), told, wrong)] == list(wrong)
    assert list(differences(small(), told, right)) == []
