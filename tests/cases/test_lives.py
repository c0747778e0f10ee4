"""Whole lives of cases, and what is refused on the way."""

from __future__ import annotations

import pytest

from netral.audit.models import Entry
from netral.cases.content import Text
from netral.cases.sealed import Envelope
from netral.cases.selectors import progress_of
from netral.worklist.models import WorkItem

from .conftest import ORIGIN
from .life import ACT_DAY, SITTING, Life, act, dt


def test_a_case_goes_from_opening_to_a_cleared_respondent(life: Life) -> None:
    life.to("menunggu_1").wait(3).heard().reported(proven=False).decided()
    assert life.case.state == "penyampaian"
    life.deliver_final(day=life.day, way="diserahkan")
    assert (life.case.state, life.case.outcome) == ("selesai", "tidak_terbukti")
    assert [(s.state, s.outcome) for s in progress_of([ORIGIN])] == [("selesai", "tidak_terbukti")]
    item = WorkItem.objects.get(subject=life.case.subject)
    assert (item.open, item.due, item.step) == (False, None, "perkara_selesai")
    actions = list(
        Entry.objects.filter(subject=life.case.subject).order_by("index").values_list("action", flat=True)
    )
    assert actions == [
        f"cases.case.{name}"
        for name in (
            "open",
            "assess",
            "appoint",
            "summon",
            "hear",
            "sign_minutes",
            "report",
            "decide",
            "deliver_final",
        )
    ]


def test_a_postponed_hearing_has_a_new_letter_and_a_new_day(life: Life) -> None:
    life.to("menunggu_1").wait(2)
    day = life.day + dt.timedelta(days=5)
    summons = life.postpone(hearing_day=day, sitting=SITTING, reason="Terlapor sakit.")
    assert (summons.ordinal, summons.letter_day, summons.hearing_day) == (1, life.day, day)
    assert (life.case.state, life.case.due) == ("menunggu_1", day)
    assert life.case.summons_set.count() == 1


@pytest.mark.parametrize(
    "state", ["pemeriksa", "panggilan_1", "menunggu_1", "panggilan_2", "menunggu_2", "lhp", "keputusan"]
)
def test_every_step_has_a_day_an_owner_and_its_line_in_the_queue(life: Life, state: str) -> None:
    life.to(state)
    item = WorkItem.objects.get(subject=life.case.subject)
    assert life.case.due
    assert life.case.owner == life.examiner
    assert (item.due, item.owner, item.open) == (life.case.due, life.examiner, True)


def test_every_wording_of_an_allegation_stays(life: Life) -> None:
    (allegation,) = life.case.allegation_set.all()
    first_facts = allegation.facts
    sayings = ["Menyukai unggahan.", "Membagikan unggahan.", "Membagikan tiga unggahan."]
    until = ACT_DAY + dt.timedelta(days=2)
    life.amend_allegation(allegation=allegation, act=act(description=sayings[0]))
    life.wait(1).amend_allegation(allegation=allegation, act=act("share_post", description=sayings[1]))
    life.amend_allegation(
        allegation=allegation, act=act("share_post", until=until, facts={}, description=sayings[2])
    )
    envelope = Envelope.of(life.case)
    earlier = list(life.case.earlierwording_set.all())
    assert [envelope.read(one, Text).text for one in earlier] == ["", *sayings[:2]]
    assert [(one.conduct, one.act_date, one.until) for one in earlier] == [
        ("like_post", ACT_DAY, None),
        ("like_post", ACT_DAY, None),
        ("share_post", ACT_DAY, None),
    ]
    assert [one.facts for one in earlier] == [first_facts] * 3
    assert [(one.replaced_by, one.replaced_on) for one in earlier] == [
        (life.examiner, life.day - dt.timedelta(days=1)),
        (life.examiner, life.day),
        (life.examiner, life.day),
    ]
    (allegation,) = life.case.allegation_set.all()
    assert envelope.read(allegation, Text).text == sayings[2]
    assert (allegation.conduct, allegation.until, allegation.facts) == ("share_post", until, {})
    entry = Entry.objects.filter(subject=life.case.subject).order_by("index").last()
    assert entry
    assert earlier[-1].subject in entry.body
