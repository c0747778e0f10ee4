"""Passwords that are long and guessed all the same."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST = 4  # different characters


class GuessablePasswordValidator(CommonPasswordValidator):
    """Refuses a common password also where it was only repeated or drawn out with digits to reach the length.

    Hardly any entry of a list of common passwords is 15 characters long; what people make of them to get there
    is. The list is Django's own, 20,000 entries (ASVS 6.2.4).
    """

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 (Django's signature)
        plain = password.lower().strip()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
        if len(set(plain)) < FEWEST or self.passwords & {plain, _unit(plain), _unit(core)}:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return _("Kata sandi ini terlalu umum atau hanya ulangan. Pilih beberapa kata yang tidak berkaitan.")


def _unit(text: str) -> str:
    """What the beginning of a text repeats: `ababa` gives `ab`; itself where nothing recurs."""
    text = text[:128]  # enough to see it, and a megabyte costs no more
    return next((text[:at] for at in range(1, len(text)) if text.startswith(text[at:])), text)
