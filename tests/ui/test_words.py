"""Dates, numbers, sizes, codes and deadlines as people read them."""

import datetime as dt

import pytest
from django.test import override_settings

from netral.ui import clock
from netral.ui.templatetags import netral

pytestmark = pytest.mark.one_database

TODAY = dt.date(2024, 10, 20)


def test_dates_are_written_out() -> None:
    assert netral.tanggal(dt.date(2024, 10, 24)) == "Kamis, 24 Oktober 2024"
    assert netral.tanggal_pendek(dt.date(2024, 10, 24)) == "24 Okt 2024"
    assert netral.tanggal(None) == netral.tanggal_pendek(None) == netral.saat(None) == ""


def test_a_moment_is_read_in_the_registers_zone() -> None:
    late = dt.datetime(2024, 10, 23, 18, 5, tzinfo=dt.UTC)
    assert netral.tanggal(late) == "Kamis, 24 Oktober 2024"
    assert netral.saat(late) == "24 Okt 2024 01.05"
    assert netral.saat(dt.date(2024, 10, 24)) == "24 Okt 2024"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (999, "999"), (1158, "1.158"), (5600000, "5.600.000"), (None, "")]
)
def test_numbers_are_grouped_by_points(value: int | None, shown: str) -> None:
    assert netral.angka(value) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (2_300_000, "2,3 MB"),
        (999_960, "1 MB"),
        (50_000_000_000, "50 GB"),
        (None, ""),
    ],
)
def test_sizes_carry_their_unit(size: int | None, shown: str) -> None:
    assert netral.ukuran(size) == shown


def test_a_receipt_code_is_shown_in_groups_however_it_was_typed() -> None:
    assert netral.kelompok("ABCDE12345FGHJK67890MNPQRS") == "ABCDE-12345-FGHJK-67890-MNPQRS"
    assert netral.kelompok("abcde 12345-fghjk 67890 mnpqrs") == "abcde-12345-fghjk-67890-mnpqrs"
    assert netral.kelompok("ABC") == "ABC"


@pytest.mark.parametrize(
    ("days", "tone", "sign", "words"),
    [
        (-30, "danger", "▲", "lewat 30 hari"),
        (-1, "danger", "▲", "lewat 1 hari"),
        (0, "warn", "●", "hari ini"),
        (1, "warn", "●", "1 hari lagi"),
        (7, "warn", "●", "7 hari lagi"),
        (8, "action", "", "Sen, 28 Okt"),
        (72, "action", "", "Sel, 31 Des"),
        (73, "action", "", "1 Jan 2025"),
    ],
)
def test_a_deadline_says_how_far_it_is(days: int, tone: str, sign: str, words: str) -> None:
    due = netral.due_words(TODAY + dt.timedelta(days), TODAY)
    assert (due.tone, due.sign, due.words) == (tone, sign, words)


@pytest.mark.parametrize(("days", "words"), [(-1, "lewat 1 hari"), (7, "7 hari lagi"), (14, "14 hari lagi")])
def test_beside_its_date_a_deadline_is_counted(days: int, words: str) -> None:
    assert netral.due_words(TODAY + dt.timedelta(days), TODAY, counted=True).words == words


def test_no_deadline_is_said_in_words() -> None:
    due = netral.due_words(None, TODAY)
    assert (due.tone, due.sign, due.words) == ("ok", "✓", "tanpa tenggat")


def test_the_legal_clock_stands_on_the_demo_date_and_keeps_the_time_of_day() -> None:
    with override_settings(NETRAL_DEMO_DATE=TODAY):
        before, moment, after = clock.real_now().time(), clock.now(), clock.real_now().time()
        assert clock.today() == moment.date() == TODAY
        assert before <= moment.time() <= after or after < before
        assert clock.real_now().date() != TODAY
    with override_settings(NETRAL_DEMO_DATE=None):
        assert abs(clock.now() - clock.real_now()) < dt.timedelta(seconds=5)


def test_the_legal_clock_can_be_held_and_let_go() -> None:
    with override_settings(NETRAL_DEMO_DATE=TODAY):
        with clock.at(dt.datetime(2024, 11, 23, 18, 30, tzinfo=dt.UTC)):
            assert clock.today() == dt.date(2024, 11, 24)
            assert clock.now().utcoffset() == dt.timedelta(hours=7)
        assert clock.today() == TODAY


def test_a_due_chip_compares_days_of_the_register_not_of_utc() -> None:
    late = dt.datetime(2024, 10, 19, 18, 0, tzinfo=dt.UTC)  # 20 October, 01.00 in Jakarta
    assert netral.due(late, TODAY)["due"].words == "hari ini"
