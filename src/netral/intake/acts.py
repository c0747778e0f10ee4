"""Kinds of act in words, wherever one is named."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from netral.lawbook import OTHER, conduct_kinds, reportable_kinds


def act_label(code: str) -> str:
    """`Menyukai unggahan`; a kind the book no longer knows keeps its code."""
    if code == OTHER:
        return _("Perbuatan lain")
    kind = conduct_kinds().get(code)
    return kind.label.id if kind else code


def offered(chosen: Iterable[str]) -> dict[str, object]:
    """What a form's list of kinds shows (`parts/acts.html`): some first, the others open where one is ticked."""
    kinds, ticked = reportable_kinds(), set(chosen)
    rest = ticked - {kind.code for kind in kinds.first} - {OTHER}
    return {"kinds": kinds, "other": OTHER, "chosen": ticked, "rest_chosen": rest}
