"""What a file is, told from its content while it streams by, never from its name or what the browser claims.

Each accepted format has a walk over its outer structure that needs little memory: JPEG (ITU-T T.81 annex
B), PNG (ISO/IEC 15948 chapter 5), WebP (RFC 9649), PDF (ISO 32000-1, 7.5). A walk proves that the file is
whole and how large its picture is; whether it can be drawn is found out later, in the cleaner's own process.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Generator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_BYTES = 50_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 20_000

ACCEPTED = gettext_lazy("Yang diterima: foto atau tangkapan layar JPEG, PNG, WebP, dan dokumen PDF.")


@dataclass(frozen=True)
class Format:
    """Media type; width and height in pixels, None for a PDF."""

    media_type: str
    width: int | None = None
    height: int | None = None


class FileRefused(Exception):
    """`code` for tests and counts; the message is for the person and names file, fault and remedy."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Broken(Exception):
    """A walk met something its format does not allow."""


@dataclass(frozen=True)
class Skip:
    """A walk's wish to leave out so many bytes."""

    count: int


@dataclass(frozen=True)
class Find:
    """A walk's wish for the next match of a pattern two bytes long, leaving out what comes before."""

    pattern: re.Pattern[bytes]


# A walk yields what it wants next (an int: so many bytes) and is sent the bytes it asked for.


Wish = int | Skip | Find
Walk = Generator[Wish, bytes, Format]

_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _jpeg() -> Walk:
    yield 2
    size: tuple[int, int] | None = None
    scanned = False
    marker = yield from _jpeg_marker()
    while marker != 0xD9:
        if marker not in _BARE_MARKERS:
            (length,) = struct.unpack(">H", (yield 2))
            framed = marker in _FRAME_HEADERS and size is None
            if length < (7 if framed else 2):
                raise Broken
            if framed:
                _precision, height, width = struct.unpack(">BHH", (yield 5))
                _check_picture(width, height)
                size, length = (width, height), length - 5
            yield Skip(length - 2)
        if marker == 0xDA:
            scanned = True
            marker = (yield Find(_AFTER_SCAN))[1]
        else:
            marker = yield from _jpeg_marker()
    if size is None or not scanned:
        raise Broken
    return Format("image/jpeg", *size)


def _jpeg_marker() -> Generator[Wish, bytes, int]:
    if (yield 1) != b"\xff":
        raise Broken
    code = yield 1
    while code == b"\xff":  # fill bytes
        code = yield 1
    return code[0]


def _png() -> Walk:
    yield 8
    length, kind = struct.unpack(">I4s", (yield 8))
    if (length, kind) != (13, b"IHDR"):
        raise Broken
    width, height = struct.unpack(">II5x", (yield 13))
    yield 4
    _check_picture(width, height)
    pictured = False
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", (yield 8))
        if length >= 1 << 31 or not kind.isalpha():
            raise Broken
        pictured |= kind == b"IDAT"
        yield Skip(length + 4)
    if not pictured:
        raise Broken
    return Format("image/png", width, height)


def _webp() -> Walk:
    (left,) = struct.unpack("<4xI4x", (yield 12))
    left -= 4
    size: tuple[int, int] | None = None
    pictured = False
    while left > 0:
        kind, length = struct.unpack("<4sI", (yield 8))
        padded = length + length % 2
        left -= 8 + padded
        if left < 0:
            raise Broken
        if read := _WEBP_SIZES.get(kind):
            pictured |= kind != b"VP8X"
            if length < 10 - 5 * (kind == b"VP8L"):
                raise Broken
            head = yield min(length, 10)
            size, padded = size or read(head), padded - len(head)
            _check_picture(*size)
        pictured |= kind == b"ANMF"
        yield Skip(padded)
    if size is None or not pictured:
        raise Broken
    return Format("image/webp", *size)


def _vp8x_size(head: bytes) -> tuple[int, int]:
    return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")


def _vp8_size(head: bytes) -> tuple[int, int]:
    if head[3:6] != b"\x9d\x01\x2a":
        raise Broken
    width, height = struct.unpack("<HH", head[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _vp8l_size(head: bytes) -> tuple[int, int]:
    bits = int.from_bytes(head[1:5], "little")
    if head[0] != 0x2F:
        raise Broken
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)


_WEBP_SIZES: dict[bytes, Callable[[bytes], tuple[int, int]]] = {
    b"VP8X": _vp8x_size,
    b"VP8 ": _vp8_size,
    b"VP8L": _vp8l_size,
}


def _pdf() -> Walk:
    """The header only; that the file is whole shows at its end, see `_check_pdf_end`."""
    yield 5
    return Format("application/pdf")


def _check_picture(width: int, height: int) -> None:
    if not width or not height:
        raise Broken
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise _TooManyPixels(width, height)


class _TooManyPixels(Exception):
    pass


_ACCEPTED: tuple[tuple[re.Pattern[bytes], Callable[[], Walk]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), walk)
    for pattern, walk in (
        (rb"\xff\xd8\xff", _jpeg),
        (rb"\x89PNG\r\n\x1a\n", _png),
        (rb"RIFF....WEBP", _webp),
        (rb"%PDF-\d", _pdf),
    )
)

_TO_PDF = gettext_lazy("Simpan sebagai PDF, lalu kirim lagi.")
_TO_JPEG = gettext_lazy("Buat tangkapan layar dari foto itu atau simpan sebagai JPEG, lalu kirim lagi.")
_TO_LINK = gettext_lazy("Kirim tangkapan layar bagian yang penting, dan simpan berkas aslinya.")
_UNPACK = gettext_lazy("Kirim isinya satu per satu.")
_SEND_AGAIN = gettext_lazy("Kirim sekali lagi berkas yang utuh.")
_SHRINK = gettext_lazy(
    "Batasnya 40 juta piksel dan 20.000 piksel per sisi; kecilkan gambarnya, lalu kirim lagi."
)

# What an unaccepted file seems to be, and what its sender can do; the first pattern that fits wins.
_SEEMS: tuple[tuple[re.Pattern[bytes], object, object], ...] = tuple(
    (re.compile(pattern, re.DOTALL), name, hint)
    for pattern, name, hint in (
        (rb"PK\x03\x04.*word/", gettext_lazy("dokumen Word (DOCX)"), _TO_PDF),
        (rb"PK\x03\x04.*xl/", gettext_lazy("lembar kerja Excel (XLSX)"), _TO_PDF),
        (rb"PK\x03\x04.*ppt/", gettext_lazy("salindia PowerPoint (PPTX)"), _TO_PDF),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", gettext_lazy("dokumen OpenDocument"), _TO_PDF),
        (rb"PK\x03\x04.*(AndroidManifest|classes\.dex)", gettext_lazy("aplikasi Android (APK)"), ""),
        (rb"PK(\x03\x04|\x05\x06|\x07\x08)", gettext_lazy("arsip ZIP atau dokumen Office"), _UNPACK),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", gettext_lazy("arsip terkompresi"), _UNPACK),
        (rb"\xd0\xcf\x11\xe0", gettext_lazy("dokumen Office lama (DOC, XLS, atau PPT)"), _TO_PDF),
        (rb"\{\\rtf", gettext_lazy("dokumen RTF"), _TO_PDF),
        (rb"....ftyp(heic|heix|hevc|heim|heis|mif1|msf1)", gettext_lazy("foto HEIC"), _TO_JPEG),
        (rb"....ftypavif", gettext_lazy("gambar AVIF"), _TO_JPEG),
        (rb"....ftypM4A", gettext_lazy("rekaman suara"), ""),
        (
            rb"....(ftyp|moov)|\x1a\x45\xdf\xa3|RIFF....AVI |\x00\x00\x01[\xba\xb3]|FLV",
            gettext_lazy("video"),
            _TO_LINK,
        ),
        (rb"ID3|OggS|fLaC|RIFF....WAVE|#!AMR|\xff[\xfb\xf3\xf2\xf1\xf9]", gettext_lazy("rekaman suara"), ""),
        (rb"GIF8", gettext_lazy("gambar GIF"), _TO_JPEG),
        (rb"BM....\x00\x00\x00\x00", gettext_lazy("gambar BMP"), _TO_JPEG),
        (rb"II\*\x00|MM\x00\*", gettext_lazy("gambar TIFF atau RAW"), _TO_JPEG),
        (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|dex\n", gettext_lazy("program komputer"), ""),
        (rb"(\xef\xbb\xbf)?\s*<(.*<)?svg[\s>]", gettext_lazy("gambar SVG"), _TO_JPEG),
        (
            rb"(\xef\xbb\xbf)?\s*<(?i:!doctype html|html|head|body|script)",
            gettext_lazy("halaman web"),
            _TO_LINK,
        ),
        (rb"(\xef\xbb\xbf)?\s*<\?xml", gettext_lazy("berkas XML"), _TO_PDF),
        (rb"[\t\n\r\x20-\x7e\x80-\xff]+\Z", gettext_lazy("berkas teks"), _TO_PDF),
    )
)
_HEAD = 4096
_PDF_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_PDF_TAIL = 1024
_ZIP_TAIL = 65_535 + 22  # the longest comment and the record it follows (APPNOTE 4.3.16)


class Sniffer:
    """Feed it the file in chunks of any size; `finish` says what it is. Both raise FileRefused.

    `name` is only quoted in sentences.
    """

    def __init__(self, name: str, *, max_bytes: int = MAX_BYTES) -> None:
        self._name, self._max = name, max_bytes
        self._head: bytes | None = b""
        self._tail = b""
        self._size = 0
        self._walk: _Walker | None = None

    def feed(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._max:
            limit = self._max // 1_000_000
            raise self._refused("too_large", _("lebih besar dari %(limit)s MB") % {"limit": limit}, _TO_LINK)
        self._tail = (self._tail + chunk[-_ZIP_TAIL:])[-_ZIP_TAIL:]
        if self._head is None:
            self._advance(chunk)
        elif len(self._head) + len(chunk) >= _HEAD:
            self._recognise(self._head + chunk)
        else:
            self._head += chunk

    def finish(self) -> Format:
        if not self._size:
            raise self._refused("empty", _("kosong (0 bita)"), _("Pilih berkasnya sekali lagi."))
        if self._head is not None:
            self._recognise(self._head)
        found = self._walk.result if self._walk else None
        if found is None or not _END_CHECKS.get(found.media_type, _any_end)(self._tail, self._size):
            raise self._refused("truncated", _("terpotong: bagian akhirnya tidak sampai"), _SEND_AGAIN)
        if _ends_as_zip(self._tail):
            raise self._refused("polyglot", _("memuat arsip ZIP di belakang isinya"), ACCEPTED)
        return found

    def _recognise(self, head: bytes) -> None:
        self._head = None
        walk = next((walk for pattern, walk in _ACCEPTED if pattern.match(head)), None)
        if walk is None:
            raise self._unsupported(head[:_HEAD])
        self._walk = _Walker(walk())
        self._advance(head)

    def _advance(self, chunk: bytes) -> None:
        assert self._walk is not None  # noqa: S101 - set when the head was recognised
        try:
            self._walk.feed(chunk)
        except Broken:
            raise self._refused(
                "damaged", _("rusak: susunannya tidak sesuai jenisnya"), _SEND_AGAIN
            ) from None
        except _TooManyPixels as error:
            width, height = error.args
            fault = _("berukuran %(width)s × %(height)s piksel, terlalu besar") % {
                "width": width,
                "height": height,
            }
            raise self._refused("too_many_pixels", fault, _SHRINK) from None

    def _unsupported(self, head: bytes) -> FileRefused:
        seems = ((name, hint) for pattern, name, hint in _SEEMS if pattern.match(head))
        what, hint = next(seems, (_("berkas yang jenisnya tidak dikenal"), ""))
        remedy = f"{ACCEPTED} {hint}".strip()
        return self._refused("unsupported", _("tampaknya %(what)s") % {"what": what}, remedy)

    def _refused(self, code: str, fault: str, remedy: object) -> FileRefused:
        sentence = _("Berkas “%(name)s” %(fault)s. %(remedy)s")
        return FileRefused(code, sentence % {"name": self._name, "fault": fault, "remedy": remedy})


class _Walker:
    """Drives a walk over chunks, holding back no more than it asked for."""

    def __init__(self, walk: Walk) -> None:
        self.result: Format | None = None
        self._walk = walk
        self._rest = b""
        self._want: Wish = next(walk)

    def feed(self, chunk: bytes) -> None:
        data, at = self._rest + chunk, 0
        while self.result is None:
            taken, answer = _serve(self._want, data, at)
            at += taken
            if answer is None:
                if isinstance(self._want, Skip):
                    self._want = Skip(self._want.count - taken)
                break
            try:
                self._want = self._walk.send(answer)
            except StopIteration as end:
                self.result = end.value
        self._rest = b"" if self.result else data[at:]


def _serve(want: Wish, data: bytes, at: int) -> tuple[int, bytes | None]:
    """How many bytes to move on, and the answer for the walk; None while more must come."""
    here = len(data) - at
    match want:
        case Skip(count):
            return (count, b"") if count <= here else (here, None)
        case Find(pattern):
            if found := pattern.search(data, at):
                return found.end() - at, found[0]
            return max(0, here - 1), None  # the last byte may begin a match
        case _:
            return (want, data[at : at + want]) if want <= here else (0, None)


def _pdf_is_whole(tail: bytes, size: int) -> bool:
    """The pointer to the table of objects stands within the last 1024 bytes, where readers look for it."""
    return any(0 < int(end[1]) < size for end in _PDF_END.finditer(tail[-_PDF_TAIL:]))


def _any_end(_tail: bytes, _size: int) -> bool:
    return True


_END_CHECKS: dict[str, Callable[[bytes, int], bool]] = {"application/pdf": _pdf_is_whole}


def _ends_as_zip(tail: bytes) -> bool:
    record = tail[tail.rfind(b"PK\x05\x06") :]
    return (
        len(record) >= 22
        and record[:2] == b"PK"
        and int.from_bytes(record[20:22], "little") == len(record) - 22
    )
