"""What was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import DAY_ONLY, OPAQUE

from ..codes import BY_TEAM_ONLY, DECIDED, Level, Outcome, TeamKind
from .appointing import ExaminationTeam
from .case import LAW_CODE, OFFICER, ROUND, CasePart
from .examining import ExaminationMinutes
from .summoning import Summons


class Decision(CasePart):
    """What was decided about the respondent, once. `words` hold the reason and the office of who signed.

    It rests on the minutes of the last round, or on the summons to which he was absent for the second time.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("tanggal keputusan"))
    outcome = models.CharField(_("hasil"), max_length=20, choices=[(o.value, o.label) for o in DECIDED])
    sanction = models.CharField(_("jenis sanksi"), max_length=60, blank=True, default="")
    level = models.CharField(_("tingkat"), max_length=20, choices=Level, blank=True, default="")
    authority = models.CharField(_("kewenangan"), max_length=40)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    minutes = models.ForeignKey(ExaminationMinutes, null=True, on_delete=models.PROTECT, related_name="+")
    absence = models.ForeignKey(Summons, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(ExaminationTeam, on_delete=models.PROTECT, related_name="+")
    team_kind = models.CharField(max_length=10, choices=TeamKind)

    LOGGED = (
        *CasePart.PART,
        "round",
        "day",
        "outcome",
        "sanction",
        "level",
        "authority",
        "decider",
        "minutes",
        "absence",
        "team",
        "team_kind",
    )
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "outcome": ("plain", "statistics"),
        "sanction": LAW_CODE,
        "level": LAW_CODE,
        "authority": LAW_CODE,
        "decider": OFFICER,
        "minutes": OPAQUE,
        "absence": OPAQUE,
        "team": OPAQUE,
        "team_kind": ("plain", "a heavy sanction rests on a team"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, absence=None) | Q(minutes=None, absence__isnull=False),
                name="decision_heard_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NOT_PROVEN, sanction="", level="")
                | ~Q(outcome=Outcome.NOT_PROVEN) & ~Q(sanction="") & ~Q(level=""),
                name="decision_sanction_if_proven",
            ),
            models.CheckConstraint(
                condition=~Q(level__in=BY_TEAM_ONLY)
                | Q(team_kind=TeamKind.TEAM)
                | Q(outcome=Outcome.DISMISSAL),
                name="decision_heavy_by_team",
            ),
        ]
