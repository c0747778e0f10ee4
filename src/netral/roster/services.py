"""Writing the roster: a file is staged, compared, confirmed, and applied in short transactions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.audit.services import record
from netral.sealing import sha256

from .comparing import changes_unit, missing, tree_of, values_of
from .models import Official, Position, RosterImport, RosterUpload, RosterUploadRow, WorkUnit
from .rows import Sheet, read_sheet
from .selectors import LINKED, current_generation, officials, officials_digest, roster_digest, search_text
from .tables import read_table

BATCH = 500
KEPT_ERRORS = 1000
State = RosterUpload.State
Change = RosterUploadRow.Change
UPDATED = (
    "name", "titles_front", "titles_back", "employment", "position", "unit", "roles", "active", "search_text",
)  # fmt: skip


class ImportRefusedError(ValueError):
    """The import cannot go on; the message says in Indonesian why and what to do."""


def import_roster(*, user: User, data: bytes, file_name: str, retire_missing: bool = False) -> RosterImport:
    """The whole way at once, for the command line. Raises TableError, or ImportRefusedError with a fault."""
    upload = stage_upload(user=user, data=data, file_name=file_name)
    if upload.errors:
        line, column, value, allowed = upload.errors[0]
        raise ImportRefusedError(f"Baris {line}, kolom {column}, isi “{value}”: {allowed}.")
    confirm_upload(user=user, upload=upload, retire_missing=retire_missing)
    apply_upload(user=user, upload=upload, seconds=None)
    return RosterImport.objects.get(agency=user.agency_id, number=upload.base + 1)


def stage_upload(*, user: User, data: bytes, file_name: str) -> RosterUpload:
    """Reads and compares a file; the roster stays as it is. Raises TableError where it is no usable table."""
    base = current_generation(user.agency_id)
    tree = tree_of(user.agency_id)
    known = {code: unit["parent"] for code, unit in tree.items()}
    sheet = read_sheet(read_table(data), known_units=known, on=timezone.localdate())
    _forget_older(user.agency_id)
    upload = RosterUpload.objects.create(
        agency=user.agency,
        base=base,
        file_name=file_name[-120:],
        file_digest=sha256(data).hex(),
        uploaded_by=user,
        units={
            code: {"name": unit.name, "parent": unit.parent, "head": unit.head}
            for code, unit in sheet.units.items()
        },
        errors=[[e.line, e.column, e.value, e.allowed] for e in sheet.errors[:KEPT_ERRORS]],
        error_count=len(sheet.errors),
    )
    upload.counts = _stage_rows(upload, sheet, tree)
    upload.state = State.READY
    upload.save(update_fields=["counts", "state"])
    return upload


def confirm_upload(*, user: User, upload: RosterUpload, retire_missing: bool) -> None:
    """Lets a staged file be applied; a second confirmation changes nothing. Raises ImportRefusedError."""
    if upload.error_count:
        raise ImportRefusedError(_("Berkas masih memuat kesalahan; perbaiki lalu unggah kembali."))
    try:
        with transaction.atomic():
            current = RosterUpload.objects.select_for_update().get(pk=upload.pk, agency=user.agency_id)
            if current.state != State.READY:
                return
            if current.base != current_generation(user.agency_id):
                raise ImportRefusedError(
                    _("Data pegawai sudah berubah sejak pratinjau ini; unggah ulang berkasnya.")
                )
            current.state, current.retire_missing = State.APPLYING, retire_missing
            current.save(update_fields=["state", "retire_missing"])
    except IntegrityError:
        raise ImportRefusedError(_("Impor lain sedang diterapkan; selesaikan dahulu.")) from None


def apply_upload(*, user: User, upload: RosterUpload, seconds: float | None) -> bool:
    """Applies a confirmed file for at most `seconds` (None: to the end); True once it is visible.

    Each step is a short transaction and may be repeated, so a call cut short is continued by the next one,
    and two calls at once do the work once. New officials and the unit tree appear together with the
    import's own row; officials that changed or left are each wholly old or wholly new meanwhile.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    steps = (_add_units, _write_officials, _retire_missing)
    for step in steps:
        while step(upload):
            if until is not None and time.monotonic() > until:
                return False
    if RosterUpload.objects.filter(pk=upload.pk, state=State.APPLYING).exists():
        # Outside the transaction, because it reads every official; none but this import writes them.
        content = officials_digest(upload.agency_id, upload.base + 1)
        _make_visible(user=user, upload=upload, content=content)
    _sweep(upload)
    return RosterUpload.objects.filter(pk=upload.pk, state=State.APPLIED).exists()


def discard_upload(*, upload: RosterUpload) -> None:
    """Throws a staged file away; one that is being applied stays."""
    if RosterUpload.objects.filter(pk=upload.pk, state__in=(State.READY, State.READING)).exists():
        _sweep(upload)
        RosterUpload.objects.filter(pk=upload.pk).delete()


def link_account(*, user: User, official: Official, account: User) -> None:
    """Says that this account is the official's: matters about him and his superiors stay closed to it.

    Raises PermissionDenied, and ImportRefusedError for an account of another agency or an official who has one.
    """
    if not user.has_right(Right.USERS_MANAGE):
        raise PermissionDenied
    if official.agency_id != account.agency_id or account.agency_id != user.agency_id:
        raise ImportRefusedError(_("Akun dan pegawai harus dari instansi yang sama."))
    with transaction.atomic():
        Official.objects.filter(account=account).exclude(pk=official.pk).update(account=None)
        if not Official.objects.filter(Q(account=None) | Q(account=account), pk=official.pk).update(
            account=account
        ):
            raise ImportRefusedError(
                _("Pegawai ini sudah mempunyai akun. Kaitkan akun itu dengan orangnya dahulu.")
            )
        record(
            action=LINKED,
            actor=user.actor,
            rows=[account],
            details={"official": official.pk},
        )
    official.account = account


# Staging ----------------------------------------------------------------------------------------------------


def _stage_rows(upload: RosterUpload, sheet: Sheet, tree: dict[str, dict[str, str]]) -> dict[str, int]:
    held = {one.nip: values_of(one) for one in officials(upload.agency_id).iterator(chunk_size=2000)}
    counts = dict.fromkeys((*Change.values, "hilang", "unit_baru", "unit_berubah"), 0)

    def staged() -> Iterator[RosterUploadRow]:
        for line, entry in sheet.entries.items():
            values = asdict(entry)
            nip = values.pop("nip")
            before = held.get(nip)
            change = (
                Change.NEW
                if before is None
                else Change.SAME
                if before == values | {"active": True}
                else Change.CHANGED
            )
            counts[change] += 1
            yield RosterUploadRow(
                upload=upload, line=line, nip=nip, change=change, values=values, done=change == Change.SAME
            )

    for batch in _batches(staged(), BATCH * 2):
        RosterUploadRow.objects.bulk_create(batch)
    listed = {entry.nip for entry in sheet.entries.values()}
    counts["hilang"] = sum(values["active"] and nip not in listed for nip, values in held.items())
    for code, unit in upload.units.items():
        counts["unit_baru"] += code not in tree
        counts["unit_berubah"] += code in tree and changes_unit(tree[code], unit)
    return counts


def _forget_older(agency_id: int) -> None:
    """Only the newest preview counts."""
    for upload in RosterUpload.objects.filter(agency=agency_id, state__in=(State.READY, State.READING)):
        discard_upload(upload=upload)


def _batches(rows: Iterable[RosterUploadRow], size: int) -> Iterator[list[RosterUploadRow]]:
    pending = iter(rows)
    while batch := list(islice(pending, size)):
        yield batch


# Applying: each step is one short transaction and returns how much it did; 0 means there is nothing left
# -------


def _locked(upload: RosterUpload) -> RosterUpload | None:
    """The upload, held against a second call until the transaction ends; None once it is applied."""
    current = RosterUpload.objects.select_for_update().get(pk=upload.pk)
    return current if current.state == State.APPLYING else None


@transaction.atomic
def _add_units(upload: RosterUpload) -> int:
    """Creates the new units, still without place in the tree and not visible."""
    if not (current := _locked(upload)):
        return 0
    have = set(WorkUnit.objects.filter(agency=current.agency_id).values_list("code", flat=True))
    new = [code for code in current.units if code not in have]
    WorkUnit.objects.bulk_create(
        WorkUnit(
            agency_id=current.agency_id, code=code, name=current.units[code]["name"], since=current.base + 1
        )
        for code in new[:BATCH]
    )
    return len(new[:BATCH])


@transaction.atomic
def _write_officials(upload: RosterUpload) -> int:
    """The next batch of new or changed officials. New ones stay invisible until the import has its row."""
    if not (current := _locked(upload)):
        return 0
    rows = list(current.rows.filter(done=False).order_by("change", "id")[:BATCH])
    codes = {row.values["unit"] for row in rows}
    unit_ids = dict(
        WorkUnit.objects.filter(agency=current.agency_id, code__in=codes).values_list("code", "pk")
    )
    posts = _positions(current.agency_id, rows, unit_ids)
    Official.objects.bulk_create(
        [_official(current, row, unit_ids, posts) for row in rows],
        update_conflicts=True,
        unique_fields=["agency", "nip"],
        update_fields=UPDATED,
    )
    current.rows.filter(pk__in=[row.pk for row in rows]).update(done=True)
    return len(rows)


def _official(
    upload: RosterUpload,
    row: RosterUploadRow,
    unit_ids: dict[str, int],
    posts: dict[tuple[int, str, str], int],
) -> Official:
    values = row.values
    unit = unit_ids[values["unit"]]
    return Official(
        agency_id=upload.agency_id,
        nip=row.nip,
        name=values["name"],
        titles_front=values["titles_front"],
        titles_back=values["titles_back"],
        employment=values["employment"],
        position_id=posts.get((unit, values["title"], values["level"])),
        unit_id=unit,
        roles=values["roles"],
        search_text=search_text(values["name"]),
        since=upload.base + 1,
    )


def _positions(
    agency_id: int, rows: list[RosterUploadRow], unit_ids: dict[str, int]
) -> dict[tuple[int, str, str], int]:
    """Ids of the positions these rows hold, by (unit, title, level); those not there yet are created."""
    wanted = {
        (unit_ids[r.values["unit"]], r.values["title"], r.values["level"]) for r in rows if r.values["title"]
    }
    Position.objects.bulk_create(
        (
            Position(agency_id=agency_id, unit_id=unit, title=title, level=level)
            for unit, title, level in wanted
        ),
        ignore_conflicts=True,
    )
    held = Position.objects.filter(unit__in=unit_ids.values()).values_list("unit", "title", "level", "pk")
    return {(unit, title, level): pk for unit, title, level, pk in held}


@transaction.atomic
def _retire_missing(upload: RosterUpload) -> int:
    """The next batch of officials whom the file does not name, where that was asked for."""
    if not (current := _locked(upload)) or not current.retire_missing:
        return 0
    gone = list(missing(current).values_list("pk", flat=True)[: BATCH * 4])
    retired = Official.objects.filter(pk__in=gone).update(active=False)
    RosterUpload.objects.filter(pk=current.pk).update(
        counts=current.counts | {"dinonaktifkan": current.counts.get("dinonaktifkan", 0) + retired}
    )
    return retired


@transaction.atomic
def _make_visible(*, user: User, upload: RosterUpload, content: str) -> None:
    """Puts the unit tree in order and inserts the row that makes the generation visible."""
    if not (current := _locked(upload)):
        return
    _order_tree(current)
    number = current.base + 1
    applied = RosterImport.objects.create(
        agency_id=current.agency_id,
        number=number,
        at=timezone.now(),
        by=user,
        file_digest=current.file_digest,
        roster_digest=roster_digest(current.agency_id, number, content),
        added=current.counts[Change.NEW],
        changed=current.counts[Change.CHANGED],
        unchanged=current.counts[Change.SAME],
        retired=current.counts.get("dinonaktifkan", 0),
    )
    RosterUpload.objects.filter(pk=current.pk).update(state=State.APPLIED, units={})
    record(
        action="roster.import.applied",
        actor=user.actor,
        rows=[applied],
        details={
            "number": number,
            "added": applied.added,
            "changed": applied.changed,
            "unchanged": applied.unchanged,
            "retired": applied.retired,
            "roster": applied.roster_digest,
        },
    )


def _order_tree(upload: RosterUpload) -> None:
    """Names, parents, heads and paths as the file says; units it does not mention keep theirs."""
    tree = {unit.code: unit for unit in WorkUnit.objects.filter(agency=upload.agency_id)}
    heads = {unit["head"] for unit in upload.units.values() if unit["head"]}
    ids = dict(Official.objects.filter(agency=upload.agency_id, nip__in=heads).values_list("nip", "pk"))
    gone = _no_longer_heads(upload, heads)
    before = {unit.pk: _placed(unit) for unit in tree.values()}
    for unit in tree.values():
        if unit.head_id in gone:
            unit.head_id = None
    for code, told in upload.units.items():
        unit = tree[code]
        unit.name = told["name"]
        unit.parent_id = tree[told["parent"]].pk if told["parent"] else None
        unit.head_id = ids[told["head"]] if told["head"] else unit.head_id
    by_id = {unit.pk: unit for unit in tree.values()}
    for unit in by_id.values():
        unit.path = _path(unit, by_id)
    moved = [unit for unit in by_id.values() if _placed(unit) != before[unit.pk]]
    WorkUnit.objects.bulk_update(moved, ["name", "parent", "head", "path"], batch_size=BATCH)


def _placed(unit: WorkUnit) -> tuple[str, int | None, int | None, str]:
    return unit.name, unit.parent_id, unit.head_id, unit.path


def _no_longer_heads(upload: RosterUpload, heads: set[str]) -> set[int]:
    """Heads whom the file names without making them head of anything, and heads who left."""
    named = RosterUploadRow.objects.filter(upload=upload, nip=OuterRef("nip"))
    held = Official.objects.filter(heads__agency=upload.agency_id).annotate(named=Exists(named))
    return {pk for pk, nip, active, named in held.values_list("pk", "nip", "active", "named")
            if not active or (named and nip not in heads)}  # fmt: skip


def _path(unit: WorkUnit, by_id: dict[int, WorkUnit]) -> str:
    ids = []
    at: WorkUnit | None = unit
    while at is not None:
        ids.append(at.pk)
        at = by_id[at.parent_id] if at.parent_id else None
    return "/" + "".join(f"{pk}/" for pk in reversed(ids))


def _sweep(upload: RosterUpload) -> None:
    """Deletes the staged rows; the roster has them now, or nobody wants them."""
    while ids := list(
        RosterUploadRow.objects.filter(upload=upload).values_list("pk", flat=True)[: BATCH * 4]
    ):
        RosterUploadRow.objects.filter(pk__in=ids).delete()
