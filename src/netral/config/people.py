"""The agency and the people that a new register begins with, made through the services of `accounts`."""

from __future__ import annotations

from dataclasses import asdict

from netral.accounts import services as accounts
from netral.accounts.models import Agency
from netral.accounts.rights import Role
from netral.config.founding import AgencyFacts
from netral.sealing import AgencyKeys


def make_agency(facts: AgencyFacts, keys: AgencyKeys) -> Agency:
    return accounts.create_agency(**asdict(facts), seal_key=keys.seal.raw, vault_key=keys.vault.raw)


def first_people(facts: AgencyFacts, keys: AgencyKeys, *, username: str, full_name: str) -> str:
    """The agency and its first administrator; returns the administrator's activation link."""
    agency = make_agency(facts, keys)
    return accounts.create_user(
        agency=agency, username=username, full_name=full_name, role=Role.ADMINISTRATOR
    ).url
