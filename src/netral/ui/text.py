"""Text as people type it, without what nobody sees."""

import re

# Control characters but for those of a typed text, lone surrogates, and marks that turn the reading direction:
# harmless in Arabic letters, a disguise in a file name or a link.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """`text` without control characters (tab and line feed stay), lone surrogates and direction overrides."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub("", unified).strip()


def had_hidden_characters(text: str) -> bool:
    return _HIDDEN.search(text) is not None
