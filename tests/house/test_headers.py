"""Every page of both sites: headers, cookies, nothing foreign, nothing inline, no change of state by GET."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from netral.accounts.rights import Role
from netral.intake.models import Draft, Report

from .test_rights_matrix import GUARDED, World, url_of, world

pytestmark = pytest.mark.one_database

__all__ = ["world"]

PUBLIC = [
    "/",
    "/lapor/",
    "/lapor/berkas/",
    "/lapor/periksa/",
    "/lapor/tanda-terima/",
    "/cek/",
    "/privasi/",
    "/boleh/",
    "/boleh/siapa/",
    "/boleh/like_post/",
    "/boleh/like_post/?actor.status=pns&object.kind=calon&object.election=pilkada-2024&act_date=2024-10-20",
    "/kalender-pemilu/",
    "/kalender-pemilu/pilkada-2024/",
    "/kalender-pemilu/pilkada-2024.ics",
    "/api/",
    "/api/v1/openapi.json",
    "/api/v1/conducts",
    "/angka/",
    "/register/",
    "/surat/0123456789abcdef0123456789abcdef/",
    "/tidak-ada/",
]

ON_BOTH_SITES = {
    "/",
    "/register/",
    "/register/kepala.txt",
    "/register/daun.txt",
}  # each site has its own page there

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Directives that must be there; a nonce would not help against what has no inline script at all.
CSP = (
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)


# What is the same for everyone and changes with the rules alone may be kept a while; nothing else may.
KEPT = ("/kalender-pemilu/pilkada-2024.ics", "/api/v1/openapi.json", "/api/v1/conducts")


def check(response: Any, *, kept: bool = False) -> None:
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, name
    policy = response.headers["Content-Security-Policy"]
    assert all(directive in policy for directive in CSP), policy
    assert "unsafe" not in policy
    assert ("no-store" in response.headers["Cache-Control"]) is not kept
    assert (
        "max-age=31536000" in response.headers.get("Strict-Transport-Security", "")
        or not response.wsgi_request.is_secure()
    )
    for cookie in response.cookies.values():
        assert cookie.key.startswith("__Host-"), cookie.key
        assert cookie["secure"], cookie.key
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Strict", cookie.key
        assert cookie["path"] == "/", cookie.key
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        check_html(response.content.decode())


def check_html(html: str) -> None:
    loaded = re.findall(
        r'<(?:img|script|link|iframe|source|object|embed)\b[^>]*?(?:src|href|data)="([^"]*)"', html
    )
    assert not [url for url in loaded if re.match(r"(?:https?:)?//", url)], "an asset of another host"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", html), (
        "inline style or script"
    )
    assert '<html lang="id"' in html
    assert "<title>" in html


WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
# What a read may write: one's own session, rate buckets, and the check for conflicts before a first look.
HOUSEKEEPING = (
    "django_session",
    "mfa_",
    "intake_searchtoken",
    "intake_conflict",
    '"screened_at"',
    "SAVEPOINT",
)


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"]
        for query in queries.captured_queries
        if WRITES.match(query["sql"]) and not any(word in query["sql"] for word in HOUSEKEEPING)
    ]


@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages(url: str, agency: Any, public_client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = public_client.get(url, secure=True)
    assert response.status_code == (404 if url == "/tidak-ada/" else response.status_code)
    assert response.status_code < 500
    check(response, kept=url in KEPT)
    assert writes(queries) == []


@pytest.mark.parametrize("address", ["/surat/%00/", "/register/?daun=%00", "/%00"])
def test_an_address_with_a_null_names_nothing(address: str, agency: Any, public_client: Client) -> None:
    response = public_client.get(address, secure=True)
    assert response.status_code == 404
    check(response)


@pytest.mark.parametrize("address", ["/laporan/%00/", "/perkara/%00/", "/akun/aktivasi/%00/", "/cari/?q=%00"])
def test_an_officers_address_with_a_null_names_nothing(
    address: str, agency: Any, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    response = staff_client(officer(Role.COORDINATOR)).get(address, secure=True)
    assert response.status_code == 404
    check(response)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_staff_pages(
    role: str, world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer(role))
    for address in GUARDED:
        if address.opens_to(role):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url_of(address, world), secure=True)
            assert response.status_code < 500, address.name
            check(response)
            assert writes(queries) == [], address.name


def test_no_staff_address_answers_on_the_public_site(world: World, public_client: Client) -> None:
    for address in GUARDED:
        url = url_of(address, world)
        if url not in ON_BOTH_SITES:
            assert public_client.get(url).status_code == 404, address.name


@pytest.mark.parametrize("url", PUBLIC)
def test_public_posts_need_the_token_of_a_form_of_ours(url: str, agency: Any, public_site: Any) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    # 422: the report form comes back with a fresh token and what was typed; nothing is kept on the server.
    assert client.post(url, {}).status_code in (403, 404, 405, 422)
    assert not Draft.objects.exists()
    assert not Report.objects.exists()


def test_staff_posts_need_the_token_of_a_form_of_ours(
    world: World, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.cookies = staff_client(officer("koordinator")).cookies
    for address in GUARDED:
        assert client.post(url_of(address, world), {}).status_code in (403, 405), address.name
