"""From a preview to the roster: nothing before it is confirmed, everything once, proven by the log."""

from __future__ import annotations

import json
from typing import Any

import pytest

from netral.audit.models import Entry
from netral.roster import selectors, services
from netral.roster.models import Official, RosterImport, RosterUpload, RosterUploadRow, WorkUnit
from netral.roster.services import ImportRefusedError

from .conftest import ROWS, table

RENAMED = ROWS[4].replace("Sumardi", "Sumardi Baru")
NEWCOMER = "199505052022032001,Pendatang,PNS,Pengadministrasi,pelaksana,07,Dinas Baru,01,y,"


def stage(user: Any, *rows: str) -> RosterUpload:
    return services.stage_upload(user=user, data=table(*rows), file_name="pegawai.csv")


def test_a_preview_changes_nothing(administrator: Any) -> None:
    upload = stage(administrator, *ROWS)
    assert upload.counts == {
        "baru": 6, "berubah": 0, "tetap": 0, "hilang": 0, "unit_baru": 3, "unit_berubah": 0,
    }  # fmt: skip
    assert not Official.objects.exists()
    assert not WorkUnit.objects.exists()
    assert not Entry.objects.exists()


def test_an_import_brings_officials_units_and_heads(load: Any, person: Any) -> None:
    load()
    teacher = person("Ni Wayan")
    assert (teacher.full_name, teacher.employment, teacher.roles) == ("Ni Wayan Uji, S.Pd.", "pppk", ["guru"])
    assert (teacher.position.title, teacher.position.level) == ("Guru Ahli Pertama", "jf_ahli_pertama")
    school = teacher.unit
    assert school.head == person("Achmad")
    assert school.path_ids == list(
        WorkUnit.objects.filter(code__in=["01", "06", "36"]).order_by("code").values_list("pk", flat=True)
    )


def test_the_log_gets_one_entry_without_a_name(load: Any, administrator: Any) -> None:
    applied = load()
    entry = Entry.objects.get()
    body = json.loads(entry.body)
    assert (entry.action, entry.actor, entry.subject) == (
        "roster.import.applied", administrator.actor, applied.subject,
    )  # fmt: skip
    assert body["d"] == {
        "number": 1, "added": 6, "changed": 0, "unchanged": 0, "retired": 0, "roster": applied.roster_digest,
    }  # fmt: skip
    assert "Sulastri" not in entry.body


def test_a_second_file_tells_new_changed_unchanged_and_missing_apart(load: Any, administrator: Any) -> None:
    load()
    upload = stage(administrator, *ROWS[:4], RENAMED, NEWCOMER)
    assert upload.counts == {
        "baru": 1, "berubah": 1, "tetap": 4, "hilang": 1, "unit_baru": 1, "unit_berubah": 0,
    }  # fmt: skip


def test_the_missing_stay_unless_the_officer_says_otherwise(load: Any, person: Any) -> None:
    load()
    load(ROWS[:5])
    assert person("Paijo").active
    assert load(ROWS[:5], retire_missing=True).retired == 1
    assert not person("Paijo").active
    assert load().changed == 1
    assert person("Paijo").active


def test_a_person_stays_the_same_row_through_every_import(load: Any, person: Any, officer: Any) -> None:
    load()
    before = person("Sumardi")
    services.link_account(user=officer("administrator"), official=before, account=officer("pemeriksa"))
    load([*ROWS[:4], RENAMED])
    after = person("Sumardi Baru")
    assert (after.pk, after.account_id, after.since) == (before.pk, before.account_id, 1)


def test_heads_follow_the_file_and_others_stay(load: Any, person: Any) -> None:
    load()
    load([ROWS[2].replace(",y,", ",t,"), ROWS[3].replace(",t,", ",y,")])
    assert WorkUnit.objects.get(code="36").head == person("Ni Wayan")
    load([ROWS[3].replace(",y,", ",t,")])
    assert WorkUnit.objects.get(code="36").head is None
    assert WorkUnit.objects.get(code="06").head == person("Sulastri")


def test_a_head_who_left_heads_nothing(load: Any) -> None:
    load()
    load([*ROWS[:2], *ROWS[3:]], retire_missing=True)
    assert WorkUnit.objects.get(code="36").head is None


def test_a_moved_unit_takes_its_branch_along(load: Any) -> None:
    load()
    load([NEWCOMER, ROWS[1].replace(",06,Dinas Pendidikan,01,", ",06,Dinas Pendidikan,07,")])
    path = WorkUnit.objects.get(code="36").path_ids
    assert [WorkUnit.objects.get(pk=pk).code for pk in path] == ["01", "07", "06", "36"]


def test_a_file_with_an_error_is_never_applied(administrator: Any) -> None:
    upload = stage(administrator, *ROWS, "x,Salah,PNS,,,01,Sekretariat Daerah,,,")
    assert upload.error_count == 1
    with pytest.raises(ImportRefusedError, match="memuat kesalahan"):
        services.confirm_upload(user=administrator, upload=upload, retire_missing=False)
    assert not services.apply_upload(user=administrator, upload=upload, seconds=None)
    assert not Official.objects.exists()


def test_an_unconfirmed_file_is_never_applied(administrator: Any) -> None:
    assert not services.apply_upload(user=administrator, upload=stage(administrator, *ROWS), seconds=None)
    assert not Official.objects.exists()


def test_confirming_twice_does_nothing_twice(administrator: Any) -> None:
    upload = stage(administrator, *ROWS)
    for _ in range(2):
        services.confirm_upload(user=administrator, upload=upload, retire_missing=True)
        assert services.apply_upload(user=administrator, upload=upload, seconds=None)
    assert RosterImport.objects.count() == Entry.objects.count() == 1
    assert not RosterUploadRow.objects.exists()


def test_a_preview_of_an_older_roster_is_refused(load: Any, administrator: Any) -> None:
    load()
    late = RosterUpload.objects.create(
        agency=administrator.agency, base=0, file_name="lama.csv", file_digest="0" * 64,
        uploaded_by=administrator, state=RosterUpload.State.READY,
    )  # fmt: skip
    with pytest.raises(ImportRefusedError, match="sudah berubah sejak pratinjau"):
        services.confirm_upload(user=administrator, upload=late, retire_missing=False)


def test_two_imports_are_not_applied_at_once(administrator: Any) -> None:
    first = stage(administrator, *ROWS)
    services.confirm_upload(user=administrator, upload=first, retire_missing=False)
    second = stage(administrator, NEWCOMER.replace(",01,y", ",,y"))
    with pytest.raises(ImportRefusedError, match="Impor lain sedang diterapkan"):
        services.confirm_upload(user=administrator, upload=second, retire_missing=False)


def test_readers_see_nothing_of_an_import_cut_short_and_it_can_go_on(
    administrator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    upload = stage(administrator, *ROWS)
    services.confirm_upload(user=administrator, upload=upload, retire_missing=False)
    done = 0
    while not services.apply_upload(user=administrator, upload=upload, seconds=0):
        done += 1
        assert selectors.officials(administrator.agency_id).count() == 0
        assert selectors.units(administrator.agency_id).count() == 0
    assert done >= 4
    assert selectors.officials(administrator.agency_id).count() == 6
    assert selectors.roster_is_as_imported(administrator.agency_id)


def test_a_batch_that_fails_leaves_nothing_half_written(
    administrator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = stage(administrator, *ROWS)
    services.confirm_upload(user=administrator, upload=upload, retire_missing=False)
    with monkeypatch.context() as broken:
        broken.setattr(services, "record", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.apply_upload(user=administrator, upload=upload, seconds=None)
    assert not RosterImport.objects.exists()
    assert selectors.officials(administrator.agency_id).count() == 0
    assert services.apply_upload(user=administrator, upload=upload, seconds=None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Official.objects.filter(nip="199001012022212001").update(name="Lain"),
        lambda: Official.objects.filter(nip="199001012022212001").update(active=False),
        lambda: Official.objects.filter(nip="THL007").delete(),
        lambda: WorkUnit.objects.filter(code="36").update(head=None),
        lambda: WorkUnit.objects.filter(code="36").update(parent=None),
    ],
    ids=["name", "active", "deleted", "head", "parent"],
)
def test_a_change_behind_the_log_shows(load: Any, agency: Any, change: Any) -> None:
    load()
    assert selectors.roster_is_as_imported(agency.pk)
    change()
    assert not selectors.roster_is_as_imported(agency.pk)


def test_agencies_do_not_touch_each_other(load: Any, officer: Any, other_agency: Any) -> None:
    load()
    stranger = officer("koordinator", agency=other_agency)
    load(ROWS[:2], user=stranger, retire_missing=True)
    assert Official.objects.filter(active=True).count() == 8
    assert Official.objects.filter(nip="196810102005011001").count() == 2


def test_an_account_of_another_agency_is_not_linked(
    load: Any, person: Any, administrator: Any, foreign_officer: Any
) -> None:
    load()
    with pytest.raises(ImportRefusedError, match="instansi yang sama"):
        services.link_account(user=administrator, official=person("Sumardi"), account=foreign_officer)


def test_an_account_moves_from_one_official_to_another(
    load: Any, person: Any, administrator: Any, officer: Any
) -> None:
    load()
    account = officer("pemeriksa")
    for name in ("Sumardi", "Achmad"):
        services.link_account(user=administrator, official=person(name), account=account)
    assert selectors.official_of(account) == person("Achmad")
    assert selectors.links_are_as_logged()
    Official.objects.filter(account=account).update(account=None)
    assert not selectors.links_are_as_logged()
    assert Entry.objects.filter(action="roster.account.linked").count() == 2
