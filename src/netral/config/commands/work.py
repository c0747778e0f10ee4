"""`netral work`: the worker alone; with --once, until nothing is left to do."""

import argparse

from netral.config.boot import use_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="selesaikan yang menunggu, lalu berhenti")


def run(arguments: argparse.Namespace) -> int:
    use_django("worker")
    from netral.config import preflight, tasks, worker

    preflight.before_serving(may_change=False)
    if arguments.once:
        worker.run_once(tasks.TASKS)
    else:
        worker.run_forever(tasks.TASKS)
    return 0
