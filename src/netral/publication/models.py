"""Published figures."""

from __future__ import annotations

from django.db import models

from netral.accounts.models import Agency
from netral.audit.classes import OPAQUE
from netral.audit.models import LoggedModel


class Snapshot(LoggedModel):
    """The figures of one week as published. `figures`: {"total": n | null, "tables": {table: {cell: n | null} | null}}.

    `hidden` is not published: the suppressed cells with the count they had when first hidden, for the next week.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    as_of = models.DateField()
    figures = models.JSONField()
    hidden = models.JSONField(default=dict)

    LOGGED = ("agency", "as_of", "figures", "hidden")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "published"),
        "as_of": ("plain", "published"),
        "figures": ("plain", "published"),
        "hidden": ("plain", "counts below 5, which the same database holds as rows"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "as_of"], name="one_snapshot_a_week")]

    def __str__(self) -> str:
        return f"{self.agency} {self.as_of}"
