"""Envelopes: one data key per object, wrapped to each who may open it, each ciphertext bound to its place."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import CryptoError

from netral.sealing.canonical import SealingError, b64, canonical_json, frame, parse_canonical, unb64
from netral.sealing.keys import KEY_SIZE, SealKey, SealPublicKey

TEXT_VERSION = b"\x01"
TEXT_BLOCK = 512
NONCE_SIZE = 24

_OBJECT_ID = re.compile(r"[0-9a-f]{32}")
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_WRAP_SIZE = KEM.X25519.enc_length() + KEY_SIZE + 16


def new_object_id() -> str:
    """16 random bytes in hex, chosen before the object is sealed."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sealed thing belongs: kind of object, object (32 lower-case hex characters), field."""

    kind: str
    object_id: str
    field: str

    def __post_init__(self) -> None:
        if not _OBJECT_ID.fullmatch(self.object_id):
            raise SealingError(f"Nomor objek harus 32 angka heksadesimal kecil, bukan {self.object_id!r}.")
        if not self.kind or not self.field:
            raise SealingError("Konteks memerlukan jenis dan ruas.")

    def tag(self) -> bytes:
        """The associated data of every ciphertext in this field."""
        return frame(
            b"netral-context-1", self.kind.encode(), bytes.fromhex(self.object_id), self.field.encode()
        )

    def object_tag(self) -> bytes:
        """The tag of the object as a whole, to which its data key is bound."""
        return frame(b"netral-object-1", self.kind.encode(), bytes.fromhex(self.object_id))


class DataKey:
    """The secret of one object. `raw` is for wrapping and for `files`; it never appears in `repr`."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_SIZE:
            raise SealingError(f"Kunci data harus {KEY_SIZE} bita, bukan {len(raw)}.")
        self.raw = raw

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(KEY_SIZE))

    def seal(self, context: Context, plaintext: bytes) -> bytes:
        """`0x01 ‖ nonce ‖ XChaCha20-Poly1305`, padded to 512 bytes so that lengths say little."""
        nonce = secrets.token_bytes(NONCE_SIZE)
        padded = sodium_pad(plaintext, TEXT_BLOCK)
        return (
            TEXT_VERSION
            + nonce
            + crypto_aead_xchacha20poly1305_ietf_encrypt(padded, context.tag(), nonce, self.raw)
        )

    def open(self, context: Context, ciphertext: bytes) -> bytes:
        """The plaintext. Raises SealingError if key, place or a single bit differs from the sealing."""
        ciphertext = bytes(ciphertext)  # databases hand out memoryviews
        if ciphertext[:1] != TEXT_VERSION:
            raise SealingError("Sampul tidak dikenal: versinya bukan 1.")
        nonce, box = ciphertext[1 : 1 + NONCE_SIZE], ciphertext[1 + NONCE_SIZE :]
        try:
            padded = crypto_aead_xchacha20poly1305_ietf_decrypt(box, context.tag(), nonce, self.raw)
            return sodium_unpad(padded, TEXT_BLOCK)
        except (CryptoError, ValueError) as error:
            raise SealingError(
                f"Sampul {context.kind}.{context.field} tidak terbuka: isi, kunci atau tempatnya lain."
            ) from error

    def __repr__(self) -> str:
        return "<DataKey>"


@dataclass(frozen=True, slots=True)
class Keyring:
    """A data key wrapped to each recipient by HPKE (RFC 9180, base mode). Changes give a new keyring.

    Only kind and object of a `context` count here: one data key serves all fields of its object.
    """

    wraps: Mapping[str, bytes]

    @classmethod
    def make(cls, data_key: DataKey, context: Context, recipients: Iterable[SealPublicKey]) -> Self:
        wraps = {recipient.key_id: _wrap(data_key, context, recipient) for recipient in recipients}
        if not wraps:
            raise SealingError("Kunci data tanpa penerima tidak akan pernah terbuka lagi.")
        return cls(MappingProxyType(wraps))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        fields = parse_canonical(bytes(data), "Gantungan kunci")
        match fields:
            case {"v": 1, "wraps": dict(wraps)} if len(fields) == 2 and wraps:
                return cls(
                    MappingProxyType({_key_id(name): _unb64_wrap(wrap) for name, wrap in wraps.items()})
                )
            case _:
                raise SealingError("Gantungan kunci bukan versi 1.")

    def to_bytes(self) -> bytes:
        return canonical_json({"v": 1, "wraps": {key_id: b64(wrap) for key_id, wrap in self.wraps.items()}})

    @property
    def key_ids(self) -> frozenset[str]:
        return frozenset(self.wraps)

    def open(self, private: SealKey, context: Context) -> DataKey:
        """The data key. Raises SealingError if not wrapped to `private`, or of another object."""
        wrap = self.wraps.get(private.key_id)
        if wrap is None:
            raise SealingError(f"Objek ini tidak disegel untuk kunci {private.key_id}.")
        try:
            return DataKey(_HPKE.decrypt(wrap, private.x25519, _info(context, private.key_id)))
        except (InvalidTag, ValueError) as error:
            raise SealingError(
                "Kunci data tidak terbuka: gantungan kunci rusak atau milik objek lain."
            ) from error

    def with_recipient(self, data_key: DataKey, context: Context, recipient: SealPublicKey) -> "Keyring":
        """This keyring and one recipient more; `data_key` comes from `open`."""
        return Keyring(
            MappingProxyType({**self.wraps, recipient.key_id: _wrap(data_key, context, recipient)})
        )

    def without(self, key_id: str) -> "Keyring":
        """This keyring less one recipient. Raises SealingError for an unknown one and for the last."""
        if key_id not in self.wraps:
            raise SealingError(f"Objek ini tidak disegel untuk kunci {key_id}.")
        if len(self.wraps) == 1:
            raise SealingError("Penerima terakhir tidak dapat dilepas: objek tidak akan pernah terbuka lagi.")
        return Keyring(MappingProxyType({name: wrap for name, wrap in self.wraps.items() if name != key_id}))


def seal_object(
    context: Context, plaintext: bytes, recipients: Iterable[SealPublicKey]
) -> tuple[bytes, bytes]:
    """Ciphertext and keyring of an object of one field, under a data key of its own."""
    data_key = DataKey.generate()
    return data_key.seal(context, plaintext), Keyring.make(data_key, context, recipients).to_bytes()


def open_object(
    context: Context, ciphertext: bytes | memoryview, keyring: bytes | memoryview, private: SealKey
) -> bytes:
    """The plaintext of what `seal_object` sealed, or of one field of a larger object. Raises SealingError."""
    return Keyring.from_bytes(bytes(keyring)).open(private, context).open(context, bytes(ciphertext))


def _info(context: Context, key_id: str) -> bytes:
    return frame(context.object_tag(), bytes.fromhex(key_id))


def _wrap(data_key: DataKey, context: Context, recipient: SealPublicKey) -> bytes:
    try:
        return _HPKE.encrypt(data_key.raw, recipient.x25519, _info(context, recipient.key_id))
    except ValueError as error:
        raise SealingError(f"Kunci penerima {recipient.key_id} bukan kunci X25519 yang sah.") from error


def _key_id(name: str) -> str:
    if not _OBJECT_ID.fullmatch(name):
        raise SealingError(f"Gantungan kunci menyebut nomor kunci yang tidak sah: {name!r}.")
    return name


def _unb64_wrap(text: object) -> bytes:
    wrap = unb64(text) if isinstance(text, str) else b""
    if len(wrap) != _WRAP_SIZE:
        raise SealingError("Gantungan kunci memuat bungkus yang panjangnya salah.")
    return wrap
