"""Reading the roster. Every object a view shows comes from an `access_*` function here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from netral.accounts.models import User
from netral.accounts.rights import Right
from netral.accounts.selectors import officers
from netral.audit.models import Entry
from netral.linkage.names import search_tokens, search_words
from netral.sealing import canonical_json
from netral.ui.paging import FIRST, PAGE, Page, Turn, page_of

from .models import Official, RosterImport, RosterUpload, WorkUnit

LINKED = "roster.account.linked"
PAST = 20
OPEN_STATES = (RosterUpload.State.READY, RosterUpload.State.APPLYING)


@dataclass(frozen=True)
class UnitNode:
    """A unit in the tree; `people` counts its own active officials."""

    unit: WorkUnit
    people: int
    children: list[UnitNode] = field(default_factory=list)


def current_generation(agency_id: int) -> int:
    """The number of the last import that is visible; 0 before the first."""
    found = RosterImport.objects.filter(agency=agency_id).aggregate(last=Max("number"))["last"]
    return found or 0


def last_import_at(agency_id: int) -> dt.datetime | None:
    found: dt.datetime | None = RosterImport.objects.filter(agency=agency_id).aggregate(at=Max("at"))["at"]
    return found


def officials(agency_id: int) -> QuerySet[Official]:
    """The agency's visible officials, those no longer active included."""
    return Official.objects.filter(agency=agency_id, since__lte=current_generation(agency_id)).select_related(
        "unit", "position"
    )


def units(agency_id: int) -> QuerySet[WorkUnit]:
    return WorkUnit.objects.filter(agency=agency_id, since__lte=current_generation(agency_id))


def access_officials(user: User) -> QuerySet[Official]:
    if not user.has_right(Right.ROSTER_VIEW):
        return Official.objects.none()
    return officials(user.agency_id)


def access_official(*, user: User, pk: int) -> Official:
    return get_object_or_404(access_officials(user), pk=pk)


def access_units(user: User) -> QuerySet[WorkUnit]:
    if not user.has_right(Right.ROSTER_VIEW):
        return WorkUnit.objects.none()
    return units(user.agency_id).select_related("head")


def access_upload(*, user: User, pk: int) -> RosterUpload:
    return get_object_or_404(access_uploads(user), pk=pk)


def access_uploads(user: User) -> QuerySet[RosterUpload]:
    if not user.has_right(Right.ROSTER_IMPORT):
        return RosterUpload.objects.none()
    return RosterUpload.objects.filter(agency=user.agency_id).exclude(state=RosterUpload.State.READING)


def open_upload(user: User) -> RosterUpload | None:
    """The agency's upload that waits or is under way."""
    return access_uploads(user).filter(state__in=OPEN_STATES).order_by("-pk").first()


def past_imports(user: User) -> QuerySet[RosterImport]:
    if not user.has_right(Right.ROSTER_IMPORT):
        return RosterImport.objects.none()
    return RosterImport.objects.filter(agency=user.agency_id).select_related("by").order_by("-number")[:PAST]


def unit_tree(user: User) -> list[UnitNode]:
    """The units without a parent, each with what lies below it; two queries."""
    found = access_units(user).annotate(people=Count("officials", filter=Q(officials__active=True)))
    nodes = {unit.pk: UnitNode(unit, unit.people) for unit in found.order_by("code")}
    for node in nodes.values():
        if node.unit.parent_id in nodes:
            nodes[node.unit.parent_id].children.append(node)
    return [node for node in nodes.values() if node.unit.parent_id not in nodes]


def officials_matching(user: User, query: str) -> QuerySet[Official]:
    """Everyone, also who has left, of whose name, unit or position these are words, or whose NIP begins so."""
    return access_officials(user).filter(_matches(query))


def search_officials(
    user: User, query: str = "", turn: Turn = FIRST, *, unit: int | None = None, size: int = PAGE
) -> Page[Official]:
    """Active officials by name; `query` holds words of the name, unit or position, or the start of a NIP."""
    found = officials_matching(user, query).filter(active=True)
    return page_of(found if unit is None else found.filter(unit=unit), "name", turn, size=size)


def _matches(query: str) -> Q:
    digits = re.sub(r"[\s.-]", "", query)
    if digits.isdecimal():
        return Q(nip__startswith=digits)
    match = Q()
    for word, token in search_words(query).items():
        named = Q(search_text__contains=f" {token}")
        match &= named | _holds_word("unit__name", word) | _holds_word("position__title", word)
    return match


def _holds_word(field: str, word: str) -> Q:
    """Spelt as it stands, from the beginning of a word: a *camat* is not everybody of a *kecamatan*."""
    return Q(**{f"{field}__istartswith": word}) | Q(**{f"{field}__icontains": f" {word}"})


def official_of(user: User) -> Official | None:
    """The official who uses this account, if it is linked to one."""
    return Official.objects.filter(account=user.pk).select_related("unit").first()


def unlinked_accounts(user: User) -> QuerySet[User]:
    """Accounts in use in this person's agency of which the roster does not say whose they are; by name."""
    if not user.has_right(Right.USERS_MANAGE):
        return User.objects.none()
    return officers(user).filter(official=None, is_active=True)


def links_are_as_logged() -> bool:
    """Whether every account belongs to the official whom the log names last; else somebody undid a conflict."""
    told = Entry.objects.filter(action=LINKED).order_by("index").values_list("subject", "body")
    logged = {int(subject.rpartition("/")[2]): json.loads(body)["d"]["official"] for subject, body in told}
    return logged == dict(Official.objects.exclude(account=None).values_list("account_id", "pk"))


def superior_ids(official: Official) -> set[int]:
    """Ids of the heads of his unit and of every unit above it, without his own. One query more than for his unit."""
    heads = WorkUnit.objects.filter(pk__in=official.unit.path_ids, head__isnull=False).values_list(
        "head", flat=True
    )
    return {int(head) for head in heads if head is not None} - {official.pk}


def own_and_superior_ids(user: User) -> frozenset[int]:
    """Officials whose matters are kept from this officer: himself and his chain of command."""
    official = official_of(user)
    return frozenset({official.pk, *superior_ids(official)}) if official else frozenset()


def namesakes(user: User) -> list[Official]:
    """Officials of his agency with this person's name: whose the account may be while no link says it."""
    return named(user.agency_id, user.full_name)


def named(agency_id: int, name: str) -> list[Official]:
    """The agency's officials who bear exactly this name, degrees aside."""
    words = frozenset(search_tokens(name))
    found = Official.objects.filter(agency=agency_id).select_related("unit")
    for word in words:
        found = found.filter(search_text__contains=f" {word}")
    return [official for official in found if words == set(official.search_text.split())] if words else []


def superiors(official: Official) -> list[WorkUnit]:
    """The units whose heads stand above him, nearest first, each with its head."""
    above = WorkUnit.objects.filter(pk__in=official.unit.path_ids, head__isnull=False).exclude(
        head=official.pk
    )
    return sorted(above.select_related("head__position"), key=lambda unit: -len(unit.path_ids))


def officials_digest(agency_id: int, generation: int) -> str:
    """SHA-256 over the imported content of every official up to `generation`: canonical lines by NIP."""
    digest = hashlib.sha256()
    rows = Official.objects.filter(agency=agency_id, since__lte=generation).order_by("nip")
    for row in rows.values_list(
        "nip", "name", "titles_front", "titles_back", "employment", "unit__code", "position__title",
        "position__level", "roles", "active",
    ).iterator(chunk_size=2000):  # fmt: skip
        digest.update(canonical_json(list(row)) + b"\n")
    return digest.hexdigest()


def roster_digest(agency_id: int, generation: int, officials: str) -> str:
    """SHA-256 over the unit tree, its heads and the officials' digest: what an import leaves in the log."""
    tree = (
        WorkUnit.objects.filter(agency=agency_id, since__lte=generation)
        .order_by("code")
        .values_list("code", "name", F("parent__code"), F("head__nip"), "path")
    )
    return hashlib.sha256(
        canonical_json({"officials": officials, "units": [list(unit) for unit in tree]})
    ).hexdigest()


def not_found_by_name() -> Iterator[int]:
    """Ids of officials whom a search, and who looks for namesakes of an officer, would miss."""
    for pk, name, kept in Official.objects.values_list("pk", "name", "search_text").iterator(chunk_size=2000):
        if kept != search_text(name):
            yield pk


def search_text(name: str) -> str:
    """The words of a name as they are looked for, each after a blank."""
    return "".join(f" {token}" for token in search_tokens(name))


def roster_is_as_imported(agency_id: int) -> bool:
    """Whether the roster still is what the last import left; False: it was changed behind the log's back."""
    last = RosterImport.objects.filter(agency=agency_id).order_by("-number").first()
    if last is None:
        return not Official.objects.filter(agency=agency_id, since=0).exists()
    content = officials_digest(agency_id, last.number)
    return roster_digest(agency_id, last.number, content) == last.roster_digest
