"""The letter of an act, made in the act's own transaction: `@issuing()` around it, the letter's rows in its entry."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.audit.models import LoggedModel
from netral.documents import services as documents
from netral.documents.kinds import Kind
from netral.documents.models import Letter
from netral.documents.services import issuing
from netral.evidence.facts import SealedUpload
from netral.ui import clock

from ..codes import Outcome
from ..content import Person, Sitting, checked
from ..letters import Fields, Letters
from ..models import Case
from ..sealed import Envelope
from ..selectors import decision_of
from .moving import begin, checked_day, edit


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
    checked_day("hearing_day", hearing_day, since=clock.today())
    letters = Letters(Envelope.of(case))
    fields = letters.decision_summons(decision, hearing_day, checked(sitting), checked(before))
    rows = issue(letters, user, Kind.DECISION_SUMMONS, fields, number=number)
    edit(case=case, name="summon_decision", user=user, revision=revision, rows=rows)
    return Letter.objects.get(pk=rows[0].pk)


@transaction.atomic
def attach_scan(
    *, case: Case, user: User, revision: int, letter: Letter, scan: SealedUpload | None
) -> Letter:
    """Adds the scan of the signed letter, or a better one."""
    if scan is None:
        raise ValidationError({"scan": _("Belum ada pindaian yang dipilih.")})
    begin(case, "attach_scan", user, revision)
    letter = documents.attach_scan(letter=letter, upload=scan, user=user, salt=Envelope.of(case).body.salt)
    rows: list[LoggedModel] = [letter, *([letter.scan] if letter.scan else [])]
    edit(case=case, name="attach_scan", user=user, revision=revision, rows=rows)
    return letter
