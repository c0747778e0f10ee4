"""Founding a register: keys, settings, tables, the agency and its first administrator, all or nothing."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from netral.config.boot import use_django
from netral.config.failures import Refusal
from netral.config.home import OFFLINE, SETTINGS_FILE, built_beside, settings_text, write_private
from netral.sealing import (
    AgencyKeys,
    IndexKey,
    SealKey,
    SecretKey,
    SigningKey,
    certify,
    split_vault_key,
    write_key,
)
from netral.sealing.archive import new_backup_identity

T = TypeVar("T")

# Which process holds which key (docs/design.md section 2). Certificate and public keys lie with everyone.
HOLDERS: dict[str, tuple[str, ...]] = {
    "agency": ("staff", "worker"),
    "index": ("staff", "worker"),
    "receipt": ("public", "staff"),
    "mfa": ("staff",),
    "log": ("worker",),
}
PROCESSES = ("public", "staff", "worker")
# Places that may lie outside the home, and the setting that then names them; nobody looks for the offline one.
OUTSIDE_SETTINGS = {**{name: f"NETRAL_KEYS_{name.upper()}" for name in PROCESSES}, "heads": "NETRAL_HEADS"}


@dataclass(frozen=True)
class AgencyFacts:
    slug: str
    name: str
    office: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Plan:
    """What the founders decided. `places` names folders outside the home: by process, `offline` or `heads`."""

    agency: AgencyFacts
    vault_passphrases: tuple[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)
    backup_recipient: str = ""


def found(plan: Plan, home: Path, fill: Callable[[AgencyKeys], T]) -> T:
    """Builds the register beside `home` and puts it in place when `fill` (given the agency's keys) has returned.

    `fill` runs with Django set up on the new home, after the migrations; on PostgreSQL in their transaction.
    """
    outside = dict(plan.places)
    with built_beside(*outside.values(), home) as drafts:
        draft = drafts[-1]
        (draft / "keys").mkdir(mode=0o700)
        places = {name: draft / "keys" / name for name in (*PROCESSES, OFFLINE)} | {"heads": draft / "heads"}
        places |= dict(zip(outside, drafts, strict=False))
        origin = plan.settings.get("NETRAL_ORIGIN") or f"netral/{plan.agency.slug}/{secrets.token_hex(4)}"
        for folder in (*places.values(), draft / "files", draft / "log", draft / "tmp"):
            folder.mkdir(mode=0o700, exist_ok=True)
        keys = _make_keys(plan, places, origin)
        values = {
            "NETRAL_AGENCY": plan.agency.slug,
            "NETRAL_ORIGIN": origin,
            "NETRAL_BACKUP_RECIPIENT": plan.backup_recipient or _make_backup_key(places[OFFLINE]),
            **{
                OUTSIDE_SETTINGS[name]: str(place)
                for name, place in outside.items()
                if name in OUTSIDE_SETTINGS
            },
            **plan.settings,
        }
        write_private(draft / SETTINGS_FILE, settings_text(values))
        # Until the folders are in place, their drafts are where things are.
        os.environ |= values | {setting: str(places[name]) for name, setting in OUTSIDE_SETTINGS.items()}
        use_django("staff", draft)
        with _tables_made():
            return fill(keys)


def _make_keys(plan: Plan, places: Mapping[str, Path], origin: str) -> AgencyKeys:
    log, receipt, agency, vault = (
        SigningKey.generate(),
        SigningKey.generate(),
        SealKey.generate(),
        SealKey.generate(),
    )
    made: dict[str, SecretKey] = {
        "agency": agency, "index": IndexKey.generate(), "receipt": receipt, "mfa": SealKey.generate(), "log": log,
    }  # fmt: skip
    certificate = certify(log, receipt.public, origin, datetime.now(UTC).date()).to_bytes()
    names = {"agency": f"agency-{plan.agency.slug}"}
    public = AgencyKeys(agency.public, vault.public)
    for process in PROCESSES:
        place = places[process]
        for kind, holders in HOLDERS.items():
            if process in holders:
                write_key(place / f"{names.get(kind, kind)}.key", made[kind])
        write_private(place / "receipt.cert", certificate)
        write_private(place / f"{names['agency']}.pub", public.to_bytes())
        write_private(place / "secret.txt", secrets.token_urlsafe(48))
    for number, share in enumerate(split_vault_key(vault, plan.vault_passphrases), start=1):
        write_private(places[OFFLINE] / f"brankas-{number}.kunci", share)
    return public


def _make_backup_key(place: Path) -> str:
    identity, recipient = new_backup_identity()
    write_private(place / "cadangan.kunci", f"{identity}\n")
    return recipient


@contextlib.contextmanager
def _tables_made() -> Iterator[None]:
    """Migrations and what follows them; on PostgreSQL one transaction, on SQLite the file is not in place yet."""
    from django.core.management import call_command
    from django.db import connection, connections, transaction

    whole: AbstractContextManager[object] = contextlib.nullcontext()
    if connection.vendor == "postgresql":
        if connection.introspection.table_names():
            raise Refusal(
                "Basis data PostgreSQL itu sudah berisi tabel; tidak ada yang ditimpa. Buat basis data kosong."
            )
        whole = transaction.atomic()
    try:
        with whole:
            call_command("migrate", interactive=False, verbosity=0)
            with transaction.atomic():
                yield
    finally:
        connections.close_all()
