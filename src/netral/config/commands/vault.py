"""`netral vault open`: two holders together read how to reach a reporter; the act is logged with its basis."""

import argparse
import getpass
import os
from pathlib import Path

from netral.config.boot import use_django
from netral.config.failures import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="tindakan")
    opening = actions.add_parser("open", help="tampilkan rincian kontak satu laporan")
    opening.add_argument("number", help="nomor laporan, misalnya L-2024-0001")
    opening.add_argument(
        "--share",
        type=Path,
        action="append",
        required=True,
        metavar="BERKAS",
        help="bagian kunci; beri dua kali",
    )
    opening.add_argument(
        "--basis", required=True, help="dasar pembukaan: nomor dan tanggal keputusan, tanpa nama orang"
    )


def run(arguments: argparse.Namespace) -> int:
    if len(arguments.share) != 2:
        raise Refusal("Brankas hanya terbuka dengan dua bagian kunci: beri --share dua kali.")
    use_django("staff")
    from netral.accounts.selectors import site_agency
    from netral.intake.models import Contact
    from netral.intake.services.contacts import open_contact
    from netral.sealing import join_vault_key

    contact = (
        Contact.objects.filter(report__agency=site_agency(), report__number=arguments.number)
        .select_related("report")
        .first()
    )
    if contact is None:
        raise Refusal(f"Laporan {arguments.number} tidak ada atau pelapornya tidak meninggalkan kontak.")
    shares = (arguments.share[0].read_bytes(), arguments.share[1].read_bytes())
    key = join_vault_key(shares, (_passphrase(1), _passphrase(2)))
    details = open_contact(contact=contact, vault_key=key, basis=arguments.basis)
    print(
        f"Nama     {details.contact_name or '-'}\n"
        f"Telepon  {details.contact_phone or '-'}\n"
        f"Surel    {details.contact_email or '-'}"
    )
    print("Pembukaan ini tercatat dalam log register.")
    return 0


def _passphrase(number: int) -> str:
    known = os.environ.get(f"NETRAL_VAULT_PASSPHRASE_{number}")
    return known if known is not None else getpass.getpass(f"Frasa sandi bagian kunci ke-{number}: ")
