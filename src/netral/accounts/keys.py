"""Keys of this process, read from its own key place. A process asks only for what it may hold; elsewhere the file is missing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from netral.sealing import Certificate, IndexKey, SealKey, SigningKey, read_key

from .models import Agency

K = TypeVar("K", SealKey, SigningKey, IndexKey)


def agency_key(agency: Agency) -> SealKey:
    """Opens what is sealed for the agency. Staff and worker only."""
    return _key(f"agency-{agency.slug}.key", SealKey)


def index_key() -> IndexKey:
    """Makes search tokens. Staff and worker only."""
    return _key("index.key", IndexKey)


def log_key() -> SigningKey:
    """Signs heads. Worker only."""
    return _key("log.key", SigningKey)


def receipt_key() -> SigningKey:
    """Signs receipts. Public and staff."""
    return _key("receipt.key", SigningKey)


@cache
def receipt_certificate() -> Certificate:
    """The log key's word for the receipt key."""
    return Certificate.from_json((_place() / "receipt.cert").read_text())


@cache
def _key(name: str, kind: type[K]) -> K:
    path = _place() / name
    if not path.exists():
        raise ImproperlyConfigured(f"Kunci {name} tidak ada di tempat kunci proses {settings.SITE}.")
    key = read_key(path)
    if not isinstance(key, kind):
        raise ImproperlyConfigured(f"{name} bukan kunci {kind.__name__}.")
    return key


def _place() -> Path:
    place: Path = settings.NETRAL_KEYS[settings.SITE]
    return place
