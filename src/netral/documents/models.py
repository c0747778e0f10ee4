"""Letters as the register keeps them; what they say lies in the sealed file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import Agency
from netral.audit.classes import OPAQUE, SALTED
from netral.audit.models import LoggedModel
from netral.evidence.models import StoredFile, file_context
from netral.sealing import Context

from .kinds import Kind

SHOWN = ("plain", "shown to whoever holds the letter and reads its code")


class Letter(LoggedModel):
    """A letter that was issued. `sha256` is that of the PDF, `scan` the signed paper.

    `sealed_fields` is what it says, under the data key of `file`; `replaced_by` the letter issued in its place.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    matter = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(_("jenis surat"), max_length=30, choices=Kind)
    number = models.CharField(_("nomor surat"), max_length=80)
    dated = models.DateField(_("tanggal surat"))
    sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    scan = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64)
    sealed_fields = models.BinaryField()
    replaced_by = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        verbose_name=_("surat pengganti"),
    )
    replaced_on = models.DateField(_("diganti"), null=True)

    LOGGED = (
        "agency",
        "matter",
        "kind",
        "number",
        "dated",
        "sha256",
        "token",
        "file",
        "scan",
        "issued_by",
        "commitment",
        "replaced_by",
        "replaced_on",
    )
    FROZEN = (
        "agency",
        "matter",
        "kind",
        "number",
        "dated",
        "sha256",
        "token",
        "file",
        "issued_by",
        "commitment",
        "sealed_fields",
    )
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "matter": ("plain", "opaque name of the matter"),
        "kind": ("plain", "the list of a matter's letters; about nobody"),
        "number": SHOWN,
        "dated": SHOWN,
        "sha256": SHOWN,
        "token": ("plain", "random; leads to nothing but what is shown"),
        "file": OPAQUE,
        "scan": OPAQUE,
        "issued_by": ("plain", "officer"),
        "commitment": SALTED,
        "sealed_fields": ("sealed", "what the letter says"),
        "replaced_by": OPAQUE,
        "replaced_on": SHOWN,
    }

    class Meta:
        verbose_name = _("surat")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(replaced_by=None, replaced_on=None)
                | Q(replaced_by__isnull=False, replaced_on__isnull=False),
                name="letter_replaced_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LetterCounter(models.Model):
    """Running number of an agency's letters in a year; its row lock serialises numbering.

    Beside the log, as it follows from the letters: `inspection.check_numbers` holds it against them.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    FIELD_CLASSES = dict.fromkeys(("id", "agency", "year", "value"), ("plain", "running number"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="letter_counter_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


def fields_context(object_id: str) -> Context:
    """Context of what a letter says, by its file's object id."""
    return file_context(object_id, "letter")
