"""Summons, and who did not come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY, OPAQUE

from ..codes import Attendance, Excuse, Notice
from .case import ROUND, CasePart


class Summons(CasePart):
    """The first or second call of a round; `words` hold hour and place. `attendance` is empty until the day came.

    Postponed, it bears the days of its newest letter.
    """

    round = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(_("panggilan ke-"))
    letter_day = models.DateField(_("tanggal surat"))
    hearing_day = models.DateField(_("hari pemeriksaan"))
    attendance = models.CharField(_("kehadiran"), max_length=20, choices=Attendance, blank=True, default="")

    LOGGED = (*CasePart.PART, "round", "ordinal", "letter_day", "hearing_day", "attendance")
    FROZEN = ("case", "object_id", "round", "ordinal")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "ordinal": ("plain", "first or second call"),
        "letter_day": DAY_ONLY,
        "hearing_day": DAY_ONLY,
        "attendance": ("plain", "a second absence allows a decision without a hearing"),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "ordinal"], name="summons_once"),
            models.CheckConstraint(condition=Q(ordinal__in=[1, 2]), name="summons_twice_at_most"),
            models.CheckConstraint(
                condition=Q(hearing_day__gte=models.F("letter_day")), name="summons_before_hearing"
            ),
        ]


class Absence(CasePart):
    """That he did not come to a hearing he was called for; `words` hold what shows that he knew, and his reason.

    One recorded wrongly is withdrawn, and stays.
    """

    summons = models.ForeignKey(Summons, on_delete=models.PROTECT, related_name="absences")
    received_on = models.DateField(_("panggilan diterima"))
    way = models.CharField(_("cara diterima"), max_length=12, choices=Notice)
    excuse = models.CharField(_("kabar terlapor"), max_length=12, choices=Excuse)
    recorded_on = models.DateField()
    withdrawn_on = models.DateField(_("dicabut"), null=True)

    LOGGED = (*CasePart.PART, "summons", "received_on", "way", "excuse", "recorded_on", "withdrawn_on")
    FROZEN = (*CasePart.PART, "summons", "received_on", "way", "excuse", "recorded_on")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "summons": OPAQUE,
        "received_on": DAY_ONLY,
        "way": ("plain", "how a summons arrived"),
        "excuse": ("plain", "whether a reason was given"),
        "recorded_on": DAY_ONLY,
        "withdrawn_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["summons"], condition=Q(withdrawn_on=None), name="absence_once_a_summons"
            ),
        ]
