"""The hour of a hearing: how it may be typed, and from when on who did not come is absent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from netral.cases import services
from netral.cases.content import Sitting, checked
from netral.cases.sealed import Envelope
from netral.cases.services.moving import edit
from netral.ui import clock

from .life import SITTING, Life, missed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("09.00", "09.00 WIB"),
        ("9.05", "09.05 WIB"),
        ("13:30", "13.30 WIB"),
        ("0:00", "00.00 WIB"),
        ("23.59", "23.59 WIB"),
        (" 09.00   WIB ", "09.00 WIB"),
        ("09.00wib", "09.00 WIB"),
    ],
)
def test_an_hour_is_kept_as_letters_write_it(typed: str, kept: str) -> None:
    assert checked(Sitting(typed, "Inspektorat")).hour == kept


@pytest.mark.parametrize(
    "typed", ["9 pagi", "9", "09", "24.00", "9.5", "09.60", "0900", "09.00 WITA", "09.00 – 11.00", "٠٩.٠٠"]
)
def test_what_is_no_hour_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(Sitting(typed, "Inspektorat"))
    assert refused.value.message_dict == {
        "hour": [
            f"“{typed}” bukan jam. Tulis jam dan menit menurut waktu setempat (WIB), "
            "misalnya 09.00 atau 13:30."
        ]
    }


def test_an_hour_that_is_missing_is_asked_for() -> None:
    with pytest.raises(ValidationError) as refused:
        checked(Sitting("", "Inspektorat"))
    assert refused.value.message_dict == {"hour": ["Jam belum diisi."]}


def absent(life: Life, day: dt.date, hour: str) -> object:
    with clock.at(dt.datetime.combine(day, dt.time.fromisoformat(hour))):
        act = {"case": life.case, "user": life.examiner, "revision": life.case.revision}
        return services.absent(**act, **missed(life))


def test_who_has_not_come_is_absent_once_the_hour_has_passed(life: Life) -> None:
    life.assessed().appointed().summoned()
    hearing = life.day + dt.timedelta(days=3)
    for day, hour in ((hearing - dt.timedelta(days=1), "23:59"), (hearing, "08:59"), (hearing, "09:00")):
        with pytest.raises(ValidationError) as refused:
            absent(life, day, hour)
        assert refused.value.message_dict == {
            "hearing_day": [
                "Pemeriksaan baru Kamis, 17 Oktober 2024, pukul 09.00 WIB; catat ketidakhadiran sesudah itu lewat."
            ]
        }
    absent(life, hearing, "09:01")
    assert (life.case.state, life.case.clock_start) == ("panggilan_2", hearing)


def test_without_an_hour_the_day_must_have_passed(life: Life) -> None:
    """As of words from before hours were looked at."""
    life.assessed().appointed().summoned()
    summons, hearing = life.case.summons_set.get(), life.day + dt.timedelta(days=3)
    Envelope.of(life.case).seal(summons, Sitting("pagi", SITTING.place))
    summons.save()
    edit(case=life.case, name="add_file", user=life.examiner, revision=life.case.revision, rows=[summons])
    with pytest.raises(ValidationError):
        absent(life, hearing, "23:59")
    absent(life, hearing + dt.timedelta(days=1), "00:00")
    assert life.case.state == "panggilan_2"
