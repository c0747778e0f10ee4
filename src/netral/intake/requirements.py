"""What an initial study checks: requirements with their basis, read from `requirements.yaml`.

They are the election supervisor's; they guide the study here and bind the agency only as far as its own rule takes
them over. Want of identity is no defect: such a report becomes *informasi awal*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML


class Finding(models.TextChoices):
    """What the officer found about one requirement."""

    MET = "terpenuhi", _("terpenuhi")
    ASKED = "ditanyakan", _("ditanyakan kepada pelapor")
    MISSING = "kurang", _("kurang")
    NOT_APPLICABLE = "tidak_berlaku", _("tidak berlaku")


class Group(models.TextChoices):
    FORMAL = "formal", _("Syarat formal")
    MATERIAL = "material", _("Syarat materiel")


class BasisStatus(models.TextChoices):
    VERIFIED = "verified", _("terverifikasi")
    SECONDARY = "secondary", _("sumber tidak langsung")
    UNVERIFIED = "unverified", _("belum diverifikasi")


@dataclass(frozen=True)
class Basis:
    source: str
    article: str
    status: BasisStatus


@dataclass(frozen=True)
class Requirement:
    """`needed`: a study is complete only when this is met or does not apply."""

    code: str
    group: Group
    label: str
    hint: str
    question: str
    needed: bool
    basis: tuple[Basis, ...]


IDENTITY = "identitas_pelapor"
_SETTLED = (Finding.MET, Finding.NOT_APPLICABLE)


@cache
def requirements() -> Mapping[str, Requirement]:
    """All requirements by code, formal ones first."""
    rows = YAML(typ="safe", pure=True).load(Path(__file__).with_suffix(".yaml"))
    return {row["code"]: _requirement(row) for row in rows}


def _requirement(row: dict[str, Any]) -> Requirement:
    basis = tuple(Basis(b["source"], b["article"], BasisStatus(b["status"])) for b in row["basis"])
    return Requirement(**{**row, "group": Group(row["group"]), "basis": basis})


def open_requirements(items: Mapping[str, str]) -> list[Requirement]:
    """What is still missing or asked for (or not looked at) among those a complete study needs."""
    return [r for r in requirements().values() if r.needed and items.get(r.code) not in _SETTLED]


def lacks_identity(items: Mapping[str, str]) -> bool:
    """Only who is known is named: to call identity inapplicable makes nobody known."""
    return items.get(IDENTITY) != Finding.MET
