"""What was passed on as a possible crime, and what came back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY, OPAQUE

from .case import CasePart


class CrimeReferral(CasePart):
    """What may be a crime, passed to who receives crimes while the case goes on here; `words` hold why.

    It is open until it has its answer.
    """

    to = models.CharField(_("diteruskan kepada"), max_length=40)
    day = models.DateField(_("tanggal penerusan"))

    LOGGED = (*CasePart.PART, "to", "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "to": ("plain", "code of an institution"),
        "day": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class CrimeAnswer(CasePart):
    """What came of a crime that was referred, as its receiver answered; `words` hold the answer."""

    referral = models.OneToOneField(CrimeReferral, on_delete=models.PROTECT, related_name="answer")
    day = models.DateField(_("tanggal jawaban"))

    LOGGED = (*CasePart.PART, "referral", "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {**CasePart.PART_CLASSES, "referral": OPAQUE, "day": DAY_ONLY}
