"""Keys and the files that hold them, each 32 bytes long.

A key id is public: the first 16 bytes of a hash, in hex. No `repr` shows a secret.
"""

import hashlib
import hmac
import os
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self, TypeVar, overload

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from netral.sealing.canonical import (
    BadSignatureError,
    SealingError,
    b64,
    canonical_json,
    parse_canonical,
    sha256,
    unb64,
)
from netral.sealing.system import reason, sync_folder

KEY_SIZE = 32
KEY_ID_TAG = b"netral-key-1"
INDEX_TOKEN_SIZE = 16
MINIMUM_PASSPHRASE = 12


def public_key_id(raw: bytes) -> str:
    """32 hex characters that name a public key."""
    return sha256(KEY_ID_TAG + raw)[:16].hex()


class _Key:
    """32 bytes; two keys are the same when kind and bytes are."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_SIZE:
            raise SealingError(f"Kunci harus {KEY_SIZE} bita, bukan {len(raw)}.")
        self.raw = bytes(raw)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        return cls(raw)

    @property
    def key_id(self) -> str:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and hmac.compare_digest(self.raw, other.raw)

    def __hash__(self) -> int:
        return hash((type(self), self.key_id))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key_id}>"


class _PublicKey(_Key):
    @property
    def key_id(self) -> str:
        return public_key_id(self.raw)


class _SecretKey(_Key):
    KIND: ClassVar[str]

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(KEY_SIZE))


class SealPublicKey(_PublicKey):
    """The X25519 key to which data keys are wrapped."""

    @cached_property
    def x25519(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.raw)


class SealKey(_SecretKey):
    """The X25519 private key that opens what was wrapped to it."""

    KIND = "seal"

    @cached_property
    def x25519(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.raw)

    @cached_property
    def public(self) -> SealPublicKey:
        return SealPublicKey(self.x25519.public_key().public_bytes_raw())

    @property
    def key_id(self) -> str:
        return self.public.key_id


@dataclass(frozen=True)
class AgencyKeys:
    """What is sealed for an agency is sealed for these: its own key, and for contact details that of its vault."""

    seal: SealPublicKey
    vault: SealPublicKey

    def to_bytes(self) -> bytes:
        """The line of a file that pins them."""
        keys = {"seal": b64(self.seal.raw), "vault": b64(self.vault.raw)}
        return canonical_json({"v": 1, "kind": "agency", **keys}) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        match parse_canonical(data.removesuffix(b"\n"), "Kunci publik instansi"):
            case {"v": 1, "kind": "agency", "seal": str(seal), "vault": str(vault)}:
                return cls(SealPublicKey(unb64(seal)), SealPublicKey(unb64(vault)))
            case _:
                raise SealingError("Kunci publik instansi bukan versi 1.")


class VerifyKey(_PublicKey):
    """The Ed25519 key that checks signatures."""

    def verify(self, data: bytes, signature: bytes) -> None:
        """Raises BadSignatureError unless `signature` is this key's signature over `data`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError) as error:
            raise BadSignatureError("Tanda tangan tidak cocok dengan kunci dan isi.") from error


class SigningKey(_SecretKey):
    """The Ed25519 private key that signs."""

    KIND = "signing"

    @cached_property
    def _ed25519(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.raw)

    @cached_property
    def public(self) -> VerifyKey:
        return VerifyKey(self._ed25519.public_key().public_bytes_raw())

    @property
    def key_id(self) -> str:
        return self.public.key_id

    def sign(self, data: bytes) -> bytes:
        return self._ed25519.sign(data)


class IndexKey(_SecretKey):
    """The HMAC-SHA256 key of search tokens: equal texts find each other; to guess one takes the key."""

    KIND = "index"

    @property
    def key_id(self) -> str:
        return self.token(KEY_ID_TAG.decode("ascii")).hex()

    def token(self, text: str) -> bytes:
        """16 bytes for `text`; normalise it before."""
        return hmac.digest(self.raw, text.encode("utf-8"), hashlib.sha256)[:INDEX_TOKEN_SIZE]


SecretKey = SealKey | SigningKey | IndexKey
_KINDS: dict[str, type[SecretKey]] = {kind.KIND: kind for kind in (SealKey, SigningKey, IndexKey)}
_K = TypeVar("_K", bound=_SecretKey)


def write_key(path: str | Path, key: SecretKey) -> None:
    """Write `key` to a new file of mode 0600, durably, whole or not at all. Never overwrites."""
    path = Path(path)
    content = canonical_json({"v": 1, "kind": key.KIND, "id": key.key_id, "value": b64(key.raw)}) + b"\n"
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # a rename that never replaces
    except FileExistsError as error:
        raise SealingError(f"Berkas kunci {path} sudah ada dan tidak akan ditimpa.") from error
    except OSError as error:
        raise SealingError(f"Berkas kunci {path} tidak dapat ditulis: {reason(error)}.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    sync_folder(path.parent)


@overload
def read_key(path: str | Path) -> SecretKey: ...
@overload
def read_key(path: str | Path, expected: type[_K]) -> _K: ...
def read_key(path: str | Path, expected: type[_SecretKey] | None = None) -> _SecretKey:
    """The key in a file made by `write_key`, of the `expected` kind if one is named.

    Raises SealingError if it is missing, damaged, of another kind, or open to anyone but its owner.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(4096)
    except OSError as error:
        raise SealingError(f"Berkas kunci {path} tidak dapat dibaca: {reason(error)}.") from error
    if mode & 0o077:
        raise SealingError(
            f"Berkas kunci {path} terbuka bagi pengguna lain (mode {mode & 0o777:04o}). "
            f"Jalankan: chmod 600 {path}"
        )
    key = _parse_key(content, path)
    if expected is not None and not isinstance(key, expected):
        raise SealingError(f"Berkas kunci {path} berisi kunci '{key.KIND}', seharusnya '{expected.KIND}'.")
    return key


def _parse_key(content: bytes, path: Path) -> SecretKey:
    what = f"Berkas kunci {path}"
    fields = parse_canonical(content.removesuffix(b"\n"), what)
    match fields:
        case {"v": 1, "kind": str(kind), "id": str(key_id), "value": str(value)} if (
            len(fields) == 4 and kind in _KINDS
        ):
            key = _KINDS[kind](unb64(value))
        case _:
            raise SealingError(f"{what} bukan berkas kunci Netral versi 1.")
    if key.key_id != key_id:
        raise SealingError(f"{what} rusak: isi kunci tidak cocok dengan nomornya {key_id}.")
    return key


# --- the vault's private key in two halves ---


def split_vault_key(key: SealKey, passphrases: tuple[str, str]) -> tuple[bytes, bytes]:
    """Two shares of `key`, each under its own passphrase; one alone says nothing about the key."""
    first, second = (_normal_passphrase(passphrase) for passphrase in passphrases)
    if first == second:
        raise SealingError("Kedua pemegang harus memakai frasa sandi yang berbeda.")
    pad = secrets.token_bytes(KEY_SIZE)
    return _lock_share(1, pad, first, key.key_id), _lock_share(2, _xor(pad, key.raw), second, key.key_id)


def join_vault_key(shares: tuple[bytes, bytes], passphrases: tuple[str, str]) -> SealKey:
    """The key of `split_vault_key`; shares in either order, each with its own passphrase."""
    halves = dict(
        _unlock_share(share, passphrase) for share, passphrase in zip(shares, passphrases, strict=True)
    )
    if len(halves) != 2:
        raise SealingError("Kedua bagian kunci adalah bagian yang sama; diperlukan bagian 1 dan bagian 2.")
    (first_id, first), (second_id, second) = halves[1], halves[2]
    key = SealKey(_xor(first, second))
    if not first_id == second_id == key.key_id:
        raise SealingError("Kedua bagian tidak berasal dari kunci yang sama.")
    return key


def _lock_share(number: int, half: bytes, passphrase: bytes, key_id: str) -> bytes:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(24)
    header = {
        "v": 1,
        "kind": "vault-share",
        "key": key_id,
        "share": number,
        "salt": b64(salt),
        "nonce": b64(nonce),
    }
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(
        half, canonical_json(header), nonce, _stretch(passphrase, salt)
    )
    return canonical_json({**header, "box": b64(box)}) + b"\n"


def _unlock_share(share: bytes, passphrase: str) -> tuple[int, tuple[str, bytes]]:
    match parse_canonical(share.removesuffix(b"\n"), "Bagian kunci"):
        case {"v": 1, "kind": "vault-share", "key": str(key_id), "share": 1 | 2 as number, "salt": str(salt),
              "nonce": str(nonce), "box": str(box), **others} if not others:  # fmt: skip
            header = {
                "v": 1,
                "kind": "vault-share",
                "key": key_id,
                "share": number,
                "salt": salt,
                "nonce": nonce,
            }
        case _:
            raise SealingError("Berkas ini bukan bagian kunci Netral versi 1.")
    try:
        stretched = _stretch(_normal_passphrase(passphrase), unb64(salt))
        half = crypto_aead_xchacha20poly1305_ietf_decrypt(
            unb64(box), canonical_json(header), unb64(nonce), stretched
        )
    except (CryptoError, TypeError, ValueError) as error:
        raise SealingError(
            f"Bagian {number} tidak terbuka: frasa sandi salah atau berkasnya rusak."
        ) from error
    return number, (key_id, half)


def _stretch(passphrase: bytes, salt: bytes) -> bytes:
    """Argon2id with the second recommended parameters of RFC 9106 section 4 (3 passes, 4 lanes, 64 MiB)."""
    return hash_secret_raw(passphrase, salt, 3, 64 * 1024, 4, KEY_SIZE, Type.ID)


def _normal_passphrase(passphrase: str) -> bytes:
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise SealingError(f"Frasa sandi paling sedikit {MINIMUM_PASSPHRASE} karakter.")
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
