"""`netral user`: people of the register from the command line, where no administrator can sign in."""

import argparse

from netral.config.boot import use_django
from netral.config.failures import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="tindakan")
    add = actions.add_parser("add", help="tambah pengguna dan tampilkan tautan aktivasinya sekali")
    add.add_argument("username", help="nama pengguna")
    add.add_argument("--name", required=True, help="nama lengkap")
    add.add_argument(
        "--role",
        required=True,
        help="peran: administrator, petugas, pemeriksa, koordinator, pimpinan, pengawas",
    )
    reset = actions.add_parser(
        "reset", help="untuk ponsel atau kata sandi yang hilang: akhiri semuanya, beri tautan baru"
    )
    reset.add_argument("username", help="nama pengguna")
    actions.add_parser("list", help="daftar pengguna")


def run(arguments: argparse.Namespace) -> int:
    use_django("staff")
    from netral.accounts import factors, services
    from netral.accounts.models import User
    from netral.accounts.selectors import site_agency

    agency = site_agency()
    match arguments.action:
        case "add":
            invitation = services.create_user(
                agency=agency, username=arguments.username, full_name=arguments.name, role=arguments.role
            )
        case "reset":
            user = User.objects.filter(agency=agency, username=arguments.username).first()
            if user is None:
                raise Refusal(f"Pengguna {arguments.username!r} tidak ada; lihat `netral user list`.")
            invitation = services.reset_factor(user=user)
        case _:
            for person in User.objects.filter(agency=agency).order_by("username"):
                state = "aktif" if person.is_active else "nonaktif"
                factor = "faktor kedua terpasang" if factors.has_factor(person) else "tanpa faktor kedua"
                print(f"{person.username:<24} {person.role:<14} {state:<9} {factor:<24} {person.full_name}")
            return 0
    print(
        f"Tautan untuk {invitation.user.username}, ditampilkan sekali, berlaku {services.ACTIVATION_HOURS} jam:"
    )
    print(f"  {invitation.url}")
    return 0
