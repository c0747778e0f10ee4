"""The door: password, second factor, and what it tells a stranger."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client

from netral.accounts import factors
from netral.sealing import SealingError

from .conftest import PASSWORD

WRONG = "bukan kata sandinya"

SignIn = Callable[..., Any]


def without_token(response: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_password_and_code_let_in(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    first = sign_in(visitor, enrolled.username)
    assert (first.status_code, first.url) == (302, "/akun/kode/")
    assert "_auth_user_id" not in visitor.session

    response = visitor.post("/akun/kode/", {"code": factors.usable_code(enrolled)})

    assert (response.status_code, response.url) == (302, "/")
    assert visitor.get("/").content == b"isi"


def test_the_password_alone_does_not_let_in(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    sign_in(visitor, enrolled.username)
    assert visitor.get("/").url.startswith("/akun/masuk/")


def test_user_name_in_capitals_is_the_same_person(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    assert sign_in(visitor, enrolled.username.upper()).url == "/akun/kode/"


def test_the_session_key_changes_at_sign_in(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    sign_in(visitor, enrolled.username)
    before = visitor.session.session_key
    visitor.post("/akun/kode/", {"code": factors.usable_code(enrolled)})
    assert visitor.session.session_key != before


@pytest.mark.parametrize("case", ["unknown", "wrong password", "inactive", "not yet activated"])
def test_refusals_do_not_tell_accounts_apart(
    case: str, visitor: Client, officer: Callable[..., Any], sign_in: SignIn
) -> None:
    known = officer("petugas", username="pembanding")
    if case == "inactive":
        known.is_active = False
    if case == "not yet activated":
        known.set_unusable_password()
    known.save()
    username = "tidak-ada" if case == "unknown" else known.username
    password = PASSWORD if case == "inactive" else "bukan kata sandinya"

    response = sign_in(visitor, username, password)
    reference = sign_in(Client(headers={"host": "localhost"}), "orang-lain", "bukan kata sandinya")

    assert response.status_code == reference.status_code == 200
    assert without_token(response).replace(username, "") == without_token(reference).replace("orang-lain", "")


def test_unknown_names_cost_a_hash_like_known_ones(
    visitor: Client, enrolled: Any, sign_in: SignIn, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    enrolled.password = make_password(PASSWORD)
    enrolled.save()

    def seconds(username: str) -> float:
        before = time.process_time()  # what others on this machine do meanwhile does not count
        sign_in(visitor, username, "bukan kata sandinya")
        return time.process_time() - before

    seconds("pemanasan")
    known, unknown = (
        min(seconds(enrolled.username) for _ in "123"),
        min(seconds(f"tak-ada-{n}") for n in "123"),
    )
    assert 0.5 < known / unknown < 2


def test_five_wrong_passwords_close_the_door_for_five_minutes(
    visitor: Client, enrolled: Any, sign_in: SignIn, process_log: list[str]
) -> None:
    with time_machine.travel("2024-10-20 08:00Z", tick=False) as clock:
        for _ in range(5):
            sign_in(visitor, enrolled.username, "bukan kata sandinya")
        response = sign_in(visitor, enrolled.username)
        assert "Terlalu banyak percobaan yang gagal" in response.content.decode()
        assert "accounts.session.locked password" in process_log
        clock.shift(301)
        assert sign_in(visitor, enrolled.username).url == "/akun/kode/"


def test_who_knows_a_name_shuts_its_bearer_out_of_no_other_network(
    staff_client: Callable[..., Client], enrolled: Any, sign_in: SignIn
) -> None:
    def is_closed(network: str, password: str = WRONG) -> bool:
        client = staff_client()
        client.defaults["REMOTE_ADDR"] = f"{network}.7"
        return "Terlalu banyak percobaan" in sign_in(client, enrolled.username, password).content.decode()

    with time_machine.travel("2024-10-20 08:00Z", tick=False) as clock:
        assert [is_closed("203.0.113") for _ in range(6)] == [False] * 5 + [True]
        assert is_closed("203.0.113", PASSWORD)
        clock.shift(1)  # a success takes back what was counted at its moment
        assert not is_closed("198.51.100", PASSWORD)
        # Five from each of many networks: after a hundred within the hour the name is closed everywhere.
        assert [is_closed(f"10.0.{at // 5}") for at in range(96)] == [False] * 95 + [True]
        assert is_closed("192.0.2", PASSWORD)
        clock.shift(3601)
        assert not is_closed("192.0.2", PASSWORD)


@pytest.mark.usefixtures("slept")
def test_an_address_that_tries_many_names_is_refused_in_the_end(
    visitor: Client, agency: Any, sign_in: SignIn
) -> None:
    answers = {sign_in(visitor, f"nama-{n}", "bukan kata sandinya").status_code for n in range(70)}
    assert answers == {200, 429}


def test_wrong_codes_close_the_door_too(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    sign_in(visitor, enrolled.username)
    for _ in range(5):
        visitor.post("/akun/kode/", {"code": "abcdef"})
    response = visitor.post("/akun/kode/", {"code": factors.usable_code(enrolled)})
    assert "Terlalu banyak percobaan" in response.content.decode()


def test_a_post_without_a_code_is_answered(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    sign_in(visitor, enrolled.username)
    assert visitor.post("/akun/kode/", {}).status_code == 200


def test_what_is_typed_as_a_name_reaches_no_log(
    visitor: Client, agency: Any, sign_in: SignIn, process_log: list[str], caplog: Any
) -> None:
    sign_in(visitor, "kata sandi di kolom yang salah", "apa saja")
    assert process_log == ["accounts.session.refused password"]
    assert "kolom yang salah" not in caplog.text


def test_sign_in_and_refusal_are_in_the_process_log(
    visitor: Client, enrolled: Any, sign_in: SignIn, process_log: list[str]
) -> None:
    sign_in(visitor, enrolled.username, "bukan kata sandinya")
    sign_in(visitor, enrolled.username, code="abcdef")
    visitor.post("/akun/kode/", {"code": factors.usable_code(enrolled)})
    assert process_log == [
        "accounts.session.refused password",
        f"accounts.session.refused {enrolled.actor} code",
        f"accounts.session.opened {enrolled.actor} password+totp",
    ]


# Codes ----------------------------------------------------------------------------------------------------


def test_a_code_is_accepted_once(visitor: Client, enrolled: Any, sign_in: SignIn) -> None:
    with time_machine.travel("2024-10-20 08:00Z", tick=False):
        code = factors.usable_code(enrolled)
        assert sign_in(visitor, enrolled.username, code=code).status_code == 302
        second = Client(headers={"host": "localhost"})
        response = sign_in(second, enrolled.username, code=code)
    assert "Kode ini sudah dipakai" in response.content.decode()
    assert "_auth_user_id" not in second.session


def test_a_spent_code_stays_spent_while_its_window_lasts(enrolled: Any) -> None:
    """allauth forgets a used code after one period, though with a tolerance of one it fits for three."""
    with time_machine.travel("2024-10-20 08:00:00Z", tick=False) as clock:
        code = factors.usable_code(enrolled)
        assert factors.spend(enrolled, code)
        for _ in range(3):
            clock.shift(15)
            with pytest.raises(factors.CodeSpentError):
                factors.spend(enrolled, code)
        clock.shift(60)
        assert factors.spend(enrolled, code) is None


def test_codes_older_than_a_spent_one_are_spent(enrolled: Any) -> None:
    secret = factors.unseal(factors.factor(enrolled, factors.TOTP).data["secret"])
    with time_machine.travel("2024-10-20 08:00:00Z", tick=False) as clock:
        older = factors._code(secret, factors.current_step())
        clock.shift(30)
        assert factors.spend(enrolled, factors._code(secret, factors.current_step()))
        with pytest.raises(factors.CodeSpentError):
            factors.spend(enrolled, older)


@pytest.mark.parametrize(
    ("seconds", "step"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")]
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, step: str) -> None:
    import base64

    secret = base64.b32encode(b"12345678901234567890").decode()
    assert factors._code(secret, seconds // 30) == step[-6:]


def test_a_recovery_code_lets_in_once(
    visitor: Client, enrolled: Any, sign_in: SignIn, process_log: list[str]
) -> None:
    spare = factors.recovery_codes(enrolled).get_unused_codes()[3]
    assert len(spare) == 12
    assert (
        sign_in(visitor, enrolled.username, code=f"{spare[:4]} {spare[4:8]}-{spare[8:]}").status_code == 302
    )
    assert process_log[-1].endswith("password+recovery_codes")
    again = sign_in(Client(headers={"host": "localhost"}), enrolled.username, code=spare)
    assert again.status_code == 200
    assert len(factors.recovery_codes(enrolled).get_unused_codes()) == 9


# At rest --------------------------------------------------------------------------------------------------


def test_secrets_of_factors_are_sealed(officer: Callable[..., Any]) -> None:
    user = officer()
    secret = factors.enrol(user)
    codes = factors.recovery_codes(user).get_unused_codes()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_a_factor_moved_to_another_person_is_none(officer: Callable[..., Any]) -> None:
    """Who can write to the database cannot lend his own generator to a colleague's account."""
    attacker, victim = officer(), officer()
    factors.enrol(attacker)
    code = factors.usable_code(attacker)
    Authenticator.objects.filter(user=attacker).update(user=victim)
    assert factors.spend(victim, code) is None


def test_a_renamed_owner_does_not_open(officer: Callable[..., Any]) -> None:
    attacker, victim = officer(), officer()
    _owner, rest = factors.seal(attacker, "SECRET").split(".", 1)
    with pytest.raises(SealingError):
        factors.unseal(f"{victim.pk:032x}.{rest}")


# The rest of allauth ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "login/code/",
        "inactive/",
        "2fa/",
        "social/",
        "login/",
    ],
)
@pytest.mark.parametrize("prefix", ["/akun/", "/accounts/"])
def test_nothing_else_of_allauth_is_reachable(visitor: Client, agency: Any, prefix: str, path: str) -> None:
    assert visitor.get(prefix + path).status_code == 404


def test_the_door_names_all_of_allauth_that_is_reachable() -> None:
    from netral.accounts import urls_door

    assert {pattern.name for pattern in urls_door.urlpatterns} == {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_authenticate",
        "mfa_reauthenticate",
    }
