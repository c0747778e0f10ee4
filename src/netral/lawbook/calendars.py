"""Where an act stands in its election: stage, and whether a candidate was determined already."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .days import ONE_DAY

STANDINGS = ("bakal_calon", "calon")
CONTESTANTS = ("bakal_calon", "calon", "tim", "kotak_kosong")


@dataclass(frozen=True)
class Version:
    """One published calendar of a contest."""

    code: str
    start: dt.date
    determined_on: dt.date
    stages: tuple[tuple[str, dt.date, dt.date], ...]
    basis: tuple[str, ...]
    status: str

    @cached_property
    def voting_on(self) -> dt.date | None:
        return next((start for code, start, _ in self.stages if code == "pemungutan"), None)

    def stage(self, day: dt.date) -> str:
        """The stage a day lies in; between two stages, what has been reached."""
        turns, stages = self._turns
        return stages[bisect_right(turns, day)]

    @cached_property
    def _turns(self) -> tuple[list[dt.date], list[str]]:
        """The days on which the stage turns, and the stage before the first, and from each on."""
        days = {day for _code, start, until in self.stages for day in (start, until + ONE_DAY)}
        turns = sorted({*days, self.determined_on})
        return turns, [self._stage(day) for day in (turns[0] - ONE_DAY, *turns)]

    def _stage(self, day: dt.date) -> str:
        reached = "sebelum_tahapan"
        for code, start, until in self.stages:
            if start <= day <= until and code != "pengundian":
                return code
            if code == "pemungutan" and day > until:
                return "sesudah"
            if code == "pendaftaran" and day > until:
                reached = code
        return "ditetapkan" if day >= self.determined_on else reached


@dataclass(frozen=True)
class Contest:
    election: str
    kind: str  # pilkada, pilpres, pileg
    offices: frozenset[str]
    regions: frozenset[str]  # empty: everywhere
    versions: tuple[Version, ...]  # by day

    @property
    def office(self) -> str:
        return min(self.offices)

    def version_on(self, day: dt.date) -> Version:
        """The calendar that held on this day; before the first, the first."""
        return next((one for one in reversed(self.versions) if one.start <= day), self.versions[0])

    def holds_in(self, region: str | None) -> bool:
        return not self.regions or region in self.regions


class Standing(NamedTuple):
    """What the calendars say of one act: facts to add, facts still needed to say more, where it was found."""

    facts: dict[str, Any]
    needs: tuple[str, ...] = ()
    contest: Contest | None = None
    version: Version | None = None
    claimed: bool = False  # the standing is only what was claimed; no calendar confirms it


@dataclass(frozen=True)
class Choice:
    """What an election and an office, known or not, leave to choose from: the contest by region, or what to ask."""

    by_region: Mapping[str, Contest | None]
    elsewhere: Contest | None  # in a region that is not named, or not known
    needs: tuple[str, ...]

    def of(self, region: str | None) -> tuple[Contest | None, tuple[str, ...]]:
        """The contest, or the facts that would name it."""
        contest = self.by_region.get(region, self.elsewhere) if region else self.elsewhere
        if contest:
            return contest, ()
        return None, self.needs if region or not self.by_region else (*self.needs, "object.region")


class Calendars:
    def __init__(self, elections: Iterable[Mapping[str, Any]]) -> None:
        self._by_election: dict[str, list[Contest]] = {}
        for election in elections:
            contests = [_contest(election, contest) for contest in election["contests"]]
            self._by_election[str(election["election"])] = contests
        self._choices: dict[tuple[str | None, str | None], Choice] = {}

    def basis(self) -> Iterator[str]:
        """Every article a calendar rests on."""
        for contests in self._by_election.values():
            for contest in contests:
                for version in contest.versions:
                    yield from version.basis

    def contests(self) -> Iterator[Contest]:
        """Everything that is voted on, election by election."""
        for contests in self._by_election.values():
            yield from contests

    def kind_of(self, election: str | None) -> str | None:
        contests = self._by_election.get(election) if election else None
        return contests[0].kind if contests else None

    def standing(self, facts: Mapping[str, Any]) -> Standing:
        """For one act laid flat. The calendar prevails over what was claimed in `object.kind`."""
        kind, day = facts.get("object.kind"), facts.get("act_date")
        contest, needs = self._find(facts)
        told: dict[str, Any] = {}
        if of_election := self.kind_of(facts.get("object.election")):
            told["object.contest"] = of_election
        if contest is None or day is None:
            if given := facts.get("object.determined_on"):
                told["object.determination"] = given
            if kind is not None and kind not in CONTESTANTS:
                return Standing(told, needs)
            if day is None:
                return Standing(told, ("act_date", *needs, *_kind_if_unknown(kind)))
            return _claimed(kind, day, given, told, needs)
        return _by_calendar(kind, day, told, contest)

    def _find(self, facts: Mapping[str, Any]) -> tuple[Contest | None, tuple[str, ...]]:
        """The contest, or the facts that would name it."""
        named, region = (facts.get("object.election"), facts.get("object.office")), facts.get("object.region")
        if (choice := self._choices.get(named)) is None:
            choice = self._choices[named] = self._choice(*named)
        return choice.of(region)

    def _choice(self, election: str | None, office: str | None) -> Choice:
        """An office that is not at stake there names no contest apart."""
        elections = (
            list(self._by_election.values()) if election is None else [self._by_election.get(election, [])]
        )
        contests = [one for each in elections for one in [it for it in each if office in it.offices] or each]

        def only(region: str | None) -> Contest | None:
            local = [one for one in contests if one.holds_in(region)]
            return local[0] if election and len(local) == 1 else None

        regions = {region for one in contests for region in one.regions}
        unknown = {
            "object.election": election is None,
            "object.office": office is None
            and any(len({one.offices for one in each}) > 1 for each in elections),
        }
        return Choice(
            by_region={region: only(region) for region in regions},
            elsewhere=only(None),
            needs=tuple(path for path, needed in unknown.items() if needed),
        )


def _claimed(
    kind: str | None, day: dt.date, determined: dt.date | None, told: dict[str, Any], needs: tuple[str, ...]
) -> Standing:
    """Without a calendar: by the day of determination if it is known, else what was claimed."""
    if determined:
        told["object.standing"] = STANDINGS[day >= determined]
    elif kind in STANDINGS:
        told["object.standing"] = kind
    else:
        return Standing(told, (*needs, *_kind_if_unknown(kind)))
    return Standing(told, needs, claimed=True)


def _kind_if_unknown(kind: str | None) -> tuple[str, ...]:
    return () if kind else ("object.kind",)


def _by_calendar(kind: str | None, day: dt.date, told: dict[str, Any], contest: Contest) -> Standing:
    """Windows are counted from the days of determination and of voting, by the calendar of the day of the act."""
    version = contest.version_on(day)
    told["object.determination"] = version.determined_on
    if version.voting_on:
        told["object.voting"] = version.voting_on
    if kind is not None and kind not in CONTESTANTS:  # a party, for one, has no standing
        return Standing(told)
    told["stage"] = stage = version.stage(day)
    told["circumstances.during_campaign"] = stage == "kampanye"
    if kind is None:
        return Standing(told, ("object.kind",), contest, version)
    told["object.standing"] = STANDINGS[day >= version.determined_on]
    return Standing(told, (), contest, version)


def pointed_out(given: Mapping[str, Any], standing: Standing) -> Iterator[str]:
    """The flags of an act's standing: where the calendar is odd, or is not what was claimed."""
    kind, determined = given.get("object.kind"), given.get("object.determined_on")
    contest, version = standing.contest, standing.version
    if contest is None or version is None:
        if standing.claimed and not determined:
            yield "tahap_menurut_keterangan"
        return
    by_calendar = STANDINGS[given["act_date"] >= version.determined_on]
    odd = {
        "hari_penetapan": given["act_date"] == version.determined_on,
        "tanggal_penetapan_berbeda": bool(determined) and determined != version.determined_on,
        "kalender_berubah": len(contest.versions) > 1,
        "kalender_belum_terverifikasi": version.status != "verified",
        "kalender_bertentangan": kind in STANDINGS and kind != by_calendar,
        "jabatan_tidak_diperebutkan": given.get("object.office", contest.office) not in contest.offices,
    }
    yield from (flag for flag, raised in odd.items() if raised)


def _contest(election: Mapping[str, Any], contest: Mapping[str, Any]) -> Contest:
    versions = sorted((_version(version) for version in contest["versions"]), key=lambda one: one.start)
    return Contest(
        election=election["election"],
        kind=election["contest"],
        offices=frozenset(contest["offices"]),
        regions=frozenset(contest["regions"]),
        versions=tuple(versions),
    )


def _version(version: Mapping[str, Any]) -> Version:
    day = dt.date.fromisoformat
    return Version(
        code=version["code"],
        start=day(version["from"]),
        determined_on=day(version["determined_on"]),
        stages=tuple(
            (code, day(span["from"]), day(span["until"])) for code, span in version["stages"].items()
        ),
        basis=tuple(version["basis"]),
        status=version["status"],
    )
