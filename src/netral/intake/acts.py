"""Kinds of act in words, wherever one is named."""

from __future__ import annotations

from django.utils.translation import gettext as _

from netral.lawbook import OTHER, conduct_kinds


def act_label(code: str) -> str:
    """`Menyukai unggahan`; a kind the book no longer knows keeps its code."""
    if code == OTHER:
        return _("Perbuatan lain")
    kind = conduct_kinds().get(code)
    return kind.label.id if kind else code
