"""A register brought back from a backup: the marker that lets it serve although its log is shorter than a kept head."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from netral.accounts.selectors import site_agency
from netral.audit import services as audit
from netral.audit.selectors import frontier
from netral.config.failures import Refusal
from netral.config.home import home_path

MARKER = "restored.json"


def mark(home: Path, facts: dict[str, str]) -> None:
    (home / MARKER).write_text(json.dumps(facts) + "\n")


def accept() -> None:
    """Logs which entries are lost, and sets the heads beyond them aside. Needs the marker of `netral restore`."""
    marker = home_path() / MARKER
    if not marker.exists():
        raise Refusal("--accept-restored hanya berlaku sesudah `netral restore`; pulihkan cadangan dahulu.")
    size = frontier().size
    kept: Path = settings.NETRAL_HEADS
    beyond = sorted(head for head in kept.glob("*.txt") if int(head.stem) > size)
    with transaction.atomic():
        audit.record(
            action="register.restored",
            actor="cli",
            rows=[site_agency()],
            details={
                "size": size,
                "lost_head": beyond[-1].stem if beyond else "",
                **json.loads(marker.read_text()),
            },
        )
    aside = kept / "digantikan"
    aside.mkdir(exist_ok=True)
    for head in beyond:
        head.rename(aside / head.name)
    marker.unlink()
