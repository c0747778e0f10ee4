"""The register looked through from end to end: guards, log, rows, heads, files."""

from __future__ import annotations

from collections.abc import Iterator

from netral.accounts.keys import receipt_certificate
from netral.audit.check import check_register, rolled_back
from netral.audit.selectors import frontier
from netral.evidence.models import StoredFile
from netral.evidence.selectors import check_blobs

BLOB_PROBLEMS = {"missing": "berkas tersegel hilang", "altered": "berkas tersegel diubah"}


def problems() -> Iterator[str]:
    """A sentence for everything that does not hold. None means the register is whole."""
    if sentence := rolled_back():
        yield sentence
    yield from map(str, check_register(receipt_certificate().log_key))
    for blob in check_blobs():
        yield f"{blob.subject}: {BLOB_PROBLEMS[blob.problem]} ({blob.blob})"


def inspect() -> int:
    """Prints what was found and how much was looked at; returns the number of problems."""
    found = 0
    for problem in problems():
        found += 1
        print(f"TIDAK COCOK  {problem}")
    seen = f"{frontier().size} entri log, {StoredFile.objects.count()} berkas"
    print(
        f"Diperiksa: {seen}, semua penjaga dan kepala log. {f'{found} masalah.' if found else 'Semuanya utuh.'}"
    )
    return found
