"""The founding of Kabupaten Way Tirta, an invented regency."""

from __future__ import annotations

from netral.config.demo_text import DEMO_DATE, VAULT_PASSPHRASES
from netral.config.founding import AgencyFacts, Plan

AGENCY = AgencyFacts(
    slug="way-tirta",
    name="Kabupaten Way Tirta",
    office="Inspektorat Kabupaten Way Tirta",
    address="Jalan Simpang Damar Nomor 1, Way Tirta",
    phone="(0000) 555-0100",
)


def plan(database: str = "") -> Plan:
    """The demonstration's plan on SQLite, or on an empty PostgreSQL database at the address `database`."""
    return Plan(
        agency=AGENCY,
        vault_passphrases=VAULT_PASSPHRASES,
        settings={
            "NETRAL_ORIGIN": "netral/way-tirta/peragaan",
            "NETRAL_DATABASE": database,
            "NETRAL_DEMO_DATE": DEMO_DATE,
        },
    )
