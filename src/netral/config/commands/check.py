"""`netral check`: the register's check of itself, everything recomputed; with --deep, everything opened."""

import argparse

from netral.config.boot import use_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deep",
        action="store_true",
        help="juga buka semua isi tersegel dan bandingkan dengan log (lebih lama)",
    )


def run(arguments: argparse.Namespace) -> int:
    use_django("staff")
    from netral.config import inspection, preflight

    preflight.migrated(may_change=False)
    return 1 if inspection.inspect(deep=arguments.deep) else 0
