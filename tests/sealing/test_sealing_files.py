"""Files in constant memory: whole, in order, in their place, or not at all."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netral.sealing import Context, DataKey, FileSealer, SealingError, open_file, sealed_size
from netral.sealing.files import CHUNK

HERE = Context("file", "00" * 16, "original")
KEY = DataKey(b"k" * 32)
OPENING, BLOCK = 13 + 24, CHUNK + 17


def seal(plaintext: bytes, step: int = CHUNK) -> bytes:
    sealer = FileSealer(KEY, HERE)
    pieces = [sealer.write(plaintext[at : at + step]) for at in range(0, len(plaintext), step)]
    sealed = b"".join([*pieces, sealer.finish()])
    assert sealer.plain_size == len(plaintext)
    assert sealer.plain_sha256 == hashlib.sha256(plaintext).digest()
    return sealed


def unseal(sealed: bytes, context: Context = HERE, key: DataKey = KEY) -> bytes:
    return b"".join(open_file(key, context, BytesIO(sealed)))


def blocks(sealed: bytes) -> list[bytes]:
    return [sealed[:OPENING], *(sealed[at : at + BLOCK] for at in range(OPENING, len(sealed), BLOCK))]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_at_every_edge(size):
    plaintext = bytes(range(256)) * (size // 256 + 1)
    sealed = seal(plaintext[:size])
    assert unseal(sealed) == plaintext[:size]
    assert len(sealed) == sealed_size(size)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 200_000), st.integers(1000, 150_000), st.integers(1, 100_000))
def test_pieces_may_come_and_be_read_in_any_size(size, step, read):
    plaintext = b"\x80\0" * (size // 2)
    sealed = seal(plaintext, step)
    pieces = [sealed[at : at + read] for at in range(0, len(sealed), read)]
    assert b"".join(open_file(KEY, HERE, pieces)) == plaintext


def test_size_shows_in_steps_of_a_chunk_only():
    assert {len(seal(b"x" * size)) for size in (0, 1, 1000, CHUNK - 1)} == {OPENING + BLOCK}
    assert len(seal(b"x" * CHUNK)) == OPENING + 2 * BLOCK


SEALED = seal(b"a" * CHUNK + b"b" * CHUNK + b"c")
OPEN, A, B, C = blocks(SEALED)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        OPEN[:20],
        OPEN,
        OPEN + A,
        OPEN + A + B,
        SEALED[:-1],
        OPEN + A + B[:-1],
        OPEN + B + A + C,
        OPEN + A + C,
        OPEN + A + A + B + C,
        SEALED + b"x",
        SEALED + C,
        SEALED + A,
        OPEN + A + B + blocks(seal(b"c"))[1],
        blocks(seal(b"c"))[0] + A + B + C,
        b"netral-file-2" + SEALED[13:],
    ],
    ids=range(16),  # the bytes differ in every run; parallel workers must agree on the names
)
def test_a_file_cut_extended_or_reordered_does_not_open(damaged):
    with pytest.raises(SealingError):
        unseal(damaged)


def test_flipped_bytes_are_seen():
    sealed = seal(b"isi")
    for at in [
        *range(OPENING + 64),
        *range(OPENING + 64, len(sealed), 997),
        *range(len(sealed) - 20, len(sealed)),
    ]:
        with pytest.raises(SealingError):
            unseal(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])


@pytest.mark.parametrize(
    "place",
    [
        Context("file", "01" * 16, "original"),
        Context("file", "00" * 16, "clean"),
        Context("x", "00" * 16, "original"),
    ],
)
def test_a_file_moved_elsewhere_does_not_open(place):
    with pytest.raises(SealingError):
        unseal(SEALED, place)


def test_another_key_does_not_open():
    with pytest.raises(SealingError):
        unseal(SEALED, key=DataKey.generate())


def test_memory_stays_constant():
    sealer, longest = FileSealer(KEY, HERE), 0
    for _ in range(200):
        sealer.write(b"x" * 50_000)
        longest = max(longest, len(sealer._rest))
    assert longest < CHUNK


def test_nothing_is_hashed_before_the_end_and_nothing_added_after():
    sealer = FileSealer(KEY, HERE)
    with pytest.raises(SealingError, match="belum selesai"):
        _ = sealer.plain_sha256
    sealer.finish()
    with pytest.raises(SealingError, match="sudah selesai"):
        sealer.write(b"x")
    with pytest.raises(SealingError, match="sudah selesai"):
        sealer.finish()
