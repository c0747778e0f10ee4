"""RFC 9162 trees against published vectors and a second, naive implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.sealing import (
    EMPTY_ROOT,
    Frontier,
    SealingError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The vectors of the certificate-transparency reference implementation (RFC 6962, same tree as RFC 9162).
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NODES = {
    "00": "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "23": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "4567": "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "3031": "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "67": "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0123": "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4": "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
}


# --- the oracle: RFC 9162 section 2.1 written as it is defined, by recursion over lists ---


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def mth(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def stored(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    frontier = Frontier()
    return {(level, index): node for leaf in leaves for level, index, node in frontier.append(leaf)}


def getter(leaves: list[bytes]):
    nodes = stored(leaves)
    return lambda level, index: nodes[level, index]


logs = st.integers(1, 70).map(lambda size: [leaf_hash(b"%d" % number) for number in range(size)])


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_published_vectors(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert EMPTY_ROOT.hex() == ROOTS[0] == Frontier().root().hex()


@pytest.mark.parametrize(
    ("index", "size", "expected"), [(0, 8, ["00", "23", "4567"]), (5, 8, ["3031", "67", "0123"]), (0, 1, [])]
)
def test_inclusion_proofs_are_those_of_the_published_vectors(index, size, expected):
    proof = inclusion_proof(index, size, getter(LEAVES))
    assert [node.hex() for node in proof] == [NODES[name] for name in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(1, 1, []), (1, 8, ["00", "23", "4567"]), (6, 8, ["4", "67", "0123"]), (2, 5, ["23", "3031"])],
)
def test_consistency_proofs_are_those_of_the_published_vectors(old, new, expected):
    proof = consistency_proof(old, new, getter(LEAVES))
    assert [node.hex() for node in proof] == [NODES[name] for name in expected]


@given(logs)
def test_roots_agree_with_the_definition(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert frontier.root() == root_of(leaves) == mth(leaves)


@given(logs, st.data())
def test_inclusion_agrees_with_the_definition_and_verifies(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(index, len(leaves), getter(leaves))
    assert proof == path(index, leaves)
    verify_inclusion(leaves[index], index, len(leaves), proof, mth(leaves))


@given(logs, st.data())
def test_consistency_agrees_with_the_definition_and_verifies(leaves, data):
    old = data.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(old, len(leaves), getter(leaves))
    assert proof == subproof(old, leaves, True)
    verify_consistency(old, len(leaves), mth(leaves[:old]), mth(leaves), proof)


@given(logs, st.data())
def test_no_other_leaf_index_size_or_proof_is_included(leaves, data):
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(index, size, getter(leaves)), mth(leaves)
    wrong = [
        (b"\0" * 32, index, size, proof, root),
        (leaves[index], index, size, [*proof, b"\0" * 32], root),
        (leaves[index], index, size, proof, b"\0" * 32),
        (leaves[index], size, size, proof, root),
        (leaves[index], -1, size, proof, root),
        *((leaves[index], other, size, proof, root) for other in range(size) if other != index),
        *((leaves[index], index, size, [*proof[:at], *proof[at + 1 :]], root) for at in range(len(proof))),
    ]
    for arguments in wrong:
        with pytest.raises(SealingError):
            verify_inclusion(*arguments)


@given(logs, st.data())
def test_an_edited_past_is_never_consistent(leaves, data):
    old = data.draw(st.integers(1, len(leaves)))
    edited = list(leaves)
    edited[data.draw(st.integers(0, old - 1))] = b"\0" * 32
    for proof in (consistency_proof(old, len(leaves), getter(log)) for log in (leaves, edited)):
        with pytest.raises(SealingError):
            verify_consistency(old, len(leaves), mth(leaves[:old]), mth(edited), proof)
        with pytest.raises(SealingError):
            verify_consistency(old, len(leaves), mth(edited[:old]), mth(leaves), proof)


def test_trivial_consistency_still_compares_the_roots():
    verify_consistency(0, 8, EMPTY_ROOT, mth(LEAVES), [])
    verify_consistency(8, 8, mth(LEAVES), mth(LEAVES), [])
    for arguments in [
        (0, 8, mth(LEAVES), mth(LEAVES), []),
        (8, 8, mth(LEAVES), b"\0" * 32, []),
        (8, 8, mth(LEAVES), mth(LEAVES), [b"\0" * 32]),
        (8, 7, mth(LEAVES), mth(LEAVES[:7]), []),
        (4, 8, mth(LEAVES[:4]), mth(LEAVES), []),
        (3, 8, mth(LEAVES[:3]), mth(LEAVES), []),
    ]:
        with pytest.raises(SealingError):
            verify_consistency(*arguments)


@given(logs, logs)
def test_a_frontier_goes_on_from_its_peaks_and_from_stored_nodes(before, after):
    whole = Frontier()
    whole.extend(before)
    for resumed in (Frontier(whole.size, whole.peaks), Frontier.load(len(before), getter(before))):
        resumed.extend(after)
        assert resumed.root() == mth(before + after)
        assert resumed.size == len(before) + len(after)


def test_a_frontier_refuses_peaks_that_do_not_fit_its_size():
    with pytest.raises(SealingError, match="puncak"):
        Frontier(3, [b"\0" * 32])


def test_proofs_outside_the_tree_are_refused():
    with pytest.raises(SealingError):
        inclusion_proof(8, 8, getter(LEAVES))
    with pytest.raises(SealingError):
        consistency_proof(9, 8, getter(LEAVES))
