"""Every staff address × every kind of visitor, generated from the address list.

An address says by `staff_view` which right it needs, or that it is a door; one that takes an object must have a
factory in OBJECTS, which makes an object of the home agency. So a new address is in the matrix or the suite fails.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from netral.accounts.rights import ROLE_RIGHTS, Role

STAFF_URLS = "netral.config.urls_staff"

# Doors: the only addresses that answer a visitor without a session.
DOORS = {"account_login", "mfa_authenticate", "accounts:activate"}


@dataclass(frozen=True)
class Address:
    name: str
    view: Any
    arguments: tuple[str, ...]

    @property
    def right(self) -> str:
        """The right it needs, or one of several; `any` for every officer, `public` for a door."""
        return str(self.view.netral_right)

    def opens_to(self, role: str) -> bool:
        return self.right == "any" or not ROLE_RIGHTS[role].isdisjoint(self.right.split("|"))


def addresses(patterns: Any = None, namespace: str = "", outer: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns if patterns is not None else get_resolver(STAFF_URLS).url_patterns:
        arguments = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inside, arguments)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", pattern.callback, arguments)


ALL = list(addresses())
GUARDED = [address for address in ALL if address.right != "public"]
OF_AN_OBJECT = [address for address in GUARDED if address.arguments]
OF_A_MATTER = [address for address in OF_AN_OBJECT if "number" in address.arguments]


@dataclass
class World:
    """One object of each kind in the home agency."""

    report: Any
    other_report: Any
    file: Any
    copy: Any
    respondent: Any
    candidate: Any
    user: Any
    upload: Any
    case: Any
    allegation: Any
    member: Any
    case_file: Any
    case_copy: Any
    letter: Any
    decree: Any
    crime: Any


@pytest.fixture
def world(
    make_report: Callable[..., Any],
    sealed_photo: Callable[..., Any],
    roster: dict[str, Any],
    officer: Callable[..., Any],
    agency: Any,
    keys: dict[str, Path],
    settings: Any,
    tmp_path: Path,
) -> World:
    from netral.accounts.keys import agency_key
    from netral.audit.services import sign_current_head
    from netral.documents.selectors import letters_of
    from netral.evidence.cleaning import claim_next, clean_file
    from netral.evidence.models import CleanCopy, StoredFile
    from netral.intake.services import handling
    from netral.roster.services import stage_upload
    from netral.sealing import SigningKey, read_key
    from tests.conftest import ROSTER_CSV

    settings.NETRAL_HEADS = tmp_path / "heads"
    report = make_report(files=[sealed_photo()])
    examiner = officer("pemeriksa")
    file = claim_next()
    assert isinstance(file, StoredFile)
    clean_file(stored_file=file, agency_key=agency_key(agency))
    copy = CleanCopy.objects.get(file=file)
    respondent = handling.name_respondent(
        report=report, user=examiner, official=roster["198209252006042003"], revision=report.revision
    )
    upload = stage_upload(user=officer("koordinator"), data=ROSTER_CSV.encode(), file_name="pegawai.csv")
    case, member, case_file, letter = _case_in_hand(officer("koordinator"), roster, sealed_photo())
    crime = _crime_referred(case, officer("pimpinan"))
    while waiting := claim_next():
        clean_file(stored_file=waiting, agency_key=agency_key(agency))
    sign_current_head(log_key=read_key(keys["worker"] / "log.key", SigningKey))
    return World(
        report=report,
        other_report=make_report(),
        file=file,
        copy=copy,
        respondent=respondent,
        candidate=roster["198711302010122001"],
        user=examiner,
        upload=upload,
        case=case,
        allegation=case.allegation_set.get(),
        member=member,
        case_file=case_file,
        case_copy=CleanCopy.objects.get(file=case_file),
        letter=letter,
        decree=letters_of(case.subject).get(kind="penerusan"),
        crime=crime,
    )


def _case_in_hand(user: Any, roster: dict[str, Any], photo: Any) -> tuple[Any, Any, Any, Any]:
    """A case against the report's respondent with an examiner, a file and a letter."""
    from netral.cases import services
    from netral.cases.content import Sitting
    from netral.cases.examiners import Candidate
    from netral.cases.models import TeamMember
    from netral.documents.selectors import letters_of
    from netral.ui import clock

    act = services.AllegedAct("like_post", datetime.date(2024, 10, 10))
    respondent = services.NewRespondent(roster["198209252006042003"])
    (case,) = services.open_cases(user=user, respondents=[respondent], acts=[act])
    services.assess(
        case=case,
        user=user,
        revision=case.revision,
        accept=False,
        track="disiplin",
        level="sedang",
        reason="Uji.",
    )
    superior = Candidate.from_roster(roster["197506152000121002"])
    services.appoint(case=case, user=user, revision=case.revision, kind="atasan", members=[superior])
    (file,) = services.add_files(case=case, user=user, revision=case.revision, files=[photo])
    sitting = Sitting(hour="09.00", place="Inspektorat")
    services.summon(
        case=case,
        user=user,
        revision=case.revision,
        hearing_day=clock.today(),
        sitting=sitting,
        caution="Uji.",
    )
    return case, TeamMember.objects.get(case=case), file, letters_of(case.subject).get()


def _crime_referred(case: Any, leader: Any) -> Any:
    from netral.cases import services

    told = {"to": "bawaslu", "reason": "Mungkin tindak pidana.", "title": "Bupati Way Tirta"}
    return services.refer_crime(case=case, user=leader, revision=case.revision, **told)


# What each argument of an address stands for; a name used differently by one address is given under "address.argument",
# by a whole app's addresses under "app.argument".
OBJECTS: dict[str, Callable[[World], Any]] = {
    "number": lambda world: world.report.number,
    "cases.number": lambda world: world.case.number,
    "cases.page": lambda world: world.case_copy.page,
    "cases:amend_allegation.pk": lambda world: world.allegation.pk,
    "cases:replace_examiner.pk": lambda world: world.member.pk,
    "cases:answer_crime.pk": lambda world: world.crime.pk,
    "cases:letter.pk": lambda world: world.letter.pk,
    "cases:attach_scan.pk": lambda world: world.letter.pk,
    "cases:replace_letter.pk": lambda world: world.letter.pk,
    "cases:replace_decree.pk": lambda world: world.decree.pk,
    "cases:file_page.pk": lambda world: world.case_file.pk,
    "page": lambda world: world.copy.page,
    "reports:withdraw.pk": lambda world: world.respondent.pk,
    "reports:file_page.pk": lambda world: world.file.pk,
    "accounts:user.pk": lambda world: world.user.pk,
    "roster:official.pk": lambda world: world.candidate.pk,
    "roster:link.pk": lambda world: world.candidate.pk,
    "roster:preview.pk": lambda world: world.upload.pk,
    "roster:discard.pk": lambda world: world.upload.pk,
    "roster:import_errors.pk": lambda world: world.upload.pk,
}


def url_of(address: Address, world: World) -> str:
    values = {}
    for argument in address.arguments:
        app = address.name.partition(":")[0]
        names = (f"{address.name}.{argument}", f"{app}.{argument}", argument)
        factory = next((OBJECTS[name] for name in names if name in OBJECTS), None)
        assert factory, f"{address.name}: no object factory for <{argument}>"
        values[argument] = factory(world)
    return reverse(address.name, kwargs=values, urlconf=STAFF_URLS)


def visit(client: Client, url: str) -> list[HttpResponse]:
    """Answers to a GET and to an empty POST; whatever they did is undone, so that visits do not meet."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answers = [client.get(url), client.post(url)]
        transaction.set_rollback(True)
    client.cookies = cookies
    return answers


def strays(
    found: list[Address], world: World, client: Client, allowed: Callable[[Address, HttpResponse], bool]
) -> dict[str, list[int]]:
    """Addresses whose answers are not all allowed, with their statuses."""
    answers = {address.name: (address, visit(client, url_of(address, world))) for address in found}
    return {
        name: [answer.status_code for answer in both]
        for name, (address, both) in answers.items()
        if not all(allowed(address, answer) for answer in both)
    }


def refused(*statuses: int) -> Callable[[Address, HttpResponse], bool]:
    """405 is allowed everywhere: an address that takes no POST says so to anyone."""
    return lambda _, answer: answer.status_code in (*statuses, 405)


def sent_to(*doors: str) -> Callable[[Address, HttpResponse], bool]:
    return lambda _, answer: (
        answer.status_code == 405 or (answer.status_code == 302 and answer["Location"].startswith(doors))
    )


def screen_for_newcomers(world: World) -> None:
    """As the worker does within seconds; until then nobody who came after a report's screening sees it."""
    from netral.intake.services import screening

    while screening.screen_pending(agency=world.report.agency):
        pass


def test_only_doors_answer_without_a_session() -> None:
    assert {address.name for address in ALL if address.right == "public"} == DOORS


def test_visitors_without_a_session_are_sent_to_the_door(
    world: World, staff_client: Callable[..., Client]
) -> None:
    assert strays(GUARDED, world, staff_client(), sent_to("/akun/masuk/")) == {}


def test_password_alone_opens_nothing(
    world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer("koordinator"), second_factor=False)
    beyond_the_door = [address for address in GUARDED if not address.name.startswith(("account", "mfa"))]
    assert strays(beyond_the_door, world, client, sent_to("/akun/faktor/", "/akun/masuk/")) == {}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_enters_by_its_rights_only(
    role: str, world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    def as_it_should(address: Address, answer: HttpResponse) -> bool:
        return (
            (answer.status_code not in (403, 404, 500))
            if address.opens_to(role)
            else refused(403)(address, answer)
        )

    client = staff_client(officer(role))
    screen_for_newcomers(world)
    assert strays(GUARDED, world, client, as_it_should) == {}


@pytest.mark.parametrize("role", Role.values)
def test_objects_of_another_agency_do_not_exist(
    role: str,
    world: World,
    officer: Callable[..., Any],
    other_agency: Any,
    staff_client: Callable[..., Client],
) -> None:
    client = staff_client(officer(role, agency=other_agency))
    open_to_role = [address for address in OF_AN_OBJECT if address.opens_to(role)]
    assert strays(open_to_role, world, client, refused(404)) == {}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER])
@pytest.mark.parametrize(
    "nip", ["198209252006042003", "199004182015051001"], ids=["respondent", "subordinate"]
)
def test_the_respondent_and_his_subordinates_do_not_see_the_file(
    nip: str,
    role: str,
    world: World,
    roster: dict[str, Any],
    officer: Callable[..., Any],
    staff_client: Callable[..., Client],
) -> None:
    from netral.roster.services import link_account

    conflicted = officer(role)
    link_account(user=officer("administrator"), official=roster[nip], account=conflicted)
    screen_for_newcomers(world)
    open_to_role = [address for address in OF_A_MATTER if address.opens_to(role)]
    assert strays(open_to_role, world, staff_client(conflicted), refused(404)) == {}
