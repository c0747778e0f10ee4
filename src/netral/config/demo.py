"""Loads the demonstration through the same services that people use."""

from __future__ import annotations

from netral.accounts import services as accounts
from netral.accounts.models import Agency, User
from netral.config.demo_plan import AGENCY
from netral.config.demo_text import ACCOUNTS, PASSWORD
from netral.config.founding import PublicKeys
from netral.config.people import make_agency

NAMES = {
    "demo-admin": "Rukmini Sekar Danu",
    "demo-petugas": "Bagas Wirya Tanaka",
    "demo-pemeriksa": "Larasati Umbu Pance",
    "demo-koordinator": "Harun Bintang Samosa",
    "demo-pengawas": "Yohana Petra Lasut",
}


def load(keys: PublicKeys) -> str:
    """Everything of the demonstration; returns a sentence about it."""
    agency = make_agency(AGENCY, keys)
    officers = _officers(agency)
    return f"{len(officers)} petugas."


def _officers(agency: Agency) -> dict[str, User]:
    return {
        role: accounts.create_demo_user(
            agency=agency, username=username, full_name=NAMES[username], role=role, password=PASSWORD
        )
        for username, role, _ in ACCOUNTS
    }
