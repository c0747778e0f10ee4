"""Texts, keyrings and commitments: they open in their own place with their own key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.sealing import (
    Context,
    DataKey,
    Keyring,
    SealingError,
    SealKey,
    SealPublicKey,
    canonical_json,
    commit,
    commit_digest,
    derive_salt,
    new_object_id,
    parse_canonical,
    sha256,
)

HERE = Context("report", "00" * 16, "body")
ELSEWHERE = [
    Context("message", "00" * 16, "body"),
    Context("report", "01" * 16, "body"),
    Context("report", "00" * 16, "note"),
]


@given(st.binary(max_size=2000))
def test_a_text_comes_back(plaintext):
    key = DataKey.generate()
    assert key.open(HERE, key.seal(HERE, plaintext)) == plaintext


def test_every_flipped_byte_is_seen():
    key = DataKey.generate()
    sealed = key.seal(HERE, b"isi")
    for at in range(len(sealed)):
        with pytest.raises(SealingError):
            key.open(HERE, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])


def test_every_truncation_is_seen():
    key = DataKey.generate()
    sealed = key.seal(HERE, b"isi")
    for size in range(len(sealed)):
        with pytest.raises(SealingError):
            key.open(HERE, sealed[:size])


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_text_moved_elsewhere_does_not_open(place):
    key = DataKey.generate()
    with pytest.raises(SealingError, match="tidak terbuka"):
        key.open(place, key.seal(HERE, b"isi"))


def test_another_key_does_not_open():
    with pytest.raises(SealingError):
        DataKey.generate().open(HERE, DataKey.generate().seal(HERE, b"isi"))


def test_padding_hides_lengths():
    key = DataKey.generate()
    sizes = {len(key.seal(HERE, b"x" * size)) for size in range(512)}
    assert len(sizes) == 1
    assert len(key.seal(HERE, b"x" * 512)) == sizes.pop() + 512


def test_parts_of_a_context_cannot_flow_into_each_other():
    first, second = Context("ab", "00" * 16, "c"), Context("a", "00" * 16, "bc")
    assert first.tag() != second.tag()
    assert first.object_tag() != second.object_tag()


@pytest.mark.parametrize("object_id", ["", "00", "0" * 31 + "g", "A" * 32, "00" * 17, "00" * 16 + "\n"])
def test_a_context_needs_a_whole_object_id(object_id):
    with pytest.raises(SealingError):
        Context("report", object_id, "body")


def test_object_ids_are_fresh():
    assert len({new_object_id() for _ in range(100)}) == 100


# --- keyrings ---


def test_each_recipient_opens_and_nobody_else():
    key, agency, vault, stranger = (
        DataKey.generate(),
        SealKey.generate(),
        SealKey.generate(),
        SealKey.generate(),
    )
    keyring = Keyring.from_bytes(Keyring.make(key, HERE, [agency.public, vault.public]).to_bytes())
    assert keyring.open(agency, HERE).raw == keyring.open(vault, HERE).raw == key.raw
    assert keyring.key_ids == {agency.key_id, vault.key_id}
    with pytest.raises(SealingError, match=stranger.key_id):
        keyring.open(stranger, HERE)


def test_a_wrap_under_a_strangers_name_does_not_open():
    key, agency, stranger = DataKey.generate(), SealKey.generate(), SealKey.generate()
    wrap = Keyring.make(key, HERE, [agency.public]).wraps[agency.key_id]
    with pytest.raises(SealingError, match="rusak"):
        Keyring({stranger.key_id: wrap}).open(stranger, HERE)


def test_a_keyring_serves_all_fields_of_its_object_and_no_other_object():
    key, agency = DataKey.generate(), SealKey.generate()
    keyring = Keyring.make(key, HERE, [agency.public])
    assert keyring.open(agency, Context("report", "00" * 16, "note")).raw == key.raw
    for place in ELSEWHERE[:2]:
        with pytest.raises(SealingError, match="milik objek lain"):
            keyring.open(agency, place)


def test_recipients_come_and_go():
    key, agency, other = DataKey.generate(), SealKey.generate(), SealKey.generate()
    first = Keyring.make(key, HERE, [agency.public])
    both = first.with_recipient(first.open(agency, HERE), HERE, other.public)
    assert both.wraps[agency.key_id] == first.wraps[agency.key_id]
    moved = both.without(agency.key_id)
    assert moved.open(other, HERE).raw == key.raw
    with pytest.raises(SealingError):
        moved.open(agency, HERE)
    with pytest.raises(SealingError, match="terakhir"):
        moved.without(other.key_id)
    with pytest.raises(SealingError, match="tidak disegel"):
        moved.without(agency.key_id)


def test_every_flipped_byte_of_a_keyring_is_seen():
    key, agency = DataKey.generate(), SealKey.generate()
    stored = Keyring.make(key, HERE, [agency.public]).to_bytes()
    for at in range(len(stored)):
        with pytest.raises(SealingError):
            Keyring.from_bytes(stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]).open(agency, HERE)


def test_a_keyring_needs_recipients_with_sound_keys():
    with pytest.raises(SealingError, match="tanpa penerima"):
        Keyring.make(DataKey.generate(), HERE, [])
    with pytest.raises(SealingError, match="X25519"):
        Keyring.make(DataKey.generate(), HERE, [SealPublicKey(bytes(32))])


# --- commitments and canonical JSON ---


def test_a_commitment_depends_on_everything_in_it():
    salt = b"s" * 32
    commitments = {commit(place, salt, b"isi") for place in [HERE, *ELSEWHERE]}
    commitments |= {commit(HERE, b"t" * 32, b"isi"), commit(HERE, salt, b"lain")}
    assert len(commitments) == 6
    assert commit(HERE, salt, b"isi") == commit_digest(HERE, salt, sha256(b"isi"))


def test_salts_differ_by_object_and_report():
    assert (
        len({derive_salt(salt, object_id) for salt in (b"a", b"b") for object_id in ("00" * 16, "01" * 16)})
        == 4
    )


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b"1.0",
        b"[",
        b"\xff",
        b"NaN",
        b"",
        b"1e999",
        b'"\\ud800"',
        b"[" * 9999 + b"]" * 9999,
        b"[" * 99999,
    ],
)
def test_only_canonical_json_is_read(text):
    with pytest.raises(SealingError):
        parse_canonical(text, "Uji")


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(SealingError):
        canonical_json({"a": 2**60})
    with pytest.raises(SealingError):
        canonical_json({"a": b"bytes"})
