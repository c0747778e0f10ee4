"""Keys, their files, and the vault's key in two halves."""

import json
import os
import stat

import pytest

from netral.sealing import (
    BadSignatureError,
    IndexKey,
    SealingError,
    SealKey,
    SigningKey,
    join_vault_key,
    read_key,
    split_vault_key,
    write_key,
)
from netral.sealing import keys as module

KINDS = [SealKey, SigningKey, IndexKey]
PASSPHRASES = ("angin barat daya", "batu karang hitam")


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_file_gives_its_key_back(tmp_path, kind):
    key = kind.generate()
    write_key(tmp_path / "a.key", key)
    assert read_key(tmp_path / "a.key") == read_key(tmp_path / "a.key", kind) == key
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["a.key"]


def test_a_key_file_is_never_overwritten(tmp_path):
    key = SealKey.generate()
    write_key(tmp_path / "a.key", key)
    with pytest.raises(SealingError, match="sudah ada"):
        write_key(tmp_path / "a.key", SealKey.generate())
    assert read_key(tmp_path / "a.key") == key
    assert os.listdir(tmp_path) == ["a.key"]


def test_nothing_is_left_behind_when_the_disk_fails(tmp_path, monkeypatch):
    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", fail)
    with pytest.raises(SealingError, match="tidak dapat ditulis: tempat penyimpanan penuh"):
        write_key(tmp_path / "a.key", SealKey.generate())
    assert os.listdir(tmp_path) == []


def test_a_place_that_is_none_is_named(tmp_path):
    (tmp_path / "berkas").write_text("")
    for place in (tmp_path / "tidak-ada" / "a.key", tmp_path / "berkas" / "a.key"):
        with pytest.raises(SealingError, match=r"a\.key tidak dapat ditulis"):
            write_key(place, SealKey.generate())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_key_file_open_to_others_is_refused(tmp_path, mode):
    write_key(tmp_path / "a.key", SealKey.generate())
    (tmp_path / "a.key").chmod(mode)
    with pytest.raises(SealingError, match=r"terbuka bagi pengguna lain.*chmod 600"):
        read_key(tmp_path / "a.key")


def test_a_key_of_another_kind_is_refused(tmp_path):
    write_key(tmp_path / "a.key", SealKey.generate())
    with pytest.raises(SealingError, match="berisi kunci 'seal', seharusnya 'signing'"):
        read_key(tmp_path / "a.key", SigningKey)


def test_a_missing_or_damaged_key_file_is_refused(tmp_path):
    path = tmp_path / "a.key"
    with pytest.raises(SealingError, match="tidak dapat dibaca"):
        read_key(path)
    # Not a SealKey: X25519 clears five bits, so a file damaged only there still holds the same key.
    write_key(path, SigningKey.generate())
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(SealingError):
            read_key(path)


@pytest.mark.parametrize("kind", KINDS)
def test_no_repr_shows_a_secret(kind):
    key = kind(b"\x5a" * 32)
    assert "5a5a" not in repr(key).lower()
    assert "ZZZZ" not in repr(key)
    assert key.key_id in repr(key)


def test_keys_of_other_kinds_are_other_keys():
    assert SealKey(b"k" * 32) != SigningKey(b"k" * 32)
    assert SealKey(b"k" * 32) == SealKey(b"k" * 32)
    assert len({SealKey(b"k" * 32), SealKey(b"k" * 32), SealKey(b"l" * 32)}) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_has_32_bytes(kind):
    with pytest.raises(SealingError, match="31"):
        kind(b"k" * 31)


def test_a_signature_fits_its_data_and_key_only():
    key = SigningKey.generate()
    signature = key.sign(b"isi")
    key.public.verify(b"isi", signature)
    for verifier, data, candidate in [
        (key.public, b"lain", signature),
        (SigningKey.generate().public, b"isi", signature),
        (key.public, b"isi", signature[:-1]),
        (key.public, b"isi", bytes(64)),
    ]:
        with pytest.raises(BadSignatureError):
            verifier.verify(data, candidate)


def test_index_tokens_meet_under_one_key_only():
    key = IndexKey.generate()
    assert key.token("sari") == key.token("sari")
    assert len(key.token("sari")) == 16
    assert key.token("sari") != key.token("sara")
    assert key.token("sari") != IndexKey.generate().token("sari")


# --- the vault's key ---


@pytest.fixture(scope="module")
def vault():
    key = SealKey.generate()
    return key, split_vault_key(key, PASSPHRASES)


def test_both_halves_with_both_passphrases_open_the_vault(vault):
    key, shares = vault
    assert join_vault_key(shares, PASSPHRASES) == key
    assert join_vault_key(shares[::-1], PASSPHRASES[::-1]) == key


def test_a_wrong_passphrase_names_its_half(vault):
    _, shares = vault
    with pytest.raises(SealingError, match="Bagian 2 tidak terbuka"):
        join_vault_key(shares, (PASSPHRASES[0], "bukan frasa yang benar"))


def test_one_half_twice_is_not_enough(vault):
    _, shares = vault
    with pytest.raises(SealingError, match="bagian yang sama"):
        join_vault_key((shares[0], shares[0]), (PASSPHRASES[0], PASSPHRASES[0]))


def test_halves_of_two_keys_do_not_meet(vault):
    _, shares = vault
    others = split_vault_key(SealKey.generate(), PASSPHRASES)
    with pytest.raises(SealingError, match="tidak berasal dari kunci yang sama"):
        join_vault_key((shares[0], others[1]), PASSPHRASES)


def test_a_half_holds_neither_the_key_nor_a_half_of_it_in_clear(vault):
    key, shares = vault
    again = split_vault_key(key, PASSPHRASES)
    for share, other in zip(shares, again, strict=True):
        assert key.raw not in share
        assert {name for name, value in json.loads(share).items() if json.loads(other)[name] != value} == {
            "salt",
            "nonce",
            "box",
        }


def test_a_damaged_half_is_refused(vault):
    _, (first, second) = vault
    for damaged in (
        first.replace(b'"share":1', b'"share":2'),
        first[:-10],
        b"{}",
        first.replace(b'"v":1', b'"v":2'),
    ):
        with pytest.raises(SealingError):
            join_vault_key((damaged, second), PASSPHRASES)


@pytest.mark.parametrize("passphrases", [("pendek", PASSPHRASES[1]), (PASSPHRASES[0], PASSPHRASES[0])])
def test_short_and_shared_passphrases_are_refused(passphrases):
    with pytest.raises(SealingError, match=r"[Ff]rasa sandi"):
        split_vault_key(SealKey.generate(), passphrases)
