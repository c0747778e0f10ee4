"""Reading what is due."""

from __future__ import annotations

from netral.audit.models import LoggedModel

from .models import WorkItem


def next_step(matter: LoggedModel) -> WorkItem | None:
    """The one next step of a matter."""
    return WorkItem.objects.filter(subject=matter.subject).first()
