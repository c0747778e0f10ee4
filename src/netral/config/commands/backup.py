"""`netral backup FILE`: the register in one encrypted file, while it serves."""

import argparse
import os
from pathlib import Path

from netral.config.boot import use_django
from netral.config.failures import Refusal
from netral.config.home import read_settings, require_home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="berkas tujuan; tidak boleh sudah ada")
    parser.add_argument(
        "--recipient", help="penerima lain, age1… (bawaan: yang ditetapkan saat `netral init`)"
    )


def run(arguments: argparse.Namespace) -> int:
    known = os.environ.get("NETRAL_BACKUP_RECIPIENT") or read_settings(require_home()).get(
        "NETRAL_BACKUP_RECIPIENT"
    )
    recipient = arguments.recipient or known
    if not recipient:
        raise Refusal("Penerima cadangan belum ditetapkan; beri --recipient age1….")
    use_django("worker")
    from netral.config import backup

    target = arguments.file.absolute()
    parts = backup.write(target, recipient)
    size = f"{target.stat().st_size / 1e6:.1f}".replace(".", ",")
    print(f"Cadangan {target} ditulis: {size} MB, {parts.files} berkas tersegel. Simpan di luar mesin ini.")
    return 0
