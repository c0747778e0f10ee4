"""Tables a lawyer reads: what each act leads to, who may punish whom, when terms end. Typed from the regulations.

`expected_levels.csv`: a level stands for an act that is forbidden with it; `terbuka` for one whose level is left open,
`larangan` for a ban without a level, `bergantung` (with the level at stake) for what a person judges, `boleh` for what
is permitted, `tidak` for what no rule reaches. An empty cell: the regulations as seen do not say.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from netral.lawbook import Answer, answer, corpus, due_day, engine

PENURUNAN = {"turun_jabatan_12", "bebas_jabatan_12"}
OUTSIDERS = ("perangkat_desa", "kepala_desa", "tni_polri", "kepala_daerah", "pejabat_daerah")
SETTINGS: dict[str, tuple[str, dict[str, str]]] = {
    "pilkada 2020 bakal calon": (
        "2020-09-22",
        {"kind": "bakal_calon", "office": "bupati", "election": "pilkada-2020"},
    ),
    "pilkada 2020 calon": ("2020-10-15", {"kind": "calon", "office": "bupati", "election": "pilkada-2020"}),
    "pilpres 2019 calon": ("2019-02-01", {"kind": "calon", "office": "presiden", "election": "pilpres-2019"}),
    "pileg 2019 calon": ("2019-02-01", {"kind": "calon", "office": "dpr", "election": "pileg-2019"}),
    "pilpres 2024 bakal calon sebelum SKB": (
        "2022-03-01",
        {"kind": "bakal_calon", "office": "presiden", "election": "pilpres-2024"},
    ),
    "pilkada 2024 bakal calon": (
        "2024-09-21",
        {"kind": "bakal_calon", "office": "bupati", "election": "pilkada-2024"},
    ),
    "pilkada 2024 calon": ("2024-09-22", {"kind": "calon", "office": "bupati", "election": "pilkada-2024"}),
    "partai 2024": ("2024-09-22", {"kind": "partai"}),
}


def rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open() as file:
        return list(csv.DictReader(file))


def facts(conduct: str, status: str, setting: str) -> dict[str, Any]:
    """What the table leaves unsaid: published with the aim to support, no leave, proven membership, no office."""
    day, about = SETTINGS[setting]
    about = about | {"relation": "spouse"} if conduct == "spouse_campaigns" else about
    if conduct in ("sign_support", "collect_support"):
        about = about | {"nomination": "perseorangan"}
    return {
        "conduct": conduct,
        "act_date": day,
        "actor": {"status": status, "roles": [], "cltn": False, "has_resigned": False},
        "object": about,
        "circumstances": {
            "published": True, "support_aim": True, "official_capacity": False, "in_uniform": True,
            "membership": "proven",
        },
    }  # fmt: skip


def cell(told: Answer) -> str:
    level = {"undetermined": "terbuka", "none": ""}.get(told["level"], told["level"])
    match told["verdict"]:
        case "forbidden":
            return level or "larangan"
        case "depends":
            return f"bergantung {level}".strip()
        case verdict:
            return {"permitted": "boleh", "not_covered": "tidak"}[verdict]


@pytest.mark.parametrize(
    "row", rows("expected_levels.csv"), ids=lambda row: f"{row['conduct']} {row['status']}"
)
def test_an_act_leads_to_what_the_table_says(row: dict[str, str]) -> None:
    wrong = [
        f"{status}, {setting}: expected {row[setting]}, the answer says {found}"
        for status in row["status"].split()
        for setting in SETTINGS
        if row[setting] and (found := cell(answer(facts(row["conduct"], status, setting)))) != row[setting]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("status", OUTSIDERS)
def test_discipline_and_ethics_of_civil_servants_reach_nobody_else(status: str) -> None:
    reached = [
        (conduct, setting)
        for conduct in corpus().rules
        for setting in SETTINGS
        if answer(facts(conduct, status, setting))["level"] != "none"
    ]
    assert reached == []


@pytest.mark.parametrize(
    "row",
    rows("expected_authorities.csv"),
    ids=lambda row: f"{row['agency']} {row['target']} {row['is_ppk']}",
)
@pytest.mark.parametrize("level", ["ringan", "sedang", "berat"])
def test_these_may_punish_and_nobody_else(row: dict[str, str], level: str) -> None:
    actor = {
        "status": "pns",
        "level": row["target"],
        "agency_kind": row["agency"],
        "is_ppk": row["is_ppk"] == "yes",
    }
    asked = {"conduct": "like_post", "act_date": "2024-10-10", "actor": actor}
    held = {"actor.level": row["target"]}  # a pelaksana cannot be made one
    kinds = {
        one.code for one in engine.open_sanctions(corpus(), "disiplin", [level], dt.date(2024, 10, 10), held)
    }
    parts = {"": kinds, "penurunan": PENURUNAN, "pdhtaps": {"pdhtaps"}}
    expected = {
        authority: parts[part] for authority, _, part in (one.partition("/") for one in row[level].split())
    }
    found = {
        one.code: set(engine.sanctions_on(corpus(), asked, "disiplin", level, one.code))
        for one in corpus().authorities
        if one.purpose == "punishes"
    }
    assert {authority: sanctions for authority, sanctions in found.items() if sanctions} == expected


@pytest.mark.parametrize(
    "row", rows("expected_clocks.csv"), ids=lambda row: f"{row['clock']} {row['reading']} {row['start']}"
)
def test_a_term_ends_on_the_day_counted_by_hand(row: dict[str, str]) -> None:
    known = {"object.contest": row["contest"]} if row["contest"] else {}
    start = dt.date.fromisoformat(row["start"])
    due = due_day(row["clock"], start, facts=known, reading=row["reading"])
    assert (due.day.isoformat() if due else "") == row["due"], row["why"]


def test_every_clock_is_counted_somewhere() -> None:
    told = {row["clock"] for row in rows("expected_clocks.csv") if row["due"]}
    assert told == set(corpus().clocks)
