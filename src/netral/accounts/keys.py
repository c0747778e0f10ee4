"""Keys of this process, read from its own key place; where a process may not hold a key, the file is missing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from netral.sealing import Certificate, IndexKey, SealingError, SealKey, SecretKey, SigningKey, read_key

from .models import Agency

K = TypeVar("K", SealKey, SigningKey, IndexKey)


def agency_key(agency: Agency) -> SealKey:
    """Opens what is sealed for the agency. Staff and worker only."""
    return _key(_place() / f"agency-{agency.slug}.key", SealKey)


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
def _certificate(path: Path) -> Certificate:
    return Certificate.from_bytes(path.read_bytes())


def _key(path: Path, kind: type[K]) -> K:
    key = _read(path)
    if not isinstance(key, kind):
        raise SealingError(f"Kunci {path.name} bukan kunci '{kind.KIND}'.")
    return key


@cache
def _read(path: Path) -> SecretKey:
    if not path.exists():
        raise ImproperlyConfigured(f"Kunci {path.name} tidak ada di tempat kunci proses {settings.SITE}.")
    return read_key(path)


def _place() -> Path:
    place: Path = settings.NETRAL_KEYS[settings.SITE]
    return place
