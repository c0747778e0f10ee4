"""The Merkle tree of RFC 9162 section 2 over SHA-256.

Leaves are given as leaf hashes. A node is named (level, index): it covers the leaves `index << level` up to
`(index + 1) << level`, and only such perfect subtrees are ever stored, for they never change again.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from netral.sealing.canonical import SealingError

EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = tuple[int, int, bytes]  # level, index, hash
NodeGetter = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: its peaks, one perfect subtree per bit of the size, largest first."""

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size < 0 or len(peaks) != size.bit_count():
            raise SealingError(
                f"Pohon dengan {size} daun memerlukan {max(size, 0).bit_count()} puncak, bukan {len(peaks)}."
            )
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def load(cls, size: int, nodes: NodeGetter) -> "Frontier":
        """The frontier of the stored tree's first `size` leaves."""
        return cls(size, [nodes(level, index) for level, index in _perfect_subtrees(0, size)])

    @property
    def peaks(self) -> tuple[bytes, ...]:
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> list[Node]:
        """Add one leaf hash. Returns the nodes now complete: the leaf itself, then its ancestors upwards."""
        level, index, current = 0, self.size, leaf
        completed = [(level, index, current)]
        while index & 1:
            current = node_hash(self._peaks.pop(), current)
            level, index = level + 1, index >> 1
            completed.append((level, index, current))
        self._peaks.append(current)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes without keeping their nodes: `append` in a tight loop."""
        sha256, peaks, size = hashlib.sha256, self._peaks, self.size
        for leaf in leaves:
            current, index = leaf, size
            while index & 1:
                current = sha256(b"\x01" + peaks.pop() + current).digest()
                index >>= 1
            peaks.append(current)
            size += 1
        self.size = size

    def root(self) -> bytes:
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def inclusion_proof(index: int, size: int, nodes: NodeGetter) -> list[bytes]:
    """PATH(index, D[size]) of RFC 9162 section 2.1.3.1, read from stored nodes."""
    if not 0 <= index < size:
        raise SealingError(f"Daun {index} tidak ada dalam pohon dengan {size} daun.")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, nodes))
            end = middle
        else:
            proof.append(_range_root(start, middle, nodes))
            start = middle
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2. Raises SealingError unless `leaf` is at `index` of the tree with `root`."""
    if not 0 <= index < size:
        raise SealingError(f"Daun {index} tidak ada dalam pohon dengan {size} daun.")
    position, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise SealingError("Bukti penyertaan terlalu panjang.")
        if position & 1 or position == last:
            current = node_hash(sibling, current)
            position, last = _climb(position, last)
        else:
            current = node_hash(current, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise SealingError("Bukti penyertaan terlalu pendek.")
    if current != root:
        raise SealingError(f"Daun {index} tidak termasuk dalam akar pohon dengan {size} daun.")


def consistency_proof(old: int, new: int, nodes: NodeGetter) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 9162 section 2.1.4.1; empty where nothing is to prove (0 or equal sizes)."""
    if not 0 <= old <= new:
        raise SealingError(f"Pohon dengan {new} daun tidak dapat memuat pohon dengan {old} daun.")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_root(middle, end, nodes))
            end = middle
        else:
            proof.append(_range_root(start, middle, nodes))
            start = middle
    if start:  # otherwise the old tree itself is the last node, and the verifier has its root
        proof.append(_range_root(start, end, nodes))
    return proof[::-1]


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """RFC 9162 section 2.1.4.2. Raises SealingError unless the `old` leaves begin the tree of `new`."""
    if not 0 <= old <= new:
        raise SealingError(f"Pohon dengan {new} daun tidak dapat memuat pohon dengan {old} daun.")
    if old in (0, new):
        _trivially_consistent(old, new, old_root, new_root, proof)
        return
    # A perfect old tree is its own first node and is left out of the proof.
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise SealingError("Bukti kesinambungan kosong.")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise SealingError("Bukti kesinambungan terlalu panjang.")
        if position & 1 or position == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            position, last = _climb(position, last)
        else:
            newer = node_hash(newer, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise SealingError("Bukti kesinambungan terlalu pendek.")
    if older != old_root or newer != new_root:
        raise SealingError(f"Pohon dengan {new} daun bukan lanjutan dari pohon dengan {old} daun.")


def _trivially_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    if proof:
        raise SealingError("Bukti kesinambungan terlalu panjang.")
    if old_root != (new_root if old == new else EMPTY_ROOT):
        raise SealingError(f"Pohon dengan {new} daun bukan lanjutan dari pohon dengan {old} daun.")


def _climb(position: int, last: int) -> tuple[int, int]:
    """Up past the levels where the last node has no sibling and moves up as it is."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _perfect_subtrees(start: int, end: int) -> Iterable[tuple[int, int]]:
    """The nodes (level, index) that cover the leaves from `start` to `end`, largest first."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _range_root(start: int, end: int, nodes: NodeGetter) -> bytes:
    return _fold([nodes(level, index) for level, index in _perfect_subtrees(start, end)])


def _fold(peaks: Sequence[bytes]) -> bytes:
    current = peaks[-1]
    for peak in reversed(peaks[:-1]):
        current = node_hash(peak, current)
    return current
