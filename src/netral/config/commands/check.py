"""`netral check`: the register's check of itself, everything recomputed."""

import argparse

from netral.config.boot import use_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(_arguments: argparse.Namespace) -> int:
    use_django("staff")
    from netral.config import inspection, preflight

    preflight.migrated(may_change=False)
    return 1 if inspection.inspect() else 0
