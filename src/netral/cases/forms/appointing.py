"""Who examines, and who takes an examiner's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.roster.models import Level as RosterLevel
from netral.roster.models import Official
from netral.ui import clock
from netral.ui.forms import day_field

from ..codes import Element, Level, TeamKind
from ..content import HEAD_OF_REGION, LABELS, Person
from ..examiners import ELEMENTS_OF_A_TEAM, Candidate
from ..models import Case
from ..signing import head_of
from .acting import CautiousForm, ReasonForm, line, radios


class TeamForm(CautiousForm):
    """Those who examine: officials chosen on the page and people from elsewhere, one of them in the chair."""

    says_optional = False
    ELEMENTS = tuple(one.label for one in ELEMENTS_OF_A_TEAM)
    OUTSIDERS = 2  # rows for people whom the roster does not know, the head of region first of all
    OUTSIDE = ("name", "nip", "position", "level", "unit")

    kind = radios(gettext_lazy("Bentuk pemeriksaan"), TeamKind.choices)
    decree_number = line(gettext_lazy("Nomor keputusan pembentukan"), required=False)
    decree_day = day_field(gettext_lazy("Tanggal keputusan pembentukan"), required=False)
    formed_by = line(gettext_lazy("Dibentuk oleh (jabatan)"), required=False)
    formed_name = line(gettext_lazy("Dibentuk oleh (nama)"), required=False)
    joined = forms.MultipleChoiceField(
        label=gettext_lazy("Keputusan yang sama juga untuk terlapor lain"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Satu keputusan menyebut semua terlapor yang dipilih, dan orang yang sama memeriksa mereka. "
            "Setiap terlapor tetap dipanggil, didengar, dan diputus dalam perkaranya sendiri."
        ),
    )

    def __init__(
        self,
        *args: Any,
        officials: Sequence[Official],
        kinds: Sequence[str],
        unusual: Sequence[str],
        elements: Mapping[int, str],
        siblings: Sequence[tuple[Case, str]],
        **kwargs: Any,
    ) -> None:
        """`elements` are what officials stand for where that is known already; `siblings` are cases that may be
        joined, each with its respondent's name.
        """
        super().__init__(*args, **kwargs)
        self.siblings = {one.number: one for one, _name in siblings}
        self.fields["joined"].choices = [(one.number, f"{one.number}, {name}") for one, name in siblings]  # type: ignore[attr-defined]
        self.officials = list(officials)
        former = head_of(self.case.agency)
        filled_in: dict[str, Any] = {
            "decree_day": clock.today(),
            "formed_by": former.position,
            "formed_name": former.name,
        }
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *((kind, TeamKind(kind).label) for kind in kinds),
            *((kind, _("%s (menyimpang, dengan alasan)") % TeamKind(kind).label) for kind in unusual),
        ]
        if len(kinds) == 1:
            filled_in["kind"] = kinds[0]
        self.by_elements, self.superior_alone = (
            TeamKind.TEAM in kinds,
            TeamKind.SUPERIOR in (*kinds, *unusual),
        )
        # A superior who examines alone leaves the heavy sanctions out, of which a breach of no sure level may need one.
        self.gives_up_heavy = TeamKind.SUPERIOR in kinds and self.case.level == Level.UNDETERMINED
        for official in self.officials:
            self.fields[f"element-{official.pk}"] = _element(_("Unsur %(name)s") % {"name": official})
            filled_in[f"element-{official.pk}"] = elements.get(official.pk, "")
        for row in self._outsiders():
            for name in self.OUTSIDE:
                self.fields[f"{row}-{name}"] = _outside_field(name)
            self.fields[f"{row}-element"] = _element(_("Unsur"))
        self.initial = {**filled_in, **self.initial}
        people = [(str(one.pk), str(one)) for one in self.officials]
        outside = [(row, _("orang luar ke-%(n)s") % {"n": at}) for at, row in enumerate(self._outsiders(), 1)]
        self.fields["chair"] = forms.ChoiceField(
            label=_("Ketua"), required=False, choices=[("", _("pilih ketua")), *people, *outside]
        )

    def rows(self) -> list[tuple[Official, forms.BoundField]]:
        """Each official chosen, and what he stands for."""
        return [(official, self[f"element-{official.pk}"]) for official in self.officials]

    def outside_rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{row}-{name}"] for name in (*self.OUTSIDE, "element")] for row in self._outsiders()]

    @property
    def names_outsiders(self) -> bool:
        return any(self[f"{row}-name"].value() for row in self._outsiders())

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        members = [
            Candidate.from_roster(
                official, element=told[f"element-{official.pk}"], chair=told["chair"] == str(official.pk)
            )
            for official in self.officials
        ]
        members += [
            Candidate(
                None,
                Person(**{name: told[f"{row}-{name}"] for name in self.OUTSIDE}),
                told[f"{row}-element"],
                told["chair"] == row,
            )
            for row in self._outsiders()
            if told[f"{row}-name"]
        ]
        names = ("revision", "kind", "decree_number", "decree_day", "caution")
        former = Person(name=told["formed_name"], position=told["formed_by"])
        joined = [self.siblings[number] for number in told["joined"]]
        return {
            **{name: told[name] for name in names},
            "formed_by": former,
            "members": members,
            "joined": joined,
        }

    def _outsiders(self) -> list[str]:
        return [f"luar-{at}" for at in range(1, self.OUTSIDERS + 1)]


def _element(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("tanpa unsur")), *Element.choices])


def _outside_field(name: str) -> forms.Field:
    """One thing about a person the roster does not know."""
    if name != "level":
        return line(LABELS[name], required=False)
    levels = [("", _("pilih tingkat")), (HEAD_OF_REGION, _("Kepala daerah")), *RosterLevel.choices]
    return forms.ChoiceField(label=LABELS[name], required=False, choices=levels)


class ReplaceForm(ReasonForm):
    official = forms.IntegerField(widget=forms.HiddenInput)
