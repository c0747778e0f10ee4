"""What officers fill in about a case. Forms shape; services decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.accounts.models import User
from netral.documents.correcting import Wording
from netral.lawbook import conduct_kinds, is_region, vocabulary
from netral.roster.models import Level as RosterLevel
from netral.roster.models import Official
from netral.ui import clock
from netral.ui.forms import ServiceForm, day_field, long_text
from netral.ui.templatetags.netral import tanggal

from . import cited
from .clocks import HearingDays
from .codes import (
    Element,
    Excuse,
    Level,
    Notice,
    Receipt,
    Remedy,
    RemedyResult,
    Signing,
    StopGround,
    TeamKind,
    Track,
)
from .content import (
    HEAD_OF_REGION,
    LABELS,
    LINE_LIMIT,
    TEXT_LIMIT,
    Announced,
    Exchange,
    Findings,
    Hearing,
    Missed,
    Person,
    Sitting,
)
from .examiners import Candidate
from .law import Choice
from .models import Allegation, Case
from .services import AllegedAct
from .signing import head_of

SEALED = gettext_lazy("Disegel dalam berkas perkara.")
FEWEST_EXCHANGES = 3
ALL_POINTS = 30 * TEXT_LIMIT  # of a decree, in one field
YES_NO = (("ya", gettext_lazy("ya")), ("tidak", gettext_lazy("tidak")))
ASKED_OF_AN_ACT = ("object", "circumstances")


class ActForm(ServiceForm):
    """Carries the revision the page showed, so that of two officers at once one wins."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial["revision"] = case.revision

    def catch_up(self, case: Case) -> None:
        """Keeps what was typed, now against the case as it is."""
        self.case = case
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request, with several values for a name
        self.data["revision"] = str(case.revision)  # type: ignore[index]

    def arguments(self) -> dict[str, Any]:
        """What the service is given, by its names."""
        return dict(self.cleaned_data)


def _line(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE_LIMIT, required=required, help_text=hint)


def _radios(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class LetterForm(ActForm):
    """An act that makes a letter, whose number may be typed."""

    number = _line(
        gettext_lazy("Nomor surat"),
        required=False,
        hint=gettext_lazy("Kosongkan untuk nomor berikutnya menurut pola instansi."),
    )
    field_order: Sequence[str] | None = None
    looked_at = ""  # the field by which an officer says that doubtful citations are meant as they are typed

    def order_fields(self, field_order: Any) -> None:
        """The number comes last."""
        super().order_fields(field_order or [*(name for name in self.fields if name != "number"), "number"])

    def clean(self) -> Any:
        """A citation in doubt is shown before the letter goes out; who has looked at it may send it as it is."""
        super().clean()
        told = self.cleaned_data
        found = {name: cited.doubts(self.case, told.get(name, "")) for name in self.own_words()}
        sentences = [one for doubts in found.values() for one in doubts]
        if sentences:
            self.looked_at = f"rujukan-{cited.digest(sentences)}"
            label = _("Rujukan hukum itu sudah saya periksa; surat tetap menyebutnya seperti yang diketik")
            self.fields[self.looked_at] = forms.BooleanField(required=False, label=label)
            if self.looked_at not in self.data:
                self.take_errors(forms.ValidationError({name: found[name] for name in found if found[name]}))
        return told

    def own_words(self) -> list[str]:
        """The fields in which an officer writes for the letter in his own words."""
        return [
            name for name, field in self.fields.items() if type(field) is forms.CharField and name != "number"
        ]

    def looked_at_field(self) -> forms.BoundField | None:
        return self[self.looked_at] if self.looked_at else None


class CautiousForm(ActForm):
    """An act that the house may caution against. Why it is done all the same is asked only once it does."""

    caution = long_text(
        gettext_lazy("Mengapa tetap dilakukan"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Disegel dalam berkas dan tampil dalam riwayat perkara."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = self.fields["caution"].widget
        if not self["caution"].value():
            self.fields["caution"].widget = forms.HiddenInput()

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "caution" in error.error_dict:
            self.fields["caution"].widget = self._asked
        super().take_errors(error)


class ReasonForm(ActForm):
    reason = long_text(gettext_lazy("Alasan"), rows=3, limit=TEXT_LIMIT, hint=SEALED)


# Facts: made from the law's own vocabulary ---------------------------------------------------------------------


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


# The law -------------------------------------------------------------------------------------------------------


class DepartForm(ReasonForm):
    """Another road or level than the law's answer."""

    track = _radios(gettext_lazy("Jalur"), Track.choices)
    level = _radios(
        gettext_lazy("Tingkat"), [choice for choice in Level.choices if choice[0] != Level.UNDETERMINED]
    )
    field_order = ["revision", "track", "level", "reason"]


# Examiners and summons -------------------------------------------------------------------------------------------


class TeamForm(CautiousForm):
    """Those who examine: officials chosen on the page and people from elsewhere, one of them in the chair."""

    says_optional = False
    OUTSIDERS = 2  # rows for people whom the roster does not know, the head of region first of all
    OUTSIDE = ("name", "nip", "position", "level", "unit")

    kind = _radios(gettext_lazy("Bentuk pemeriksaan"), TeamKind.choices)
    decree_number = _line(gettext_lazy("Nomor keputusan pembentukan"), required=False)
    decree_day = day_field(gettext_lazy("Tanggal keputusan pembentukan"), required=False)
    formed_by = _line(gettext_lazy("Dibentuk oleh (jabatan)"), required=False)
    formed_name = _line(gettext_lazy("Dibentuk oleh (nama)"), required=False)
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
        return _line(LABELS[name], required=False)
    levels = [("", _("pilih tingkat")), (HEAD_OF_REGION, _("Kepala daerah")), *RosterLevel.choices]
    return forms.ChoiceField(label=LABELS[name], required=False, choices=levels)


class SittingForm(LetterForm):
    """When and where somebody appears; the last sitting's hour and place are filled in."""

    hearing_day = day_field(gettext_lazy("Hari pemeriksaan"))
    hour = _line(
        gettext_lazy("Jam"), hint=gettext_lazy("Jam dan menit menurut waktu setempat, misalnya 09.00.")
    )
    place = _line(gettext_lazy("Tempat"))

    def __init__(self, *args: Any, last: Sitting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if last:
            self.initial.update(hour=last.hour, place=last.place)

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        sitting = Sitting(told.pop("hour"), told.pop("place"))
        return {**told, "sitting": sitting}


class SummonsForm(CautiousForm, SittingForm):
    """`days` says which days the law allows, where it counts any; one of them is filled in."""

    def __init__(self, *args: Any, days: HearingDays | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        if days:
            house = (
                "" if days.by_law else _("Menurut aturan sebagian instansi, bukan ketentuan undang-undang.")
            )
            agreed = _("Hari yang terisi memenuhi semua bacaan.") if days.agreed else ""
            hint = f"{days.allowed[0].upper()}{days.allowed[1:]}. {agreed} {house}"
            self.fields["hearing_day"].help_text = " ".join(hint.split())
            self.initial["hearing_day"] = days.proposed

    def own_words(self) -> list[str]:
        """Why against a caution stays in the file."""
        return [name for name in super().own_words() if name != "caution"]


class PostponeForm(SummonsForm):
    reason = long_text(gettext_lazy("Alasan penundaan"), rows=2, limit=TEXT_LIMIT, hint=SEALED)


class ReplaceForm(ReasonForm):
    official = forms.IntegerField(widget=forms.HiddenInput)


class AbsenceForm(ActForm):
    """That the respondent did not come, what shows that he knew of the day, and what he let be known."""

    received_on = day_field(gettext_lazy("Tanggal panggilan sampai"))
    way = _radios(gettext_lazy("Cara panggilan sampai"), Notice.choices)
    proof = long_text(
        gettext_lazy("Bukti penerimaan"),
        rows=2,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Misalnya nomor tanda terima dan siapa yang menandatanganinya."),
    )
    excuse = _radios(gettext_lazy("Kabar dari terlapor"), Excuse.choices)
    explained = long_text(
        gettext_lazy("Alasan terlapor, dan mengapa tidak dapat diterima"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Hanya bila ia memberi alasan."),
    )

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        missed = Missed(told.pop("proof"), told.pop("explained"))
        return {**told, "missed": missed}


# Hearing and report ----------------------------------------------------------------------------------------------


class HearingForm(LetterForm):
    """Minutes: as many questions and answers as there are pairs of fields; empty pairs are left out.

    `called` is the day of the summons.
    """

    says_optional = False
    day = day_field(gettext_lazy("Hari pemeriksaan"))
    otherwise = long_text(
        gettext_lazy("Mengapa pada hari lain daripada panggilannya"), rows=2, limit=TEXT_LIMIT, required=False
    )
    statement = long_text(
        gettext_lazy("Pernyataan terlapor dengan kata-katanya sendiri"),
        rows=4,
        limit=TEXT_LIMIT,
        hint=gettext_lazy(
            "Yang ia sampaikan untuk membela diri atau menjelaskan. Bila tidak ada, tulis demikian."
        ),
    )

    def __init__(
        self, *args: Any, called: dt.date | None, pairs: int = FEWEST_EXCHANGES, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        if called:
            self.fields["otherwise"].help_text = _(
                "Hanya bila bukan %(day)s, misalnya karena terlapor meminta lebih awal. Dimuat dalam berita acara."
            ) % {"day": tanggal(called)}
        for number in range(1, pairs + 1):
            self.fields[f"question-{number}"] = long_text(
                _("Pertanyaan %(number)s") % {"number": number}, rows=2, limit=TEXT_LIMIT, required=False
            )
            self.fields[f"answer-{number}"] = long_text(
                _("Jawaban %(number)s") % {"number": number}, rows=2, limit=TEXT_LIMIT, required=False
            )

    def begin_at(self, number: int) -> None:
        """Whoever asked for more rows goes on writing in the first of them."""
        if number in range(1, self.pairs + 1):
            self.fields[f"question-{number}"].widget.attrs["autofocus"] = True

    def own_words(self) -> list[str]:
        """What the respondent said is his to say."""
        return ["otherwise", *(f"question-{number}" for number in range(1, self.pairs + 1))]

    def exchanges(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"question-{n}"], self[f"answer-{n}"]) for n in range(1, self.pairs + 1)]

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "exchanges" in error.error_dict:
            error.error_dict["question-1"] = error.error_dict.pop("exchanges")
        super().take_errors(error)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        said = [
            Exchange(told[f"question-{number}"], told[f"answer-{number}"])
            for number in range(1, self.pairs + 1)
            if told[f"question-{number}"] or told[f"answer-{number}"]
        ]
        return {
            "revision": told["revision"],
            "day": told["day"],
            "hearing": Hearing(tuple(said), told["statement"], told["otherwise"]),
            "number": told["number"],
        }


class SigningForm(ActForm):
    """How the printed minutes came back; their scan comes beside the form."""

    signing = _radios(gettext_lazy("Tanda tangan"), Signing.choices)
    reason = long_text(
        gettext_lazy("Alasan terlapor menolak menandatangani"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy("Hanya bila menolak. Dimuat dalam laporan hasil pemeriksaan."),
    )


class ReportForm(LetterForm):
    """What the examiners found of each act, and what they recommend."""

    reasoning = long_text(
        gettext_lazy("Pertimbangan"),
        rows=4,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Mengapa terbukti atau tidak, dan dari bukti mana."),
    )
    aggravating = long_text(
        gettext_lazy("Hal yang memberatkan"),
        rows=2,
        limit=TEXT_LIMIT,
        required=False,
        hint=gettext_lazy(
            "Dimuat dalam laporan hanya bila ada dugaan yang terbukti; begitu pula dua isian berikut."
        ),
    )
    mitigating = long_text(gettext_lazy("Hal yang meringankan"), rows=2, limit=TEXT_LIMIT, required=False)
    impact = long_text(gettext_lazy("Dampak perbuatan"), rows=2, limit=TEXT_LIMIT, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Tingkat yang disarankan"),
        required=False,
        help_text=gettext_lazy("Pilih bila ada dugaan yang terbukti; selain itu kosongkan."),
    )
    sanctions = forms.MultipleChoiceField(
        label=gettext_lazy("Jenis yang disarankan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, acts: Sequence[tuple[Allegation, str]], choices: Sequence[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acts = list(acts)
        levels = dict.fromkeys(choice.level for choice in choices)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("pilih tingkat")),
            *((level, Level(level).label) for level in levels),
        ]
        self.fields["sanctions"].choices = [(choice.code, choice.label) for choice in choices]  # type: ignore[attr-defined]
        for allegation, label in self.acts:
            self.fields[f"proven-{allegation.pk}"] = _radios(
                label, [("ya", _("terbukti")), ("tidak", _("tidak terbukti"))]
            )

    def verdicts(self) -> list[forms.BoundField]:
        return [self[f"proven-{allegation.pk}"] for allegation, _label in self.acts]

    def rest(self) -> list[forms.BoundField]:
        names = ("reasoning", "aggravating", "mitigating", "impact", "level", "sanctions", "number")
        looked_at = self.looked_at_field()
        return [*(self[name] for name in names), *([looked_at] if looked_at else [])]

    def take_errors(self, error: Any) -> None:
        if hasattr(error, "error_dict") and "proven" in error.error_dict:
            error.error_dict[f"proven-{self.acts[0][0].pk}"] = error.error_dict.pop("proven")
        super().take_errors(error)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        words = {name: told[name] for name in ("aggravating", "mitigating", "impact", "reasoning")}
        proven = {one.object_id: told[f"proven-{one.pk}"] == "ya" for one, _label in self.acts}
        return {
            "revision": told["revision"],
            "proven": proven,
            "findings": Findings(**words),
            "level": told["level"],
            "sanctions": told["sanctions"],
            "number": told["number"],
        }


# A letter in place of another -----------------------------------------------------------------------------------


class ReplacementForm(LetterForm):
    """The words of a letter that may be set right, as they stand, and why another takes its place."""

    reason = long_text(gettext_lazy("Alasan penggantian"), rows=2, limit=TEXT_LIMIT, hint=SEALED)

    def __init__(self, *args: Any, wordings: Sequence[Wording], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = wordings
        for one in wordings:
            self.fields[one.path] = _wording_field(one)
            self.initial[one.path] = one.text
        self.order_fields(None)

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        words = {one.path: told[one.path] for one in self.wordings}
        return {**{name: told[name] for name in ("revision", "reason", "number")}, "words": words}


def _wording_field(one: Wording) -> forms.Field:
    """Whether it may be empty, the letter's own kind says."""
    label = f"{one.label[0].upper()}{one.label[1:]}"
    if not one.long:
        return _line(label, required=False)
    hints = {"\n": _("Satu baris untuk setiap butir."), "\n\n": _("Baris kosong di antara dua butir.")}
    return long_text(label, rows=4, limit=ALL_POINTS, required=False, hint=hints.get(one.between, ""))


# Decision and what follows ---------------------------------------------------------------------------------------


class LeaderForm(LetterForm):
    """A letter that the leader signs: why, and in which office."""

    reason = long_text(
        gettext_lazy("Alasan"),
        rows=3,
        limit=TEXT_LIMIT,
        hint=gettext_lazy("Disegel dalam berkas perkara dan dimuat dalam suratnya."),
    )
    title = _line(gettext_lazy("Jabatan Anda pada surat"), required=False)

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["title"] = title


class DecisionForm(LeaderForm):
    reason = long_text(
        gettext_lazy("Alasan"),
        rows=3,
        limit=TEXT_LIMIT,
        hint=gettext_lazy(
            "Disegel dalam berkas dan dimuat dalam Menimbang. Paragraf yang diawali “bahwa” menjadi butir sendiri."
        ),
    )
    sanction = _radios(gettext_lazy("Keputusan"), ())
    field_order = ["revision", "sanction", "reason", "title", "number"]
    NOT_PROVEN = "tidak_terbukti"

    def __init__(self, *args: Any, choices: Sequence[Choice], advice: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sanction"].help_text = advice
        levels = {choice.code: Level(choice.level).label for choice in choices}
        self.fields["sanction"].choices = [  # type: ignore[attr-defined]
            (self.NOT_PROVEN, _("Tidak terbukti: terlapor dibersihkan")),
            *((one.code, f"{one.label[0].upper()}{one.label[1:]} ({levels[one.code]})") for one in choices),
        ]

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return {**told, "sanction": "" if told["sanction"] == self.NOT_PROVEN else told["sanction"]}


class ReferForm(LeaderForm):
    to = _radios(gettext_lazy("Diteruskan kepada"), ())
    field_order = ["revision", "to", "reason", "title", "number"]

    def __init__(self, *args: Any, receivers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(receivers.items())  # type: ignore[attr-defined]


class CrimeAnswerForm(ActForm):
    day = day_field(gettext_lazy("Tanggal jawaban"))
    text = long_text(gettext_lazy("Isi jawaban"), rows=4, limit=TEXT_LIMIT, hint=SEALED)


class StopForm(LeaderForm):
    ground = _radios(gettext_lazy("Dasar penghentian"), StopGround.choices)
    field_order = ["revision", "ground", "reason", "title", "number"]


class DecisionSummonsForm(SittingForm):
    """When and before whom the respondent receives the decision; who receives him signs the letter."""

    hearing_day = day_field(gettext_lazy("Hari menghadap"))
    name = _line(gettext_lazy("Menghadap kepada (nama)"))
    position = _line(gettext_lazy("Jabatannya"), hint=gettext_lazy("Ia menandatangani panggilan ini."))
    nip = _line(gettext_lazy("NIP-nya"), required=False)
    unit = _line(
        gettext_lazy("Unit pada kop surat"),
        required=False,
        hint=gettext_lazy("Kosongkan bila surat memakai kop unit pengelola."),
    )
    BEFORE = ("name", "position", "nip", "unit")

    def __init__(self, *args: Any, before: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(before, name) for name in self.BEFORE})

    def arguments(self) -> dict[str, Any]:
        told = super().arguments()
        before = Person(**{name: told.pop(name) for name in self.BEFORE})
        return {**told, "before": before}


class DeliveryForm(ActForm):
    day = day_field(gettext_lazy("Tanggal diterima"))
    way = _radios(gettext_lazy("Cara penyampaian"), Receipt.choices)
    note = _line(
        gettext_lazy("Diterima oleh, atau alamat pengiriman"),
        required=False,
        hint=gettext_lazy("Alamat harus diisi bila dikirim. Disegel dalam berkas perkara."),
    )


class CarryOutForm(ActForm):
    """Where and how a moral sanction was stated; `manner` is what was decided."""

    day = day_field(gettext_lazy("Hari pernyataan"))
    place = _line(LABELS["place"])
    announcer = _line(LABELS["announcer"], hint=gettext_lazy("Nama dan jabatan."))
    how = long_text(LABELS["how"], rows=3, limit=TEXT_LIMIT)
    HOW: Mapping[str, Any] = {
        "tertutup": gettext_lazy("Siapa yang hadir dalam ruang tertutup itu."),
        "terbuka": gettext_lazy("Misalnya dibacakan dalam apel atau diumumkan, dan kepada siapa."),
    }

    def __init__(self, *args: Any, manner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].help_text = self.HOW.get(manner, "")

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        announced = Announced(**{name: told[name] for name in ("place", "announcer", "how")})
        return {"revision": told["revision"], "day": told["day"], "announced": announced}


class ObjectionForm(ActForm):
    kind = _radios(gettext_lazy("Upaya administratif"), Remedy.choices)
    filed_on = day_field(gettext_lazy("Tanggal diajukan"))
    grounds = long_text(
        gettext_lazy("Alasan terlapor"), rows=3, limit=TEXT_LIMIT, required=False, hint=SEALED
    )


class ResultForm(ActForm):
    result = _radios(gettext_lazy("Hasil"), RemedyResult.choices)
    resolved_on = day_field(gettext_lazy("Tanggal putusan"))


class ReplyForm(ActForm):
    text = long_text(gettext_lazy("Tanggapan tertulis terlapor"), rows=5, limit=TEXT_LIMIT, hint=SEALED)


class AssignForm(ActForm):
    owner = forms.TypedChoiceField(label=gettext_lazy("Pemegang"), coerce=int)

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {user.pk: user for user in owners}
        people = [(user.pk, f"{user.full_name} ({user.get_role_display()})") for user in self.owners.values()]
        self.fields["owner"].choices = [("", _("pilih petugas")), *people]  # type: ignore[attr-defined]
        self.initial["owner"] = self.case.owner_id

    def arguments(self) -> dict[str, Any]:
        return {"revision": self.cleaned_data["revision"], "owner": self.owners[self.cleaned_data["owner"]]}
