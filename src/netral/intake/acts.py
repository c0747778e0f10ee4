"""Kinds of act in words, wherever one is named."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from netral.lawbook import OTHER, conduct_label, reportable_kinds


def act_label(code: str) -> str:
    """`Menyukai unggahan`, or that it is none of the kinds the law knows."""
    return _("Perbuatan lain") if code == OTHER else conduct_label(code)


def offered(chosen: Iterable[str]) -> dict[str, object]:
    """What a form's list of kinds shows (`parts/acts.html`): some first, the others open where one is ticked."""
    kinds, ticked = reportable_kinds(), set(chosen)
    rest = ticked - {kind.code for kind in kinds.first} - {OTHER}
    return {"kinds": kinds, "other": OTHER, "chosen": ticked, "rest_chosen": rest}
