"""One case just opened, and those who handle it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from netral.cases import services
from netral.cases.services import NewRespondent, Source

from .life import OPENED, PARTY, Life, act, on

ORIGIN = "intake.report/7"


@pytest.fixture
def decider(officer: Callable[..., Any]) -> Any:
    """The head of region, who acts as personnel authority."""
    user = officer("pimpinan", full_name="Bupati Uji Coba")
    user.acts_as = "ppk_kabkota"
    user.save()
    return user


@pytest.fixture
def respondent(roster: dict[str, Any]) -> Any:
    """A clerk, below a head of section, a camat and the Sekda."""
    return roster["199004182015051001"]


@pytest.fixture
def open_life(owner: Any, decider: Any, roster: dict[str, Any]) -> Callable[..., Life]:
    """Opens a case: `open_life(official, acts=[…])`."""

    def make(official: Any = None, *, user: Any = None, acts: Any = None, **more: Any) -> Life:
        official = official or roster["199004182015051001"]
        more = {"sources": [Source(ORIGIN, "L-2024-0007")]} | more
        with on(OPENED):
            (case,) = services.open_cases(
                user=user or owner, respondents=[NewRespondent(official)], acts=acts or [act()], **more
            )
        return Life(case, user or owner, decider, roster)

    return make


@pytest.fixture
def life(open_life: Callable[..., Life]) -> Life:
    return open_life()


@pytest.fixture
def member(open_life: Callable[..., Life]) -> Life:
    """A civil servant who is a member of a party and has not resigned, assessed by the law."""
    life = open_life(acts=[act("party_member", facts=PARTY)])
    life.state_facts(actor={"has_resigned": False})
    life.assess()
    return life
