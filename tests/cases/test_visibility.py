"""Who sees a case: the agency's officers, never the respondent nor whoever serves under him."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from netral.cases import selectors, services
from netral.cases.models import Case
from netral.cases.selectors import Sight
from netral.cases.services import NewRespondent, OvertakenError
from netral.intake.requirements import requirements
from netral.intake.services import casing, handling
from netral.roster.models import Official
from netral.worklist.models import WorkItem

from .conftest import ORIGIN
from .life import Life, act, on

SEKDA, CAMAT, HEAD, CLERK, AUDITOR = (
    "197003121995031001", "197506152000121002", "198209252006042003", "199004182015051001", "198711302010122001",
)  # fmt: skip


@pytest.fixture
def link(roster: dict[str, Any], officer: Callable[..., Any]) -> Callable[..., Any]:
    """An officer whose account is this official's: `link(CAMAT, "pemeriksa")`."""

    def make(nip: str, role: str = "pemeriksa") -> Any:
        user = officer(role)
        Official.objects.filter(pk=roster[nip].pk).update(account=user)
        return user

    return make


@pytest.fixture
def camat_case(open_life: Callable[..., Life], roster: dict[str, Any]) -> Case:
    return open_life(roster[CAMAT]).case


@pytest.mark.parametrize(
    ("nip", "sees"), [(SEKDA, True), (CAMAT, False), (HEAD, False), (CLERK, False), (AUDITOR, True)]
)
@pytest.mark.parametrize("role", ["pemeriksa", "koordinator", "pimpinan"])
def test_the_respondent_and_his_subordinates_see_nothing(
    camat_case: Case, link: Callable[..., Any], nip: str, sees: bool, role: str
) -> None:
    user = link(nip, role)
    sight = Sight(user)
    assert sight.sees(camat_case) == sees
    assert sight.cases().filter(pk=camat_case.pk).exists() == sees
    rows = WorkItem.objects.filter(subject=camat_case.subject)
    assert sight.without_hidden(rows).exists() == sees
    assert selectors.numbered(sight, camat_case.number).exists() == sees
    assert selectors.naming(sight, [camat_case.official_id]).exists() == sees
    assert selectors.case_list(sight, selectors.Filters()).exists() == sees
    assert selectors.from_origin(sight, ORIGIN).exists() == sees
    assert (user in selectors.possible_owners(camat_case)) == (sees and role != "pimpinan")
    if sees:
        assert selectors.access_case(user=user, number=camat_case.number) == camat_case
    else:
        with pytest.raises(Http404):
            selectors.access_case(user=user, number=camat_case.number)


def test_another_agency_sees_nothing(camat_case: Case, foreign_officer: Any) -> None:
    assert not Sight(foreign_officer).cases().exists()
    with pytest.raises(Http404):
        selectors.access_case(user=foreign_officer, number=camat_case.number)
    with pytest.raises(OvertakenError):
        services.take(case=camat_case, user=foreign_officer, revision=camat_case.revision)


def test_an_account_that_nobody_linked_is_kept_from_cases_of_its_namesakes(
    camat_case: Case, officer: Callable[..., Any]
) -> None:
    himself = officer("pimpinan", full_name="Raden Kusuma Wardaya")
    subordinate = officer("pemeriksa", full_name="Halimah Nasution")
    other = officer("pemeriksa", full_name="Kusuma Dewi")
    assert not Sight(himself).sees(camat_case)
    assert not Sight(subordinate).sees(camat_case)
    assert Sight(other).sees(camat_case)


def test_who_is_kept_out_can_do_nothing_even_with_the_page_open(
    open_life: Callable[..., Life], roster: dict[str, Any], link: Callable[..., Any]
) -> None:
    life = open_life(roster[CAMAT])
    clerk = link(CLERK)
    with pytest.raises(OvertakenError):
        life.assess(by=clerk, accept=False, track="disiplin", level="berat", reason="Alasan.")
    life.case.refresh_from_db()
    assert (life.case.state, life.case.revision) == ("penilaian", 1)


def test_nobody_opens_a_case_against_himself_his_superior_or_someone_elsewhere(
    roster: dict[str, Any], link: Callable[..., Any], foreign_officer: Any
) -> None:
    clerk = link(CLERK)
    for nip in (CLERK, CAMAT):
        with pytest.raises(ValidationError) as refused, on(Life.day):
            services.open_cases(user=clerk, respondents=[NewRespondent(roster[nip])], acts=[act()])
        assert roster[nip].full_name in refused.value.message_dict["respondents"][0]
    with pytest.raises(PermissionDenied), on(Life.day):
        services.open_cases(user=foreign_officer, respondents=[NewRespondent(roster[CLERK])], acts=[act()])
    assert not Case.objects.exists()


def test_an_owner_who_comes_into_conflict_loses_the_case_to_who_acts_next(
    open_life: Callable[..., Life], roster: dict[str, Any], link: Callable[..., Any], colleague: Any
) -> None:
    owner = link(CLERK)
    with on(Life.day):
        clerk = Official.objects.filter(pk=roster[CLERK].pk)
        clerk.update(account=None)
        life = open_life(roster[CAMAT], user=owner)
        clerk.update(account=owner)
    life.examiner = colleague
    life.assessed()
    assert life.case.owner == colleague
    assert WorkItem.objects.get(subject=life.case.subject).owner == colleague


@pytest.fixture
def together(roster: dict[str, Any], owner: Any) -> list[Case]:
    """Two cases from one report: against the camat, and against an auditor whom nobody of the others serves."""
    people = [NewRespondent(roster[nip]) for nip in (CAMAT, AUDITOR)]
    with on(Life.day):
        return services.open_cases(
            user=owner, respondents=people, acts=[act()], sources=[services.Source(ORIGIN, "L-2024-0007")]
        )


def test_siblings_are_named_to_those_who_may_see_them(
    together: list[Case], owner: Any, link: Callable[..., Any]
) -> None:
    first, second = together
    assert list(selectors.siblings(Sight(owner), second)) == [first]
    assert list(selectors.siblings(Sight(link(SEKDA)), second)) == [first]
    assert list(selectors.siblings(Sight(link(HEAD)), second)) == []
    assert len(selectors.progress_of([ORIGIN])) == 2


@pytest.mark.parametrize("nip", [CAMAT, HEAD, CLERK, AUDITOR])
@pytest.mark.parametrize("role", ["pemeriksa", "pimpinan"])
def test_who_answers_for_the_same_report_has_no_hand_in_the_file_of_another(
    together: list[Case], link: Callable[..., Any], nip: str, role: str
) -> None:
    """Its words are about him too; and he could decide there what was done together."""
    user = link(nip, role)
    for case in together:
        assert not Sight(user).sees(case)
        assert not Sight(user).without_hidden(WorkItem.objects.filter(subject=case.subject)).exists()
        assert user not in selectors.possible_owners(case)
        with pytest.raises(Http404):
            selectors.access_case(user=user, number=case.number)
    assert not Sight(user).cases().exists()


@pytest.mark.parametrize(("nip", "sees"), [(SEKDA, True), (CAMAT, False), (CLERK, False), (AUDITOR, False)])
def test_whom_the_report_names_sees_no_case_of_it_though_none_is_against_him(
    make_report: Callable[..., Any],
    roster: dict[str, Any],
    owner: Any,
    link: Callable[..., Any],
    nip: str,
    sees: bool,
) -> None:
    with on(Life.day):
        report = make_report(received_on=Life.day)
        here: dict[str, Any] = {"report": report, "user": owner}
        handling.start_study(**here, revision=report.revision)
        for named in (AUDITOR, CAMAT):
            handling.name_respondent(**here, revision=report.revision, official=roster[named])
        met = dict.fromkeys(requirements(), "terpenuhi")
        handling.save_study(**here, revision=report.revision, items=met, note="")
        handling.complete_study(**here, revision=report.revision)
        against = [NewRespondent(roster[AUDITOR])]
        (case,) = casing.open_case(**here, revision=report.revision, respondents=against, acts=[act()])
    assert Sight(link(nip)).sees(case) == sees
