"""The register's check of itself: does the log hold, and do the rows still fit it?

Everything is recomputed from the stored entries; nothing that the database says about itself is believed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from netral.sealing import Frontier, SealingError, VerifyKey, leaf_hash, unb64, verify_head

from . import guards, heads
from .models import Entry, Head, LoggedModel, Node, row_digest

BATCH = 20_000
# Heads come every hour; acts of the public carry the day alone, which is up to a day before the act.
UNSIGNED_FOR = timedelta(days=2)
_NUMBER = re.compile(r"[A-Z]-(?P<year>\d{4})-(?P<running>\d{1,9})", re.ASCII)
COLUMNS = "index", "at", "action", "actor", "subject", "body", "leaf", "root"


@dataclass(frozen=True)
class Problem:
    """One thing that does not fit; `where` names the row, `what` says it in a sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class Walk:
    """What one pass over the log yields for the checks after it: the newest digest of every row, some roots."""

    tree: Frontier = field(default_factory=Frontier)
    digests: dict[str, str] = field(default_factory=dict)
    wanted_roots: frozenset[int] = frozenset()
    roots: dict[int, bytes] = field(default_factory=dict)


def check_register(
    log_key: VerifyKey, *, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Problem]:
    """Every problem of guards, log, tree, heads and rows. An empty result means the register is whole."""
    for name in guards.missing():
        yield Problem(name, "pemicu penjaga hilang atau berubah")
    for name in guards.strange():
        yield Problem(name, "pemicu asing: bukan dari program ini")
    kept = [path.read_text() for path in heads.kept()]
    published = list(Head.objects.order_by("size").values_list("size", "root", "made_at", "note"))
    sizes = {_size_of(note) for note in [*kept, *(note for *_, note in published)]}
    walk = Walk(wanted_roots=frozenset(sizes))
    yield from _check_entries(walk, progress)
    yield from _check_heads(
        walk,
        [(note, f"kepala {size}", (size, bytes(root), made)) for size, root, made, note in published],
        log_key,
    )
    yield from _check_heads(walk, [(note, "kepala di folder heads", None) for note in kept], log_key)
    for lost in sorted({_size_of(note) for note in kept} - {size for size, *_ in published}):
        yield Problem(f"kepala {lost}", "tersimpan di folder heads tetapi hilang dari register")
    yield from _check_signing(max(sizes, default=0))
    yield from _check_rows(walk.digests)


def rolled_back() -> str | None:
    """A sentence where the newest kept head knows more than the register, else None. Cheap enough for every start."""
    note = heads.newest()
    if note is None:
        return None
    size = _size_of(note)
    root = Entry.objects.filter(index=size - 1).values_list("root", flat=True).first()
    if root is not None and _root_of(note) == bytes(root):
        return None
    return (
        f"Register tidak lagi memuat kepala log {size} yang pernah ditandatangani: "
        "isinya dikembalikan ke keadaan lama atau diubah. "
        "Pulihkan cadangan yang lebih baru, atau jalankan `netral check` dan laporkan hasilnya."
    )


def _check_entries(walk: Walk, progress: Callable[[int], None]) -> Iterator[Problem]:
    """Grows the tree entry by entry and compares all that is stored of it: leaves, roots, nodes."""
    stored = _StoredNodes()
    for expected, (index, day, action, actor, subject, body, leaf, root) in enumerate(_entries()):
        where = f"entri {index}"
        if index != expected:
            yield Problem(where, f"nomor {expected} hilang atau urutan berubah")
            return
        if leaf_hash(body.encode()) != leaf:
            yield Problem(where, "isi tidak cocok dengan hash-nya")
        entry = json.loads(body)
        if (entry["a"], entry["by"], entry["s"], entry["t"][:10]) != (action, actor, subject, day[:10]):
            yield Problem(where, "kolom tidak cocok dengan isi")
        for level, place, computed in walk.tree.append(leaf)[1:]:
            if stored.take(level, place) != computed:
                yield Problem(f"simpul {level}/{place}", "hilang atau tidak cocok dengan anaknya")
        computed = walk.tree.root()
        if computed != root:
            yield Problem(where, "akar tidak cocok dengan entri sebelumnya")
        if walk.tree.size in walk.wanted_roots:
            walk.roots[walk.tree.size] = computed
        walk.digests.update(entry["rows"])
        if walk.tree.size % BATCH == 0:
            progress(walk.tree.size)
    if beyond := Node.objects.count() - stored.taken:
        yield Problem("simpul", f"{beyond} simpul di luar pohon")


def _entries() -> Iterator[tuple[int, str, str, str, str, str, bytes, bytes]]:
    """Raw rows in order: a million entries neither fit in memory nor need Django's converters."""
    for *row, leaf, root in _rows(Entry, COLUMNS, 0, 1 << 48):
        yield *row, bytes(leaf), bytes(root)


class _StoredNodes:
    """The stored nodes in the order in which a growing tree completes them, read level by level at once."""

    def __init__(self) -> None:
        self.taken = 0
        self._levels: dict[int, Iterator[tuple[int, bytes]]] = {}
        self._ahead: dict[int, tuple[int, bytes]] = {}

    def take(self, level: int, index: int) -> bytes | None:
        """The node's hash, None if it is not stored. Of one level, indexes must be asked for in order."""
        position = level << 48 | index
        if level not in self._levels:
            self._levels[level] = _rows(Node, ("position", "hash"), level << 48, level + 1 << 48)
            self._step(level)
        found, stored = self._ahead[level]
        if found != position:
            return None
        self._step(level)
        self.taken += 1
        return bytes(stored)

    def _step(self, level: int) -> None:
        self._ahead[level] = next(self._levels[level], (-1, b""))


def _rows(model: type[Model], columns: Sequence[str], start: int, stop: int) -> Iterator[tuple[Any, ...]]:
    """Rows in order of their key, the first of `columns`, from `start` up to `stop`, as the database holds them."""
    key = f'"{columns[0]}"'
    # As text, a moment is no longer given to a converter on SQLite; Django keeps sessions in UTC.
    chosen = ", ".join(f'CAST("{name}" AS text)' if name == "at" else f'"{name}"' for name in columns)
    query = (
        f'SELECT {chosen} FROM "{model._meta.db_table}" '  # noqa: S608 (our own names)
        f"WHERE {key} >= %s AND {key} < %s ORDER BY {key} LIMIT %s"
    )
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [start, stop, BATCH])
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < BATCH:
                return
            start = rows[-1][0] + 1


def _check_heads(
    walk: Walk, notes: Iterable[tuple[str, str, tuple[int, bytes, datetime] | None]], log_key: VerifyKey
) -> Iterator[Problem]:
    for note, where, columns in notes:
        try:
            head = verify_head(note, log_key)
        except SealingError as error:
            yield Problem(where, str(error))
            continue
        if columns not in (None, (head.size, head.root, head.time)):
            yield Problem(where, "kolom tidak cocok dengan catatan yang ditandatangani")
        if walk.roots.get(head.size) != head.root:
            yield Problem(
                where, f"register tidak lagi memuat {head.size} entri dengan akar yang ditandatangani"
            )


def _check_signing(signed: int) -> Iterator[Problem]:
    """What no head covers can still be rewritten, so heads must keep coming."""
    oldest = Entry.objects.filter(index__gte=signed).order_by("index").values_list("at", flat=True).first()
    if oldest is not None and datetime.now(UTC) - oldest > UNSIGNED_FOR:
        yield Problem(
            "kepala log",
            f"entri mulai nomor {signed} sudah lebih dari dua hari tidak ditandatangani; "
            "pastikan proses pekerja berjalan",
        )


def _check_rows(digests: dict[str, str]) -> Iterator[Problem]:
    """Each register row against the newest entry that names it, and each named row still there."""
    unseen = set(digests)
    for model in apps.get_models():
        if not issubclass(model, LoggedModel):
            continue
        label = model._meta.label_lower
        names = [(name, model._attname(name)) for name in model.LOGGED]
        for values in model._default_manager.values("pk", *(attname for _, attname in names)).iterator(BATCH):
            subject = f"{label}/{values['pk']}"
            unseen.discard(subject)
            if subject not in digests:
                yield Problem(subject, "ada di register tanpa jejak dalam log")
            elif digests[subject] != row_digest({name: values[attname] for name, attname in names}):
                yield Problem(subject, "diubah di luar log")
    for subject in sorted(unseen):
        yield Problem(subject, "tercatat dalam log tetapi hilang dari register")


def check_numbering(
    counter: type[Model], counters: Mapping[tuple[int, int], int], given: Iterable[tuple[int, str]]
) -> Iterator[Problem]:
    """Numbers like `L-2024-0007` run without a gap and `counters`, by agency and year, stand at the highest."""
    numbers: dict[tuple[int, int], list[int]] = defaultdict(list)
    for agency, number in given:
        if found := _NUMBER.fullmatch(number):
            numbers[agency, int(found["year"])].append(int(found["running"]))
        else:
            yield Problem(counter._meta.label_lower, f"“{number}” bukan nomor register")
    for agency, year in sorted(counters.keys() | numbers.keys()):
        value, taken = counters.get((agency, year), 0), sorted(numbers[agency, year])
        where = f"{counter._meta.label_lower} {agency}/{year}"
        if taken != list(range(1, len(taken) + 1)):
            yield Problem(where, "nomor urut berlubang")
        if value != max(taken, default=0):
            yield Problem(where, f"penghitung berdiri di {value}, nomor tertinggi {max(taken, default=0)}")


def _size_of(note: str) -> int:
    return int(note.split("\n")[1])


def _root_of(note: str) -> bytes:
    return unb64(note.split("\n")[2])
