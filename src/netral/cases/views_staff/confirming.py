"""Where the corpus leaves the law open: what this agency follows, said once for all its cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netral.accounts.access import StaffRequest, staff_view
from netral.accounts.rights import Right
from netral.lawbook import corpus

from .. import pages, selectors, services
from ..services.confirming import CONFIRMERS


@dataclass(frozen=True)
class OpenClock:
    """A clock with more than one reading, or with one that is not verified."""

    code: str
    label: str
    readings: list[dict[str, Any]]
    followed: str


@require_safe
@staff_view(Right.CASES_VIEW)
def confirmations(request: StaffRequest) -> HttpResponse:
    agency = request.user.agency_id
    confirmed = selectors.confirmed_articles(agency)
    context = {
        "clocks": list(_open_clocks(agency)),
        "articles": [(article, article.ref in confirmed) for article in _unverified_articles()],
        "may_confirm": any(request.user.has_right(right) for right in CONFIRMERS),
    }
    return render(request, "cases/staff/confirmations.html", context)


@staff_view(*CONFIRMERS)
def confirm(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        told = {name: request.POST.get(name, "")[:80] for name in ("kind", "code", "reading")}
        try:
            services.confirm_law(user=request.user, **told)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, _("Dicatat. Perkara yang menunggu tenggat ini dihitung kembali."))
    code = request.POST.get("code", "")
    return redirect(reverse("cases:confirmations") + (f"#{code}" if code in corpus().clocks else ""))


def _open_clocks(agency_id: int) -> Iterator[OpenClock]:
    for code, clocks in corpus().clocks.items():
        readings = [reading for clock in clocks for reading in clock.readings]
        if len(readings) == 1 and readings[0].status == "verified":
            continue
        told = [
            {
                "code": reading.code,
                "says": reading.says.id,
                "status": pages.STATUS_WORDS[reading.status],
                "tone": pages.STATUS_TONES[reading.status],
            }
            for reading in readings
        ]
        followed = selectors.confirmed_reading(agency_id, code) or ""
        yield OpenClock(code, clocks[0].label.id, told, followed)


def _unverified_articles() -> Iterator[Any]:
    for versions in corpus().articles.values():
        yield from (article for article in versions if article.status == "unverified")
