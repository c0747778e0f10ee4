"""The light half: reading Indonesian names and the NIP. Imports nothing heavy, so any process may use it."""

from .nip import Nip, NipError, NipKind, Sex, make_nip, parse_nip
from .persons import PersonName, search_tokens, search_words, split_titles

__all__ = [
    "Nip",
    "NipError",
    "NipKind",
    "PersonName",
    "Sex",
    "make_nip",
    "parse_nip",
    "search_tokens",
    "search_words",
    "split_titles",
]
