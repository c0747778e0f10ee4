"""What is typed on the officers' site outlives the session: shown again to who typed it, and to nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_plus, urlencode

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from netral.accounts import factors
from netral.accounts.models import User
from netral.accounts.rights import Role
from netral.accounts.unsent import BESIDE, UNSENT
from netral.intake.models import Report
from netral.intake.services import handling

from .test_rights_matrix import GUARDED, Address, World, screen_for_newcomers, url_of, world

pytestmark = pytest.mark.one_database

__all__ = ["world"]

PASSWORD = "kata sandi uji yang panjang"
CANARY = "Camat itu berpidato di lapangan Kenanga"
HALF_AN_HOUR = 1801


class Forms(HTMLParser):
    """The forms of a page as a browser would send them: by address, each field's values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.text_of = self.choices_of = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self.forms.append((told.get("action", ""), {}))
        elif tag == "input" and name:
            if told.get("type") not in ("checkbox", "radio"):
                self.put(name, told.get("value", ""))
            else:
                self.put(name, *([told.get("value", "on")] if "checked" in told else []))
        elif tag == "textarea":
            self.text_of = name
            self.put(name, "")
        elif tag == "select":
            self.choices_of = name
            self.put(name)
        elif tag == "option" and "selected" in told:
            self.put(self.choices_of, told["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text_of = ""

    def handle_data(self, data: str) -> None:
        if self.text_of:
            values = self.forms[-1][1][self.text_of]
            values[-1] += data.removeprefix("\r\n").removeprefix("\n") if not values[-1] else data

    def put(self, name: str, *values: str) -> None:
        if self.forms:
            self.forms[-1][1].setdefault(name, []).extend(values)

    def with_fields(self, names: Iterable[str]) -> dict[str, list[str]]:
        """The one form that has all of these fields."""
        found = [fields for _, fields in self.forms if set(names) <= set(fields)]
        assert len(found) == 1, self.forms
        return found[0]

    def holding(self, typed: Mapping[str, str]) -> dict[str, list[str]]:
        """The form in which every typed value stands in its field."""
        fields = self.with_fields(typed)
        assert {name: value for name, value in typed.items() if value not in fields[name]} == {}
        return fields


@dataclass
class Desk:
    """A browser at which somebody works, with a token checked as in service."""

    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    )

    def token(self, path: str) -> str:
        return first_form(self.client.get(path))["csrfmiddlewaretoken"][0]

    def send(self, path: str, fields: Mapping[str, Any], *, follow: bool = False) -> Any:
        """A form of text as a browser sends it."""
        body = urlencode(fields, doseq=True)
        return self.client.post(path, body, content_type="application/x-www-form-urlencoded", follow=follow)

    def sign_in(self, user: User, path: str = "/akun/masuk/") -> Any:
        """Through both pages of the door, with a code that was not used yet; where one lands."""
        user.refresh_from_db()
        name = {"login": user.username, "password": PASSWORD}
        door = self.client.get(path, follow=True)
        asked = self.send(door.request["PATH_INFO"], first_form(door) | name, follow=True)
        assert "Kode masuk" in asked.content.decode()
        code = {"code": factors.usable_code(user)}
        return self.send("/akun/kode/", first_form(asked) | code, follow=True)


def first_form(response: Any) -> dict[str, Any]:
    """The first form in the main part of a page that is sent to us with a token."""
    assert response.status_code == 200
    _, _, main = response.content.decode().partition("<main")
    return next(fields for _, fields in Forms(main).forms if "csrfmiddlewaretoken" in fields)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2024-10-21 01:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _awake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netral.ui.throttle.time.sleep", lambda _seconds: None)


@pytest.fixture
def writer(officer: Callable[..., User]) -> Callable[[str], User]:
    def make(role: str) -> User:
        user = officer(role)
        factors.enrol(user)
        return user

    return make


def entry(code: str) -> dict[str, str]:
    return {
        "code": code, "channel": "surat", "kind": "laporan", "acts": "like_post", "story": CANARY,
        "who_name": "Camat Kenanga",
    }  # fmt: skip


CODE = "0000000000000000000000000A"


@dataclass(frozen=True)
class Typed:
    """A form somewhere on the site: who fills it in, where it goes, on which page it stands, what is typed."""

    role: str
    to: Callable[[World], str]
    on: Callable[[World], str]
    fields: Mapping[str, str]


def _of_report(address: str, page: str = "") -> dict[str, Callable[[World], str]]:
    return {
        "to": lambda world: f"/laporan/{world.report.number}/{address}",
        "on": lambda world: f"/laporan/{world.report.number}/{page}",
    }


FORMS = {
    "enter": Typed("petugas", lambda _: "/laporan/baru/", lambda _: "/laporan/baru/", entry(CODE)),
    "ask": Typed("pemeriksa", fields={"revision": "3", "text": CANARY}, **_of_report("tanya/")),
    "study": Typed(
        "pemeriksa",
        fields={"revision": "3", "note": CANARY, "terlapor": "terpenuhi"},
        **_of_report("kajian/"),
    ),
    "close": Typed(
        "pemeriksa",
        fields={"revision": "3", "closing_reason": "tanpa_petunjuk", "reason": CANARY},
        **_of_report("tutup/", "tutup/"),
    ),
    "withdraw": Typed(
        "pemeriksa",
        lambda world: f"/laporan/{world.report.number}/terlapor/{world.respondent.pk}/cabut/",
        lambda world: f"/laporan/{world.report.number}/terlapor/{world.respondent.pk}/cabut/",
        {"revision": "3", "reason": CANARY},
    ),
    "assign": Typed("koordinator", fields={"revision": "3", "owner": ""}, **_of_report("pemegang/")),
    "kind": Typed("pemeriksa", fields={"revision": "3", "kind": "temuan"}, **_of_report("jenis/")),
    "person": Typed(
        "administrator",
        lambda _: "/pengguna/baru/",
        lambda _: "/pengguna/baru/",
        {"username": "orang.baru", "full_name": CANARY, "email": "", "role": "petugas"},
    ),
    "agency": Typed(
        "administrator",
        lambda _: "/instansi/",
        lambda _: "/instansi/",
        {"office": CANARY, "study_days": "5"},
    ),
    "import": Typed(
        "koordinator",
        lambda world: f"/pegawai/impor/{world.upload.pk}/",
        lambda world: f"/pegawai/impor/{world.upload.pk}/",
        {"retire_missing": "on"},
    ),
}


@pytest.fixture
def at_work(clock: Any, world: World, owner: User) -> World:
    """The world with its study begun, so that every form of a report is open."""
    screen_for_newcomers(world)
    report = Report.objects.get(pk=world.report.pk)
    handling.start_study(report=report, user=owner, revision=report.revision)
    world.upload.counts |= {"hilang": 1}  # so that the preview asks what becomes of those
    world.upload.save()
    return world


def rows() -> list[Any]:
    """The register's own rows and those of the log: what an act would change."""
    from netral.audit.models import Entry

    return [Entry.objects.count(), *Report.objects.order_by("pk").values_list("pk", "state", "revision")]


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_comes_back_unsent_and_one_click_sends_it(
    name: str, at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    typed, desk = FORMS[name], Desk()
    user = writer(typed.role)
    fields = typed.fields | ({"owner": str(user.pk)} if "owner" in typed.fields else {})
    desk.sign_in(user)
    opened = Forms(desk.client.get(typed.on(at_work)).content.decode()).with_fields(fields)
    before = rows()
    clock.shift(HALF_AN_HOUR)
    sent = desk.send(typed.to(at_work), opened | fields, follow=True)
    door, _ = sent.redirect_chain[0]
    assert door.startswith("/akun/masuk/?next=")
    assert "isiannya tidak hilang" in sent.content.decode()
    assert CANARY not in sent.content.decode()
    shown = desk.sign_in(user, door)
    assert shown.request["PATH_INFO"] == typed.to(at_work)
    assert "belum terkirim" in shown.content.decode()
    assert rows() == before
    again = Forms(shown.content.decode()).holding(fields)
    done = desk.send(typed.to(at_work), again)
    assert done.status_code in (200, 302), done.content.decode()
    assert rows() != before
    assert "belum terkirim" not in desk.client.get(typed.to(at_work), follow=True).content.decode()


def lose_session(desk: Desk, user: User, clock: Any) -> str:
    """Signs in, opens the form of a paper report, types, and sends it half an hour too late; the door's address."""
    desk.sign_in(user)
    token = desk.token("/laporan/baru/")
    clock.shift(HALF_AN_HOUR)
    sent = desk.send("/laporan/baru/", entry(CODE) | {"csrfmiddlewaretoken": token})
    return str(sent["Location"])


def test_another_person_at_the_same_browser_gets_nothing(
    at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user, other = Desk(), writer("petugas"), writer("petugas")
    door = lose_session(desk, user, clock)
    shown = desk.sign_in(other, door)
    assert shown.request["PATH_INFO"] == "/laporan/baru/"
    assert CANARY not in shown.content.decode()
    assert UNSENT not in desk.client.session
    desk.send("/akun/keluar/", {"csrfmiddlewaretoken": desk.token("/laporan/baru/")})
    assert CANARY not in desk.sign_in(user, door).content.decode()


def test_neither_the_database_nor_another_browser_gives_it_away(
    at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user = Desk(), writer("petugas")
    door = lose_session(desk, user, clock)
    assert UNSENT in desk.client.session
    assert CANARY not in str(dict(desk.client.session.items()))
    assert CANARY not in unquote_plus(str(desk.client.session[UNSENT]))
    thief = Desk()  # holds the session, but not the cookie with the key
    thief.client.cookies["__Host-netral-petugas"] = desk.client.cookies["__Host-netral-petugas"].value
    assert CANARY not in thief.sign_in(user, door).content.decode()


def test_after_an_hour_it_is_gone(at_work: World, writer: Callable[[str], User], clock: Any) -> None:
    desk, user = Desk(), writer("petugas")
    door = lose_session(desk, user, clock)
    clock.shift(3600)
    assert CANARY not in desk.sign_in(user, door).content.decode()


@pytest.mark.parametrize("end", ["overnight", "signed out elsewhere"])
def test_a_session_that_left_no_trace_loses_nothing_either(
    end: str, at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user = Desk(), writer("petugas")
    desk.sign_in(user)
    token = desk.token("/laporan/baru/")
    if end == "overnight":
        clock.shift(15 * 3600)
        Session.objects.all().delete()
    else:
        desk.send("/akun/keluar/", {"csrfmiddlewaretoken": token})
    sent = desk.send("/laporan/baru/", entry(CODE) | {"csrfmiddlewaretoken": token})
    assert CANARY in desk.sign_in(user, sent["Location"]).content.decode()


def test_who_signed_in_again_in_another_tab_just_sends(
    at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user, other = Desk(), writer("petugas"), writer("petugas")
    desk.sign_in(user)
    token = desk.token("/laporan/baru/")
    clock.shift(HALF_AN_HOUR)
    desk.sign_in(user)
    data = entry(CODE) | {"csrfmiddlewaretoken": token}
    assert desk.send("/laporan/baru/", data).status_code == 302
    desk.send("/akun/keluar/", {"csrfmiddlewaretoken": token})
    clock.shift(60)
    desk.sign_in(other)
    assert desk.send("/laporan/baru/", data).status_code == 403


def test_a_form_of_another_site_puts_nothing_before_an_officer(
    at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user = Desk(), writer("petugas")
    desk.sign_in(user)
    clock.shift(HALF_AN_HOUR)
    assert desk.send("/laporan/baru/", entry(CODE)).status_code == 403
    assert CANARY not in desk.sign_in(user, "/akun/masuk/?next=/laporan/baru/").content.decode()


def test_a_stranger_leaves_nothing_behind(at_work: World) -> None:
    desk = Desk()
    token = desk.token("/akun/masuk/")
    sent = desk.send("/laporan/baru/", entry(CODE) | {"csrfmiddlewaretoken": token})
    assert sent["Location"] == "/akun/masuk/?next=/laporan/baru/"
    assert UNSENT not in desk.client.session


def test_files_and_codes_are_not_kept(at_work: World, writer: Callable[[str], User], clock: Any) -> None:
    desk, user = Desk(), writer("koordinator")
    desk.sign_in(user)
    token = desk.token("/pegawai/impor/")
    clock.shift(HALF_AN_HOUR)
    data = {"file": io.BytesIO(b"nip,nama"), "csrfmiddlewaretoken": token}
    sent = desk.client.post("/pegawai/impor/", data, follow=True)
    assert "pilih berkasnya sekali lagi" in sent.content.decode()
    data = {"code": "123456", "csrfmiddlewaretoken": token}
    desk.send("/akun/faktor/", data)
    assert UNSENT not in desk.client.session


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_whoever_is_led_back_to_a_forms_address_finds_a_page(
    role: str, at_work: World, officer: Callable[..., User], staff_client: Callable[..., Client]
) -> None:
    client = staff_client(officer(role))
    screen_for_newcomers(at_work)
    closed = [
        address.name
        for address in GUARDED
        if address.opens_to(role) and client.get(url_of(address, at_work)).status_code == 405
    ]
    assert closed == []


def test_no_page_whose_forms_are_kept_asks_for_a_password() -> None:
    """A form of a page with a right is kept as it was sent; a password in one would be kept with it."""
    from django import forms

    from netral.accounts import forms as account
    from netral.intake import forms_staff as intake
    from netral.roster import forms as roster

    kept = [
        form
        for module in (intake, roster)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm) and hasattr(form, "base_fields")
    ] + [account.UserForm, account.NewUserForm, account.AgencyForm]
    assert len(kept) > 10
    secret = [
        (form.__name__, name)
        for form in kept
        for name, field_ in form.base_fields.items()
        if isinstance(field_.widget, forms.PasswordInput)
    ]
    assert secret == []


def test_a_step_up_keeps_what_was_typed(at_work: World, writer: Callable[[str], User], clock: Any) -> None:
    desk, user = Desk(), writer("administrator")
    desk.sign_in(user)
    token = desk.token("/pengguna/baru/")
    clock.shift(16 * 60)
    fields = FORMS["person"].fields
    asked = desk.send("/pengguna/baru/", {**fields, "csrfmiddlewaretoken": token}, follow=True)
    assert "Konfirmasi diri Anda" in asked.content.decode()
    user.refresh_from_db()
    data = first_form(asked) | {"code": factors.usable_code(user)}
    shown = desk.send(asked.request["PATH_INFO"], data, follow=True)
    Forms(shown.content.decode()).holding(fields)
    assert not User.objects.filter(username="orang.baru").exists()


def test_text_whose_form_is_open_no_longer_is_shown_to_copy(
    at_work: World, writer: Callable[[str], User], clock: Any, colleague: User
) -> None:
    desk, user = Desk(), writer("pemeriksa")
    page = f"/laporan/{at_work.report.number}/"
    desk.sign_in(user)
    token = desk.token(page)
    clock.shift(HALF_AN_HOUR)
    typed = FORMS["ask"].fields
    sent = desk.send(f"{page}tanya/", {**typed, "csrfmiddlewaretoken": token})
    report = Report.objects.get(pk=at_work.report.pk)
    data = {"closing_reason": "tanpa_petunjuk", "reason": "Tidak ada petunjuk."}
    handling.close(report=report, user=colleague, revision=report.revision, **data)
    shown = desk.sign_in(user, sent["Location"]).content.decode()
    assert "Salin bila masih perlu" in shown
    assert CANARY in shown


# Every form of the address list ------------------------------------------------------------------------------------


class Filled(HTMLParser):
    """The forms of a page whose text we keep, each with something typed, ticked or chosen in all its fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.typed: list[set[str]] = []
        self.inside, self.choices_of = False, ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            kept = told.get("method") == "post" and "enctype" not in told
            self.inside = kept
            if kept:
                self.forms.append((told.get("action", ""), {}))
                self.typed.append(set())
        elif self.inside and tag in ("input", "textarea", "select") and "form" not in told:
            self._fill(tag, told)
        elif self.inside and tag == "option" and self.choices_of and told["value"]:
            self.forms[-1][1][self.choices_of] = [told["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.choices_of = ""

    def _fill(self, tag: str, told: Mapping[str, str]) -> None:
        name, kind, fields = told["name"], told.get("type", "text"), self.forms[-1][1]
        if kind == "hidden":
            fields.setdefault(name, []).append(told.get("value", ""))
            return
        self.typed[-1].add(name)
        if tag == "select":
            self.choices_of = name
            fields[name] = []
        elif kind == "checkbox":
            fields.setdefault(name, []).extend([] if "checked" in told else [told.get("value", "on")])
        elif kind == "radio":
            fields[name] = [told["value"]]
        else:
            fields[name] = [{"date": "2024-10-02", "number": "7"}.get(kind, f"Isian {name} & <lainnya>")]


# Who is sent to fill in, and how many forms he finds at least: each by the first who may send it.
WRITERS = {Role.COORDINATOR: 34, Role.LEADER: 7, Role.ADMINISTRATOR: 4}
# Where a form stands only behind a search.
SEARCHED = {"reports:merge": "?dengan={other}", "cases:replace_examiner": "?nama=auditor"}


def writer_of(address: Address) -> str:
    return next((role for role in WRITERS if address.opens_to(role) and address.right != "any"), "")


def filled_forms(desk: Desk, pages: Iterable[str]) -> dict[tuple[str, str], tuple[dict[str, Any], set[str]]]:
    """What was typed into the forms of these pages, by page and where they go; with the names of what was typed."""
    found = {}
    for page in pages:
        answer = desk.client.get(page)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            filled = Filled(answer.content.decode())
            for (action, fields), typed in zip(filled.forms, filled.typed, strict=True):
                if typed:
                    found[page, action or page] = fields, typed
    return found


def lost(shown: str, fields: Mapping[str, list[str]], typed: set[str]) -> dict[str, list[str]]:
    """What no form of the page holds any more as it was typed, of the form that holds most."""
    wanted = {name: fields[name] for name in typed}
    gone = [
        {name: values for name, values in wanted.items() if held.get(name, []) != values}
        for _action, held in Forms(shown).forms
    ]
    return min(gone, key=len, default=wanted)


@pytest.mark.parametrize("role", list(WRITERS))
def test_no_form_of_the_address_list_loses_what_was_typed(
    role: str,
    at_work: World,
    writer: Callable[[str], User],
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every act is shown as open, so that every form stands on its page; none of them is ever sent for good."""
    from netral.cases import lifecycle as cases
    from netral.intake import lifecycle as intake

    monkeypatch.setattr(cases.Act, "open_in", lambda *_: True)
    acts = [*intake.TRANSITIONS, *intake.EDITS]
    monkeypatch.setattr("netral.intake.views_staff.acts_open_to", lambda *_: acts)
    desk, user = Desk(), writer(role)
    screen_for_newcomers(at_work)
    desk.sign_in(user)
    urls = {url_of(address, at_work): address for address in GUARDED}
    pages = [
        url + SEARCHED.get(address.name, "").format(other=at_work.other_report.number)
        for url, address in urls.items()
        if address.opens_to(role)
    ]
    forms = {
        (page, to): form
        for (page, to), form in filled_forms(desk, pages).items()
        if writer_of(urls[to.partition("?")[0]]) == role
    }
    assert len(forms) >= WRITERS[Role(role)]
    before, failures = rows(), {}
    for (page, to), (fields, typed) in forms.items():
        desk.send("/akun/keluar/", {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]})
        sent = desk.send(to, fields)
        clock.shift(60)
        shown = desk.sign_in(user, sent["Location"]).content.decode()
        if gone := lost(shown, fields, typed):
            failures[page, to] = gone
        desk.client.get("/")  # takes messages that the next page need not show
    assert failures == {}
    assert rows() == before


# What stood typed in the other forms of a page ---------------------------------------------------------------------


def beside_of(html: str) -> str:
    """What the page is told to fill in again; empty where there is nothing."""
    found = re.search(r'data-beside="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def send_beside(desk: Desk, world: World, *, to: str = "jenis/") -> Any:
    """Sends a form of the report's page as a browser does that has something typed in another one."""
    page = f"/laporan/{world.report.number}/"
    fields = Forms(desk.client.get(page).content.decode()).with_fields(["kind", "revision"])
    return desk.send(f"{page}{to}", fields | {"kind": ["temuan"], BESIDE: TOLD})


TOLD = f'[["/laporan/L/kajian/",[{{"name":"note","value":"{CANARY} & \\"<kawan>\\""}}]]]'


def test_what_stood_beside_is_given_once_to_the_page_that_follows(
    at_work: World, writer: Callable[[str], User]
) -> None:
    desk, page = Desk(), f"/laporan/{at_work.report.number}/"
    desk.sign_in(writer("pemeriksa"))
    sent = send_beside(desk, at_work)
    assert sent["Location"] == page
    assert CANARY not in str(dict(desk.client.session.items()))
    assert beside_of(desk.client.get(page).content.decode()) == TOLD
    assert beside_of(desk.client.get(page).content.decode()) == ""


def test_what_stood_beside_is_in_the_page_that_refuses_a_form(
    at_work: World, writer: Callable[[str], User]
) -> None:
    desk, page = Desk(), f"/laporan/{at_work.report.number}/"
    desk.sign_in(writer("pemeriksa"))
    refused = send_beside(desk, at_work, to="tanya/")
    assert refused.status_code == 422
    assert beside_of(refused.content.decode()) == TOLD
    assert beside_of(desk.client.get(page).content.decode()) == ""


def test_what_stood_beside_waits_at_the_door_too(
    at_work: World, writer: Callable[[str], User], clock: Any
) -> None:
    desk, user, page = Desk(), writer("pemeriksa"), f"/laporan/{at_work.report.number}/"
    desk.sign_in(user)
    token = desk.token(page)
    clock.shift(HALF_AN_HOUR)
    text = desk.send(f"{page}tanya/", FORMS["ask"].fields | {BESIDE: TOLD, "csrfmiddlewaretoken": token})
    assert beside_of(desk.sign_in(user, text["Location"]).content.decode()) == TOLD
    assert beside_of(desk.client.get(page).content.decode()) == ""
    token = desk.token(page)
    clock.shift(HALF_AN_HOUR)
    files = {"berkas": io.BytesIO(b"x"), BESIDE: TOLD, "csrfmiddlewaretoken": token, "revision": "3"}
    sent = desk.client.post(f"{page}berkas/", files)
    assert beside_of(desk.sign_in(user, sent["Location"]).content.decode()) == TOLD


def test_what_stood_beside_is_nobody_elses(at_work: World, writer: Callable[[str], User], clock: Any) -> None:
    desk, page = Desk(), f"/laporan/{at_work.report.number}/"
    desk.sign_in(writer("pemeriksa"))
    token = desk.token(page)
    send_beside(desk, at_work)
    assert BESIDE in desk.client.session
    desk.send("/akun/keluar/", {"csrfmiddlewaretoken": token})
    shown = desk.sign_in(writer("pemeriksa"), f"/akun/masuk/?next={page}")
    assert shown.request["PATH_INFO"] == page
    assert CANARY not in shown.content.decode()


def test_a_page_shows_nothing_that_another_site_sent(at_work: World, writer: Callable[[str], User]) -> None:
    desk = Desk()
    desk.sign_in(writer("pemeriksa"))
    assert CANARY not in desk.send("/laporan/baru/", {BESIDE: TOLD}).content.decode()
    assert CANARY not in desk.client.get("/laporan/baru/").content.decode()
