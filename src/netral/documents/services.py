"""Issuing letters, inside the transaction of the act they belong to. The caller names the rows in its log entry."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from netral.accounts.keys import agency_public
from netral.accounts.models import Agency, User
from netral.evidence import services as evidence
from netral.evidence.facts import SealedUpload
from netral.evidence.models import StoredFile
from netral.evidence.uploads import discarded_on_failure, seal_file
from netral.sealing import SealKey, canonical_json, commit, derive_salt, sha256
from netral.ui import clock

from .correcting import corrected
from .kinds import Kind, LetterFields, Paper, clean_line, read_fields
from .models import Letter, LetterCounter, fields_context
from .render import Letterhead, render
from .selectors import said
from .typesetting import TypesettingError

NUMBER_LENGTH = 80
logger = logging.getLogger("netral.documents")
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_written: ContextVar[list[SealedUpload] | None] = ContextVar("netral_letters_written", default=None)


@contextmanager
def issuing() -> Iterator[None]:
    """A transaction whose letters leave the store again where it fails.

    In any other transaction they stay there, named by no row, until the worker's sweep.
    """
    around, written = _written.get(), list[SealedUpload]()
    token = _written.set(written)
    try:
        # Inside the transaction: an error of COMMIT itself does not tell whether the rows are there.
        with transaction.atomic(), discarded_on_failure(written):
            yield
    finally:
        _written.reset(token)
    if around is not None:
        around += written


def issue_letter(
    *,
    agency: Agency,
    matter: str,
    kind: str,
    fields: Mapping[str, Any],
    dated: dt.date,
    user: User,
    salt: bytes,
    number: str = "",
) -> Letter:
    """Typesets, seals and records a letter; the caller's log entry names `letter` and `letter.file`.

    `matter` is the matter's name in the log, `salt` its salt; `number` is the next one of the agency's pattern
    unless typed. Raises ValidationError by field, PermissionDenied for a user of another agency and
    TransactionManagementError outside a transaction.
    """
    order = Order(matter=matter, kind=kind, fields=fields, dated=dated, salt=salt, number=number)
    return _issue(agency, user, order, read_fields(kind, fields))


@dataclass(frozen=True, kw_only=True)
class Order:
    """One letter among many, as the arguments of `issue_letter`."""

    matter: str
    kind: str
    fields: Mapping[str, Any]
    dated: dt.date
    salt: bytes
    number: str = ""
    replaces: Letter | None = None


def issue_letters(
    *, agency: Agency, orders: Sequence[Order], user: User, record: Callable[[Order, Letter], object]
) -> list[Letter]:
    """Many letters, each in a short transaction of its own, whose last statement is `record`.

    Nothing is issued where the fields of any are wrong (ValidationError). A number that is taken stops at its
    letter: those before it are issued and recorded.
    """
    checked = [read_fields(order.kind, order.fields) for order in orders]
    letters = []
    for order, fields in zip(orders, checked, strict=True):
        with issuing():
            letters.append(_issue(agency, user, order, fields))
            record(order, letters[-1])
    return letters


def attach_scan(*, letter: Letter, upload: SealedUpload, user: User, salt: bytes) -> Letter:
    """Adds the signed paper, or a better picture of it; the caller's log entry names `letter` and `letter.scan`.

    An earlier scan stays among the files of the matter. Raises as `issue_letter` does, and ValidationError for a file
    that is a letter as it was issued, which bears nobody's signature.
    """
    _check_place(letter.agency, user)
    if Letter.objects.filter(agency=letter.agency, sha256=upload.sha256).exists():
        raise ValidationError(
            {
                "scan": _(
                    "Berkas ini surat yang dibuat di sini, yang belum ditandatangani. Cetak, minta tanda tangan, "
                    "lalu tambahkan pindaian atau fotonya."
                )
            }
        )
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    letter.scan = _store(letter.agency, letter.matter, upload, salt, StoredFile.Source.OFFICER)
    letter.save(update_fields=["scan"])
    return letter


def replace_letter(
    *,
    letter: Letter,
    words: Mapping[str, str],
    dated: dt.date,
    user: User,
    key: SealKey,
    salt: bytes,
    number: str = "",
) -> Letter:
    """Issues a letter in place of one that stands, saying the same but for `words`, by the paths of `wordings`.

    The old one stays as it was and says by which it was replaced; the caller's log entry names both. `key` is the
    agency's. Raises as `issue_letter` does, and ValidationError where the letter was replaced before.
    """
    _check_place(letter.agency, user)
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.replaced_by:
        raise ValidationError(
            _("Surat ini sudah diganti dengan nomor %(number)s; ganti surat yang itu.")
            % {"number": letter.replaced_by.number}
        )
    fields = corrected(letter.kind, said(letter, key), words)
    order = Order(
        matter=letter.matter,
        kind=letter.kind,
        fields=fields,
        dated=dated,
        salt=salt,
        number=number,
        replaces=letter,
    )
    replacement = _issue(letter.agency, user, order, read_fields(order.kind, fields))
    letter.replaced_by, letter.replaced_on = replacement, clock.today()
    letter.save(update_fields=["replaced_by", "replaced_on"])
    return replacement


def _issue(agency: Agency, user: User, order: Order, fields: LetterFields) -> Letter:
    _check_place(agency, user)
    number, token = _claim_number(agency, order), secrets.token_hex(16)
    pdf = _typeset(agency, order, fields, number, check_address(token))
    upload = seal_file(f"{order.kind} {number.replace('/', '-')}.pdf", pdf)
    content = canonical_json(fields.model_dump(mode="json"))
    context = fields_context(upload.object_id)
    with discarded_on_failure([upload]), _number_once(number), transaction.atomic():
        return Letter.objects.create(
            agency=agency,
            matter=order.matter,
            kind=order.kind,
            number=number,
            dated=order.dated,
            sha256=sha256(pdf).hex(),
            token=token,
            file=_store(agency, order.matter, upload, order.salt, StoredFile.Source.REGISTER),
            issued_by=user,
            commitment=commit(context, derive_salt(order.salt, upload.object_id), content),
            sealed_fields=upload.data_key.seal(context, content),
        )


def _typeset(agency: Agency, order: Order, fields: LetterFields, number: str, check: str) -> bytes:
    head = Letterhead(agency.name, agency.kind, agency.office, agency.address, agency.phone)
    try:
        return render(
            order.kind,
            fields,
            agency=head,
            number=number,
            dated=order.dated,
            check=check,
            replaces=Paper(number=old.number, day=old.dated) if (old := order.replaces) else None,
        )
    except TypesettingError as error:
        # Why is not told here: the typesetter repeats the words it stumbled over.
        logger.error("a letter of kind %s could not be typeset", order.kind)
        raise ValidationError(
            _(
                "%(kind)s tidak dapat disusun, sehingga tidak ada yang disimpan. Ulangi; "
                "bila tetap gagal, beri tahu pengelola sistem."
            )
            % {"kind": Kind(order.kind).label}
        ) from error


def check_address(token: str) -> str:
    """Where anyone may look a letter up; the code on the letter leads there."""
    path = reverse("letter", args=[token], urlconf="netral.documents.urls_public")
    return settings.NETRAL_PUBLIC_URL.rstrip("/") + path


def _check_place(agency: Agency, user: User) -> None:
    if user.agency_id != agency.pk:
        raise PermissionDenied
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a letter is issued in the transaction of its act")


def _store(agency: Agency, matter: str, upload: SealedUpload, salt: bytes, source: str) -> StoredFile:
    stored = evidence.store_file(
        agency=agency,
        matter=matter,
        upload=upload,
        source=source,
        salt=salt,
        recipients=[agency_public(agency).seal],
        now=clock.now(),
    )
    if (written := _written.get()) is not None:
        written.append(upload)
    return stored


# Numbers --------------------------------------------------------------------------------------------------


def _claim_number(agency: Agency, order: Order) -> str:
    """The typed number or the next free one; the counter's lock keeps it until the transaction ends."""
    counter, _made = LetterCounter.objects.select_for_update().get_or_create(
        agency=agency, year=order.dated.year
    )
    typed = clean_line(order.number)
    if len(typed) > NUMBER_LENGTH:
        raise ValidationError({"number": _("Nomor surat paling banyak %s karakter.") % NUMBER_LENGTH})
    if typed:
        if _taken(agency, typed):
            raise _number_taken(typed)
        return typed
    while True:
        counter.value += 1
        number = numbered(agency.letter_pattern, counter.value, order.dated)
        if not _taken(agency, number):
            counter.save(update_fields=["value"])
            return number


def numbered(pattern: str, value: int, dated: dt.date) -> str:
    """800.1.6.4/{nomor}/NET/{tahun} → 800.1.6.4/12/NET/2024"""
    parts = {"{nomor}": str(value), "{bulan}": MONTHS[dated.month - 1], "{tahun}": str(dated.year)}
    for part, text in parts.items():
        pattern = pattern.replace(part, text)
    return pattern


def _taken(agency: Agency, number: str) -> bool:
    return Letter.objects.filter(agency=agency, number=number).exists()


def _number_taken(number: str) -> ValidationError:
    return ValidationError({"number": _("Nomor surat “%s” sudah dipakai. Ketik nomor lain.") % number})


@contextmanager
def _number_once(number: str) -> Iterator[None]:
    """Two letters of different years have different counters; the table still takes a number once."""
    try:
        yield
    except IntegrityError as error:
        raise _number_taken(number) from error
