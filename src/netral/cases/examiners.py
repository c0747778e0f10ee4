"""Who may examine whom: what a superior, a team and a panel must be, said about each who is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from netral.linkage.names import NipError, parse_nip, search_tokens
from netral.roster.models import Level, Official
from netral.roster.selectors import named, officials, superior_ids, superiors
from netral.ui import clock

from .cautions import of_the_house
from .codes import Element, TeamKind, Track
from .content import HEAD_OF_REGION, Person, checked
from .lifecycle import EXAMINERS, UNUSUAL_EXAMINERS
from .models import Case, TeamMember
from .selectors import involved_ids

# Which levels stand beside each other; a member stands at least where the examined does.
RANK: Mapping[str, int] = {
    HEAD_OF_REGION: 7,
    Level.JPT_UTAMA: 6,
    Level.JPT_MADYA: 5,
    Level.JPT_PRATAMA: 4,
    Level.JF_AHLI_UTAMA: 4,
    Level.ADMINISTRATOR: 3,
    Level.JF_AHLI_MADYA: 3,
    Level.PENGAWAS: 2,
    Level.JF_AHLI_MUDA: 2,
    Level.PELAKSANA: 1,
    Level.JF_AHLI_PERTAMA: 1,
    Level.JF_KETERAMPILAN: 1,
}
ELEMENTS_OF_A_TEAM = (Element.SUPERIOR, Element.SUPERVISION, Element.PERSONNEL)
SMALLEST_PANEL = 3
LEAST_PANEL = 2  # one alone is no panel


@dataclass(frozen=True)
class Candidate:
    """Someone proposed as examiner: by the roster, or from elsewhere (`official` is None) as `person` says."""

    official: Official | None
    person: Person
    element: str = ""
    chair: bool = False

    @classmethod
    def from_roster(
        cls, official: Official, *, element: str = "", chair: bool = False, rank: str = ""
    ) -> Self:
        return cls(official, Person.of(official, rank=rank), element, chair)

    @property
    def name(self) -> str:
        return self.person.name

    def succeeding(self, member: TeamMember) -> Self:
        """The same person in the member's place."""
        return replace(self, element=member.element, chair=member.chair)


def kinds_for(track: str, level: str) -> tuple[str, ...]:
    """Forms of examination this road and level allow; the weightiest where the table names none."""
    return EXAMINERS.get((track, level), (TeamKind.TEAM,))


def unusual_kinds(track: str, level: str) -> tuple[str, ...]:
    """Forms that the house cautions against on this road, and no law forbids."""
    return UNUSUAL_EXAMINERS.get((track, level), ())


def check_team(case: Case, kind: str, members: Sequence[Candidate]) -> list[str]:
    """What is cautioned against, a sentence each.

    Raises ValidationError for `kind` and `members`, a sentence for everything that does not fit.
    """
    wrong: dict[str, list[str]] = {}
    allowed = kinds_for(case.track, case.level)
    if kind not in (*allowed, *unusual_kinds(case.track, case.level)):
        names = _(" atau ").join(str(TeamKind(one).label) for one in allowed)
        wrong["kind"] = [
            _("Perkara ini diperiksa oleh %(names)s, bukan oleh %(kind)s.")
            % {"names": names.lower(), "kind": TeamKind(kind).label.lower()}
            if kind in TeamKind.values
            else _("“%(kind)s” tidak dikenal. Pilih %(names)s.") % {"kind": kind[:40], "names": names.lower()}
        ]
    if problems := [*_form_problems(kind, members), *_people_problems(case, members)]:
        wrong["members"] = problems
    if wrong:
        raise ValidationError(wrong)
    return [
        *map(of_the_house, _cautions_of_the_house(case, kind, members)),
        *_not_the_direct_one(case, members),
    ]


def _cautions_of_the_house(case: Case, kind: str, members: Sequence[Candidate]) -> Iterator[str]:
    if kind in unusual_kinds(case.track, case.level):
        usual = _(" atau ").join(str(TeamKind(one).label) for one in kinds_for(case.track, case.level))
        yield _("pada jalur ini pemeriksaan dilakukan oleh %(usual)s.") % {"usual": usual.lower()}
    if kind == TeamKind.PANEL and (len(members) < SMALLEST_PANEL or len(members) % 2 == 0):
        yield _(
            "agar suara majelis tidak seri, jumlahnya ganjil, paling sedikit %(least)s orang; yang dipilih %(number)s."
        ) % {"least": SMALLEST_PANEL, "number": len(members)}
    if not _ranks_by_law(case):
        yield from _low_ranks(case, members)


def _not_the_direct_one(case: Case, members: Sequence[Candidate]) -> Iterator[str]:
    """A higher superior takes the direct one's place where that one is involved (PP 94/2021 art. 29(6))."""
    direct = direct_superior(case)
    if case.track != Track.DISCIPLINE or direct is None:
        return
    for member in members:
        if member.element == Element.SUPERIOR and member.official != direct:
            yield _(
                "Atasan langsung terlapor menurut data pegawai, %(direct)s, digantikan atasan yang lebih tinggi, "
                "seperti %(name)s, hanya bila atasan langsung itu terlibat (PP 94/2021 Pasal 29 ayat (6))."
            ) % {"direct": Candidate.from_roster(direct).name, "name": member.name}


def direct_superior(case: Case) -> Official | None:
    """The nearest head above the respondent who may examine him; none where the roster knows none."""
    heads = (unit.head for unit in superiors(case.official))
    return next((head for head in heads if head and may_examine(case, head)), None)


def may_examine(case: Case, official: Official) -> bool:
    """Whether nothing about the person speaks against it."""
    return not any(_people_problems(case, [Candidate.from_roster(official)]))


def _form_problems(kind: str, members: Sequence[Candidate]) -> Iterator[str]:
    chairs = sum(member.chair for member in members)
    elements = {member.element for member in members}
    match kind:
        case TeamKind.SUPERIOR:
            if len(members) != 1 or elements != {Element.SUPERIOR}:
                yield _("Atasan langsung memeriksa sendiri: pilih satu orang.")
        case TeamKind.TEAM:
            for element in ELEMENTS_OF_A_TEAM:
                if element not in elements:
                    yield _("Tim pemeriksa belum memuat %(element)s.") % {"element": element.label}
            if strange := elements - set(Element.values):
                yield _("Unsur “%(element)s” tidak dikenal.") % {"element": sorted(strange)[0][:40]}
            if chairs != 1:
                yield _("Tim pemeriksa memerlukan satu ketua: pilih pada “Ketua”.")
        case TeamKind.PANEL:
            if len(members) < LEAST_PANEL:
                yield _("Majelis terdiri atas beberapa orang; yang dipilih %s.") % len(members)
            if chairs != 1:
                yield _("Majelis memerlukan satu ketua: pilih pada “Ketua”.")


def _people_problems(case: Case, members: Sequence[Candidate]) -> Iterator[str]:
    above, involved = superior_ids(case.official), involved_ids(case)
    people = [_identity(member) for member in members]
    if len(people) != len(set(people)):
        yield _("Satu orang dipilih lebih dari sekali.")
    for member in members:
        yield from (
            _outside_problems(case, member)
            if member.official is None
            else _roster_problems(case, member, member.official, above, involved)
        )
    if _ranks_by_law(case):
        yield from _low_ranks(case, members)


def _ranks_by_law(case: Case) -> bool:
    """That nobody below the examined examines stands in the rules of discipline only (PerBKN 6/2022)."""
    return case.track == Track.DISCIPLINE


def _low_ranks(case: Case, members: Sequence[Candidate]) -> Iterator[str]:
    least = case.actor.get("level", "")
    for member in members:
        if least and RANK.get(member.person.level, 0) < RANK[least]:
            yield _low_rank(member, least)


def _identity(member: Candidate) -> tuple[object, ...]:
    if member.official:
        return (member.official.pk,)
    return member.person.nip, *search_tokens(member.person.name)


def _roster_problems(
    case: Case, member: Candidate, official: Official, above: set[int], involved: set[int]
) -> Iterator[str]:
    name = {"name": member.name}
    if official.agency_id != case.agency_id or not official.active:
        yield _("%(name)s bukan pegawai aktif instansi ini.") % name
    elif official.pk == case.official_id:
        yield _("%(name)s adalah terlapor; terlapor tidak dapat memeriksa.") % name
    elif case.official_id in superior_ids(official):
        yield _("%(name)s adalah bawahan terlapor; bawahan tidak dapat memeriksa.") % name
    elif official.pk in involved:
        yield (
            _("%(name)s disebut dalam laporan yang sama; yang disebut di sana tidak dapat memeriksa.") % name
        )
    elif member.element == Element.SUPERIOR and official.pk not in above:
        yield _("%(name)s bukan atasan terlapor menurut data pegawai.") % name


def _outside_problems(case: Case, member: Candidate) -> Iterator[str]:
    """Nobody comes in from elsewhere whom the roster knows: what it says of him would not be looked at."""
    try:
        person = checked(member.person)
    except ValidationError as error:
        yield from error.messages
        return
    nip = re.sub(r"\D", "", person.nip)
    if problem := nip_problem(person):
        yield problem
    elif nip and officials(case.agency_id).filter(nip=nip).exists():
        yield _("NIP %(nip)s ada dalam data pegawai; pilih %(name)s dari data pegawai.") % {
            "nip": nip,
            "name": person.name,
        }
    elif not nip and named(case.agency_id, person.name):
        yield _(
            "%(name)s senama dengan pegawai instansi ini; pilih dari data pegawai, atau isi NIP orang luar itu."
        ) % {"name": person.name}


def nip_problem(person: Person) -> str:
    """A sentence where the NIP of someone the roster does not know cannot be one; empty where it may, or has none."""
    try:
        if person.nip:
            parse_nip(person.nip, latest_year=clock.today().year + 1)
    except NipError as error:
        return _("NIP %(name)s, “%(nip)s”, keliru: %(why)s.") % {
            "name": person.name,
            "nip": person.nip,
            "why": error,
        }
    return ""


def _low_rank(member: Candidate, least: str) -> str:
    level = member.person.level
    if not level:
        return _("Tingkat jabatan %(name)s belum diketahui; pemeriksa tidak boleh di bawah %(least)s.") % {
            "name": member.name,
            "least": Level(least).label,
        }
    return _("%(name)s (%(level)s) di bawah tingkat jabatan terlapor (%(least)s).") % {
        "name": member.name,
        "level": Level(level).label if level in Level.values else level,
        "least": Level(least).label,
    }
