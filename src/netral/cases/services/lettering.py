"""The letter of an act, made in the act's own transaction: `@issuing()` around it, the letter's rows in its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.keys import agency_key
from netral.accounts.models import User
from netral.audit.models import LoggedModel
from netral.documents import services as documents
from netral.documents.kinds import Kind
from netral.documents.models import Letter
from netral.documents.selectors import said
from netral.documents.services import issuing
from netral.evidence.facts import SealedUpload
from netral.ui import clock

from ..codes import Outcome
from ..content import Person, Sitting, Text, checked
from ..examiners import nip_problem
from ..letters import Fields, Letters
from ..lifecycle import REPLACES
from ..models import Case
from ..sealed import Envelope
from ..selectors import decision_of, minutes_of
from .moving import begin, checked_day, checked_reason, edit, keep_note

APPOINTMENTS = (Kind.SUMMONS, Kind.DECISION_SUMMONS)


def issue(
    letters: Letters,
    user: User,
    kind: str,
    fields: Fields,
    *,
    dated: dt.date | None = None,
    number: str = "",
    number_field: str = "number",
) -> list[LoggedModel]:
    """Issues a letter of the case, dated today if nothing else is said; gives the rows that the act's entry names.

    Raises ValidationError by field, that of the number under `number_field`.
    """
    case = letters.case
    try:
        letter = documents.issue_letter(
            agency=case.agency,
            matter=case.subject,
            kind=kind,
            fields=fields,
            dated=dated or clock.today(),
            user=user,
            salt=letters.envelope.body.salt,
            number=number,
        )
    except ValidationError as error:
        raise _renamed(error, "number", number_field) from error
    return [letter, letter.file]


def _renamed(error: ValidationError, name: str, to: str) -> ValidationError:
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({to if field == name else field: told for field, told in error.error_dict.items()})


@issuing()
def summon_decision(
    *,
    case: Case,
    user: User,
    revision: int,
    hearing_day: dt.date,
    sitting: Sitting,
    before: Person,
    number: str = "",
) -> Letter:
    """Calls the respondent to receive what was decided, before someone who signs the letter."""
    begin(case, "summon_decision", user, revision)
    decision = decision_of(case)
    if decision is None or decision.outcome == Outcome.NOT_PROVEN:
        raise ValidationError(
            _(
                "Tidak ada sanksi yang harus diterima; sampaikan surat penutupan perkara dan catat penyampaiannya."
            )
        )
    before = checked(before)
    if problem := nip_problem(before):
        raise ValidationError({"nip": problem})
    checked_day("hearing_day", hearing_day, since=clock.today())
    letters = Letters(Envelope.of(case))
    fields = letters.decision_summons(decision, hearing_day, checked(sitting), before)
    rows = issue(letters, user, Kind.DECISION_SUMMONS, fields, number=number)
    edit(case=case, name="summon_decision", user=user, revision=revision, rows=rows)
    return Letter.objects.get(pk=rows[0].pk)


@issuing()
def replace_letter(
    *,
    case: Case,
    user: User,
    revision: int,
    letter: Letter,
    words: Mapping[str, str],
    reason: str,
    number: str = "",
) -> Letter:
    """Withdraws a letter and issues another in its place, dated today; the act it tells of stays as it is.

    Hour and place of a summons are set right in the file as well. Raises PermissionDenied without the right to issue
    letters of this kind.
    """
    name = REPLACES[letter.kind]
    begin(case, name, user, revision)
    reason, envelope, key = checked_reason(reason), Envelope.of(case), agency_key(case.agency)
    corrected: list[LoggedModel] = []
    unsigned = _to_be_signed_anew(Letters(envelope), letter)
    if letter.kind in APPOINTMENTS:
        sitting = _sitting({**said(letter, key), **words})
        words = {**words, "hour": sitting.hour, "room": sitting.place}
        corrected = _set_right(Letters(envelope), letter, sitting)
    replacement = documents.replace_letter(
        letter=letter,
        words=words,
        dated=clock.today(),
        user=user,
        key=key,
        salt=envelope.body.salt,
        number=number,
    )
    corrected += unsigned
    replaced, note = Letter.objects.get(pk=letter.pk), keep_note(case, user, name, Text(reason))
    edit(
        case=case,
        name=name,
        user=user,
        revision=revision,
        rows=[replaced, replacement, replacement.file, *corrected, note],
        details={"from_number": replaced.number, "to_number": replacement.number},
    )
    return replacement


def _to_be_signed_anew(letters: Letters, letter: Letter) -> list[LoggedModel]:
    """The minutes whose letter this is: who signed the old paper has not signed the new one."""
    minutes = minutes_of(letters.case)
    if letter.kind != Kind.MINUTES or minutes is None or letter != letters.minutes_letter():
        return []
    minutes.signing = ""
    minutes.save(update_fields=["signing"])
    return [minutes]


def _sitting(words: Mapping[str, str]) -> Sitting:
    """Raises ValidationError by the letter's fields."""
    try:
        return checked(Sitting(words["hour"], words["room"]))
    except ValidationError as error:
        raise _renamed(error, "place", "room") from error


def _set_right(letters: Letters, letter: Letter, sitting: Sitting) -> list[LoggedModel]:
    """The summons whose letter this is, with its hour and place in the file as the new letter has them."""
    summonses = letters.case.summons_set.filter(round=letters.case.round)
    for summons in summonses if letter.kind == Kind.SUMMONS else ():
        if letters.summons_letter(summons) == letter:
            letters.envelope.seal(summons, sitting)
            summons.save()
            return [summons]
    return []


@transaction.atomic
def attach_scan(
    *, case: Case, user: User, revision: int, letter: Letter, scan: SealedUpload | None
) -> Letter:
    """Adds the scan of the signed letter, or a better one."""
    if scan is None:
        raise ValidationError({"scan": _("Belum ada pindaian yang dipilih.")})
    begin(case, "attach_scan", user, revision)
    rows = scan_of(Letters(Envelope.of(case)), letter, user, scan)
    edit(case=case, name="attach_scan", user=user, revision=revision, rows=rows)
    return Letter.objects.get(pk=letter.pk)


def scan_of(letters: Letters, letter: Letter, user: User, scan: SealedUpload | None) -> list[LoggedModel]:
    """Adds a scan to a letter that has none yet, or a better one where one came; gives the rows that changed."""
    if scan:
        salt = letters.envelope.body.salt
        letter = documents.attach_scan(letter=letter, upload=scan, user=user, salt=salt)
        return [letter, *([letter.scan] if letter.scan else [])]
    if letter.scan is None:
        raise ValidationError(
            {
                "scan": _("Belum ada pindaian %(kind)s yang ditandatangani; pilih foto atau PDF-nya.")
                % {"kind": letter.get_kind_display().lower()}
            }
        )
    return []
