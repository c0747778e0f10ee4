"""Agencies and people: links that open once, an administrator who stays, acts in the register's log."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netral.accounts import factors, services
from netral.accounts.models import Activation, Agency, User
from netral.accounts.selectors import forged_links
from netral.audit.check import check_register
from netral.audit.models import Entry
from netral.audit.selectors import history
from netral.sealing import SigningKey

GOOD = "empat kata lain sekali"
Officer = Callable[..., Any]


def actions(subject: Any) -> list[str]:
    return [act.action for act in history(subject)]


@pytest.fixture
def invitation(agency: Any, administrator: Any) -> services.Invitation:
    return services.create_user(
        agency=agency, username="sari.wulan", full_name="Sari Wulandari", role="petugas", by=administrator
    )


# Invitations ------------------------------------------------------------------------------------------------


def test_a_new_person_has_a_link_and_no_password(invitation: services.Invitation) -> None:
    user = User.objects.get(username="sari.wulan")
    assert not user.has_usable_password()
    assert len(invitation.token) >= 43  # 256 bits in base64
    assert invitation.url.endswith(f"/akun/aktivasi/{invitation.token}/")
    assert actions(user) == ["accounts.user.created", "accounts.user.activation_issued"]


def test_the_token_is_kept_as_a_hash_only(invitation: services.Invitation) -> None:
    stored = str(Activation.objects.values_list().get()) + str(list(Entry.objects.values_list("body")))
    assert invitation.token not in stored


def test_a_person_comes_in_by_the_link(invitation: services.Invitation, visitor: Client) -> None:
    assert "sari.wulan" in visitor.get(invitation.url).content.decode()
    response = visitor.post(invitation.url, {"password1": GOOD, "password2": GOOD})
    assert response.url == "/akun/faktor/"
    assert visitor.get("/").url == "/akun/faktor/"

    secret = visitor.get("/akun/faktor/").context["secret"].replace(" ", "")
    code = factors._code(secret, factors.current_step())
    assert visitor.post("/akun/faktor/", {"code": code}).url == "/akun/kode-cadangan/"
    assert len(visitor.get("/akun/kode-cadangan/").context["codes"]) == 10
    assert visitor.get("/").content == b"isi"
    assert actions(invitation.user)[2:] == ["accounts.user.activated", "accounts.user.factor_set"]


def test_a_link_opens_once(invitation: services.Invitation, visitor: Client) -> None:
    services.activate(token=invitation.token, password=GOOD)
    assert visitor.get(invitation.url).status_code == 410
    with pytest.raises(services.LinkGoneError):
        services.activate(token=invitation.token, password=GOOD + " lagi")
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(GOOD)


def test_a_link_ends_after_three_days(invitation: services.Invitation, visitor: Client) -> None:
    issued = timezone.now()
    with time_machine.travel(issued + datetime.timedelta(hours=71, minutes=59), tick=False) as clock:
        assert visitor.get(invitation.url).status_code == 200
        clock.shift(120)
        assert visitor.get(invitation.url).status_code == 410
        assert visitor.post(invitation.url, {"password1": GOOD, "password2": GOOD}).status_code == 410


def test_a_new_link_ends_the_earlier_one(invitation: services.Invitation, administrator: Any) -> None:
    services.issue_activation(user=invitation.user, by=administrator)
    assert services.open_activation(invitation.token) is None


def test_a_link_that_the_log_does_not_know_opens_nothing(
    invitation: services.Invitation, owner: Any, visitor: Client
) -> None:
    """Whoever owns the database knows a token of his own, and could set a password as an act of its victim."""
    services.activate(token=invitation.token, password=GOOD)
    known = "tautan-buatan-sendiri"
    forged = {
        "token_hash": services._token_hash(known),
        "expires_at": timezone.now() + datetime.timedelta(days=1),
    }
    for victim in (owner, invitation.user):
        Activation.objects.filter(token_hash=forged["token_hash"]).delete()
        Activation.objects.create(user=victim, **forged)
        assert list(forged_links()) == [victim]
        with pytest.raises(services.LinkGoneError):
            services.activate(token=known, password=GOOD + " lagi")
    Activation.objects.filter(token_hash=forged["token_hash"]).delete()
    Activation.objects.update(used_at=None)
    assert visitor.get(invitation.url).status_code == 410, "a spent link, unspent in the database"
    assert list(forged_links()) == [invitation.user]


def test_a_link_lives_no_longer_than_the_log_says(invitation: services.Invitation) -> None:
    Activation.objects.update(expires_at=timezone.now() + datetime.timedelta(days=300))
    assert services.open_activation(invitation.token) is None


def test_disabling_ends_the_link(invitation: services.Invitation, administrator: Any) -> None:
    services.disable(user=invitation.user, by=administrator)
    services.enable(user=invitation.user, by=administrator)
    assert services.open_activation(invitation.token) is None


def test_a_person_with_a_password_gets_no_link_without_a_reset(owner: Any, administrator: Any) -> None:
    with pytest.raises(ValidationError):
        services.issue_activation(user=owner, by=administrator)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("lima belas huru", None),
        ("empat belas hu", "15 karakter"),
        ("passwordpassword", "terlalu umum"),
        ("Password12345678", "terlalu umum"),
        ("aaaaaaaaaaaaaaaa", "terlalu umum"),
        ("123412341234123412", "terlalu umum"),
        ("!!!sayang!!!!!!!!!!", "terlalu umum"),
        ("sari.wulan12345", "mirip"),
        ("semua huruf kecil tanpa angka", None),
        ("839201748302915", None),
        ("empat kata lain sekali " * 10, None),
    ],
)
def test_passwords_are_long_and_uncommon_and_otherwise_free(
    invitation: services.Invitation, visitor: Client, password: str, message: str | None
) -> None:
    response = visitor.post(invitation.url, {"password1": password, "password2": password})
    if message is None:
        assert response.status_code == 302
    else:
        assert message in response.content.decode()
        assert services.open_activation(invitation.token)  # a refused password does not spend the link


# Input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "Sari"), ("username", "s"), ("username", "sari wulan"), ("username", "sari\n"),
        ("username", "demo-sari"), ("username", "x" * 41),
        ("full_name", ""), ("full_name", "x" * 121), ("full_name", "Sari\u202eiraS"), ("full_name", "Sari\x00"),
        ("role", "raja"), ("email", "bukan surel"),
    ],
)  # fmt: skip
def test_services_refuse_bad_values_by_field(agency: Any, field: str, value: str) -> None:
    good = {"username": "sari.wulan", "full_name": "Sari Wulandari", "role": "petugas", "email": ""}
    with pytest.raises(ValidationError) as error:
        services.create_user(agency=agency, **(good | {field: value}))
    assert list(error.value.message_dict) == [field]
    assert not User.objects.filter(agency=agency).exists()


def test_a_user_name_is_taken_once(agency: Any, other_agency: Any) -> None:
    services.create_user(agency=agency, username="sari", full_name="Sari", role="petugas")
    with pytest.raises(ValidationError, match="sudah dipakai"):
        services.create_user(agency=other_agency, username="sari", full_name="Sari", role="petugas")


def test_an_agency_is_created_with_its_keys_and_changed_in_the_log(vault_key: Any, officer: Officer) -> None:
    made = services.create_agency(
        slug="bukit-rana",
        name="Kota Bukit Rana",
        office="Inspektorat",
        seal_key=bytes(32),
        vault_key=bytes(32),
    )
    by = officer("administrator", agency=made)
    services.update_agency(agency=made, by=by, phone="0700 000 111", study_days=7, name="Kota Bukit Rana")
    assert [act.details for act in history(made)] == [{}, {"fields": ["phone", "study_days"]}]
    with pytest.raises(ValidationError):
        services.update_agency(agency=made, by=by, study_days=0)


def test_nobody_changes_another_agency(administrator: Any, other_agency: Any, foreign_officer: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.update_agency(agency=other_agency, by=administrator, name="Milik Kami")
    for act in (services.disable, services.enable, services.reset_factor, services.issue_activation):
        with pytest.raises(PermissionDenied):
            act(user=foreign_officer, by=administrator)


def test_only_administrators_manage_people(owner: Any, colleague: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.disable(user=colleague, by=owner)


# Administrators ---------------------------------------------------------------------------------------------


def test_the_last_administrator_stays(administrator: Any, agency: Any) -> None:
    with pytest.raises(ValidationError, match="satu-satunya administrator"):
        services.disable(user=administrator, by=administrator)
    with pytest.raises(ValidationError) as error:
        services.update_user(user=administrator, full_name="Nama", email="", role="petugas", by=administrator)
    assert list(error.value.message_dict) == ["role"]
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)


@pytest.mark.parametrize("other", ["inactive", "not yet activated", "of another agency"])
def test_an_administrator_who_cannot_sign_in_does_not_count(
    other: str, administrator: Any, officer: Officer, other_agency: Any
) -> None:
    second = officer("administrator", **({"agency": other_agency} if other == "of another agency" else {}))
    second.is_active = other != "inactive"
    if other == "not yet activated":
        second.set_unusable_password()
    second.save()
    with pytest.raises(ValidationError):
        services.disable(user=administrator)


def test_with_a_second_one_the_first_may_go(administrator: Any, officer: Officer) -> None:
    second = officer("administrator")
    services.disable(user=administrator, by=second)
    with pytest.raises(ValidationError):
        services.disable(user=second)


def test_nobody_resets_himself(administrator: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.reset_factor(user=administrator, by=administrator)


def test_the_command_line_resets_the_last_administrator(administrator: Any) -> None:
    invitation = services.reset_factor(user=administrator)
    assert services.open_activation(invitation.token) == administrator
    assert [act.actor for act in history(administrator)] == ["cli", "cli"]


def test_role_changes_are_in_the_log_with_both_roles(owner: Any, administrator: Any) -> None:
    services.update_user(
        user=owner, full_name=owner.full_name, email="", role="koordinator", by=administrator
    )
    entry = history(owner)[-1]
    assert entry.action == "accounts.user.updated"
    assert entry.actor == administrator.actor
    assert entry.details == {"fields": ["role"], "from": "pemeriksa", "to": "koordinator"}


def test_every_act_leaves_the_row_as_the_log_says(owner: Any, administrator: Any) -> None:
    import json

    services.disable(user=owner, by=administrator)
    services.enable(user=owner, by=administrator)
    owner.refresh_from_db()
    last = json.loads(Entry.objects.order_by("-index")[0].body)
    assert last["rows"] == {owner.subject: owner.digest()}


# Pages ------------------------------------------------------------------------------------------------------


def test_the_link_is_shown_once(admin_client: Client) -> None:
    body = {"username": "sari", "full_name": "Sari Wulandari", "email": "", "role": "petugas"}
    response = admin_client.post("/pengguna/baru/", body)
    url = response.context["invitation"].url
    assert url in response.content.decode()
    user = User.objects.get(username="sari")
    again = admin_client.get(f"/pengguna/{user.pk}/").content.decode()
    assert "/akun/aktivasi/" not in again
    assert "Menunggu aktivasi" in again
    assert url.split("/")[-2] not in str(dict(admin_client.session.items()))


def test_a_refused_form_keeps_what_was_typed(admin_client: Client) -> None:
    body = {"username": "Sari Wulan", "full_name": "Sari Wulandari", "email": "", "role": "petugas"}
    page = admin_client.post("/pengguna/baru/", body).content.decode()
    assert 'value="Sari Wulandari"' in page
    assert "3 sampai 40 karakter" in page


def test_people_are_found_by_name(admin_client: Client, officer: Officer) -> None:
    officer("petugas", full_name="Budi Santika")
    page = admin_client.get("/pengguna/?q=santi").content.decode()
    assert "Budi Santika" in page
    assert "Petugas Uji" not in page.split("<main")[1]


def test_the_list_costs_the_same_for_many(admin_client: Client, officer: Officer) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin_client.get("/pengguna/")
        return len(captured)

    queries()  # the first request notes the session's beginning
    few = queries()
    for _ in range(30):
        officer()
    assert queries() == few


@pytest.mark.parametrize("act", ["nonaktifkan", "atur-ulang", "undang", "aktifkan", ""])
def test_people_of_another_agency_are_not_there(admin_client: Client, foreign_officer: Any, act: str) -> None:
    path = f"/pengguna/{foreign_officer.pk}/"
    assert admin_client.get(path).status_code == 404
    assert admin_client.post(path, {"tindakan": act}).status_code == 404
    foreign_officer.refresh_from_db()
    assert foreign_officer.is_active


def test_the_page_of_a_person_acts(admin_client: Client, owner: Any) -> None:
    path = f"/pengguna/{owner.pk}/"
    admin_client.post(path, {"tindakan": "nonaktifkan"})
    assert "Akun ini nonaktif" in admin_client.get(path).content.decode()
    admin_client.post(path, {"tindakan": "aktifkan"})
    assert "/akun/aktivasi/" in admin_client.post(path, {"tindakan": "atur-ulang"}).content.decode()
    assert "/akun/aktivasi/" in admin_client.post(path, {"tindakan": "undang"}).content.decode()
    saved = admin_client.post(path, {"full_name": "Nama Baru", "email": "", "role": "pimpinan"}, follow=True)
    assert "Nama Baru" in saved.content.decode()


def test_a_refused_act_says_why(admin_client: Client, administrator: Any) -> None:
    path = f"/pengguna/{administrator.pk}/"
    response = admin_client.post(path, {"tindakan": "nonaktifkan"}, follow=True)
    assert "satu-satunya administrator" in response.content.decode()
    assert admin_client.post(path, {"tindakan": "atur-ulang"}).status_code == 403


def test_writing_needs_a_fresh_factor(admin_client: Client, owner: Any) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        for path in (f"/pengguna/{owner.pk}/", "/pengguna/baru/", "/instansi/"):
            response = admin_client.post(path, {"tindakan": "nonaktifkan"})
            assert response.url.startswith("/akun/konfirmasi/")
    owner.refresh_from_db()
    assert owner.is_active


def test_the_agency_is_set_up(admin_client: Client, agency: Any) -> None:
    body = {
        "name": "Kabupaten Way Tirta", "office": "Inspektorat", "address": "Jalan Rekaan 1", "phone": "0700 000",
        "kind": "kabupaten_kota", "study_days": "5", "answer_days": "7", "follow_up_days": "14",
        "assess_days": "5", "appoint_days": "5", "summon_days": "3", "report_days": "7", "decide_days": "14",
        "letter_pattern": "800.1.6.4/{nomor}/NET/{tahun}",
    }  # fmt: skip
    assert admin_client.post("/instansi/", body).status_code == 302
    assert Agency.objects.get(pk=agency.pk).address == "Jalan Rekaan 1"
    wrong = admin_client.post("/instansi/", body | {"study_days": "0"}).content.decode()
    assert "error-summary" in wrong


def test_a_factor_that_vanished_cannot_be_set_anew_by_password_alone(owner: Any, administrator: Any) -> None:
    """The database's owner sets a password and deletes the factor. A reset, which the log shows, opens the way."""

    def set_factor() -> None:
        secret = generate_totp_secret()
        code = format_hotp_value(hotp_value(secret, factors.current_step()))
        services.set_factor(user=owner, secret=secret, code=code)

    set_factor()
    set_factor()
    Authenticator.objects.filter(user=owner).delete()
    assert factors.lost(owner)
    with pytest.raises(ValidationError, match="hilang tanpa diatur ulang"):
        set_factor()
    services.reset_factor(user=owner, by=administrator)
    set_factor()
    assert not factors.lost(owner)


# Behind the log's back -------------------------------------------------------------------------------------


def told() -> list[str]:
    return [str(problem) for problem in check_register(SigningKey.generate().public)]


def test_a_password_set_in_the_database_is_told(
    invitation: services.Invitation,
) -> None:
    user = services.activate(token=invitation.token, password=GOOD)
    services.set_password(user=user, password=f"{GOOD} lagi")
    before = told()
    assert not [problem for problem in before if user.subject in problem]
    User.objects.filter(pk=user.pk).update(password=make_password("dipasang dari basis data"))
    assert set(told()) - set(before) == {f"{user.subject}: diubah di luar log"}


def test_a_sign_in_does_not_bring_a_foreign_hash_into_the_log(
    invitation: services.Invitation, visitor: Client, settings: Any
) -> None:
    """Of weaker parameters, so that Django would make it anew at the first sign-in."""
    user = services.activate(token=invitation.token, password=GOOD)
    settings.PASSWORD_HASHERS = [
        *settings.PASSWORD_HASHERS,
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    foreign = make_password("dipasang dari basis data", hasher="pbkdf2_sha256")
    User.objects.filter(pk=user.pk).update(password=foreign)
    answer = visitor.post("/akun/masuk/", {"login": user.username, "password": "dipasang dari basis data"})
    assert answer.status_code == 302, "the factor is what stops him"
    user.refresh_from_db()
    assert user.password == foreign
    assert f"{user.subject}: diubah di luar log" in told()
