"""Facts, made from the law's own vocabulary; what is alleged; another road than the law's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.lawbook import conduct_kinds, is_region, vocabulary
from netral.ui.forms import day_field, long_text

from ..codes import Level, Track
from ..content import TEXT_LIMIT
from ..models import Allegation, Case
from ..services import AllegedAct
from .acting import SEALED, ActForm, ReasonForm, radios

YES_NO = (("ya", gettext_lazy("ya")), ("tidak", gettext_lazy("tidak")))
ASKED_OF_AN_ACT = ("object", "circumstances")


class RegionField(forms.CharField):
    """The code of a region; a name is answered with what to write instead."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Kode wilayah Kementerian Dalam Negeri, misalnya 18.71.")
        super().__init__(help_text=hint, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_region(value):
            raise forms.ValidationError(
                _(
                    "“%(value)s” bukan kode wilayah. Tulis angkanya: 18 untuk provinsi, 18.71 untuk kabupaten "
                    "atau kota. Kosongkan bila belum diketahui."
                )
                % {"value": value[:40]}
            )


def _fact_field(path: str, question: str) -> forms.Field:
    """A field for one fact of the law, with its question and its values."""
    fact = vocabulary()[path]
    values = [(code, label["id"]) for code, label in fact["values"].items()]
    unknown = [("", _("belum diketahui"))]
    match fact["type"]:
        case "date":
            return day_field(question, required=False)
        case "yes_no":
            return forms.ChoiceField(label=question, required=False, choices=[*unknown, *YES_NO])
        case "region":
            return RegionField(label=question, required=False)
        case _ if fact["many"]:
            return forms.MultipleChoiceField(
                label=question, required=False, choices=values, widget=forms.CheckboxSelectMultiple
            )
        case _:
            return forms.ChoiceField(label=question, required=False, choices=[*unknown, *values])


def _fact_value(path: str, cleaned: Any) -> Any:
    """The fact as the law reads it; None where it stays unknown."""
    if cleaned in ("", None, []):
        return None
    match vocabulary()[path]["type"]:
        case "date":
            return cleaned.isoformat()
        case "yes_no":
            return cleaned == "ya"
        case _:
            return cleaned


def _fact_shown(path: str, value: Any) -> Any:
    """A known fact as its field holds it."""
    if vocabulary()[path]["type"] == "yes_no" and value is not None:
        return "ya" if value else "tidak"
    return value


def question_of(path: str) -> str:
    fact = vocabulary()[path]
    asked = fact["question"] or fact["label"]
    return str(asked["id"][0].upper() + asked["id"][1:])


@dataclass(frozen=True)
class FactGroup:
    """Questions about one act, by its place in the case, or about the respondent (None)."""

    act: int | None
    first: list[forms.BoundField]
    rest: list[forms.BoundField]


class FactsForm(ActForm):
    """Questions about the respondent and about each act, by the paths of the law's vocabulary.

    `asked` are pairs of a path and the act it belongs to (None: the respondent or the case's dates).
    """

    says_optional = False

    def __init__(
        self,
        *args: Any,
        case: Case,
        acts: Sequence[Allegation],
        asked: Iterable[tuple[str, int | None]],
        **kw: Any,
    ) -> None:
        super().__init__(*args, case=case, **kw)
        self.acts = list(acts)
        self.asked = list(dict.fromkeys(asked))
        for path, at in self.asked:
            name = self._name(path, at)
            self.fields[name] = _fact_field(path, self._question(path, at))
            self.initial[name] = _fact_shown(path, self._known(path, at))

    def groups(self) -> list[FactGroup]:
        """The respondent, then each act; what its kind does not ask for, and nobody has stated, comes last."""
        found = []
        for at in dict.fromkeys(at for _path, at in self.asked):
            asks = None if at is None else conduct_kinds()[self.acts[at].conduct].asks
            fields = [(path, self[self._name(path, at)]) for path, of in self.asked if of == at]
            last = [bound for path, bound in fields if asks is not None and path not in asks]
            rest = [bound for bound in last if not bound.value() and not bound.errors]
            found.append(FactGroup(at, [bound for _path, bound in fields if bound not in rest], rest))
        return found

    def arguments(self) -> dict[str, Any]:
        said: dict[str, Any] = {"actor": {}, "dates": {}, "acts": {}}
        for path, at in self.asked:
            group, _dot, name = path.partition(".")
            value = _fact_value(path, self.cleaned_data[self._name(path, at)])
            if at is None:
                said[group][name] = value
            else:
                said["acts"].setdefault(self.acts[at].pk, {}).setdefault(group, {})[name] = value
        return {"revision": self.cleaned_data["revision"], **said}

    @staticmethod
    def _name(path: str, at: int | None) -> str:
        return f"{path}@{'' if at is None else at}"

    def _question(self, path: str, at: int | None) -> str:
        question = question_of(path)
        if at is None or len(self.acts) == 1:
            return question
        return _("Perbuatan %(number)s: %(question)s") % {"number": at + 1, "question": question}

    def _known(self, path: str, at: int | None) -> Any:
        group, _dot, name = path.partition(".")
        if at is None:
            known = self.case.actor if group == "actor" else self.case.dates
            return known.get(name)
        return self.acts[at].facts.get(group, {}).get(name)


def askable(conduct: str) -> Iterator[str]:
    """Every fact an officer may state about an act: those its kind asks for first, then the rest."""
    kind = conduct_kinds()[conduct]
    rest = (path for path in vocabulary() if path.partition(".")[0] in ASKED_OF_AN_ACT)
    yield from (
        path
        for path in dict.fromkeys((*kind.asks, *rest))
        if not vocabulary()[path]["derived"] and "." in path
    )


def conduct_choices() -> list[tuple[str, Any]]:
    """Kinds of act by group, those with rules first in each."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, kind in conduct_kinds().items():
        groups.setdefault(kind.group, []).append((code, kind.label.id))
    return [(group.replace("_", " "), choices) for group, choices in groups.items()]


class AllegationForm(ActForm):
    """One act: its kind, its day or days, and what is alleged in words."""

    conduct = forms.ChoiceField(label=gettext_lazy("Perbuatan"))
    act_date = day_field(gettext_lazy("Tanggal perbuatan"))
    until = day_field(
        gettext_lazy("Sampai tanggal"),
        required=False,
        hint=gettext_lazy("Hanya bila berlangsung beberapa hari."),
    )
    description = long_text(
        gettext_lazy("Uraian dugaan"), rows=3, limit=TEXT_LIMIT, required=False, hint=SEALED
    )
    another_act = long_text(
        gettext_lazy("Bila ini perbuatan lain daripada yang sudah didugakan: apa bedanya?"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conduct"].choices = [("", _("pilih perbuatan")), *conduct_choices()]  # type: ignore[attr-defined]

    def take_errors(self, error: Any) -> None:
        """The service names the act by its place; here there is only one."""
        if hasattr(error, "error_dict"):
            error.error_dict = {name.removeprefix("acts.0."): told for name, told in error.error_dict.items()}
        super().take_errors(error)

    def act(self, facts: Mapping[str, Any]) -> AllegedAct:
        told = self.cleaned_data
        return AllegedAct(told["conduct"], told["act_date"], told["until"], facts, told["description"])


class DepartForm(ReasonForm):
    """Another road or level than the law's answer."""

    track = radios(gettext_lazy("Jalur"), Track.choices)
    level = radios(
        gettext_lazy("Tingkat"), [choice for choice in Level.choices if choice[0] != Level.UNDETERMINED]
    )
    field_order = ["revision", "track", "level", "reason"]
