"""How long a session lives, what ends it, and what asks for a factor again; all with a moved clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from netral.accounts import factors, services
from netral.accounts.sessions import SessionStore

from .conftest import PASSWORD

MINUTE, HOUR = 60, 3600


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2024-10-20 01:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(clock: Any, enrolled: Any, visitor: Client, sign_in: Callable[..., Any]) -> Client:
    sign_in(visitor, enrolled.username, code=factors.usable_code(enrolled))
    assert visitor.get("/").content == b"isi"
    return visitor


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_thirty_idle_minutes_end_a_session(
    client: Client, clock: Any, process_log: list[str], enrolled: Any
) -> None:
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(30 * MINUTE)
    response = client.get("/laporan/?q=a", follow=True)
    assert response.redirect_chain == [("/akun/masuk/?next=/laporan/%3Fq%3Da", 302)]
    assert "Sesi Anda berakhir" in response.content.decode()
    assert process_log[-1] == f"accounts.session.expired {enrolled.actor}"


def test_an_ended_session_leaves_nothing_behind(client: Client, clock: Any) -> None:
    old = client.session.session_key
    clock.shift(31 * MINUTE)
    is_in(client)
    client.cookies["__Host-netral-petugas"] = str(old)
    assert not is_in(client)


def test_twelve_hours_end_a_session_that_is_never_idle(client: Client, clock: Any) -> None:
    for _ in range(35):
        clock.shift(20 * MINUTE)
        assert is_in(client)
    clock.shift(20 * MINUTE)
    assert not is_in(client)


def test_a_busy_minute_writes_the_session_once(
    client: Client, clock: Any, django_assert_num_queries: Any
) -> None:
    clock.shift(61)
    is_in(client)
    for _ in range(3):
        clock.shift(10)
        with django_assert_num_queries(3) as queries:  # session, person, factor
            is_in(client)
        assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_a_disabled_person_is_out_at_the_next_request(
    client: Client, enrolled: Any, administrator: Any
) -> None:
    services.disable(user=enrolled, by=administrator)
    assert not is_in(client)


def test_an_enabled_person_does_not_get_old_sessions_back(
    client: Client, enrolled: Any, administrator: Any
) -> None:
    services.disable(user=enrolled, by=administrator)
    services.enable(user=enrolled, by=administrator)
    assert not is_in(client)


def test_a_reset_ends_sessions_password_and_factor(
    client: Client, enrolled: Any, administrator: Any, visitor: Client, sign_in: Callable[..., Any]
) -> None:
    services.reset_factor(user=enrolled, by=administrator)
    assert not is_in(client)
    assert not factors.has_factor(enrolled)
    assert sign_in(Client(headers={"host": "localhost"}), enrolled.username).status_code == 200


def test_signing_out_ends_the_session_on_the_server(client: Client) -> None:
    old = client.session.session_key
    assert client.post("/akun/keluar/").status_code == 302
    client.cookies["__Host-netral-petugas"] = str(old)
    assert not is_in(client)


def test_signing_out_needs_a_post(client: Client) -> None:
    assert client.get("/akun/keluar/").status_code == 200
    assert is_in(client)


# Other devices ----------------------------------------------------------------------------------------------


@pytest.fixture
def other_device(client: Client, clock: Any, enrolled: Any, sign_in: Callable[..., Any]) -> Client:
    clock.shift(30)
    other = Client(headers={"host": "localhost"})
    enrolled.refresh_from_db()
    sign_in(other, enrolled.username, code=factors.usable_code(enrolled))
    assert is_in(other)
    return other


def test_changing_the_password_puts_out_other_devices(
    client: Client, other_device: Client, enrolled: Any
) -> None:
    new = "empat kata lain sekali"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = client.post("/akun/kata-sandi/", body)
    assert (response.status_code, response.url) == (302, "/akun/")
    assert is_in(client)
    assert not is_in(other_device)
    enrolled.refresh_from_db()
    assert enrolled.check_password(new)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"oldpassword": "salah", "password1": "empat kata lain sekali"},
            "bukan kata sandi Anda yang sekarang",
        ),
        ({"password1": "pendek"}, "15 karakter"),
        ({"password1": "passwordpassword"}, "terlalu umum"),
        ({"password1": "empat kata lain sekali", "password2": "tidak sama"}, "tidak sama"),
    ],
)
def test_a_refused_password_says_why(client: Client, body: dict[str, str], message: str) -> None:
    full = {"oldpassword": PASSWORD, "password2": body["password1"]} | body
    response = client.post("/akun/kata-sandi/", full)
    assert response.status_code == 200
    assert message in response.content.decode()


def test_putting_out_other_devices_keeps_this_one(client: Client, other_device: Client) -> None:
    client.post("/akun/")
    assert is_in(client)
    assert not is_in(other_device)


def test_a_new_factor_puts_out_other_devices(
    client: Client, other_device: Client, enrolled: Any, clock: Any
) -> None:
    page = client.get("/akun/faktor/")
    secret = page.context["secret"].replace(" ", "")
    old_secret = factors.unseal(factors.factor(enrolled, factors.TOTP).data["secret"])
    clock.shift(60)
    response = client.post("/akun/faktor/", {"code": factors._code(secret, factors.current_step())})
    assert (response.status_code, response.url) == (302, "/akun/kode-cadangan/")
    assert is_in(client)
    assert not is_in(other_device)
    clock.shift(60)
    assert factors.spend(enrolled, factors._code(old_secret, factors.current_step())) is None
    assert factors.spend(enrolled, factors._code(secret, factors.current_step()))


# Second factor ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/akun/", "/pengguna/", "/akun/kata-sandi/", "/akun/kode-cadangan/", "/x/"]
)
def test_without_a_second_factor_only_setting_one_up_is_open(
    path: str, officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer("administrator"), second_factor=False)
    assert client.get(path).url == "/akun/faktor/"
    assert client.post(path).url == "/akun/faktor/"
    assert client.get("/akun/faktor/").status_code == 200
    assert client.post("/akun/keluar/").url == "/akun/masuk/"


def test_the_secret_on_offer_is_sealed_in_the_session(
    officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer(), second_factor=False)
    secret = client.get("/akun/faktor/").context["secret"].replace(" ", "")
    assert secret not in str(dict(client.session.items()))
    assert client.get("/akun/faktor/").context["secret"].replace(" ", "") == secret


def test_a_wrong_first_code_sets_no_factor(
    officer: Callable[..., Any], staff_client: Callable[..., Client]
) -> None:
    user = officer()
    client = staff_client(user, second_factor=False)
    response = client.post("/akun/faktor/", {"code": "000000"})
    assert "Kode tidak cocok" in response.content.decode()
    assert not factors.has_factor(user)


def test_recovery_codes_show_until_kept_and_never_again(client: Client, enrolled: Any) -> None:
    first = client.get("/akun/kode-cadangan/")
    assert len(first.context["codes"]) == 10
    assert client.get("/akun/kode-cadangan/").context["codes"] == first.context["codes"]
    client.post("/akun/kode-cadangan/", {"simpan": "ya"})
    kept = client.get("/akun/kode-cadangan/")
    assert kept.context["codes"] == []
    assert first.context["codes"][0] not in kept.content.decode()
    client.post("/akun/kode-cadangan/", {"baru": "ya"})
    fresh = client.get("/akun/kode-cadangan/").context["codes"]
    assert len(fresh) == 10
    assert not set(fresh) & set(first.context["codes"])


# Step-up ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/akun/faktor/", "/akun/kode-cadangan/"])
def test_sensitive_pages_ask_again_after_fifteen_minutes(client: Client, clock: Any, path: str) -> None:
    clock.shift(14 * MINUTE + 59)
    assert client.get(path).status_code == 200
    clock.shift(1)
    assert client.get(path).url == f"/akun/konfirmasi/?next={path.replace('/', '%2F')}"
    assert client.post(path, {}).url.startswith("/akun/konfirmasi/")


def test_a_code_opens_them_again_and_changes_the_session_key(
    client: Client, clock: Any, enrolled: Any
) -> None:
    clock.shift(20 * MINUTE)
    before = client.session.session_key
    enrolled.refresh_from_db()
    response = client.post(
        "/akun/konfirmasi/?next=/akun/faktor/",
        {"code": factors.usable_code(enrolled), "next": "/akun/faktor/"},
    )
    assert response.url == "/akun/faktor/"
    assert client.session.session_key != before
    assert client.get("/akun/faktor/").status_code == 200


def test_a_wrong_code_does_not(client: Client, clock: Any) -> None:
    clock.shift(20 * MINUTE)
    assert client.post("/akun/konfirmasi/", {"code": "000000"}).status_code == 200
    assert client.get("/akun/faktor/").status_code == 302


def test_the_password_does_not_stand_in_for_the_code(client: Client, clock: Any) -> None:
    clock.shift(20 * MINUTE)
    response = client.post("/akun/konfirmasi/kata-sandi/", {"password": PASSWORD})
    assert response.url.startswith("/akun/konfirmasi/")
    assert client.get("/akun/faktor/").status_code == 302


def test_the_decorator_guards_views_of_others(
    officer: Callable[..., Any], staff_client: Callable[..., Client], clock: Any
) -> None:
    client = staff_client(officer("pemeriksa"))
    assert client.get("/rahasia/").content == b"isi rahasia"
    clock.shift(16 * MINUTE)
    response = client.post("/rahasia/", {"isi": "teks yang tidak boleh tersimpan"})
    assert response.url == "/akun/konfirmasi/?next=%2Frahasia%2F"
    assert "tidak boleh" not in str(dict(client.session.items()))


def test_a_next_address_elsewhere_is_not_followed(client: Client, clock: Any, enrolled: Any) -> None:
    clock.shift(MINUTE)
    enrolled.refresh_from_db()
    code = factors.usable_code(enrolled)
    response = client.post("/akun/konfirmasi/", {"code": code, "next": "https://tempat-lain.example/"})
    assert response.url == "/"


def test_what_the_database_holds_opens_no_session(client: Client) -> None:
    """Neither its keys used as cookies, nor somebody else's content copied under a key of one's own."""
    key = str(client.session.session_key)
    row = Session.objects.get()
    assert key != row.session_key
    thief = Client()
    thief.cookies["__Host-netral-petugas"] = row.session_key
    assert not is_in(thief)
    own = SessionStore()
    own.create()
    Session.objects.exclude(pk=row.pk).update(session_data=row.session_data)
    thief.cookies["__Host-netral-petugas"] = str(own.session_key)
    assert not is_in(thief)
    assert is_in(client)


def test_single_keys_are_turned_off_and_on_by_the_person_himself(
    officer: Callable[..., Any], staff_client: Callable[..., Any]
) -> None:
    one, other = officer("petugas"), officer("petugas")
    client, epoch = staff_client(one), one.session_epoch

    def silent(user: Any) -> bool:
        return 'data-keys="off"' in staff_client(user).get("/akun/").content.decode()

    assert not silent(one)
    assert client.post("/akun/", {"pintasan": "mati"})["Location"] == "/akun/"
    assert (silent(one), silent(other)) == (True, False)
    client.post("/akun/", {"pintasan": "nyala"})
    assert not silent(one)
    one.refresh_from_db()
    assert one.session_epoch == epoch
