"""What an agency holds a disputed clock to say."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from netral.accounts.models import Agency
from netral.audit.classes import DAY_ONLY, OPAQUE
from netral.audit.models import LoggedModel

from ..codes import Confirmed
from .case import LAW_CODE, OFFICER


class LawConfirmation(LoggedModel):
    """What an agency holds the law to say where the corpus leaves it open; the newest of a code counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Confirmed)
    code = models.CharField(max_length=80)
    reading = models.CharField(max_length=40, blank=True, default="")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    confirmed_on = models.DateField()

    LOGGED = ("agency", "kind", "code", "reading", "confirmed_by", "confirmed_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "kind": LAW_CODE,
        "code": LAW_CODE,
        "reading": LAW_CODE,
        "confirmed_by": OFFICER,
        "confirmed_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agency", "kind", "code"], name="confirmation_code")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code} {self.reading}"
