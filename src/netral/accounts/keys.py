"""Keys of this process, read from its own key place; where a process may not hold a key, the file is missing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from netral.sealing import (
    AgencyKeys,
    Certificate,
    IndexKey,
    SealingError,
    SealKey,
    SecretKey,
    SigningKey,
    read_key,
)

from .models import Agency

K = TypeVar("K", SealKey, SigningKey, IndexKey)


def agency_key(agency: Agency) -> SealKey:
    """Opens what is sealed for the agency. Staff and worker only."""
    return _key(_place() / f"agency-{agency.slug}.key", SealKey)


class SwappedKeyError(Exception):
    """The register names other keys than those the agency was founded with; whoever put them there would read along."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(
            f"Kunci penyegel instansi {agency.slug} di basis data bukan kunci yang ditetapkan saat pendirian. "
            "Tidak ada yang disegel untuknya. Jalankan `netral check` dan cari tahu siapa yang mengubahnya."
        )

    for_people = _(
        "Sistem berhenti menerima isian karena kunci penyegel instansi di basis data telah diganti. "
        "Tidak ada yang tersimpan. Beri tahu pengelola sistem."
    )


def agency_public(agency: Agency) -> AgencyKeys:
    """For whom to seal what is meant for the agency, as every process was told at the founding.

    Raises SwappedKeyError where the register says otherwise.
    """
    keys = _agency_public(_place() / f"agency-{agency.slug}.pub")
    if keys != AgencyKeys(agency.seal_public, agency.vault_public):
        raise SwappedKeyError(agency)
    return keys


def index_key() -> IndexKey:
    """Makes search tokens. Staff and worker only."""
    return _key(_place() / "index.key", IndexKey)


def log_key() -> SigningKey:
    """Signs heads. Worker only."""
    return _key(_place() / "log.key", SigningKey)


def receipt_key() -> SigningKey:
    """Signs receipts. Public and staff."""
    return _key(_place() / "receipt.key", SigningKey)


def mfa_key() -> SealKey:
    """Opens the secrets of second factors. Staff only."""
    return _key(_place() / "mfa.key", SealKey)


def receipt_certificate() -> Certificate:
    """The log key's word for the receipt key; names the log's public key."""
    return _certificate(_place() / "receipt.cert")


@cache
def _agency_public(path: Path) -> AgencyKeys:
    return AgencyKeys.from_bytes(_there(path).read_bytes())


@cache
def _certificate(path: Path) -> Certificate:
    return Certificate.from_bytes(path.read_bytes())


def _key(path: Path, kind: type[K]) -> K:
    key = _read(path)
    if not isinstance(key, kind):
        raise SealingError(f"Kunci {path.name} bukan kunci '{kind.KIND}'.")
    return key


@cache
def _read(path: Path) -> SecretKey:
    return read_key(_there(path))


def _there(path: Path) -> Path:
    if not path.exists():
        raise ImproperlyConfigured(f"Kunci {path.name} tidak ada di tempat kunci proses {settings.SITE}.")
    return path


def _place() -> Path:
    place: Path = settings.NETRAL_KEYS[settings.SITE]
    return place
