"""What the log cannot tell of letters by itself: whether each that was replaced names the one in its place."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from netral.audit.check import Problem
from netral.sealing import SealingError, SealKey, commit, derive_salt

from .models import Letter, fields_context
from .selectors import open_pdf, said_bytes

BATCH = 500


def check_replacements() -> Iterator[Problem]:
    """A letter is replaced by a later one of its kind in its matter, and by none but on a day."""
    same = {name: F(f"replaced_by__{name}") for name in ("agency", "matter", "kind")}
    replaced = Letter.objects.exclude(replaced_by=None, replaced_on=None)
    strange = replaced.exclude(**same, replaced_by__gt=F("pk"), replaced_on__isnull=False)
    for letter in strange.only("pk").iterator(BATCH):
        yield Problem(
            letter.subject, "surat penggantinya bukan surat sesudahnya yang sejenis dalam perkara ini"
        )


def check_letter(letter: Letter, key: SealKey, salt: bytes) -> Iterator[Problem]:
    """Opens what the letter says and its PDF; both must be what the log has. `salt` is the matter's."""
    try:
        content, _pdf = said_bytes(letter, key), open_pdf(letter, key)
    except (SealingError, FileNotFoundError) as error:
        yield Problem(letter.subject, f"surat tidak terbuka: {error}")
        return
    context = fields_context(letter.file.object_id)
    if commit(context, derive_salt(salt, letter.file.object_id), content) != letter.commitment:
        yield Problem(letter.subject, "isi surat tidak cocok dengan yang tercatat dalam log")
