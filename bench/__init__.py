"""What Netral needs for its work, measured: `make bench`, or `python -m bench [PART …] [--quick] [--markdown FILE]`.

One table, nothing asserted. Beside every figure stands its floor: what the bare machine or the plain engine needs
for the same bytes in the same run, so that a slow disk or a busy neighbour shows as what it is.

A part is a module with a docstring saying what is measured and how, and `measure(quick) -> Iterator[Figure]`.
"""

import sys


def report_progress(sentence: str) -> None:
    """To a person who waits; never part of the table."""
    print(f"  {sentence}", file=sys.stderr, flush=True)
