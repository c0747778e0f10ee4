"""Writing what is due. Called inside the transaction of the act that makes it so."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    opened_on: dt.date,
    owner_id: int | None = None,
    open: bool = True,
    unread: bool = False,
    first: bool = False,
) -> None:
    """Sets the one next step of `matter`, whatever stood there before; one statement.

    `first` for a new matter, of which nothing can stand there: the public process may not change the line of another.
    """
    item = WorkItem(
        subject=matter.subject,
        agency_id=agency_id,
        number=number,
        step=step,
        about=about,
        due=due,
        owner_id=owner_id,
        open=open,
        unread=unread,
        opened_on=opened_on,
    )
    if first:
        item.save(force_insert=True)
        return
    told = [field.name for field in WorkItem._meta.concrete_fields if field.name not in ("id", "subject")]
    WorkItem.objects.bulk_create([item], update_conflicts=True, unique_fields=["subject"], update_fields=told)


def change(*, matter: LoggedModel, **values: Any) -> None:
    """Changes some of what `put` set: its owner, whether it is open, …"""
    WorkItem.objects.filter(subject=matter.subject).update(**values)
