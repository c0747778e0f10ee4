"""Proof bundles: what a phone needs instead of the whole export, a few KB of hashes.

Canonical JSON `{"format":"netral-proof-1","head":note,"inclusion":[hex],"earlier":size,"consistency":[hex]}`:
the path from the leaf of one receipt to a signed head, and from a head kept earlier to the same signed head.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from netral.sealing.canonical import SealingError, canonical_json, parse_canonical
from netral.sealing.checkpoint import Head
from netral.sealing.merkle import (
    NodeGetter,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)

FORMAT = "netral-proof-1"


@dataclass(frozen=True, slots=True)
class ProofBundle:
    """`head` is a signed note, `earlier` the size of the log that `consistency` starts from (0: none)."""

    head: str
    inclusion: tuple[bytes, ...]
    earlier: int
    consistency: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        return canonical_json(
            {
                "format": FORMAT,
                "head": self.head,
                "inclusion": [node.hex() for node in self.inclusion],
                "earlier": self.earlier,
                "consistency": [node.hex() for node in self.consistency],
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        fields = parse_canonical(data.removesuffix(b"\n"), "Berkas bukti")
        match fields:
            case {
                "format": "netral-proof-1",
                "head": str(head),
                "inclusion": list(inclusion),
                "earlier": int(earlier),
                "consistency": list(consistency),
            } if len(fields) == 5:
                return cls(head, _hashes(inclusion), earlier, _hashes(consistency))
            case _:
                raise SealingError(f"Berkas bukti bukan berformat {FORMAT}.")

    def check_inclusion(self, leaf: bytes, index: int, head: Head) -> None:
        """Raises SealingError unless `leaf` is at `index` under `head`, the verified head of this bundle."""
        verify_inclusion(leaf, index, head.size, self.inclusion, head.root)

    def covers(self, earlier: Head, head: Head) -> bool:
        """Whether this bundle can lead from `earlier` to its own `head`."""
        return earlier.size in (self.earlier, head.size)

    def check_consistency(self, earlier: Head, head: Head) -> None:
        """Raises SealingError unless `head`, the verified head of this bundle, continues `earlier`."""
        proof = self.consistency if earlier.size != head.size else ()
        verify_consistency(earlier.size, head.size, earlier.root, head.root, proof)


def make_proof_bundle(index: int, size: int, head: str, nodes: NodeGetter, earlier: int = 0) -> ProofBundle:
    """The bundle for leaf `index` under the signed note `head` of `size` leaves, from `earlier` leaves on."""
    inclusion = tuple(inclusion_proof(index, size, nodes))
    return ProofBundle(head, inclusion, earlier, tuple(consistency_proof(earlier, size, nodes)))


def _hashes(values: Iterable[object]) -> tuple[bytes, ...]:
    try:
        hashes = tuple(bytes.fromhex(str(value)) for value in values)
    except ValueError as error:
        raise SealingError("Berkas bukti memuat simpul yang bukan heksadesimal.") from error
    if any(len(node) != 32 for node in hashes):
        raise SealingError("Berkas bukti memuat simpul yang panjangnya salah.")
    return hashes
