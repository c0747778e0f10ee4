"""Backups: streamed through age, opened by the identity kept offline."""

from io import BytesIO

import pytest

from netral.sealing import SealingError
from netral.sealing.archive import decrypt_stream, encrypt_stream, new_backup_identity

PLAINTEXT = bytes(range(256)) * 1000


def encrypt(*recipients: str) -> bytes:
    target = BytesIO()
    encrypt_stream(BytesIO(PLAINTEXT), target, list(recipients))
    return target.getvalue()


def decrypt(archive: bytes, identity: str) -> bytes:
    target = BytesIO()
    decrypt_stream(BytesIO(archive), target, identity)
    return target.getvalue()


def test_an_archive_comes_back_for_each_recipient():
    (first, first_recipient), (second, second_recipient) = new_backup_identity(), new_backup_identity()
    archive = encrypt(first_recipient, second_recipient)
    assert archive.startswith(b"age-encryption.org/v1\n")
    assert PLAINTEXT[:64] not in archive
    assert decrypt(archive, first) == decrypt(archive, second) == PLAINTEXT


def test_another_identity_does_not_open():
    _, recipient = new_backup_identity()
    stranger, _ = new_backup_identity()
    with pytest.raises(SealingError, match="tidak terbuka"):
        decrypt(encrypt(recipient), stranger)


def test_a_damaged_archive_does_not_open():
    identity, recipient = new_backup_identity()
    archive = encrypt(recipient)
    for damaged in (archive[:-1], archive[:100], b"", archive[:-9] + b"x" + archive[-8:], archive + b"x"):
        with pytest.raises(SealingError):
            decrypt(damaged, identity)


def test_whatever_byte_of_the_header_is_altered_one_sentence_says_so():
    identity, recipient = new_backup_identity()
    archive = encrypt(recipient)
    for at in range(archive.index(b"---")):
        with pytest.raises(SealingError, match=r"\A.* tidak terbuka: .*\Z"):
            decrypt(archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :], identity)


def test_keys_that_are_none_are_refused():
    with pytest.raises(SealingError, match="tidak dapat dienkripsi"):
        encrypt("age1bukan")
    with pytest.raises(SealingError, match="tidak dapat dienkripsi"):
        encrypt()
    _, recipient = new_backup_identity()
    with pytest.raises(SealingError, match="tidak terbuka"):
        decrypt(encrypt(recipient), "AGE-SECRET-KEY-BUKAN")
