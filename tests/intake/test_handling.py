"""What officers do with a report, and what they may not."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from netral.accounts.rights import Role
from netral.audit.models import Entry
from netral.intake import pages, status_words
from netral.intake.actions import ACTIONS
from netral.intake.lifecycle import EDITS, TRANSITIONS, State, Step, acts_open_to
from netral.intake.models import Report
from netral.intake.requirements import requirements
from netral.intake.selectors import open_body, reasons_of, reports_visible_to, study_note
from netral.intake.services import handling, screening
from netral.intake.services.handling import OvertakenError, move
from netral.worklist.models import WorkItem

EXPECTED = Path(__file__).with_name("expected_transitions.csv")
ACTS = [*TRANSITIONS, *EDITS]


def met() -> dict[str, str]:
    return dict.fromkeys(requirements(), "terpenuhi")


def put_in(report: Report, state: str) -> Report:
    Report.objects.filter(pk=report.pk).update(state=state)
    report.refresh_from_db()
    return report


@pytest.fixture
def report(make_report: Callable[..., Report]) -> Report:
    made = make_report()
    screening.screen(report=made)
    made.refresh_from_db()
    return made


# The table ---------------------------------------------------------------------------------------------------


def expected() -> list[tuple[str, str, str, bool]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return [
            (row["keadaan"], row["tindakan"], row["peran"], row["boleh"] == "ya")
            for row in csv.DictReader(file)
        ]


def test_the_expected_file_names_every_state_act_and_role() -> None:
    named, wanted = [row[:3] for row in expected()], list(product(State.values, ACTS, Role.values))
    assert set(wanted) - set(named) == set(), "rows to be written by hand"
    assert named == wanted, "in the order of the tables, each once"


def test_the_table_allows_what_the_expected_file_says() -> None:
    for state, act, role, allowed in expected():
        assert (act in acts_open_to(role, state)) == allowed, (state, act, role)


def test_every_state_step_and_transition_has_its_words() -> None:
    assert set(pages.NUDGES) == set(Step.values)
    assert set(pages.TONES) == set(status_words.STATES) == set(State.values)
    assert {f"intake.report.{name}" for name in TRANSITIONS} <= set(ACTIONS)


def test_every_logged_act_has_its_sentence() -> None:
    services = "".join(path.read_text() for path in Path(handling.__file__).parent.glob("*.py"))
    logged = set(re.findall(r'action="(intake\.[a-z_.]+)"', services))
    assert "intake.file.added" in logged
    assert logged <= set(ACTIONS)


@pytest.mark.parametrize(("state", "name"), list(product(State.values, TRANSITIONS)))
def test_every_transition_is_allowed_from_its_sources_only(
    report: Report, officer: Callable[..., Any], state: str, name: str
) -> None:
    report, user = put_in(report, state), officer("koordinator")
    transition, before = TRANSITIONS[name], Entry.objects.count()
    act: dict[str, Any] = {
        "transition": name,
        "user": user,
        "revision": report.revision,
        "reason": "Alasan uji.",
    }
    if state not in transition.sources:
        with pytest.raises(OvertakenError):
            move(report=report, **act)
        assert Report.objects.get(pk=report.pk).state == state
        assert Entry.objects.count() == before
        return
    moved = move(report=report, **act)
    item, entry = WorkItem.objects.get(subject=report.subject), Entry.objects.order_by("-index")[0]
    assert (moved.state, item.step, item.open) == (transition.target, transition.step, moved.is_open)
    assert (moved.due is not None) == (transition.days is not None)
    assert item.due == moved.due
    assert (entry.action, entry.actor, entry.subject) == (f"intake.report.{name}", user.actor, report.subject)


@pytest.mark.parametrize(("name", "role"), list(product(TRANSITIONS, Role.values)))
def test_a_transition_needs_its_right(
    report: Report, officer: Callable[..., Any], name: str, role: str
) -> None:
    source = sorted(TRANSITIONS[name].sources)[0]
    report, user = put_in(report, source), officer(role)
    if name in acts_open_to(role, source):
        assert move(report=report, transition=name, user=user, revision=report.revision, reason="Alasan uji.")
        return
    with pytest.raises(PermissionDenied):
        move(report=report, transition=name, user=user, revision=report.revision, reason="Alasan uji.")


@pytest.mark.parametrize("name", [name for name, t in TRANSITIONS.items() if t.needs_reason])
def test_a_reason_is_asked_for_where_the_table_says_so(report: Report, owner: Any, name: str) -> None:
    put_in(report, sorted(TRANSITIONS[name].sources)[0])
    with pytest.raises(ValidationError) as refused:
        move(report=report, transition=name, user=owner, revision=report.revision, reason="  ")
    assert "reason" in refused.value.message_dict


def test_a_reason_is_sealed_and_stays_out_of_the_log(report: Report, owner: Any) -> None:
    handling.close(
        report=report,
        user=owner,
        revision=report.revision,
        closing_reason="tanpa_petunjuk",
        reason="Budi tidak ada.",
    )
    assert [(r.act, r.text) for r in reasons_of(report)] == [("intake.report.close", "Budi tidak ada.")]
    assert not Entry.objects.filter(body__contains="Budi").exists()
    assert b"Budi" not in bytes(report.notes.get().sealed_text)


# Two officers at once ---------------------------------------------------------------------------------------------


def test_of_two_officers_at_once_one_wins(report: Report, owner: Any, colleague: Any) -> None:
    handling.start_study(report=Report.objects.get(pk=report.pk), user=colleague, revision=report.revision)
    with pytest.raises(OvertakenError):
        handling.start_study(report=report, user=owner, revision=report.revision)
    assert Report.objects.get(pk=report.pk).assignee == colleague


def test_an_overtaken_study_changes_nothing(report: Report, owner: Any, colleague: Any) -> None:
    handling.start_study(report=report, user=owner, revision=report.revision)
    stale = report.revision
    handling.save_study(report=report, user=colleague, revision=stale, items=met(), note="Milik rekan.")
    with pytest.raises(OvertakenError), transaction.atomic():
        handling.save_study(report=report, user=owner, revision=stale, items={}, note="Milik saya.")
    assert study_note(Report.objects.get(pk=report.pk)) == "Milik rekan."


# Study -------------------------------------------------------------------------------------------------------------


def test_a_study_is_complete_only_when_what_is_needed_is_met(report: Report, owner: Any) -> None:
    handling.start_study(report=report, user=owner, revision=report.revision)
    items = met() | {"bukti": "kurang", "waktu_tempat": "ditanyakan"}
    handling.save_study(report=report, user=owner, revision=report.revision, items=items, note="")
    with pytest.raises(ValidationError) as refused:
        handling.complete_study(report=report, user=owner, revision=report.revision)
    assert set(refused.value.message_dict) == {"bukti", "waktu_tempat"}


@pytest.mark.parametrize(
    ("finding", "kind"),
    [("kurang", "informasi_awal"), ("tidak_berlaku", "informasi_awal"), ("terpenuhi", "laporan")],
)
def test_a_report_without_identity_becomes_first_information(
    report: Report, owner: Any, finding: str, kind: str
) -> None:
    handling.start_study(report=report, user=owner, revision=report.revision)
    items = met() | {"identitas_pelapor": finding}
    handling.save_study(report=report, user=owner, revision=report.revision, items=items, note="")
    handling.complete_study(report=report, user=owner, revision=report.revision)
    assert (report.state, report.kind) == ("lengkap", kind)


def test_a_ready_question_promises_no_more_than_a_message_keeps() -> None:
    """The answer is a message: officers read it, and files may come with it."""
    questions = {code: requirement.question for code, requirement in requirements().items()}
    assert "Petugas" in questions["identitas_pelapor"]
    assert not any("terpisah" in question for question in questions.values())
    assert "bersama balasan" in questions["bukti"]


def test_a_question_waits_for_the_answer(report: Report, owner: Any) -> None:
    handling.ask_reporter(report=report, user=owner, revision=report.revision, text="Kapan kejadiannya?")
    assert report.state == "menunggu_pelapor"
    assert report.messages.count() == 1


def test_nobody_is_asked_where_nobody_holds_a_receipt(agency: Any, owner: Any) -> None:
    from netral.intake.content import ReportBody
    from netral.intake.services.entry import enter_report

    body = ReportBody(acts=("like_post",), story="Terlihat saat apel.")
    own = enter_report(
        user=owner, body=body, contact=None, channel="pengawasan", kind="laporan", code=None
    ).report
    assert own.kind == "temuan"
    with pytest.raises(ValidationError):
        handling.ask_reporter(report=own, user=owner, revision=own.revision, text="Kapan?")


def test_a_reporter_is_written_to_also_after_the_study(report: Report, owner: Any) -> None:
    put_in(report, State.CASE)
    handling.write_reporter(
        report=report, user=owner, revision=report.revision, text="Video sudah kami terima."
    )
    assert (report.state, report.messages.count()) == ("perkara", 1)
    assert Entry.objects.latest("index").action == "intake.message.sent"
    stale = report.revision - 1
    with pytest.raises(OvertakenError):
        handling.write_reporter(report=report, user=owner, revision=stale, text="Video sudah kami terima.")
    assert report.messages.count() == 1  # two officers do not answer twice


@pytest.mark.parametrize(("role", "holds"), [(Role.INTAKE_OFFICER, False), (Role.EXAMINER, True)])
def test_a_complete_report_waits_for_one_who_may_open_a_case(
    report: Report, officer: Callable[..., Any], role: str, holds: bool
) -> None:
    user = officer(role)
    handling.start_study(report=report, user=user, revision=report.revision)
    handling.save_study(report=report, user=user, revision=report.revision, items=met(), note="")
    handling.complete_study(report=report, user=user, revision=report.revision)
    held = user.pk if holds else None
    assert (report.assignee_id, WorkItem.objects.get(subject=report.subject).owner_id) == (held, held)


# Merging -----------------------------------------------------------------------------------------------------------


def test_a_merged_report_keeps_its_reporter_and_carries_its_respondents(
    make_report: Callable[..., Report], owner: Any, roster: dict[str, Any]
) -> None:
    first, second = make_report(who_name="Kusuma"), make_report(who_name="Kusuma")
    camat = roster["197506152000121002"]
    handling.name_respondent(report=second, user=owner, revision=second.revision, official=camat)
    handling.merge(report=second, user=owner, revision=second.revision, into=first, reason="Kejadian sama.")
    second.refresh_from_db()
    assert (second.state, second.merged_into) == ("digabung", first)
    assert bytes(second.lookup or b"")
    assert [r.official for r in first.respondents.all()] == [camat]
    assert open_body(second).body.who_name == "Kusuma"
    handling.reopen(report=second, user=owner, revision=second.revision, reason="Ternyata lain.")
    assert (second.state, second.merged_into) == ("kajian", None)


def test_reports_merged_before_follow_and_a_closed_target_is_refused(
    make_report: Callable[..., Report], owner: Any
) -> None:
    first, second, third = make_report(), make_report(), make_report()
    handling.merge(report=first, user=owner, revision=1, into=second, reason="Sama.")
    handling.merge(report=second, user=owner, revision=1, into=third, reason="Sama.")
    first.refresh_from_db()
    assert first.merged_into == third
    other = make_report()
    with pytest.raises(ValidationError):
        handling.merge(report=other, user=owner, revision=1, into=second, reason="Sama.")
    with pytest.raises(ValidationError):
        handling.merge(report=other, user=owner, revision=1, into=other, reason="Sama.")


# Assigning -----------------------------------------------------------------------------------------------------------


def test_only_those_without_conflict_are_offered_and_accepted(
    make_report: Callable[..., Report], officer: Callable[..., Any], roster: dict[str, Any]
) -> None:
    coordinator, clerk = officer("koordinator"), officer("pemeriksa")
    link(clerk, roster["199004182015051001"])
    report = make_report()
    handling.name_respondent(
        report=report, user=coordinator, revision=1, official=roster["197506152000121002"]
    )
    with pytest.raises(ValidationError):
        handling.assign(report=report, user=coordinator, revision=report.revision, owner=clerk)
    handling.assign(report=report, user=coordinator, revision=report.revision, owner=coordinator)
    assert WorkItem.objects.get(subject=report.subject).owner == coordinator


def test_naming_the_owners_superior_takes_the_report_from_him(
    make_report: Callable[..., Report], officer: Callable[..., Any], roster: dict[str, Any]
) -> None:
    clerk = officer("pemeriksa")
    link(clerk, roster["199004182015051001"])
    report = make_report()
    handling.take(report=report, user=clerk, revision=1)
    handling.name_respondent(report=report, user=clerk, revision=2, official=roster["197506152000121002"])
    assert report.assignee is None
    assert WorkItem.objects.get(subject=report.subject).owner is None
    assert not reports_visible_to(clerk).filter(pk=report.pk).exists()


def link(user: Any, official: Any) -> None:
    type(official).objects.filter(pk=official.pk).update(account=user)


def test_the_reporter_of_a_merged_report_still_reads_its_state_and_writes(
    make_report: Callable[..., Report], owner: Any, public_client: Any, settings: Any
) -> None:
    first, second = make_report(), make_report()
    code = second.code  # type: ignore[attr-defined]
    settings.SITE = "staff"
    handling.merge(report=second, user=owner, revision=1, into=first, reason="Kejadian sama.")
    settings.SITE = "public"
    page = public_client.post("/cek/", {"kode": code}, secure=True).content.decode()
    assert "keduanya ditangani bersama" in page
    assert "Kejadian sama." not in page
    sent = public_client.post("/cek/pesan/", {"kode": code, "text": "Saya punya foto lain."}, secure=True)
    assert sent.status_code == 200
    assert WorkItem.objects.get(subject=second.subject).unread
