"""The receipt: a code that only the reporter has, and a signed document that proves its entry of the log.

From the code's 130 random bits HKDF derives everything else; a slow hash would add nothing to them.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from netral.sealing.canonical import SealingError, b64, canonical_json, parse_canonical, unb64
from netral.sealing.checkpoint import check_origin
from netral.sealing.commitment import commit
from netral.sealing.envelope import Context
from netral.sealing.keys import SealKey, SigningKey, VerifyKey
from netral.sealing.merkle import leaf_hash

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32
CODE_LENGTH = 26
GROUPS = (5, 5, 5, 5, 6)

_FORGIVEN = str.maketrans("OIL", "011", "- \t\r\n\u00a0\u2010\u2011\u2013")


def new_code() -> str:
    """A receipt code, 26 characters without hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normalise(text: str) -> str:
    """The code a person typed, as `new_code` gave it: any case, blanks, hyphens; O for 0, I and L for 1."""
    code = text.upper().translate(_FORGIVEN)
    for character in code:
        if character not in ALPHABET:
            raise SealingError(
                f"Karakter “{character}” tidak dipakai dalam kode tanda terima. "
                "Yang dipakai: angka 0 sampai 9 dan huruf A sampai Z tanpa I, L, O, dan U."
            )
    if len(code) != CODE_LENGTH:
        raise SealingError(
            f"Kode tanda terima terdiri atas {CODE_LENGTH} karakter; yang diisikan {len(code)} karakter."
        )
    return code


def group(code: str) -> str:
    """The code as it is shown: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX`."""
    ends = [sum(GROUPS[: place + 1]) for place in range(len(GROUPS))]
    return "-".join(code[end - size : end] for end, size in zip(ends, GROUPS, strict=True))


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptSecrets:
    """What follows from a code: `lookup` finds the row, `key` opens the dialogue, `salt` the commitments."""

    lookup: bytes
    key: SealKey
    salt: bytes

    @classmethod
    def derive(cls, code: str) -> Self:
        material = normalise(code).encode("ascii")
        lookup, key, salt = (
            HKDF(SHA256(), 32, salt=b"netral-receipt-1", info=info).derive(material)
            for info in (b"lookup", b"key", b"salt")
        )
        return cls(lookup, SealKey(key), salt)

    @property
    def commitment(self) -> str:
        """What the entry of the report holds as `d.receipt`."""
        return commit(Context("receipt", self.lookup[:16].hex(), "lookup"), self.salt, self.lookup)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The log key's word that `key` may issue receipts of the register `origin` from `from_date` (UTC) on."""

    origin: str
    key: VerifyKey
    from_date: date
    log_key: VerifyKey
    signature: bytes

    def body(self) -> bytes:
        # Begins with a brace and has one line: the log key's other signatures, over heads, can never be this.
        return _certificate_body(self.origin, self.key, self.from_date)

    def verify(self) -> None:
        try:
            self.log_key.verify(self.body(), self.signature)
        except SealingError as error:
            raise SealingError(
                "Kunci tanda terima tidak disahkan oleh kunci register: sertifikat tidak cocok."
            ) from error

    def to_bytes(self) -> bytes:
        fields = {
            "certificate": self.body().decode(),
            "log_key": b64(self.log_key.raw),
            "signature": b64(self.signature),
        }
        return canonical_json({"v": 1, **fields})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """A verified certificate from `to_bytes`."""
        match parse_canonical(bytes(data), "Sertifikat"):
            case {
                "v": 1,
                "certificate": str(body),
                "log_key": str(log_key),
                "signature": str(signature),
                **others,
            } if not others:
                fields = parse_canonical(body.encode(), "Sertifikat")
            case _:
                raise SealingError("Sertifikat bukan versi 1.")
        match fields:
            case {"v": 1, "origin": str(origin), "key": str(key), "from": str(day), **others} if not others:
                certificate = cls(
                    origin, VerifyKey(unb64(key)), _date(day), VerifyKey(unb64(log_key)), unb64(signature)
                )
            case _:
                raise SealingError("Sertifikat bukan versi 1.")
        certificate.verify()
        return certificate


def certify(log_key: SigningKey, receipt_public: VerifyKey, origin: str, from_date: date) -> Certificate:
    """The log key's certificate for a receipt key; `from_date` is a UTC date."""
    signature = log_key.sign(_certificate_body(check_origin(origin), receipt_public, from_date))
    return Certificate(origin, receipt_public, from_date, log_key.public, signature)


def _certificate_body(origin: str, key: VerifyKey, from_date: date) -> bytes:
    return canonical_json({"v": 1, "origin": origin, "key": b64(key.raw), "from": from_date.isoformat()})


# --- the document ---

NAMES = (
    "tanda-terima",
    "kode",
    "register",
    "nomor-urut",
    "entri",
    "daun",
    "kunci-register",
    "kunci-tanda-terima",
    "berlaku-sejak",
    "sertifikat",
    "tanda-tangan",
)


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A receipt as it was read; `verify` says whether it holds."""

    code: str
    index: int
    entry: bytes
    leaf: bytes
    certificate: Certificate
    signed: bytes
    signature: bytes

    @property
    def origin(self) -> str:
        return self.certificate.origin

    @property
    def log_key(self) -> VerifyKey:
        return self.certificate.log_key

    @property
    def entry_date(self) -> date:
        """The date (UTC) of the entry."""
        return _date(str(self._entry_field("t"))[:10])

    def verify(self) -> None:
        """Raises SealingError with the reason unless certificate, signature, leaf and code fit each other."""
        self.certificate.verify()
        try:
            self.certificate.key.verify(self.signed, self.signature)
        except SealingError as error:
            raise SealingError("Isi tanda terima telah diubah: tanda tangan tidak cocok.") from error
        if leaf_hash(self.entry) != self.leaf:
            raise SealingError("Daun pada tanda terima bukan daun dari entrinya.")
        details = self._entry_field("d")
        committed = details.get("receipt") if isinstance(details, dict) else None
        if committed != ReceiptSecrets.derive(self.code).commitment:
            raise SealingError("Entri pada tanda terima bukan entri dari kode ini.")
        # A day of slack: the moment of an entry of the public is coarsened to a date.
        if self.entry_date + timedelta(days=1) < self.certificate.from_date:
            raise SealingError("Entri lebih tua daripada kunci tanda terima yang menandatanganinya.")

    def _entry_field(self, name: str) -> Any:
        entry = parse_canonical(self.entry, "Entri pada tanda terima")
        if not isinstance(entry, dict) or entry.get("v") != 1 or name not in entry:
            raise SealingError("Entri pada tanda terima bukan entri log versi 1.")
        return entry[name]


def issue_receipt(
    code: str, entry: bytes, index: int, receipt_key: SigningKey, certificate: Certificate
) -> str:
    """The receipt document of the log's entry `index`. The same arguments give the same text.

    Raises SealingError rather than hand out a receipt that would not verify.
    """
    values = (
        "1",
        group(normalise(code)),
        certificate.origin,
        str(index),
        b64(entry),
        leaf_hash(entry).hex(),
        b64(certificate.log_key.raw),
        b64(certificate.key.raw),
        certificate.from_date.isoformat(),
        b64(certificate.signature),
    )
    signed = "".join(f"{name}: {value}\n" for name, value in zip(NAMES, values, strict=False))
    text = f"{signed}{NAMES[-1]}: {b64(receipt_key.sign(signed.encode()))}\n"
    parse_receipt(text).verify()
    return text


def parse_receipt(text: str) -> Receipt:
    """The receipt in `text`, to the letter; only CRLF is taken for LF. Does not verify it."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[-1]:
        raise SealingError("Tanda terima terpotong: baris terakhir tidak berakhir dengan baris baru.")
    if len(lines) - 1 != len(NAMES):
        raise SealingError(f"Tanda terima terdiri atas {len(NAMES)} baris, bukan {len(lines) - 1}.")
    values = [
        _value(line, name, number) for number, (line, name) in enumerate(zip(lines, NAMES, strict=False), 1)
    ]
    version, code, origin, index, entry, leaf, log_key, key, from_date, certificate, signature = values
    if version != "1":
        raise SealingError(f"Tanda terima versi {version!r} tidak dikenal; yang dikenal versi '1'.")
    return Receipt(
        code=_grouped(code),
        index=_index(index),
        entry=unb64(entry),
        leaf=_hash(leaf),
        certificate=Certificate(
            origin, VerifyKey(unb64(key)), _date(from_date), VerifyKey(unb64(log_key)), unb64(certificate)
        ),
        signed="".join(f"{line}\n" for line in lines[: len(NAMES) - 1]).encode(),
        signature=unb64(signature),
    )


def _value(line: str, name: str, number: int) -> str:
    prefix = f"{name}: "
    if not line.startswith(prefix):
        raise SealingError(f"Baris {number} tanda terima harus dimulai dengan '{prefix}'.")
    return line.removeprefix(prefix)


def _grouped(text: str) -> str:
    code = normalise(text)
    if group(code) != text:
        raise SealingError("Kode pada tanda terima tidak ditulis dalam kelompoknya.")
    return code


def _index(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16 and str(int(text)) == text):
        raise SealingError(f"Nomor urut {text!r} pada tanda terima bukan bilangan.")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != 32 or value.hex() != text:
        raise SealingError("Daun pada tanda terima bukan 64 angka heksadesimal kecil.")
    return value


def _date(text: str) -> date:
    try:
        value = date.fromisoformat(text)
    except ValueError as error:
        raise SealingError(f"{text!r} bukan tanggal (TTTT-BB-HH).") from error
    if value.isoformat() != text:
        raise SealingError(f"{text!r} bukan tanggal (TTTT-BB-HH).")
    return value
