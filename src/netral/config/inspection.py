"""The register looked through from end to end: guards, log, rows, heads, files."""

from __future__ import annotations

from collections.abc import Iterator

from netral.accounts import factors
from netral.accounts.keys import receipt_certificate
from netral.accounts.models import Agency, User
from netral.accounts.selectors import forged_links
from netral.audit.check import Problem, check_register, rolled_back
from netral.audit.selectors import log_size
from netral.cases import inspection as cases
from netral.documents import inspection as documents
from netral.evidence.models import StoredFile
from netral.evidence.selectors import check_blobs, check_copies
from netral.intake import inspection as intake
from netral.roster.models import Official
from netral.roster.selectors import links_are_as_logged, not_found_by_name, roster_is_as_imported

BLOB_PROBLEMS = {"missing": "berkas tersegel hilang", "altered": "berkas tersegel diubah"}


def problems(*, deep: bool = False) -> Iterator[str]:
    """A sentence for everything that does not hold. None means the register is whole.

    `deep` also opens all that is sealed for the agency and compares it with its commitments: minutes instead of
    seconds in a large register.
    """
    if sentence := rolled_back():
        yield sentence
    yield from map(str, check_register(receipt_certificate().log_key))
    yield from map(str, beside_the_log())
    for blob in check_blobs():
        yield f"{blob.subject}: {BLOB_PROBLEMS[blob.problem]} ({blob.blob})"
    if deep:
        yield from map(str, intake.check_contents())
        yield from map(str, cases.check_contents())


def beside_the_log() -> Iterator[Problem]:
    """What no digest tells: queue, conflicts, counters, what reporters see, letters, copies, roster, factors."""
    yield from intake.check_queue()
    yield from intake.check_conflicts()
    yield from intake.check_numbers()
    yield from cases.check_queue()
    yield from cases.check_numbers()
    yield from cases.check_progress()
    yield from documents.check_numbers()
    yield from documents.check_replacements()
    yield from check_copies()
    for agency in Agency.objects.all():
        if not roster_is_as_imported(agency.pk):
            yield Problem(agency.subject, "data pegawai diubah sesudah impor terakhir")
    for official in not_found_by_name():
        yield Problem(f"{Official._meta.label_lower}/{official}", "tidak lagi ditemukan dengan namanya")
    if not links_are_as_logged():
        yield Problem(Official._meta.label_lower, "kaitan akun dengan pegawai diubah di luar log")
    for user in forged_links():
        yield Problem(user.subject, "tautan aktivasinya bukan yang tercatat dalam log")
    for user in filter(factors.lost, User.objects.filter(is_active=True)):
        yield Problem(user.subject, "faktor keduanya hilang tanpa diatur ulang")


def inspect(*, deep: bool = False) -> int:
    """Prints what was found and how much was looked at; returns the number of problems."""
    found = 0
    for problem in problems(deep=deep):
        found += 1
        print(f"TIDAK COCOK  {problem}")
    opened = "; semua isi dibuka" if deep else ""
    seen = f"{log_size()} entri log, {StoredFile.objects.count()} berkas"
    print(
        f"Diperiksa: {seen}, semua penjaga dan kepala log{opened}. {f'{found} masalah.' if found else 'Semuanya utuh.'}"
    )
    return found
