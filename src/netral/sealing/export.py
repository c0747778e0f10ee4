"""The log export: what anyone may download, leaf hashes and the head that signs them.

One line of canonical JSON, one leaf hash in hex a line, a blank line, the signed head.
"""

from binascii import unhexlify
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from netral.sealing.canonical import SealingError, b64, canonical_json, parse_canonical, unb64
from netral.sealing.checkpoint import check_origin
from netral.sealing.keys import VerifyKey

FORMAT = "netral-log-export-1"
_LINE_LIMIT = 4096
_HEAD_LIMIT = 1 << 16  # room for the signatures of many witnesses
_LEAF_LINE = 65
_HEX = b"0123456789abcdef\n"


@dataclass(frozen=True, slots=True)
class ExportHeader:
    origin: str
    size: int
    log_key: VerifyKey

    def to_line(self) -> bytes:
        fields = {
            "format": FORMAT,
            "origin": self.origin,
            "size": self.size,
            "log_key": b64(self.log_key.raw),
        }
        return canonical_json(fields) + b"\n"


def export_lines(header: ExportHeader, leaves: Iterable[bytes], head: str) -> Iterator[bytes]:
    """The export piece by piece, to a file or a streamed response; `leaves` are 32-byte hashes in order."""
    check_origin(header.origin)
    yield header.to_line()
    for leaf in leaves:
        yield b"%s\n" % leaf.hex().encode("ascii")
    yield b"\n" + head.encode()


def write_export(file: BinaryIO, header: ExportHeader, leaves: Iterable[bytes], head: str) -> None:
    file.writelines(export_lines(header, leaves, head))


class ExportReader:
    """Reads an export once, in order: `header`, then all of `leaves()`, then `head()`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.header = _parse_header(file.readline(_LINE_LIMIT))

    def leaves(self) -> Iterator[bytes]:
        """The leaf hashes up to the blank line, however many there are."""
        readline = self._file.readline
        for number in range(2, 1 << 60):
            line = readline(_LINE_LIMIT)
            if line == b"\n":
                return
            if len(line) != _LEAF_LINE or line.translate(None, _HEX) or line[-1] != 10:
                raise SealingError(f"Baris {number} ekspor bukan daun: harus 64 angka heksadesimal kecil.")
            yield unhexlify(line[:-1])

    def head(self) -> str:
        try:
            return self._file.read(_HEAD_LIMIT).decode()
        except UnicodeDecodeError as error:
            raise SealingError("Kepala log pada akhir ekspor bukan teks.") from error


def _parse_header(line: bytes) -> ExportHeader:
    fields = parse_canonical(line.removesuffix(b"\n"), "Baris pertama ekspor")
    match fields:
        case {
            "format": "netral-log-export-1",
            "origin": str(origin),
            "size": int(size),
            "log_key": str(key),
        } if len(fields) == 4 and size >= 0:
            return ExportHeader(check_origin(origin), size, VerifyKey(unb64(key)))
        case _:
            raise SealingError(f"Berkas ini bukan ekspor log berformat {FORMAT}.")
