"""`netral log`: the newest signed head, and the export that `netral verify` reads."""

import argparse
from pathlib import Path

from netral.config.boot import use_django
from netral.config.failures import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="tindakan")
    actions.add_parser("head", help="tampilkan kepala log terbaru, untuk disimpan atau diumumkan")
    export = actions.add_parser("export", help="tulis semua daun log dan kepalanya ke satu berkas")
    export.add_argument("file", type=Path, help="berkas tujuan; tidak boleh sudah ada")


def run(arguments: argparse.Namespace) -> int:
    use_django("staff")
    from django.conf import settings

    from netral.accounts.keys import receipt_certificate
    from netral.audit.selectors import latest_head, leaves
    from netral.sealing import ExportHeader, write_export

    head = latest_head()
    if head is None:
        raise Refusal("Log belum memiliki kepala yang ditandatangani; jalankan `netral work --once`.")
    if arguments.action == "head":
        print(head.note, end="")
        return 0
    if arguments.file.exists():
        raise Refusal(f"{arguments.file} sudah ada; tidak ada yang ditimpa.")
    header = ExportHeader(settings.NETRAL_ORIGIN, head.size, receipt_certificate().log_key)
    with arguments.file.open("xb") as file:
        write_export(file, header, leaves(head.size), head.note)
    print(f"{head.size} daun log ditulis ke {arguments.file}.")
    return 0
