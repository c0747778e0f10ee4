"""What every test may use: keys in their places, two agencies, people of every role, both sites' clients."""

from __future__ import annotations

import datetime
import importlib
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings

NO_DATABASE = ("tests/sealing", "tests/lawbook", "tests/linkage", "tests/browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if not item.nodeid.startswith(NO_DATABASE) and not item.get_closest_marker("process"):
            # Views touch the disposable state too (rate buckets), so both databases are always open.
            item.add_marker(pytest.mark.django_db(databases=["default", "disposable"]), append=False)
    elsewhere = [item for item in items if not belongs_here(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


def belongs_here(item: pytest.Item) -> bool:
    """Tests that start registers of their own run once, each with the database that it is about.

    Those that say nothing of the database run on SQLite alone.
    """
    on_postgres = "NETRAL_TEST_DATABASE" in os.environ
    if on_postgres and item.get_closest_marker("one_database"):
        return False
    about_postgres = "postgres_address" in item.fixturenames  # type: ignore[attr-defined]
    return about_postgres == on_postgres if item.get_closest_marker("process") or about_postgres else True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL drops a database nobody is connected to; the disposable state shares it."""
    yield
    from django.db import connections

    with django_db_blocker.unblock():
        connections["disposable"].close()


@pytest.fixture(scope="session", autouse=True)
def _cleaner_in_its_turn() -> Iterator[None]:
    """In service nobody waits for the cleaner, here every test does: nice, it starves beside the other worker."""
    from netral.evidence import cleaning

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "NICENESS", 0)
        yield


@pytest.fixture
def postgres_address() -> str:
    """The private cluster's address; a visible skip in the run on SQLite."""
    address = os.environ.get("NETRAL_TEST_DATABASE", "")
    if not address:
        pytest.skip("needs PostgreSQL: python tests/postgres.py pytest …")
    return address


@pytest.fixture(scope="session")
def keys(vault_key: Any) -> dict[str, Path]:
    """Every key place filled as `netral init` would."""
    from netral.sealing import AgencyKeys, IndexKey, SealKey, SigningKey, certify, write_key

    places: dict[str, Path] = django_settings.NETRAL_KEYS
    if (places["staff"] / "index.key").exists():
        return places
    index, log, receipt = IndexKey.generate(), SigningKey.generate(), SigningKey.generate()
    certificate = certify(log, receipt.public, django_settings.NETRAL_ORIGIN, datetime.date(2024, 1, 1))
    for place in places.values():
        place.mkdir(parents=True, mode=0o700)
    for name in ("way-tirta", "muara-biru"):
        agency = SealKey.generate()
        for place in ("staff", "worker"):
            write_key(places[place] / f"agency-{name}.key", agency)
        for folder in places.values():
            (folder / f"agency-{name}.pub").write_bytes(
                AgencyKeys(agency.public, vault_key.public).to_bytes()
            )
    for place in ("staff", "worker"):
        write_key(places[place] / "index.key", index)
    for place in ("public", "staff"):
        write_key(places[place] / "receipt.key", receipt)
        (places[place] / "receipt.cert").write_bytes(certificate.to_bytes())
    write_key(places["worker"] / "log.key", log)
    write_key(places["staff"] / "mfa.key", SealKey.generate())
    return places


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits limits asked for, under a clock that stands still: on a slow machine buckets would fill again."""
    from netral.ui import throttle

    now, waits = time.time(), []
    monkeypatch.setattr(throttle, "time", SimpleNamespace(time=lambda: now, sleep=waits.append))
    return waits


@pytest.fixture(scope="session")
def vault_key() -> Any:
    from netral.sealing import SealKey

    return SealKey.generate()


def _agency(slug: str, name: str, keys: dict[str, Path], vault_key: Any) -> Any:
    from netral.accounts.models import Agency
    from netral.sealing import SealKey, read_key

    key = read_key(keys["staff"] / f"agency-{slug}.key", SealKey)
    return Agency.objects.create(
        slug=slug,
        name=name,
        office=f"Inspektorat {name}",
        seal_key=key.public.raw,
        vault_key=vault_key.public.raw,
    )


@pytest.fixture
def agency(db: None, keys: dict[str, Path], vault_key: Any) -> Any:
    """Kabupaten Way Tirta, whose public site this is."""
    return _agency("way-tirta", "Kabupaten Way Tirta", keys, vault_key)


@pytest.fixture
def other_agency(db: None, keys: dict[str, Path], vault_key: Any) -> Any:
    return _agency("muara-biru", "Kota Muara Biru", keys, vault_key)


@pytest.fixture
def officer(agency: Any) -> Callable[..., Any]:
    """Makes an officer: `officer("petugas")`, `officer("pemeriksa", agency=other_agency)`."""
    from netral.accounts.models import User

    numbers = count(1)

    def make(role: str = "petugas", *, agency: Any = agency, username: str = "", full_name: str = "") -> Any:
        number = next(numbers)
        user = User(
            username=username or f"{role}-{agency.pk}-{number}",
            full_name=full_name or f"Petugas Uji {agency.pk}-{number}",
            agency=agency,
            role=role,
        )
        user.set_password("kata sandi uji yang panjang")
        user.save()
        return user

    return make


@pytest.fixture
def owner(officer: Callable[..., Any]) -> Any:
    """The officer who holds the matter."""
    return officer("pemeriksa")


@pytest.fixture
def colleague(officer: Callable[..., Any]) -> Any:
    """Another officer of the agency with the same rights."""
    return officer("pemeriksa")


@pytest.fixture
def outsider(officer: Callable[..., Any]) -> Any:
    """A person of the agency who may not read reports."""
    return officer("pengawas")


@pytest.fixture
def foreign_officer(officer: Callable[..., Any], other_agency: Any) -> Any:
    """An officer of another agency, with every right of a coordinator there."""
    return officer("koordinator", agency=other_agency)


@pytest.fixture
def staff_client() -> Callable[..., Any]:
    """A client signed in with password and second factor: `staff_client(user)`; without a user, signed out."""
    from django.test import Client

    from netral.accounts import factors

    def make(user: Any = None, *, second_factor: bool = True) -> Client:
        client = Client(headers={"host": "localhost"})
        if user is not None:
            if second_factor:
                factors.enrol(user)
            client.force_login(user)
            _mark_authenticated(client, user)
        return client

    return make


def _mark_authenticated(client: Any, user: Any) -> None:
    """What allauth notes in the session at a real sign-in; `force_login` skips it."""
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "username": user.username},
        {"method": "mfa", "at": time.time(), "type": "totp"},
    ]
    session.save()


@pytest.fixture
def public_site(settings: Any) -> Any:
    """Switches to the public process's settings: URLs, middleware, cookies, key place."""
    public = importlib.import_module("netral.config.settings.public")
    for name in ("SITE", "ROOT_URLCONF", "MIDDLEWARE", "CSRF_COOKIE_NAME"):
        setattr(settings, name, getattr(public, name))
    return settings


@pytest.fixture
def public_client(public_site: Any) -> Any:
    from django.test import Client

    return Client(headers={"host": "localhost"})


@pytest.fixture
def demo_date(settings: Any) -> datetime.date:
    """The legal clock stands on a day in the campaign of 2024."""
    settings.NETRAL_DEMO_DATE = datetime.date(2024, 10, 20)
    return settings.NETRAL_DEMO_DATE


@pytest.fixture
def make_report(agency: Any) -> Callable[..., Any]:
    """Sends a report through the real service: `make_report(received_on=…, acts=[…], story=…, code=…, channel=…)`.

    The report carries its receipt: `.code` and `.receipt_text`.
    """
    from netral.intake.content import ContactDetails, ReportBody
    from netral.intake.models import Report
    from netral.intake.services.submission import register_report
    from netral.sealing import new_code
    from netral.ui import clock

    def make(
        *,
        agency: Any = agency,
        received_on: datetime.date | None = None,
        code: str | None = None,
        channel: str = "situs",
        kind: str = "laporan",
        actor: str = "public",
        contact: dict[str, str] | None = None,
        files: Any = (),
        **body: Any,
    ) -> Report:
        moment = clock.now()
        if received_on:
            moment = moment.replace(year=received_on.year, month=received_on.month, day=received_on.day)
        told = {"acts": ("like_post",), "story": "Terlapor menyukai unggahan pasangan calon A."} | body
        told["acts"] = tuple(told["acts"])
        code = code or new_code()
        submitted = register_report(
            agency=agency,
            body=ReportBody(**told),
            contact=ContactDetails(**contact) if contact else None,
            channel=channel,
            kind=kind,
            actor=actor,
            code=code,
            files=files,
            now=moment,
        )
        submitted.report.code, submitted.report.receipt_text = code, submitted.receipt_text
        return submitted.report

    return make


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty store of its own."""
    settings.NETRAL_FILES = tmp_path / "files"
    return settings.NETRAL_FILES


@pytest.fixture
def stored_names(store: Path) -> Callable[[], list[str]]:
    """Names of everything that lies in the store, unfinished parts among it."""
    return lambda: sorted(path.name for path in store.rglob("*") if path.is_file())


@pytest.fixture
def sealed_photo() -> Callable[..., Any]:
    """A small JPEG in the store, sealed as the upload handler would: `sealed_photo(name="foto.jpg")`."""
    import io

    from PIL import Image

    from netral.evidence import blobs
    from netral.evidence.facts import SealedUpload
    from netral.evidence.models import file_context
    from netral.sealing import DataKey, FileSealer, new_object_id

    def make(
        *, name: str = "foto.jpg", size: tuple[int, int] = (64, 48), data: bytes | None = None
    ) -> SealedUpload:
        if data is None:
            buffer = io.BytesIO()
            Image.new("RGB", size, "teal").save(buffer, "JPEG")
            data = buffer.getvalue()
        object_id, key = new_object_id(), DataKey.generate()
        sealer = FileSealer(key, file_context(object_id, "content"))
        with blobs.BlobWriter() as writer:
            writer.write(sealer.write(data))
            writer.write(sealer.finish())
            blob = writer.commit()
        assert sealer.plain_sha256 is not None
        return SealedUpload(object_id, blob, "image/jpeg", len(data), sealer.plain_sha256.hex(), name, key)

    return make


ROSTER_CSV = """nip,nama,status,jabatan,tingkat,kode_unit,unit,kode_induk,kepala,peran
197003121995031001,"Drs. Surya Wirawan, M.Si.",pns,Sekretaris Daerah,jpt_pratama,SETDA,Sekretariat Daerah,,y,sekda
197506152000121002,"Raden Kusuma Wardaya, S.Sos.",pns,Camat Sukamaju,administrator,KEC-01,Kecamatan Sukamaju,SETDA,y,camat
198209252006042003,"Halimah Nasution, S.E.",pns,Kepala Seksi Pemerintahan,pengawas,SEKSI-01,Seksi Pemerintahan,KEC-01,y,
199004182015051001,"Bagas Prakoso, A.Md.",pns,Pengelola Data,pelaksana,SEKSI-01,Seksi Pemerintahan,KEC-01,t,
198711302010122001,"Ni Luh Pertiwi, S.H.",pns,Auditor Muda,jf_ahli_muda,INSP,Inspektorat,SETDA,t,
"""  # noqa: E501 (a line an official)


@pytest.fixture
def roster(agency: Any, officer: Callable[..., Any]) -> dict[str, Any]:
    """Five officials in a chain, by NIP: Sekda › camat › head of section › clerk, and an auditor elsewhere."""
    from netral.roster.models import Official
    from netral.roster.services import import_roster

    import_roster(user=officer("koordinator"), data=ROSTER_CSV.encode(), file_name="pegawai.csv")
    return {official.nip: official for official in Official.objects.filter(agency=agency)}
