"""What happened in a case, in sentences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.audit.selectors import Act, history
from netral.lawbook import corpus
from netral.ui.parts import Event
from netral.ui.templatetags.netral import tanggal

from .. import selectors
from ..actions import ACTIONS
from ..codes import Level, Outcome, Track
from ..models import Case


def events_of(case: Case, reasons: Sequence[selectors.Reason] = ()) -> list[Event]:
    """The case's history in sentences, newest first, each with the officer's reason where there is one."""
    acts = history(case)
    people = _people(acts)
    told = defaultdict(list)
    for reason in reasons:
        told[f"cases.case.{reason.act}"].append(reason.text)
    events = []
    for act in acts:
        why = told[act.action].pop(0) if told[act.action] else ""
        events.append(
            Event(
                at=act.at.date() if act.day_only else act.at, text=_sentence(act, why), by=_who(act, people)
            )
        )
    return events[::-1]


def who_acted(act: Act) -> tuple[str, str]:
    """Name and sentence of one act."""
    return _who(act, _people([act])), _sentence(act)


def _sentence(act: Act, why: str = "") -> str:
    what = str(ACTIONS.get(act.action, act.action))
    extra = _extra(act.details)
    told = f"{what}: {extra}" if extra else what
    return f"{told}. {_('Alasan')}: {why}" if why else told


def _extra(details: Mapping[str, Any]) -> str:
    match details:
        case {"outcome": str(outcome), "sanction": str(sanction)}:
            label = str(Outcome(outcome).label)
            return f"{label}, {corpus().sanctions[sanction].label.id}" if sanction else label
        case {"track": str(track), "level": str(level)} if track:
            return f"{Track(track).label}, {Level(level).label}"
        case {"from_number": str(old), "to_number": str(new)}:
            return f"{old} → {new}"
        case {"from": str(before), "to": str(after)}:
            return f"{_short(before)} → {_short(after)}"
        case _:
            return ""


def _short(day: str) -> str:
    return tanggal(dt.date.fromisoformat(day))


def _people(acts: Sequence[Act]) -> dict[str, str]:
    ids = {act.actor.removeprefix("user/") for act in acts if act.actor.startswith("user/")}
    return {user.actor: user.full_name for user in User.objects.filter(pk__in=ids)}


def _who(act: Act, people: Mapping[str, str]) -> str:
    return people.get(act.actor, _("Pengelola sistem") if act.actor == "cli" else act.actor)
