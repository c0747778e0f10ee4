"""Envelopes of files, in constant memory: libsodium's secretstream over 64 KiB chunks.

`"netral-file-1" ‖ header ‖ chunks`. All chunks are full; the last is padded to its end and tagged
FINAL, so a file cut short, lengthened or reordered does not open, and its size shows in steps of 64 KiB only.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as OVERHEAD,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_SIZE,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    sodium_pad,
    sodium_unpad,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)
from nacl.exceptions import CryptoError

from netral.sealing.canonical import SealingError
from netral.sealing.envelope import Context, DataKey

FILE_TAG = b"netral-file-1"
CHUNK = 64 * 1024


def sealed_size(plain_size: int) -> int:
    """The size of the ciphertext of a file of `plain_size` bytes."""
    return len(FILE_TAG) + HEADER_SIZE + (plain_size // CHUNK + 1) * (CHUNK + OVERHEAD)


class FileSealer:
    """Encrypts a file as it arrives. Store what `write` and `finish` return, in order."""

    def __init__(self, data_key: DataKey, context: Context) -> None:
        self._tag = context.tag()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        self._opening = FILE_TAG + crypto_secretstream_xchacha20poly1305_init_push(self._state, data_key.raw)
        self._rest = bytearray()
        self._plain = hashlib.sha256()
        self._finished = False
        self.plain_size = 0

    def write(self, data: bytes) -> bytes:
        """The ciphertext to append for `data`; often empty, for only full chunks leave."""
        self._check_finished(False)
        self.plain_size += len(data)
        self._plain.update(data)
        self._rest += data
        whole = len(self._rest) - len(self._rest) % CHUNK
        with memoryview(self._rest) as rest:
            chunks = [self._push(bytes(rest[at : at + CHUNK]), MESSAGE) for at in range(0, whole, CHUNK)]
        del self._rest[:whole]
        return self._emit(chunks)

    def finish(self) -> bytes:
        """The end of the ciphertext. Afterwards the hash of the plaintext is known."""
        self._check_finished(False)
        last = self._push(sodium_pad(bytes(self._rest), CHUNK), FINAL)
        self._rest.clear()
        self._finished = True
        return self._emit([last])

    @property
    def plain_sha256(self) -> bytes:
        self._check_finished(True)
        return self._plain.digest()

    def _push(self, chunk: bytes, tag: int) -> bytes:
        return crypto_secretstream_xchacha20poly1305_push(self._state, chunk, self._tag, tag)

    def _emit(self, chunks: list[bytes]) -> bytes:
        sealed = b"".join((self._opening, *chunks))
        self._opening = b""
        return sealed

    def _check_finished(self, expected: bool) -> None:
        if self._finished is not expected:
            raise SealingError(
                "Berkas sudah selesai disegel." if self._finished else "Berkas belum selesai disegel."
            )


def open_file(data_key: DataKey, context: Context, source: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    """The plaintext of a sealed file, chunk by chunk.

    Each chunk is authentic when it is yielded, but only the end shows that nothing is missing: raises
    SealingError there (or earlier) if the file was cut, extended, reordered, altered, or belongs elsewhere.
    """
    blocks = _blocks(source)
    opening = next(blocks)
    if not opening.startswith(FILE_TAG) or len(opening) != len(FILE_TAG) + HEADER_SIZE:
        raise SealingError("Berkas tersegel tidak dikenal atau terpotong pada awalnya.")
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, opening[len(FILE_TAG) :], data_key.raw)
    ad, finished = context.tag(), False
    for block in blocks:
        if finished:
            raise SealingError("Berkas tersegel memuat data sesudah akhirnya.")
        chunk, tag = _pull(state, block, ad)
        finished = tag == FINAL
        yield sodium_unpad(chunk, CHUNK) if finished else chunk
    if not finished:
        raise SealingError("Berkas tersegel terpotong sebelum akhirnya.")


def _pull(state: crypto_secretstream_xchacha20poly1305_state, block: bytes, ad: bytes) -> tuple[bytes, int]:
    try:
        if len(block) != CHUNK + OVERHEAD:
            raise ValueError
        return crypto_secretstream_xchacha20poly1305_pull(state, block, ad)
    except (CryptoError, RuntimeError, ValueError) as error:
        raise SealingError(
            "Berkas tersegel rusak, terpotong, tertukar, atau bukan milik objek ini."
        ) from error


def _blocks(source: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    """The opening, then blocks of one sealed chunk; the last may be short. Always yields an opening."""
    pieces = (
        iter(lambda: cast(BinaryIO, source).read(CHUNK), b"") if hasattr(source, "read") else iter(source)
    )
    buffer, wanted = bytearray(), len(FILE_TAG) + HEADER_SIZE
    opened = False
    for piece in pieces:
        buffer += piece
        while len(buffer) >= wanted:
            yield bytes(buffer[:wanted])
            del buffer[:wanted]
            opened, wanted = True, CHUNK + OVERHEAD
    if buffer or not opened:
        yield bytes(buffer)
