"""Where an act stands in its election: stage, and whether a candidate was determined already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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

    @property
    def voting_on(self) -> dt.date | None:
        return next((start for code, start, _ in self.stages if code == "pemungutan"), None)

    def stage(self, day: dt.date) -> str:
        """The stage a day lies in; between two stages, what has been reached."""
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
        held = [version for version in self.versions if version.start <= day]
        return held[-1] if held else self.versions[0]

    def holds_in(self, region: str | None) -> bool:
        return not self.regions or region in self.regions


@dataclass(frozen=True)
class Standing:
    """What the calendars say of one act: facts to add, facts still needed to say more, what to point out."""

    facts: dict[str, Any]
    needs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    version: Version | None = None
    claimed: bool = False  # the standing is only what was claimed; no calendar confirms it


class Calendars:
    def __init__(self, elections: Iterable[Mapping[str, Any]]) -> None:
        self._by_election: dict[str, list[Contest]] = {}
        for election in elections:
            contests = [_contest(election, contest) for contest in election["contests"]]
            self._by_election[str(election["election"])] = contests

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

    def kind_of(self, election: str) -> str | None:
        contests = self._by_election.get(election)
        return contests[0].kind if contests else None

    def standing(self, facts: Mapping[str, Any]) -> Standing:
        """For one act laid flat. The calendar prevails over what was claimed in `object.kind`."""
        kind, day = facts.get("object.kind"), facts.get("act_date")
        election = facts.get("object.election")
        contest = self.kind_of(election) if election else None
        told: dict[str, Any] = {"object.contest": contest} if contest else {}
        found, needs = self._find(facts)
        told |= _days(facts, found)
        if kind is not None and kind not in CONTESTANTS:
            return Standing(told, needs)
        if day is None:
            return Standing(told, ("act_date", *needs, *(() if kind else ("object.kind",))))
        if found is None:
            return self._claimed(facts, told, needs)
        return _by_calendar(facts, told, found)

    def _claimed(self, facts: Mapping[str, Any], told: dict[str, Any], needs: tuple[str, ...]) -> Standing:
        """Without a calendar: the day of determination if it is known, else what was claimed."""
        kind, determined = facts.get("object.kind"), facts.get("object.determined_on")
        if determined:
            return Standing(
                {**told, "object.standing": STANDINGS[facts["act_date"] >= determined]},
                claimed=True,
                needs=needs,
            )
        if kind in STANDINGS:
            flags = ("tahap_menurut_keterangan",)
            return Standing({**told, "object.standing": kind}, needs, flags, claimed=True)
        return Standing(told, (*needs, *(() if kind else ("object.kind",))))

    def _find(self, facts: Mapping[str, Any]) -> tuple[Contest | None, tuple[str, ...]]:
        """The contest, or the facts that would name it. An office that is not at stake there names none apart."""
        election, office, region = (facts.get(f"object.{name}") for name in ("election", "office", "region"))
        elections = (
            list(self._by_election.values()) if election is None else [self._by_election.get(election, [])]
        )
        contests = [one for each in elections for one in [it for it in each if office in it.offices] or each]
        local = [one for one in contests if one.holds_in(region)]
        if election and len(local) == 1 and (region or not local[0].regions):
            return local[0], ()
        unknown = {
            "object.election": election is None,
            "object.office": office is None
            and any(len({one.offices for one in each}) > 1 for each in elections),
            "object.region": region is None and any(one.regions for one in contests),
        }
        return None, tuple(path for path, needed in unknown.items() if needed)


def _days(facts: Mapping[str, Any], contest: Contest | None) -> dict[str, Any]:
    """What windows are counted from: the day of determination and of voting, by the calendar of the day of the act."""
    day, given = facts.get("act_date"), facts.get("object.determined_on")
    if contest is None or day is None:
        return {"object.determination": given} if given else {}
    version = contest.version_on(day)
    days = {"object.determination": version.determined_on, "object.voting": version.voting_on}
    return {path: found for path, found in days.items() if found}


def _by_calendar(facts: Mapping[str, Any], told: dict[str, Any], contest: Contest) -> Standing:
    kind, day, given = facts.get("object.kind"), facts["act_date"], facts.get("object.determined_on")
    version = contest.version_on(day)
    stage, standing = version.stage(day), STANDINGS[day >= version.determined_on]
    odd = {
        "hari_penetapan": day == version.determined_on,
        "tanggal_penetapan_berbeda": bool(given) and given != version.determined_on,
        "kalender_berubah": len(contest.versions) > 1,
        "kalender_belum_terverifikasi": version.status != "verified",
        "kalender_bertentangan": kind in STANDINGS and kind != standing,
        "jabatan_tidak_diperebutkan": facts.get("object.office", contest.office) not in contest.offices,
    }
    flags = tuple(flag for flag, raised in odd.items() if raised)
    told |= {"stage": stage, "circumstances.during_campaign": stage == "kampanye"}
    if kind is None:  # a party, for one, has no standing
        return Standing(told, ("object.kind",), flags, version)
    return Standing(told | {"object.standing": standing}, (), flags, version)


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
