"""`netral migrate`: brings the register, its guards and the static files to this version of the program."""

import argparse

from netral.config.boot import use_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(_arguments: argparse.Namespace) -> int:
    use_django("staff")
    from django.core.management import call_command

    from netral.audit import guards
    from netral.config import preflight, static

    preflight.migrated(may_change=True)
    # Also without a migration to apply: this is how missing guards come back.
    call_command("migrate", interactive=False, verbosity=0)
    guards.require()
    static.collect()
    print("Register sesuai dengan versi program ini; semua penjaga terpasang.")
    return 0
