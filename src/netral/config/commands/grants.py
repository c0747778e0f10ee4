"""`netral grants`: rights in PostgreSQL for each process's role; run as the tables' owner after every migration."""

import argparse

from netral.config.boot import use_django
from netral.config.failures import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--public-role", required=True, help="peran PostgreSQL situs publik")
    parser.add_argument("--staff-role", required=True, help="peran PostgreSQL situs petugas")
    parser.add_argument("--worker-role", required=True, help="peran PostgreSQL pekerja")


def run(arguments: argparse.Namespace) -> int:
    use_django("staff")
    from django.db import connection, transaction

    from netral.config import grants

    if connection.vendor != "postgresql":
        raise Refusal("Register ini memakai SQLite; hak per proses hanya ada pada PostgreSQL.")
    everything = grants.officers_rights()
    roles = {
        arguments.public_role: grants.PUBLIC,
        arguments.staff_role: everything,
        arguments.worker_role: everything,
    }
    if len(roles) != 3:
        raise Refusal("Ketiga peran harus berbeda.")
    with transaction.atomic():
        grants.grant(roles)
    print(f"Hak diberikan kepada {', '.join(roles)}.")
    return 0
