"""The calendar of elections: today's stage, what changes when, windows by rule, and the feed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from netral.guidance import agenda
from netral.guidance.feeds import election_feed
from netral.guidance.words import samples
from netral.lawbook import answer, contests

pytestmark = pytest.mark.one_database

DAY = dt.date(2024, 10, 20)


def contest_of(election: str) -> Any:
    return next(one for one in contests() if one.election == election)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2024-08-26", "Pendaftaran belum dibuka"),
        ("2024-08-27", "Pendaftaran, calon belum ditetapkan"),
        ("2024-09-22", "Calon sudah ditetapkan"),
        ("2024-09-25", "Masa kampanye"),
        ("2024-11-24", "Masa tenang"),
        ("2024-11-27", "Pemungutan suara"),
        ("2024-11-28", "Pemungutan suara sudah lewat"),
        # Of a re-vote the sources name the day of voting alone: nothing is said of a campaign.
        ("2025-03-10", "Calon sudah ditetapkan"),
    ],
)
def test_the_page_says_the_stage_of_the_day(
    day: str, stage: str, agency: Any, public_client: Client, settings: Any
) -> None:
    settings.NETRAL_DEMO_DATE = dt.date.fromisoformat(day)
    page = public_client.get("/kalender-pemilu/").content.decode()
    assert f"Hari ini: {stage}." in page.replace("<strong>", "").replace("</strong>", "")


def test_an_election_long_past_waits_below(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    page = public_client.get("/kalender-pemilu/")
    assert [card.election.code for card in page.context["cards"]] == ["pilkada-2024"]
    assert "pilpres-2024" in [one.code for one in page.context["others"]]
    past = public_client.get("/kalender-pemilu/pilpres-2024/").content.decode()
    assert "Pemungutan suara sudah lewat" in past
    assert public_client.get("/kalender-pemilu/pilpres-1955/").status_code == 404
    assert public_client.get("/kalender-pemilu/pilpres-1955.ics").status_code == 404


def test_a_day_without_elections_says_so(agency: Any, public_client: Client, settings: Any) -> None:
    settings.NETRAL_DEMO_DATE = dt.date(2031, 1, 1)
    assert "Tidak ada pemilihan yang berjalan" in public_client.get("/kalender-pemilu/").content.decode()


def test_a_region_hides_what_is_not_held_there(agency: Any, public_client: Client, settings: Any) -> None:
    settings.NETRAL_DEMO_DATE = dt.date(2025, 7, 1)

    def near(region: str) -> list[str]:
        page = public_client.get("/kalender-pemilu/", {"daerah": region})
        return [card.election.code for card in page.context["cards"]]

    assert "pilkada-2025-ulang" in near("")
    assert "pilkada-2025-ulang" in near("19.71")
    assert near("tidak ada") == near("")


def test_the_day_of_determination_changes_what_acts_cost() -> None:
    changed = {one.act: one for one in agenda.changes(contest_of("pilkada-2024"), dt.date(2024, 9, 22))}
    like = changed["Menyukai unggahan dukungan"]
    assert (like.before, like.after) == ("sanksi moral", "hukuman disiplin berat")
    assert agenda.changes(contest_of("pilkada-2024"), dt.date(2024, 10, 1)) == ()


def test_windows_are_those_of_the_law() -> None:
    """Six months before 22 September 2024, where the day before answers differently; the campaign by UU 7/2017."""
    contest = contest_of("pilkada-2024")
    windows = {one.code: one for one in agenda.windows(contest)}
    assert windows["ganti_pejabat"].start == dt.date(2024, 3, 22)
    assert windows["ganti_pejabat"].until is None
    assert windows["pakai_program"].start == dt.date(2024, 3, 22)
    assert windows["pakai_program"].until == dt.date(2024, 11, 27)
    assert windows["pakai_program"].unsure_after
    for sample in samples():
        for day, verdict in ((dt.date(2024, 3, 21), False), (dt.date(2024, 3, 22), True)):
            about = {**sample.facts.get("object", {}), "election": "pilkada-2024", "office": "bupati"}
            told = answer({**sample.facts, "act_date": day, "object": about})
            assert (told["verdict"] == "forbidden") is verdict
    (campaign,) = agenda.windows(contest_of("pilpres-2024"))
    assert (campaign.code, campaign.basis) == ("pakai_program", "UU 7/2017 Pasal 282")
    assert (campaign.start, campaign.until) == (dt.date(2023, 11, 28), dt.date(2024, 2, 10))


@pytest.mark.parametrize("election", sorted({one.election for one in contests()}))
def test_windows_are_what_asking_about_every_day_finds(election: str) -> None:
    contest = contest_of(election)
    region = {"region": min(contest.regions)} if contest.regions else {}
    opened: dict[str, list[dt.date]] = {}
    for sample in samples():
        about = {**sample.facts.get("object", {}), "election": election, "office": contest.office, **region}
        first = contest.versions[0].determined_on - agenda.LOOKS_BACK
        last = max(until for _stage, _start, until in contest.versions[-1].stages) + agenda.LINGERS
        before = None
        for at in range((last - first).days + 1):
            day = first + agenda.ONE_DAY * at
            now = answer({**sample.facts, "act_date": day, "object": about}, trace=False)["verdict"]
            if now == "forbidden" and before not in (None, now):
                opened.setdefault(sample.code, []).append(day)
            elif before == "forbidden" and now != before:
                opened[sample.code].append(day - agenda.ONE_DAY)
            before = now
    found: dict[str, list[dt.date]] = {}
    for window in agenda.windows(contest):
        days = [window.start, window.until] if window.until else [window.start]
        found.setdefault(window.code, []).extend(days)
    assert found == opened


def test_every_calendar_has_its_feed(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    for election in agenda.elections(DAY):
        answered = public_client.get(f"/kalender-pemilu/{election.code}.ics")
        assert answered["Content-Type"] == "text/calendar; charset=utf-8"
        assert answered.content == public_client.get(f"/kalender-pemilu/{election.code}.ics").content
        entries = Calendar.from_ical(answered.content).walk("VEVENT")
        events = [event for schedule in election.schedules for event in schedule.events]
        assert len(entries) >= len(events)
        assert len({entry["UID"] for entry in entries}) == len(entries)
        assert all(len(line) <= 75 for line in answered.content.split(b"\r\n"))


def test_the_feed_holds_whole_days(agency: Any, demo_date: dt.date, public_client: Client) -> None:
    entries = Calendar.from_ical(public_client.get("/kalender-pemilu/pilkada-2024.ics").content).walk(
        "VEVENT"
    )
    campaign = next(entry for entry in entries if entry["SUMMARY"].startswith("Masa kampanye"))
    assert campaign["DTSTART"].dt == dt.date(2024, 9, 25)
    assert campaign["DTEND"].dt == dt.date(2024, 11, 24)  # the day after the last
    assert "PKPU 2/2024" in campaign["DESCRIPTION"]
    frozen = next(entry for entry in entries if "mengganti pejabat" in entry["SUMMARY"])
    assert "Menurut UU 10/2016 Pasal 71 ayat (2), dihitung dari PKPU 2/2024" in frozen["DESCRIPTION"]


def test_a_reader_of_the_feed_knows_a_moved_entry_again() -> None:
    """Pilkada 2020: candidates were to be determined on 8 July, then on 23 September."""

    def determined(day: str) -> Any:
        found = agenda.election("pilkada-2020", dt.date.fromisoformat(day))
        assert found is not None
        entries = Calendar.from_ical(election_feed(found, "https://contoh.id/")).walk("VEVENT")
        return next(entry for entry in entries if entry["SUMMARY"].startswith("Penetapan"))

    before, after = determined("2020-02-01"), determined("2020-07-01")
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (dt.date(2020, 7, 8), dt.date(2020, 9, 23))
    assert before["UID"] == after["UID"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt


def test_an_entry_says_where_it_holds_and_how_often_to_ask_again(
    agency: Any, demo_date: dt.date, public_client: Client
) -> None:
    raw = public_client.get("/kalender-pemilu/pilkada-2025-psu.ics").content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in raw
    summaries = [str(entry["SUMMARY"]) for entry in Calendar.from_ical(raw).walk("VEVENT")]
    assert len(set(summaries)) == len(summaries)
    assert any("Kabupaten Siak" in one for one in summaries)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (
            "2024-10-20",
            [
                "Masa kampanye · Pilkada 2024",
                "Hari ke-26 dari 60",
                "berikutnya masa tenang, 24 November 2024",
            ],
        ),
        (
            "2024-09-24",
            ["Calon sudah ditetapkan · Pilkada 2024", "berikutnya masa kampanye, 25 September 2024"],
        ),
        ("2024-11-27", ["Pemungutan suara · Pilkada 2024"]),
        ("2031-01-01", []),
    ],
)
def test_the_first_page_says_where_the_election_stands(
    day: str, told: list[str], agency: Any, public_client: Client, settings: Any
) -> None:
    settings.NETRAL_DEMO_DATE = dt.date.fromisoformat(day)
    page = public_client.get("/").content.decode()
    for words in told:
        assert words in page
    assert ("stage-now" in page) is bool(told)
