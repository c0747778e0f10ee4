"""The parser of the command line, in Indonesian. Light: imported before anything else of ours."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import NoReturn

from netral.ui.days import read_day

# What argparse (Python 3.11 to 3.13) says by itself. It asks its module's `_` for each, at the time it speaks.
WORDS = {
    "usage: ": "pemakaian: ",
    "positional arguments": "argumen",
    "options": "pilihan",
    "show this help message and exit": "tampilkan bantuan ini",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "belum diberikan: %s",
    "one of the arguments %s is required": "beri salah satu dari %s",
    "unrecognized arguments: %s": "argumen tidak dikenal: %s",
    "not allowed with argument %s": "tidak dapat dipakai bersama %s",
    "expected one argument": "perlu satu nilai",
    "expected at least one argument": "perlu paling sedikit satu nilai",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s dapat berarti %(matches)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r tidak dikenal; pilih dari %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r bukan nilai yang sah",
    "ignored explicit argument %r": "tidak menerima nilai %r",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s.\n",
}


class Parser(argparse.ArgumentParser):
    """Argument errors end with the sentence that says where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"netral: {message}. Lihat `{self.prog} --help`.\n")


def speak_indonesian() -> None:
    """Lets argparse say its own words in the language of ours; the stand-alone verifier's parser included."""
    vars(argparse)["_"] = lambda words: WORDS.get(words, words)


def day(text: str) -> dt.date:
    """A day of the calendar, as an argument."""
    try:
        return read_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan tanggal; tulis tahun-bulan-hari") from None
