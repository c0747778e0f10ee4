"""What was heard and found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY

from ..codes import Level, Signing
from .case import LAW_CODE, ROUND, CasePart


class ExaminationMinutes(CasePart):
    """*Berita acara*: `words` hold questions, answers and what the respondent said for himself.

    `signing` is empty until the paper is signed, or he refused.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("hari pemeriksaan"))
    signing = models.CharField(_("tanda tangan"), max_length=20, choices=Signing, blank=True, default="")

    LOGGED = (*CasePart.PART, "round", "day", "signing")
    FROZEN = (*CasePart.PART, "round", "day")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "signing": ("plain", "signed, refused, or not yet asked"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="minutes_once_a_round")]


class ExaminationReport(CasePart):
    """*Laporan hasil pemeriksaan*; the newest of a round counts. `proven` tells by object id of the allegations.

    `words` hold what aggravates, what mitigates, the impact and the reasoning.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("tanggal laporan"))
    proven = models.JSONField(default=dict)
    level = models.CharField(_("tingkat yang disarankan"), max_length=20, choices=Level, blank=True)
    sanctions = models.JSONField(_("jenis yang disarankan"), default=list)

    LOGGED = (*CasePart.PART, "round", "day", "proven", "level", "sanctions")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "proven": ("plain", "proven or not, by opaque key of an act"),
        "level": LAW_CODE,
        "sanctions": LAW_CODE,
    }

    class Meta:
        ordering = ["id"]

    @property
    def any_proven(self) -> bool:
        return any(self.proven.values())
