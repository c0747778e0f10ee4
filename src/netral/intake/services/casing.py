"""How a report becomes cases: a file for each respondent, and the report's own way ends there."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.accounts.models import User
from netral.cases import services as cases
from netral.cases.models import Case
from netral.cases.services import AllegedAct, NewRespondent, Source

from ..models import Report
from ..selectors import active_respondents, open_body
from .handling import move


@transaction.atomic
def open_case(
    *,
    report: Report,
    user: User,
    revision: int,
    respondents: Sequence[NewRespondent],
    acts: Sequence[AllegedAct],
    another_act: str = "",
) -> list[Case]:
    """Opens a case for each of these respondents of the report. What was merged into the report is named as source too.

    Raises ValidationError by field, PermissionDenied, OvertakenError.
    """
    named = set(active_respondents(report).values_list("official_id", flat=True))
    if strange := [one.official for one in respondents if one.official.pk not in named]:
        raise ValidationError(
            {
                "respondents": _("%(name)s belum ditetapkan sebagai terlapor laporan ini.")
                % {"name": strange[0]}
            }
        )
    told = [report, *Report.objects.filter(merged_into=report).order_by("pk")]
    known = open_body(report).body.known_on
    opened = cases.open_cases(
        user=user,
        respondents=respondents,
        acts=acts,
        sources=[Source(one.subject, one.number) for one in told],
        named=named,
        dates={
            "received": report.received_on.isoformat(),
            **({"known": known.isoformat()} if known else {}),
        },
        another_act=another_act,
    )
    move(
        report=report,
        transition="open_case",
        user=user,
        revision=revision,
        changes={"assignee": user},  # who holds the case reads what its reporter still writes
        details={"cases": [case.number for case in opened]},
    )
    return opened
