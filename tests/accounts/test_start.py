"""What must hold before the officers' site serves, and the demonstration's published accounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.test import Client

from netral.accounts import services
from netral.accounts.demo_help import DEMO_PASSWORD
from netral.accounts.models import Agency
from netral.sealing import SealKey

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def found() -> set[str]:
    messages = run_checks(include_deployment_checks=True, databases=["default"])
    return {str(message.id) for message in messages if str(message.id).startswith("accounts.E")}


@pytest.fixture
def in_service(settings: Any, keys: Any) -> Any:
    """The hasher of the real settings, which the tests' settings replace for speed."""
    settings.PASSWORD_HASHERS = ARGON2
    return settings


def test_the_real_settings_hold(in_service: Any) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("accounts.E001", "SECRET_KEY", ""),
        ("accounts.E002", "PASSWORD_HASHERS", ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]),
        ("accounts.E005", "SESSION_COOKIE_HTTPONLY", False),
        ("accounts.E006", "CSRF_COOKIE_SAMESITE", "Lax"),
        ("accounts.E007", "SESSION_COOKIE_SECURE", False),
        ("accounts.E008", "NETRAL_KEYS", {"staff": Path("/tidak/ada")}),
    ],
)
def test_a_setting_that_is_wrong_is_named(in_service: Any, rule: str, name: str, value: Any) -> None:
    setattr(in_service, name, value)
    assert found() == {rule}


@pytest.mark.parametrize(
    ("rule", "kept"), [("accounts.E003", "Guessable"), ("accounts.E004", "MinimumLength")]
)
def test_a_missing_password_rule_is_named(in_service: Any, rule: str, kept: str) -> None:
    in_service.AUTH_PASSWORD_VALIDATORS = [
        v for v in in_service.AUTH_PASSWORD_VALIDATORS if kept in v["NAME"]
    ]
    assert found() == {rule}


@pytest.mark.parametrize("field", ["seal_key", "vault_key"])
@pytest.mark.parametrize("site", ["public", "staff", "worker"])
def test_no_process_starts_where_the_database_names_another_key(
    in_service: Any, agency: Any, site: str, field: str
) -> None:
    in_service.SITE = site
    assert found() == set()
    Agency.objects.filter(pk=agency.pk).update(**{field: SealKey.generate().public.raw})
    assert found() == {"accounts.E010"}


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"kind":"agency","seal":"x","v":1,"vault":"y"}\n'])
def test_no_process_starts_without_the_keys_of_the_founding(
    in_service: Any, agency: Any, tmp_path: Path, content: bytes | None
) -> None:
    in_service.SITE, in_service.NETRAL_KEYS = "public", {**in_service.NETRAL_KEYS, "public": tmp_path}
    if content is not None:
        (tmp_path / "agency-way-tirta.pub").write_bytes(content)
    assert found() == {"accounts.E010"}


def test_the_hasher_of_the_real_settings_is_argon2id() -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from netral.config.settings import base

    assert base.PASSWORD_HASHERS == ARGON2
    assert Argon2PasswordHasher().encode("apa saja", "garam123").startswith("argon2$argon2id$")


# Demonstration ----------------------------------------------------------------------------------------------


@pytest.fixture
def demo_user(settings: Any, agency: Any) -> Any:
    settings.NETRAL_DEMO = True
    return services.create_demo_user(
        agency=agency,
        username="demo-petugas",
        full_name="Rini Pertiwi",
        role="petugas",
        password=DEMO_PASSWORD,
    )


def test_demo_accounts_stop_a_real_start(in_service: Any, demo_user: Any, administrator: Any) -> None:
    assert found() == set()
    in_service.NETRAL_DEMO = False
    assert found() == {"accounts.E009"}
    services.disable(user=demo_user, by=administrator)
    assert found() == set()


def test_demo_accounts_are_made_in_a_demonstration_only(agency: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.create_demo_user(
            agency=agency, username="demo-petugas", full_name="Rini", role="petugas", password=DEMO_PASSWORD
        )


def test_the_sign_in_page_of_a_demonstration_lets_one_in(
    demo_user: Any, visitor: Client, sign_in: Callable[..., Any]
) -> None:
    page = visitor.get("/akun/masuk/")
    [shown] = page.context["demo_accounts"]
    assert "Akun peragaan" in page.content.decode()
    assert sign_in(visitor, shown.user.username, shown.password, code=shown.code).url == "/"
    # Signed out and in again within the same half minute: the page shows a code that is not spent.
    visitor.post("/akun/keluar/")
    [shown] = visitor.get("/akun/masuk/").context["demo_accounts"]
    assert sign_in(visitor, shown.user.username, shown.password, code=shown.code).url == "/"


@pytest.mark.parametrize(
    ("demo", "host", "peer"), [(False, "localhost", "127.0.0.1"), (True, "localhost", "192.0.2.7"),
                               (True, "testserver", "127.0.0.1")],
)  # fmt: skip
def test_codes_are_shown_to_this_machine_in_a_demonstration_only(
    demo: bool, host: str, peer: str, demo_user: Any, settings: Any
) -> None:
    settings.NETRAL_DEMO = demo
    page = Client(headers={"host": host}, REMOTE_ADDR=peer).get("/akun/masuk/")
    assert page.status_code == 200
    assert DEMO_PASSWORD not in page.content.decode()
