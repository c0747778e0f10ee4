"""What is alleged, and what the law says of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY, OPAQUE
from netral.roster.models import Official

from ..codes import Level, Track
from .case import LAW_CODE, OFFICER, ROUND, CasePart


class Allegation(CasePart):
    """One act the respondent is alleged to have done. It stands unless the case was stopped.

    `instance` counts acts of the same kind on the same day that an officer held to be different ones.
    """

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    conduct = models.CharField(_("perbuatan"), max_length=40)
    act_date = models.DateField(_("tanggal perbuatan"))
    until = models.DateField(_("sampai tanggal"), null=True)
    facts = models.JSONField(_("fakta"), default=dict)
    instance = models.PositiveSmallIntegerField(default=1)
    stands = models.BooleanField(default=True)

    LOGGED = (*CasePart.PART, "official", "conduct", "act_date", "until", "facts", "instance", "stands")
    FROZEN = ("case", "object_id", "official")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "official": ("plain", "nobody answers twice for one act; read by right only"),
        "conduct": LAW_CODE,
        "act_date": ("plain", "which law applies; the day only"),
        "until": ("plain", "which law applies; the day only"),
        "facts": LAW_CODE,
        "instance": ("plain", "tells like acts of one day apart"),
        "stands": ("plain", "nobody answers twice for one act"),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "conduct", "act_date", "instance"],
                condition=Q(stands=True),
                name="allegation_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("act_date")), name="allegation_span"
            ),
        ]


class EarlierWording(CasePart):
    """What an allegation said before an officer said it anew; `words` hold its description. Only ever added to."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="earlier")
    conduct = models.CharField(_("perbuatan"), max_length=40)
    act_date = models.DateField(_("tanggal perbuatan"))
    until = models.DateField(_("sampai tanggal"), null=True)
    facts = models.JSONField(_("fakta"), default=dict)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_on = models.DateField(_("diganti"))

    SAID = ("conduct", "act_date", "until", "facts")  # as the allegation did
    LOGGED = (*CasePart.PART, "allegation", *SAID, "replaced_by", "replaced_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "allegation": OPAQUE,
        **{name: Allegation.FIELD_CLASSES[name] for name in SAID},
        "replaced_by": OFFICER,
        "replaced_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class Assessment(CasePart):
    """What the law was found to say, as it was said on that day. Never changed, never computed again.

    `words` hold the reason of an officer who departed from the answer.
    """

    round = models.PositiveSmallIntegerField()
    facts = models.TextField()
    answer = models.TextField()
    corpus = models.CharField(max_length=64)
    accepted = models.BooleanField(_("jawaban diterima"))
    track = models.CharField(_("jalur"), max_length=20, choices=Track)
    level = models.CharField(_("tingkat"), max_length=20, choices=Level)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_on = models.DateField()

    LOGGED = (
        *CasePart.PART,
        "round",
        "facts",
        "answer",
        "corpus",
        "accepted",
        "track",
        "level",
        "author",
        "made_on",
    )
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "facts": ("plain", "codes and days put to the law; no name, place or words"),
        "answer": ("plain", "the law's answer: codes, days and articles"),
        "corpus": ("plain", "hash of the law as data"),
        "accepted": ("plain", "whether the officer followed the answer"),
        "track": LAW_CODE,
        "level": LAW_CODE,
        "author": OFFICER,
        "made_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
