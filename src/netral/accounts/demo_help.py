"""The demonstration's accounts, shown on the sign-in page of this very machine and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from . import factors
from .models import DEMO_PREFIX, User

DEMO_PASSWORD = "peragaan di way tirta"  # noqa: S105 (published on purpose; such accounts stop any other start)


@dataclass(frozen=True)
class DemoAccount:
    user: User
    password: str
    code: str


def demo_accounts(request: HttpRequest) -> list[DemoAccount]:
    """Accounts with their current codes; empty outside a demonstration and for anyone on another machine."""
    if not (settings.NETRAL_DEMO and _is_loopback(request)):
        return []
    people = User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).order_by("pk")
    return [DemoAccount(user, DEMO_PASSWORD, code) for user in people if (code := factors.usable_code(user))]


def _is_loopback(request: HttpRequest) -> bool:
    """Both the name called and the peer: the name alone is the client's own word."""
    host, _port = split_domain_port(request.get_host())
    return host in {"localhost", "127.0.0.1", "[::1]"} and _is_own_address(
        request.META.get("REMOTE_ADDR", "")
    )


def _is_own_address(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
