"""Writing what is due. Called inside the transaction of the act that makes it so."""

from __future__ import annotations

import datetime as dt

from netral.audit.models import LoggedModel

from .models import WorkItem


def put(
    *,
    matter: LoggedModel,
    agency_id: int,
    number: str,
    step: str,
    about: str,
    due: dt.date | None,
    owner_id: int | None,
    open: bool,
    unread: bool,
    opened_on: dt.date,
) -> WorkItem:
    """Sets the one next step of `matter`, whatever stood there before."""
    item, _ = WorkItem.objects.update_or_create(
        subject=matter.subject,
        defaults={
            "agency_id": agency_id,
            "number": number,
            "step": step,
            "about": about,
            "due": due,
            "owner_id": owner_id,
            "open": open,
            "unread": unread,
            "opened_on": opened_on,
        },
    )
    return item


def change(*, matter: LoggedModel, owner_id: int | None) -> None:
    """Gives the matter's next step to someone else, or to nobody."""
    WorkItem.objects.filter(subject=matter.subject).update(owner_id=owner_id)
