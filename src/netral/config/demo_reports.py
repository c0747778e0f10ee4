"""Sixty invented reports about invented officials of Way Tirta, as villagers and colleagues would write.

Deterministic. No person, party or candidate of this world: candidates are "pasangan calon A" and "calon
bupati", addresses end in `.example`. The states cover the whole life of a report. The words are in
`demo_reports.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from netral.linkage.names import Sex

from .demo_people import SEED, DemoOfficial, officials

STORIES = Path(__file__).with_name("demo_reports.yaml")
# The day from which a report without a date counts.
UNDATED = date(2024, 10, 10)


@dataclass(frozen=True)
class DemoMessage:
    """`by` is `agency` or `reporter`."""

    by: str
    text: str


@dataclass(frozen=True)
class DemoReport:
    """One report, named as the form names it. `respondent_nip`: whom an officer found in the roster.

    `merged_into` is the position of the report it was joined to, in the list this one comes from.
    """

    acts: tuple[str, ...]
    story: str
    who_name: str
    who_office: str
    who_role: str
    when_date: date | None
    when_text: str
    where: str
    link: str
    received_on: date
    kind: str
    channel: str
    contact_name: str = ""
    contact_phone: str = ""
    messages: tuple[DemoMessage, ...] = ()
    state: str = "diterima"
    closing_reason: str = ""
    merged_into: int | None = None
    respondent_nip: str = ""


@dataclass(frozen=True)
class _Story:
    """An entry of the YAML; `who` is (role or title, part of the unit's name, which of those)."""

    acts: list[str]
    where: str
    story: str
    state: str
    who: tuple[str, str, int] | None = None
    named: bool = True
    day: date | None = None
    day_text: str = ""
    days_later: int = 1
    link: str = ""
    contact: str = ""
    closing_reason: str = ""
    kind: str = "laporan"
    channel: str = "situs"
    merged_into: int | None = None
    messages: tuple[str, ...] = ()


@cache
def demo_reports(seed: int = SEED) -> tuple[DemoReport, ...]:
    """The reports in the order of the YAML; the people in them come from `officials(seed)`."""
    people = officials(seed)
    entries = YAML(typ="safe", pure=True).load(STORIES.read_bytes())
    return tuple(_report(_Story(**entry), at, people) for at, entry in enumerate(entries))


def _report(story: _Story, at: int, people: tuple[DemoOfficial, ...]) -> DemoReport:
    person = find_person(*story.who, people) if story.who else None
    called = _called(person) if person and story.named else ""
    spouse = "istrinya" if person and person.sex == Sex.MALE else "suaminya"
    return DemoReport(
        acts=tuple(story.acts),
        story=story.story.format(who=called or "pegawai itu", spouse=spouse),
        who_name=called,
        who_office=person.unit.name if person else "",
        who_role=person.title if person else "",
        when_date=story.day,
        when_text=story.day_text,
        where=story.where,
        link=story.link,
        received_on=(story.day or UNDATED) + timedelta(days=story.days_later),
        kind=story.kind,
        channel=story.channel,
        contact_name=story.contact,
        contact_phone=f"0800-000-{at:04}" if story.contact else "",
        messages=tuple(
            DemoMessage("agency" if turn % 2 == 0 else "reporter", text)
            for turn, text in enumerate(story.messages)
        ),
        state=story.state,
        closing_reason=story.closing_reason,
        merged_into=story.merged_into,
        # A report just received has not been matched with the roster by anyone yet.
        respondent_nip=person.nip if person and story.state != "diterima" else "",
    )


def find_person(post: str, unit: str, which: int, people: tuple[DemoOfficial, ...]) -> DemoOfficial:
    """The `which`-th official of this role or title in a unit whose name holds `unit`."""
    found = [
        person
        for person in people
        if (person.role == post or person.title.startswith(post)) and unit in person.unit.name
    ]
    return found[which]


def _called(person: DemoOfficial) -> str:
    """The person as neighbours say it: "Pak Bambang", "Bu Wayan", "Bu St. Rahma"."""
    words = person.bare_name.split()
    if words[0] in ("I", "Ni"):
        words = words[1:]
    known = " ".join(words[:2]) if words[0].endswith(".") else words[0]
    return f"{'Pak' if person.sex == Sex.MALE else 'Bu'} {known}"
