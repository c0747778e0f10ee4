"""Heads of the log: C2SP tlog-checkpoint, signed as a C2SP signed-note with Ed25519.

Specifications: https://c2sp.org/tlog-checkpoint and https://c2sp.org/signed-note.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from netral.sealing.canonical import BadSignatureError, SealingError, b64, sha256, unb64
from netral.sealing.keys import SigningKey, VerifyKey

_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Head:
    """A log at one moment: `size` leaves with the 32-byte `root`, at `time` (aware, whole seconds)."""

    origin: str
    size: int
    root: bytes
    time: datetime

    def text(self) -> str:
        """The signed part of the note."""
        time = self.time.astimezone(UTC).strftime(_TIME)
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\ntime {time}\n"


def check_origin(origin: str) -> str:
    """`origin` if it can name a log and its key: printable, without blanks and plus signs."""
    if not _NAME.fullmatch(origin) or not origin.isprintable():
        raise SealingError(f"Nama register {origin!r} tidak boleh kosong atau memuat spasi dan tanda tambah.")
    return origin


def sign_head(head: Head, signing_key: SigningKey) -> str:
    """The head as a signed note."""
    check_origin(head.origin)
    text = head.text()
    signature = _key_hash(head.origin, signing_key.public) + signing_key.sign(text.encode())
    return f"{text}\n— {head.origin} {b64(signature)}\n"


def verify_head(text: str, verify_key: VerifyKey) -> Head:
    """The head in a signed note. Raises BadSignatureError unless `verify_key` signed it.

    Signatures of others (witnesses) may stand beside ours and are not looked at.
    """
    body, blank, signatures = text.partition("\n\n")
    if not blank:
        raise SealingError("Kepala log tidak memuat tanda tangan.")
    head = _parse_body(body)
    signed = f"{body}\n".encode()
    expected = _key_hash(head.origin, verify_key)
    for name, signature in _parse_signatures(signatures):
        if name == head.origin and signature[:4] == expected:
            try:
                verify_key.verify(signed, signature[4:])
            except SealingError as error:
                raise BadSignatureError("Kepala log telah diubah: tanda tangannya tidak cocok.") from error
            return head
    raise BadSignatureError("Kepala log tidak ditandatangani oleh kunci register ini.")


def verifier_key(origin: str, key: VerifyKey) -> str:
    """The log key as signed-note writes it: `<name>+<key hash>+<base64>`, to be kept and published."""
    return f"{check_origin(origin)}+{_key_hash(origin, key).hex()}+{b64(_ED25519 + key.raw)}"


def parse_verifier_key(text: str) -> tuple[str, VerifyKey]:
    """Name and key of `verifier_key`."""
    name, _, rest = text.strip().partition("+")
    key_hash, _, encoded = rest.partition("+")
    data = unb64(encoded)
    if data[:1] != _ED25519:
        raise SealingError("Kunci register bukan kunci Ed25519 dalam bentuk nama+sidik+base64.")
    key = VerifyKey(data[1:])
    if _key_hash(name, key).hex() != key_hash:
        raise SealingError("Kunci register salah ketik: sidiknya tidak cocok.")
    return name, key


def _key_hash(name: str, key: VerifyKey) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + key.raw)[:4]


def _parse_body(body: str) -> Head:
    lines = body.split("\n")
    if len(lines) != 4:
        raise SealingError("Kepala log harus memuat empat baris: nama, jumlah, akar, dan waktu.")
    origin, size, root, time = lines
    if not _SIZE.fullmatch(size):
        raise SealingError(f"Jumlah {size!r} pada kepala log bukan bilangan.")
    head = Head(check_origin(origin), int(size), unb64(root), _parse_time(time))
    if len(head.root) != 32 or head.text() != f"{body}\n":
        raise SealingError("Kepala log tidak ditulis menurut bentuknya.")
    return head


def _parse_time(line: str) -> datetime:
    try:
        return datetime.strptime(line.removeprefix("time "), _TIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise SealingError(f"Baris waktu {line!r} pada kepala log tidak sah.") from error


def _parse_signatures(text: str) -> list[tuple[str, bytes]]:
    lines = text.split("\n")
    if lines.pop():
        raise SealingError("Kepala log terpotong: baris terakhir tidak berakhir dengan baris baru.")
    matches = [_SIGNATURE.fullmatch(line) for line in lines]
    if not matches or not all(matches):
        raise SealingError("Baris tanda tangan pada kepala log tidak sah.")
    return [(match[1], unb64(match[2])) for match in matches if match]
