"""What an officer is cautioned against and may still do, saying why: the house's word told from the law's."""

from __future__ import annotations

from django.utils.translation import gettext as _


def of_the_house(sentence: str) -> str:
    """What no law in the corpus forbids."""
    return _("Kehati-hatian instansi, bukan ketentuan hukum: %s") % sentence
