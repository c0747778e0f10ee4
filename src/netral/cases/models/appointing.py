"""Who examines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY, OPAQUE
from netral.roster.models import Official

from ..codes import Element, TeamKind
from .case import ROUND, CasePart


class ExaminationTeam(CasePart):
    """Who examines in one round: the direct superior alone, a team by decree, or an ethics panel.

    `words` hold who formed it.
    """

    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("bentuk"), max_length=10, choices=TeamKind)
    decree_number = models.CharField(_("nomor keputusan"), max_length=60, blank=True, default="")
    decree_day = models.DateField(_("tanggal keputusan"), null=True)
    appointed_on = models.DateField()

    LOGGED = (*CasePart.PART, "round", "kind", "decree_number", "decree_day", "appointed_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "kind": ("plain", "what a decision may rest on"),
        "decree_number": ("plain", "number of an administrative act"),
        "decree_day": DAY_ONLY,
        "appointed_on": DAY_ONLY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="team_once_a_round"),
            models.CheckConstraint(
                condition=Q(kind=TeamKind.SUPERIOR) | ~Q(decree_number="") & Q(decree_day__isnull=False),
                name="team_by_decree",
            ),
        ]


class TeamMember(CasePart):
    """One who examines, by the roster or from elsewhere; `words` hold who it is as on the day of appointment."""

    team = models.ForeignKey(ExaminationTeam, on_delete=models.PROTECT, related_name="members")
    official = models.ForeignKey(Official, null=True, on_delete=models.PROTECT, related_name="+")
    element = models.CharField(_("unsur"), max_length=20, choices=Element, blank=True, default="")
    chair = models.BooleanField(_("ketua"), default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    LOGGED = (*CasePart.PART, "team", "official", "element", "chair", "joined_on", "left_on")
    FROZEN = (*CasePart.PART, "team", "official", "element", "chair", "joined_on")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "team": OPAQUE,
        "official": ("plain", "who examines must be nobody's subordinate in the case; read by right only"),
        "element": ("plain", "what a decision may rest on"),
        "chair": ("plain", "who signs"),
        "joined_on": DAY_ONLY,
        "left_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(chair=True, left_on=None), name="team_one_chair"
            ),
            models.UniqueConstraint(
                fields=["team", "official"], condition=Q(left_on=None), name="team_member_once"
            ),
        ]
