"""Heads: signed notes that others can read and witnesses can sign too."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from netral.sealing import (
    BadSignatureError,
    Head,
    SealingError,
    SigningKey,
    parse_verifier_key,
    sign_head,
    verifier_key,
    verify_head,
)

KEY = SigningKey(b"l" * 32)
HEAD = Head("way-tirta.example/log", 7, b"r" * 32, datetime(2024, 10, 20, 9, 12, tzinfo=UTC))
NOTE = sign_head(HEAD, KEY)


def test_a_head_comes_back():
    assert verify_head(NOTE, KEY.public) == HEAD


def test_the_time_is_written_in_utc():
    jakarta = timezone(timedelta(hours=7))
    assert sign_head(Head(HEAD.origin, 7, HEAD.root, HEAD.time.astimezone(jakarta)), KEY) == NOTE


def test_every_flipped_byte_of_a_head_is_seen():
    note = NOTE.encode()
    for at in range(len(note)):
        altered = (note[:at] + bytes([note[at] ^ 1]) + note[at + 1 :]).decode(errors="replace")
        with pytest.raises(SealingError):
            verify_head(altered, KEY.public)


def test_a_head_of_another_key_is_a_bad_signature():
    with pytest.raises(BadSignatureError, match="tidak ditandatangani oleh kunci register ini"):
        verify_head(NOTE, SigningKey.generate().public)


def test_an_altered_size_is_a_bad_signature():
    with pytest.raises(BadSignatureError, match="telah diubah"):
        verify_head(NOTE.replace("\n7\n", "\n8\n"), KEY.public)


def test_witnesses_may_sign_beside_us():
    witness = sign_head(HEAD, SigningKey.generate()).splitlines(keepends=True)[-1]
    renamed = witness.replace(HEAD.origin, "saksi.example")
    assert verify_head(NOTE + renamed, KEY.public) == HEAD
    body, signature = NOTE.rsplit("\n\n", 1)
    assert verify_head(f"{body}\n\n{renamed}{signature}", KEY.public) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        NOTE[:-1],
        NOTE.split("\n\n")[0] + "\n\n",
        NOTE.replace("\n7\n", "\n07\n"),
        NOTE.replace("\n7\n", "\n-7\n"),
        NOTE.replace("time ", ""),
        NOTE.replace("time 2024-10-20T09", "time 2024-10-20T9"),
        NOTE.replace("\n\n", "\ntambahan\n\n"),
        NOTE.replace("way-tirta", "way tirta"),
        NOTE + "\n",
        NOTE.replace("— ", "- "),
    ],
)
def test_what_is_no_head_is_refused(text):
    with pytest.raises(SealingError):
        verify_head(text, KEY.public)


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb", "a\x00b", "a\u202eb"])
def test_an_origin_must_be_fit_to_name_a_key(origin):
    with pytest.raises(SealingError, match="Nama register"):
        sign_head(Head(origin, 0, b"r" * 32, HEAD.time), KEY)


def test_the_published_key_is_read_back_and_mistypes_are_seen():
    text = verifier_key(HEAD.origin, KEY.public)
    assert parse_verifier_key(text + "\n") == (HEAD.origin, KEY.public)
    for at in range(len(text)):
        with pytest.raises(SealingError):
            parse_verifier_key(text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :])
