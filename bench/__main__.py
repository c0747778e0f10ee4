"""`python -m bench [PART …] [--quick] [--markdown FILE]`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from bench import report_progress
from bench.cached import cache_folder
from bench.figures import Figure, as_markdown, as_text
from bench.machine import describe

PARTS = ("memory", "uploads", "phones", "queue", "cases", "log", "law", "letters")


def main() -> int:
    arguments = _parser().parse_args()
    facts = describe(cache_folder())
    figures: list[Figure] = []
    for part in arguments.parts or PARTS:
        report_progress(f"{part} …")
        figures += import_module(f"bench.{part}").measure(arguments.quick)
    print("\n".join(facts), as_text(figures), sep="\n\n")
    if arguments.markdown:
        facts_list = "\n".join(f"- {fact}" for fact in facts)
        arguments.markdown.write_text(f"{as_markdown(figures)}\n\n{facts_list}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument(
        "--quick", action="store_true", help="smaller sizes: whether it runs, not what it reaches"
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the table as Markdown")
    return parser


if __name__ == "__main__":
    sys.exit(main())
