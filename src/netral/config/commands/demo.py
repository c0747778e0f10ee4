"""`netral demo`: founds the register of the demonstration and loads its invented matters."""

import argparse
import os
import time

from netral.config.home import SETTINGS_FILE, home_path, require_free


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--if-empty", action="store_true", help="jangan lakukan apa pun jika register sudah ada"
    )


def run(arguments: argparse.Namespace) -> int:
    home = home_path()
    if arguments.if_empty and (home / SETTINGS_FILE).exists():
        return 0
    require_free(home)
    started = time.monotonic()
    print("Menyiapkan register peragaan Kabupaten Way Tirta …", flush=True)
    from netral.config.demo_plan import plan
    from netral.config.founding import found
    from netral.sealing import AgencyKeys

    def fill(keys: AgencyKeys) -> str:
        from netral.config import demo  # the tables are there only now

        return demo.load(keys)

    summary = found(plan(os.environ.get("NETRAL_DATABASE", "")), home, fill)
    print(f"{summary} Selesai dalam {time.monotonic() - started:.0f} detik.")
    return 0
