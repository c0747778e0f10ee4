"""Who signs a letter, in which office, and where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from netral.accounts.models import Agency, User
from netral.roster.selectors import official_of

from .content import Person
from .law import authority_label

HEADS_OF_REGIONS = frozenset({"ppk_kabkota", "ppk_provinsi"})
HEADS = {"Provinsi": "Gubernur", "Kabupaten": "Bupati", "Kota": "Wali Kota"}


@dataclass(frozen=True)
class Signer:
    """Someone in his office, as he signs: `unit` heads his letters where it is not the agency's own."""

    title: str
    person: Person
    unit: str = ""

    def fields(self) -> dict[str, str]:
        person = self.person
        return {"title": self.title, "name": person.name, "rank": person.rank, "nip": person.nip}

    def as_person(self) -> Person:
        """The same, as someone before whom others appear."""
        return replace(self.person, position=self.title, unit=self.unit)


def leader(user: User, title: str = "") -> Signer:
    """The decider as his letters name him: by the roster, else as head of the region he decides for."""
    official = official_of(user)
    if official and official.position:
        person = Person.of(official)
        return Signer(title or person.position, person, official.unit.name)
    title = title or title_of(user.acts_as, user.agency)
    return Signer(title, Person(name=user.full_name, position=title), title)


def title_of(authority: str, agency: Agency) -> str:
    """`Bupati Way Tirta` for the PPK of Kabupaten Way Tirta; else what the corpus calls the authority."""
    if authority in HEADS_OF_REGIONS or not authority:
        return head_of_region(agency)
    label = authority_label(authority)
    return label[0].upper() + label[1:]


def head_of_region(agency: Agency) -> str:
    """`Bupati Way Tirta`, `Wali Kota Muara Biru`, `Gubernur …`; of any other agency whoever leads it."""
    kind, _space, region = agency.name.removeprefix("Pemerintah ").partition(" ")
    return f"{HEADS[kind]} {region}" if kind in HEADS else _("Pimpinan %(name)s") % {"name": agency.name}


def head_of(agency: Agency) -> Person:
    """Who forms teams by decree, as far as the accounts say it: without a name unless just one leads the region."""
    heads = User.objects.filter(agency=agency, is_active=True, acts_as__in=HEADS_OF_REGIONS)
    names = [user.full_name for user in heads[:2]]
    return Person(name=names[0] if len(names) == 1 else "", position=head_of_region(agency))


def place_of(agency: Agency) -> str:
    """Where the agency writes its letters: the end of its address, else the name of its region."""
    last = agency.address.rpartition(",")[2] if "," in agency.address else ""
    town = re.sub(r"\d+", "", last).strip(" .")
    kind, _space, region = agency.name.partition(" ")
    return town or (region if kind in HEADS else agency.name)
