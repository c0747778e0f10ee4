"""Delivery of a decision, its carrying out, what was filed against it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY

from ..codes import Receipt, Remedy, RemedyResult
from .case import CasePart


class Delivery(CasePart):
    """When and how the decision reached the respondent, when it takes effect; `words` hold to whom it was handed."""

    day = models.DateField(_("diterima"))
    way = models.CharField(_("cara"), max_length=12, choices=Receipt)
    effective_on = models.DateField(_("mulai berlaku"), null=True)

    LOGGED = (*CasePart.PART, "day", "way", "effective_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "day": DAY_ONLY,
        "way": ("plain", "how it was delivered"),
        "effective_on": DAY_ONLY,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="delivery_once")]


class CarryingOut(CasePart):
    """That a moral sanction was stated, in private or in public as decided; `words` hold where, by whom and how."""

    day = models.DateField(_("dilaksanakan"))

    LOGGED = (*CasePart.PART, "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {**CasePart.PART_CLASSES, "day": DAY_ONLY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="carrying_out_once")]


class Objection(CasePart):
    """The respondent's remedy against the decision, and what became of it; `words` hold what he holds against it."""

    kind = models.CharField(_("jenis upaya"), max_length=12, choices=Remedy)
    filed_on = models.DateField(_("diajukan"))
    late = models.BooleanField(_("lewat waktu"), default=False)
    result = models.CharField(_("hasil"), max_length=20, choices=RemedyResult, blank=True, default="")
    resolved_on = models.DateField(_("diputus"), null=True)

    LOGGED = (*CasePart.PART, "kind", "filed_on", "late", "result", "resolved_on")
    FROZEN = (*CasePart.PART, "kind", "filed_on", "late")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "kind": ("plain", "kind of remedy"),
        "filed_on": DAY_ONLY,
        "late": ("plain", "whether it was filed in time"),
        "result": ("plain", "statistics"),
        "resolved_on": DAY_ONLY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="objection_once"),
            models.CheckConstraint(
                condition=Q(result="", resolved_on=None) | ~Q(result="") & Q(resolved_on__isnull=False),
                name="objection_resolved_on_a_day",
            ),
        ]
