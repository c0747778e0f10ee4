"""Every situation of `lawbook/situations/` is answered as expected. They are typed from the regulations alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from netral.lawbook import Answer, answer, corpus, sanctions_within
from netral.lawbook.hashing import FOLDER
from netral.lawbook.schema import Situation, Situations
from netral.lawbook.sources import read

from .small_book import ask

FILES = sorted((FOLDER / "situations").glob("*.yaml"))


@cache
def situations(path: Path) -> Sequence[Situation]:
    """What stands in one file; read when a test asks, for every worker that collects would read them all."""
    return read(path, Situations).situations


def every_situation() -> list[Situation]:
    return [situation for path in FILES for situation in situations(path)]


def plain(written: Any) -> Any:
    """As the facts come from outside: JSON, days as text."""
    return json.loads(json.dumps(written, default=str))


def codes(entries: Iterable[Mapping[str, Any]], key: str = "code") -> set[str]:
    return {entry[key] for entry in entries}


def norms(told: Answer) -> set[str]:
    """The articles found broken or permitting, each also by its instrument alone."""
    named = {ref for finding in told["findings"] for ref in finding["norm"]}
    return named | {ref.partition("#")[0] for ref in named}


def due(told: Answer, code: str) -> str | None:
    assert code in corpus().clocks, f"no clock is named {code}"
    return next((clock["due"] for clock in told["clocks"] if clock["code"] == code), None)


def readings(told: Answer, code: str) -> list[str]:
    return sorted(
        one["due"] for clock in told["clocks"] if clock["code"] == code for one in clock["readings"]
    )


SETS: Mapping[str, Callable[[Answer], set[str]]] = {
    "norm": norms,
    "basis": lambda told: codes(told["basis"], "ref"),
    "sanctions": lambda told: set(told["sanctions"]),
    "flags": lambda told: codes(told["flags"]),
    "disputes": lambda told: codes(told["disputes"]),
    "missing": lambda told: codes(told["missing"], "fact"),
    "criminal": lambda told: codes(told["criminal"]),
    "criminal_unsure": lambda told: {one["code"] for one in told["criminal"] if one["subject_ok"] is None},
}
SAME: Mapping[str, Callable[[Answer], Any]] = {
    "verdict": lambda told: told["verdict"],
    "track": lambda told: told["track"],
    "level": lambda told: told["level"],
    "level_range": lambda told: told["level_range"],
    "stage": lambda told: told["stage"],
    "standing": lambda told: told["acts"][0]["standing"],
    "conditional": lambda told: bool(told["conditions"]),
    "recommends": lambda told: [entry["authority"] for entry in told["authorities"]["recommends"]],
    "receives_crime": lambda told: [entry["authority"] for entry in told["authorities"]["receives_crime"]],
    "receives_referral": lambda told: [
        entry["authority"] for entry in told["authorities"]["receives_referral"]
    ],
}
EACH: Mapping[str, Callable[[Answer, str], Any]] = {
    "clock": due,
    "clock_readings": readings,
    "may_impose": lambda told, authority: list(sanctions_within(told, authority)),
}


def differences(told: Answer, expect: Mapping[str, Any]) -> Iterator[str]:
    """A line for everything in which the answer is not what is expected."""
    for key, wanted in expect.items():
        name, _, way = key.rpartition("_")
        if key in SAME:
            found = SAME[key](told)
            if found != wanted:
                yield f"{key}: expected {wanted}, the answer says {found}"
        elif key in EACH:
            for code, each in wanted.items():
                if (found := EACH[key](told, code)) != each:
                    yield f"{key} {code}: expected {each}, the answer says {found}"
        elif name in SETS and way in ("has", "lacks"):
            found = SETS[name](told)
            wrong = set(wanted) - found if way == "has" else set(wanted) & found
            if wrong:
                yield f"{key}: {', '.join(sorted(wrong))}; the answer has {', '.join(sorted(found)) or 'nothing'}"
        else:
            yield f"{key}: no such expectation"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_law_answers(path: Path, subtests: pytest.Subtests) -> None:
    for situation in situations(path):
        with subtests.test(situation.says):
            told = answer(plain(situation.facts), trace=False)
            found = list(differences(told, plain(situation.expect)))
            rules = ", ".join(sorted(codes(told["findings"], "rule"))) or "none"
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
    }
    right = {
        "verdict": "forbidden",
        "norm_has": ["uu-1-2020#1"],
        "norm_lacks": ["uu-1-2020#9"],
        "clock": {"penyampaian": "2030-08-15"},
        "clock_readings": {"penyampaian": ["2030-08-15"]},
        "may_impose": {"kepala": ["turun", "pecat"]},
    }
    assert [line.split(":")[0].split()[0] for line in differences(told, wrong)] == list(wrong)
    assert list(differences(told, right)) == []
