"""What the log cannot tell of letters by itself: what replaced them, how far they are counted, what they say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from netral.audit.check import Problem
from netral.sealing import SealingError, SealKey, commit, derive_salt

from .models import Letter, LetterCounter, fields_context
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


def check_numbers() -> Iterator[Problem]:
    """The counter passes a number only where a letter of that year has it: it stands no higher than there are letters.

    One set back does no harm and is not told: it finds the next number that is free.
    """
    for counter in LetterCounter.objects.filter(value__gt=0):
        of_the_year = Q(dated__year=counter.year) | Q(number__contains=str(counter.year))
        letters = Letter.objects.filter(of_the_year, agency=counter.agency_id).count()
        if counter.value > letters:
            where = f"{counter._meta.label_lower} {counter}"
            yield Problem(where, f"penghitung berdiri di {counter.value}, tetapi surat tahun itu {letters}")


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
