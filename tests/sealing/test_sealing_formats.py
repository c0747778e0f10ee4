"""Every format as it was first written. Whoever changes one gives it a new tag and keeps these readable."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull
from sealing_register import CODE, Register

from netral.sealing import (
    AgencyKeys,
    Context,
    DataKey,
    FileSealer,
    IndexKey,
    Keyring,
    ReceiptSecrets,
    SealKey,
    commit,
    derive_salt,
    files,
    join_vault_key,
    leaf_hash,
    make_proof_bundle,
    open_file,
    parse_receipt,
    read_key,
    sha256,
    unb64,
    verifier_key,
    verify_head,
    write_key,
)

HERE = Context("report", "000102030405060708090a0b0c0d0e0f", "body")
SEAL_KEY, DATA_KEY = SealKey(bytes(range(32))), DataKey(bytes(range(32)))


@pytest.fixture
def register() -> Register:
    register = Register()
    register.fill(3)
    return register


# --- second implementations, from the RFCs and docs/design.md section 1 alone ---


def hkdf_extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, material, hashlib.sha256)


def hkdf_expand(key: bytes, info: bytes, size: int) -> bytes:
    """RFC 5869, one block."""
    return hmac.digest(key, info + b"\x01", hashlib.sha256)[:size]


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


OBJECT = bytes(range(16))
TAG = framed(b"netral-context-1", b"report", OBJECT, b"body")
OBJECT_TAG = framed(b"netral-object-1", b"report", OBJECT)


def hpke_open(sealed: bytes, info: bytes) -> bytes:
    """RFC 9180 base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305."""

    def extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
        return hkdf_extract(salt or bytes(32), b"HPKE-v1" + suite + label + material)

    def expand(suite: bytes, key: bytes, label: bytes, info: bytes, size: int) -> bytes:
        return hkdf_expand(key, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, size)

    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    sender = sealed[:32]
    shared = SEAL_KEY.x25519.exchange(X25519PublicKey.from_public_bytes(sender))
    secret = expand(
        kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", sender + SEAL_KEY.public.raw, 32
    )
    context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    key = extract(suite, secret, b"secret", b"")
    cipher = ChaCha20Poly1305(expand(suite, key, b"key", context, 32))
    return cipher.decrypt(expand(suite, key, b"base_nonce", context, 12), sealed[32:], b"")


# --- contexts, commitments, receipt codes ---


def test_context_tags():
    assert HERE.tag() == TAG
    assert HERE.object_tag() == OBJECT_TAG
    assert TAG.hex() == (
        "000000106e657472616c2d636f6e746578742d31000000067265706f72740000001000010203040506070809"
        "0a0b0c0d0e0f00000004626f6479"
    )


def test_receipt_secrets():
    secrets = ReceiptSecrets.derive(CODE)
    assert secrets.lookup.hex() == "456c0c84ddd5a0b3a885356cac84c675d8fd5988c7438d87765dc55ceae6d881"
    assert secrets.key.raw.hex() == "64daa38e0ddf114004c84430184f2b8dbc4afcc3e8a76d637bb2730e7795c70d"
    assert secrets.salt.hex() == "2f20b3c820349815cdbb3712d2ada6e9d1806fddc0d74a97211561f05714717a"
    assert secrets.commitment == "446ce44c58a066463230c7cb32069126590c4f53bc2ae5f05b27ff6df9c1ff6d"
    extracted = hkdf_extract(b"netral-receipt-1", CODE.encode())
    assert [secrets.lookup, secrets.key.raw, secrets.salt] == [
        hkdf_expand(extracted, info, 32) for info in (b"lookup", b"key", b"salt")
    ]


def test_commitments():
    expected = "7a31b8903f5ce8b3fa87ccd13ac5858199ee6290b0708b8a7a2d3ed37e8fd542"
    assert commit(HERE, b"s" * 32, b"isi") == expected
    assert sha256(framed(b"netral-commit-1", TAG, b"s" * 32, sha256(b"isi"))).hex() == expected


def test_derived_salts():
    salt = derive_salt(b"s" * 32, HERE.object_id)
    assert salt.hex() == "7df8e304eb3cfc8a45f9d5234153dd90ec9f7619b0cd783dcb02a9aabd598ac1"
    assert salt == hkdf_expand(hkdf_extract(b"netral-salt-1", b"s" * 32), OBJECT, 32)


# --- envelopes ---


def test_envelope_of_a_text():
    sealed = unb64(
        "AfeYXUkiFweIhHfVCHPuU1argtH5faTPMnpNZp5Rn7RqfB16NHdrJKMVR+A6LUn/7jxz7bUo7SU6mvfCnNlY4DCd"
        "LjmvUx3rMCr+gXBKyI7XBTSHszHcMn5xA92yQ7x4tAZH2d1TcZLHxzzmW/yyFSFWgyoP0k/bhG9JMqBsV5dkqY3i"
        "Oj41xH2BohQV/f5OfzU9hoVK+Z7FmBwczFXpuMF6ZVPDtBewbudhBRLGWC0gdexN1gOvq59JyytDa6Fy5tsY6WGL"
        "rZ4bM8gHWVhITCF//rwgoVEXwccGND4UClgWhLpFlGL0Ee3Ahgi0YzL6iEE/j7/xVUHkei3fv00QelzfpU4OmIE9"
        "yxQ8deENC1T2om1r6LL2juqC+Iuvrfx4MGuvmfUw5qqpO2V/5JoQy1Pc+BGo+nvyP+tbgTh+MwH6iAGnxBSVBheA"
        "SyKQBV21QKTxBZi24yccFKRcxH3Pi7poaRs1km3uzuJWPnbOLN7bWvv9nZUyFcZol8DE1vJha4dPh4QLJ5Rjbyzd"
        "er05tER8ta6s3cgwFdqLM3UKL+7iyux5u26VE6znd1E87ZBJy9AyofQebvtKyhHEle30t34JCrZVbB+CkQHl+Wje"
        "5eGHlZTfx/P9CZyxqexu1wlk+lUXC6fSbMfFeDTW23YYIUCQ/M7NLX5uX5frOp0B8aQMCbvV/lyYZwHq4xrJbpuB"
        "yBS1E8yxVFLHlI+n+7XR9KZQQ/3xooZ0eg=="
    )
    assert DATA_KEY.open(HERE, sealed) == b"isi laporan"
    assert sealed[0] == 1
    assert len(sealed) == 1 + 24 + 512 + 16


def test_keyring():
    stored = (
        '{"v":1,"wraps":{"bd119e4828ded0bf9adb6997130cd12a":"1Sp64ZkqFj6FR2IZLHOOoYymRJc+gik+IFaZ'
        'XrY7/yQxxg4mRR3ZDWJs5d+nhddCRincRx/Zee6YpW1HUQelYkFqH/WM+qIgJPJEiAEtBBg="}}'
    )
    keyring = Keyring.from_bytes(stored.encode())
    assert keyring.to_bytes() == stored.encode()
    assert keyring.open(SEAL_KEY, HERE).raw == DATA_KEY.raw
    (key_id,) = keyring.key_ids
    assert key_id == sha256(b"netral-key-1" + SEAL_KEY.public.raw)[:16].hex()
    assert hpke_open(keyring.wraps[key_id], framed(OBJECT_TAG, bytes.fromhex(key_id))) == DATA_KEY.raw


def test_envelope_of_a_file(monkeypatch):
    header = bytes(range(24))

    def fixed(state, key):
        crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
        return header

    monkeypatch.setattr(files, "crypto_secretstream_xchacha20poly1305_init_push", fixed)
    sealer = FileSealer(DATA_KEY, HERE)
    sealed = sealer.write(b"a" * 70_000) + sealer.finish()
    assert sealed.startswith(b"netral-file-1" + header)
    assert sha256(sealed).hex() == "c5c0f977b4495a9db136e6c5ae4d65fc616ba638c6e59a03488e8c77b6d59b18"
    assert b"".join(open_file(DATA_KEY, HERE, [sealed])) == b"a" * 70_000


# --- keys ---


def test_key_file(tmp_path):
    write_key(tmp_path / "a.key", SEAL_KEY)
    assert (tmp_path / "a.key").read_text() == (
        '{"id":"bd119e4828ded0bf9adb6997130cd12a","kind":"seal","v":1,'
        '"value":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}\n'
    )
    assert read_key(tmp_path / "a.key") == SEAL_KEY


def test_agency_keys():
    keys = AgencyKeys(SEAL_KEY.public, SealKey(bytes(32)).public)
    line = (
        b'{"kind":"agency","seal":"j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=","v":1,'
        b'"vault":"L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q="}\n'
    )
    assert keys.to_bytes() == line
    assert AgencyKeys.from_bytes(line) == keys


def test_index_token():
    assert IndexKey(bytes(range(32))).token("sari").hex() == "fe5b4d6a17e44649c92ecc3fd5c79cf1"


def test_vault_shares():
    first = (
        '{"box":"pHQrCJZ8Tr0RqBkLOID4gKfK7cDUWNVz1oa+uYF3C9UCMPnvkp7hp0MYG3gLIiRF","key":"bd119e4'
        '828ded0bf9adb6997130cd12a","kind":"vault-share","nonce":"bbVzm1h22U2mvQKQTxsz+chm3mkV0zr'
        '8","salt":"M4sj0fwqJuWcrXkXb/1E9Q==","share":1,"v":1}\n'
    )
    second = (
        '{"box":"ouKi5V4nrEM7N9cf/OUXLPPqy7mvfBHNFlXzeBJz3MlE5PtRNW1tVNzjrsNqvBUm","key":"bd119e4'
        '828ded0bf9adb6997130cd12a","kind":"vault-share","nonce":"rdgV9nTub7W3DPLdU4ho2fWapfyNtxA'
        'R","salt":"WFjzxKNaHUyT5dMj1tPCGA==","share":2,"v":1}\n'
    )
    shares = (first.encode(), second.encode())
    assert join_vault_key(shares, ("angin barat daya", "batu karang hitam")) == SEAL_KEY


# --- the log ---


def test_leaf(register):
    assert (
        leaf_hash(register.entry()).hex()
        == "448d0ed695c00a141a1dadf2036bd24c7fe8d5ff30974108340d4b22f33c1440"
    )
    assert sha256(b"\x00" + register.entry()) == leaf_hash(register.entry())


def test_receipt_document(register):
    expected = (
        "tanda-terima: 1\n"
        "kode: 01234-56789-ABCDE-FGHJK-MNPQRS\n"
        "register: way-tirta.example/log\n"
        "nomor-urut: 3\n"
        "entri: eyJhIjoiaW50YWtlLnJlcG9ydC5yZWNlaXZlZCIsImJ5IjoicHVibGljIiwiZCI6eyJyZWNlaXB0IjoiN"
        "DQ2Y2U0NGM1OGEwNjY0NjMyMzBjN2NiMzIwNjkxMjY1OTBjNGY1M2JjMmFlNWYwNWIyN2ZmNmRmOWMxZmY2ZCJ9L"
        "CJuIjoiMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiLCJyb3dzIjp7fSwicyI6InJlcG9ydC8xIiwid"
        "CI6IjIwMjQtMTAtMjAiLCJ2IjoxfQ==\n"
        "daun: 448d0ed695c00a141a1dadf2036bd24c7fe8d5ff30974108340d4b22f33c1440\n"
        "kunci-register: A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\n"
        "kunci-tanda-terima: Kay64UG8yvCyLhqU000LxzYeUm0L/hLIl5S8kyKWbdc=\n"
        "berlaku-sejak: 2024-09-01\n"
        "sertifikat: VbOl1QK3HpbHSXBSfSsITfWomOnYK5gHrhL9Wq5AQd67c7c+FDgiSGvgjEO788AFJkApXnh+YRgA"
        "PxuAB4y1Cg==\n"
        "tanda-tangan: JYuGW2xfEwTiOsXuz1iZI/xQuGsC6wPUInGdVqt2Dl2fq5ry1qztm9DgqhMHmzFnE2gikoXILh"
        "U"
        "E+vfu6S9RBA==\n"
    )
    assert register.report() == expected
    parse_receipt(expected).verify()


def test_certificate(register):
    assert register.certificate.to_bytes().decode() == (
        '{"certificate":"{\\"from\\":\\"2024-09-01\\",\\"key\\":\\"Kay64UG8yvCyLhqU000LxzYeUm0L/hLIl5S8k'
        'yKWbdc=\\",\\"origin\\":\\"way-tirta.example/log\\",\\"v\\":1}","log_key":"A6EHv/POEL4dcN0Y50vA'
        'mWfk1jCbpQ1fHdyGZBJVMbg=","signature":"VbOl1QK3HpbHSXBSfSsITfWomOnYK5gHrhL9Wq5AQd67c7c+F'
        'DgiSGvgjEO788AFJkApXnh+YRgAPxuAB4y1Cg==","v":1}'
    )


HEAD = (
    "way-tirta.example/log\n"
    "4\n"
    "/Cqqg3igP0N3QCsf7QPAQXWuH588C+d0eK6sp9axsSw=\n"
    "time 2024-11-19T09:12:00Z\n"
    "\n"
    "— way-tirta.example/log E7P7BTaMXXu0QeiicZrV0dP+bgQJFYKC3rHqZ+y1zzTjzv+W9e9VRhguIv6i2Lvl"
    "SC/I4Zc539SMG9rP9HsX4IIK7gE=\n"
)


def test_head(register):
    register.report()
    assert register.head() == HEAD
    assert verify_head(HEAD, register.log_key.public).size == 4


def test_verifier_key(register):
    expected = "way-tirta.example/log+13b3fb05+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    assert verifier_key(register.origin, register.log_key.public) == expected
    name, key_hash, encoded = expected.split("+", 2)
    assert unb64(encoded) == b"\x01" + register.log_key.public.raw
    assert key_hash == sha256(name.encode() + b"\n" + unb64(encoded))[:4].hex()


def test_export(register):
    register.report()
    expected = (
        '{"format":"netral-log-export-1","log_key":"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="'
        ',"origin":"way-tirta.example/log","size":4}\n'
        "773885a613489e24ce2cf76199d6a423f042e4bbf12d7eecee912ef276c65701\n"
        "2dfb36c6f66cac361429cf46df868ab8242d3a6441f1099c8fb3f98ec5d108a4\n"
        "57c79f4f31ae029c5d4bd30b073c27c94df93438b2b4697e1e1eef5bc0394a41\n"
        "448d0ed695c00a141a1dadf2036bd24c7fe8d5ff30974108340d4b22f33c1440"
    )
    assert register.export().decode() == f"{expected}\n\n{HEAD}"


def test_proof_bundle(register):
    register.report()
    bundle = make_proof_bundle(3, 4, "kepala", register.node, 2)
    assert bundle.to_bytes().decode() == (
        '{"consistency":["a4ed52a473e843118685a263c5f6fbb7084d2217c520ea0787edaf353483721a"],"ear'
        'lier":2,"format":"netral-proof-1","head":"kepala","inclusion":["57c79f4f31ae029c5d4bd30b'
        '073c27c94df93438b2b4697e1e1eef5bc0394a41","5a47662fd8a317d96049a3f9f47c55dc67ca66051baa3'
        '683dbb19b2fe09a07b0"]}'
    )
