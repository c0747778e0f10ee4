"""What every page knows: whose register this is, what day it is, where the reader may go."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from . import clock, nav


def _named(setting: str) -> Callable[..., Any]:
    """The function a setting names: this lowest layer asks the higher ones without importing them."""
    name: str = getattr(settings, setting, "")
    return import_string(name) if name else lambda *_: {}


def shell(request: HttpRequest) -> dict[str, Any]:
    """`site` (agency, stage, demo_date, today); for the officers' pages `staff_nav`, `agency_nav` and `may_search`.

    `settings.NETRAL_SITE_AGENCY` names a function () -> something with `name`, `office`, `address`, `phone`;
    `settings.NETRAL_SITE_STAGE` one () -> the election's stage of the day with `election`, `stage`, `day`, `days`,
    `next_event`, or nothing; `settings.NETRAL_NAV_COUNTS` one (user) -> {count key: number}.
    Asked only by pages that show it.
    """

    @cache
    def counts() -> Mapping[str, int]:
        found: Mapping[str, int] = _named("NETRAL_NAV_COUNTS")(request.user)
        return found

    def items(which: tuple[nav.NavItem, ...]) -> Callable[[], list[dict[str, Any]]]:
        return lambda: nav.items_for(getattr(request, "user", None), which, counts)

    return {
        "site": {
            "agency": SimpleLazyObject(_named("NETRAL_SITE_AGENCY")),
            "stage": _named("NETRAL_SITE_STAGE"),
            "demo_date": getattr(settings, "NETRAL_DEMO_DATE", None),
            "today": clock.today(),
        },
        "staff_nav": items(nav.STAFF_NAV),
        "agency_nav": items(nav.AGENCY_NAV),
        "may_search": lambda: nav.may(getattr(request, "user", None), "reports.view"),
    }
