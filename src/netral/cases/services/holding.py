"""Who holds a case, what is added to its file."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.keys import agency_public
from netral.accounts.models import User
from netral.evidence import services as evidence
from netral.evidence.facts import SealedUpload
from netral.evidence.models import StoredFile
from netral.ui import clock

from ..content import Text
from ..models import Case, CaseNote
from ..sealed import Envelope
from ..selectors import possible_owners
from .moving import OvertakenError, begin, checked_reason, edit, keep_note


def take(*, case: Case, user: User, revision: int) -> Case:
    """The officer becomes the owner of a case whose owner may no longer hold it, or that nobody holds."""
    if case.owner_id and case.owner_id != user.pk and case.owner in possible_owners(case):
        raise OvertakenError(case)
    return edit(case=case, name="take", user=user, revision=revision, owner=user)


@transaction.atomic
def assign(*, case: Case, user: User, revision: int, owner: User) -> Case:
    """Raises ValidationError for someone who may not examine this case."""
    begin(case, "assign", user, revision)
    if owner not in possible_owners(case):
        raise ValidationError(
            {"owner": _("%(name)s tidak dapat memegang perkara ini. Pilih dari daftar.") % {"name": owner}}
        )
    return edit(
        case=case, name="assign", user=user, revision=revision, owner=owner, details={"to": owner.actor}
    )


@transaction.atomic
def reply(*, case: Case, user: User, revision: int, text: str) -> CaseNote:
    """Keeps what the respondent wrote in answer to what is alleged."""
    begin(case, "reply", user, revision)
    try:
        words = Text(checked_reason(text))
    except ValidationError as error:
        raise ValidationError({"text": error.message_dict["reason"]}) from error
    note = keep_note(case, user, "reply", words)
    edit(case=case, name="reply", user=user, revision=revision, rows=[note])
    return note


@transaction.atomic
def add_files(*, case: Case, user: User, revision: int, files: Sequence[SealedUpload]) -> list[StoredFile]:
    """Adds files: evidence, the scan of a signed letter."""
    if not files:
        raise ValidationError({"files": _("Belum ada berkas yang dipilih.")})
    begin(case, "add_file", user, revision)
    salt = Envelope.of(case).body.salt
    kept = [
        evidence.store_file(
            agency=case.agency,
            matter=case.subject,
            upload=upload,
            source=StoredFile.Source.OFFICER,
            salt=salt,
            recipients=[agency_public(case.agency).seal],
            now=clock.now(),
        )
        for upload in files
    ]
    edit(case=case, name="add_file", user=user, revision=revision, rows=kept)
    return kept
