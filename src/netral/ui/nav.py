"""The officers' navigation as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NavItem:
    """`right` is what a user must hold to see the item, `count` the key of its figure in `nav_counts`."""

    label: str | Promise
    url_name: str
    right: str = ""
    count: str = ""


STAFF_NAV: tuple[NavItem, ...] = (
    NavItem(_("Meja kerja"), "desk:queue", count="queue"),
    NavItem(_("Laporan"), "desk:reports", "reports.view", count="reports"),
    NavItem(_("Perkara"), "desk:cases", "cases.view", count="cases"),
    NavItem(_("Pegawai"), "roster:officials", "roster.view"),
    NavItem(_("Pengguna"), "accounts:users", "users.manage"),
)
AGENCY_NAV: tuple[NavItem, ...] = (
    NavItem(_("Statistik"), "publication:statistics", "statistics.view"),
    NavItem(_("Bukti register"), "publication:register", "log.view"),
    NavItem(_("Pengaturan"), "accounts:agency", "agency.manage"),
)


def may(user: Any, right: str) -> bool:
    """Whether someone signed in holds `right`; a stranger holds none."""
    return bool(getattr(user, "is_authenticated", False) and user.has_right(right))


def items_for(
    user: Any, items: tuple[NavItem, ...], counts: Callable[[], Mapping[str, int]]
) -> list[dict[str, Any]]:
    """The items `user` may see, in order, as `{label, url_name, count}`; nothing for a stranger."""
    if not getattr(user, "is_authenticated", False):
        return []
    return [
        {"label": item.label, "url_name": item.url_name, "count": counts().get(item.count)}
        for item in items
        if not item.right or user.has_right(item.right)
    ]
