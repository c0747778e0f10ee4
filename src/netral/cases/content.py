"""What is said in a case's file: its shape, its limits, its canonical bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.roster.models import Level, Official
from netral.sealing import SealingError, b64, canonical_json, parse_canonical, unb64
from netral.ui import clock
from netral.ui.templatetags.netral import angka
from netral.ui.text import clean_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

W = TypeVar("W", bound="Words")

LINE_LIMIT = 300
TEXT_LIMIT = 10_000
MOST_EXCHANGES = 200
_HOUR = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d) *(?P<zone>[a-z]*)", re.ASCII | re.IGNORECASE
)
HEAD_OF_REGION = "kepala_daerah"  # above every level of the roster
LONG = (
    "text",
    "statement",
    "otherwise",
    "proof",
    "explained",
    "how",
    "question",
    "answer",
    "aggravating",
    "mitigating",
    "impact",
    "reasoning",
)

LABELS: Mapping[str, StrOrPromise] = {
    "text": gettext_lazy("Uraian"),
    "title": gettext_lazy("Jabatan pada surat"),
    "name": gettext_lazy("Nama"),
    "nip": gettext_lazy("NIP"),
    "rank": gettext_lazy("Pangkat"),
    "position": gettext_lazy("Jabatan"),
    "level": gettext_lazy("Tingkat jabatan"),
    "unit": gettext_lazy("Unit kerja"),
    "hour": gettext_lazy("Jam"),
    "place": gettext_lazy("Tempat"),
    "question": gettext_lazy("Pertanyaan"),
    "answer": gettext_lazy("Jawaban"),
    "statement": gettext_lazy("Pernyataan terlapor"),
    "otherwise": gettext_lazy("Alasan hari lain"),
    "proof": gettext_lazy("Bukti penerimaan panggilan"),
    "explained": gettext_lazy("Alasan terlapor"),
    "announcer": gettext_lazy("Yang menyampaikan pernyataan"),
    "how": gettext_lazy("Cara pelaksanaan"),
    "aggravating": gettext_lazy("Hal yang memberatkan"),
    "mitigating": gettext_lazy("Hal yang meringankan"),
    "impact": gettext_lazy("Dampak perbuatan"),
    "reasoning": gettext_lazy("Pertimbangan"),
}


@dataclass(frozen=True)
class Words:
    """What one part of a file says. Subclasses name their fields, and which of them must be filled."""

    NEEDED: ClassVar[tuple[str, ...]] = ()

    def to_bytes(self) -> bytes:
        """Canonical JSON (RFC 8785): the bytes that are sealed and committed to."""
        return canonical_json({"v": 1, **_plain(asdict(self))})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        values = parse_canonical(data, "Isi berkas perkara")
        if not isinstance(values, dict) or values.pop("v", None) != 1:
            raise SealingError("Isi berkas perkara bukan versi 1.")
        return cls.from_json(values)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        return cls(**values)

    def cleaned(self) -> Self:
        return replace(self, **{name: clean_text(text) for name, text in self._texts()})

    def validate(self) -> None:
        """Raises ValidationError with a sentence per field."""
        if wrong := dict(self._problems()):
            raise ValidationError(wrong)

    def _texts(self) -> Iterator[tuple[str, str]]:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                yield field.name, value

    def _problems(self) -> Iterator[tuple[str, str]]:
        for name, text in self._texts():
            limit = TEXT_LIMIT if name in LONG else LINE_LIMIT
            if name in self.NEEDED and not text:
                yield name, _("%(label)s belum diisi.") % {"label": LABELS[name]}
            elif len(text) > limit:
                yield (
                    name,
                    _("%(label)s terdiri atas %(length)s karakter; paling banyak %(limit)s.")
                    % {"label": LABELS[name], "length": angka(len(text)), "limit": angka(limit)},
                )


@dataclass(frozen=True)
class Text(Words):
    """Free words: a reason, a description, a written reply. Empty where nothing had to be said."""

    text: str = ""


@dataclass(frozen=True)
class Person(Words):
    """Someone as on the day he entered the file, for its letters. `level` is the roster's, or HEAD_OF_REGION."""

    NEEDED = ("name", "position")

    name: str = ""
    nip: str = ""
    rank: str = ""
    position: str = ""
    level: str = ""
    unit: str = ""

    @classmethod
    def of(cls, official: Official, *, rank: str = "") -> Self:
        position = official.position
        return cls(
            name=official.full_name,
            nip=official.nip,
            rank=rank,
            position=position.title if position else "",
            level=position.level if position else "",
            unit=official.unit.name,
        )

    def _problems(self) -> Iterator[tuple[str, str]]:
        yield from super()._problems()
        if self.level and self.level not in (*Level.values, HEAD_OF_REGION):
            yield "level", _("“%(level)s” bukan tingkat jabatan yang dikenal.") % {"level": self.level[:40]}


@dataclass(frozen=True)
class Ruling(Words):
    """Why it was decided so, and the office (`title`) in which the decider signed."""

    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Sitting(Words):
    """When of the day, and where, the respondent is to appear; before whom follows from the examiners.

    The hour is kept as letters write it, in the register's time zone: `09.00 WIB`.
    """

    NEEDED = ("hour", "place")

    hour: str = ""
    place: str = ""

    @property
    def time(self) -> dt.time | None:
        """None for what is no hour of this time zone."""
        found = _HOUR.fullmatch(self.hour)
        if found is None or found["zone"].upper() not in ("", clock.zone()):
            return None
        return dt.time(int(found["hour"]), int(found["minute"]))

    def cleaned(self) -> Self:
        cleaned = super().cleaned()
        time = cleaned.time
        return replace(cleaned, hour=f"{time:%H.%M} {clock.zone()}") if time else cleaned

    def _problems(self) -> Iterator[tuple[str, str]]:
        yield from super()._problems()
        if self.hour and self.time is None:
            yield (
                "hour",
                _(
                    "“%(hour)s” bukan jam. Tulis jam dan menit menurut waktu setempat (%(zone)s), "
                    "misalnya 09.00 atau 13:30."
                )
                % {"hour": self.hour[:40], "zone": clock.zone()},
            )


@dataclass(frozen=True)
class Missed(Words):
    """What shows that the summons reached him, and what he gave as his reason, with why it does not hold."""

    NEEDED = ("proof",)

    proof: str = ""
    explained: str = ""


@dataclass(frozen=True)
class Announced(Words):
    """Where a moral sanction was stated, by whom (name and office), and how."""

    NEEDED = ("place", "announcer", "how")

    place: str = ""
    announcer: str = ""
    how: str = ""


@dataclass(frozen=True)
class Exchange(Words):
    NEEDED = ("question", "answer")

    question: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Hearing(Words):
    """What was asked and answered, what the respondent said of his own accord, and `otherwise`: why he was heard on
    another day than he was called for.
    """

    exchanges: tuple[Exchange, ...] = ()
    statement: str = ""
    otherwise: str = ""

    NEEDED = ("statement",)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        exchanges = tuple(Exchange(**each) for each in values["exchanges"])
        return cls(exchanges, values["statement"], values.get("otherwise", ""))

    def cleaned(self) -> Self:
        return replace(super().cleaned(), exchanges=tuple(each.cleaned() for each in self.exchanges))

    def _problems(self) -> Iterator[tuple[str, str]]:
        yield from super()._problems()
        if not self.exchanges:
            yield (
                "exchanges",
                _("Belum ada tanya jawab. Catat paling sedikit satu pertanyaan dan jawabannya."),
            )
        if len(self.exchanges) > MOST_EXCHANGES:
            yield (
                "exchanges",
                _("Ada %(number)s tanya jawab; paling banyak %(limit)s dalam satu berita acara.")
                % {"number": len(self.exchanges), "limit": MOST_EXCHANGES},
            )
        for number, each in enumerate(self.exchanges, 1):
            for _name, sentence in each._problems():
                yield (
                    "exchanges",
                    _("Nomor %(number)s: %(sentence)s")
                    % {
                        "number": number,
                        "sentence": sentence,
                    },
                )


@dataclass(frozen=True)
class Findings(Words):
    """What the examiners weigh: for and against the respondent, the harm, and how they come to their result."""

    NEEDED = ("reasoning",)

    aggravating: str = ""
    mitigating: str = ""
    impact: str = ""
    reasoning: str = ""


@dataclass(frozen=True)
class SealedBody:
    """The plaintext of `Case.sealed_body`: the respondent, and the salt of everything the case commits to."""

    person: Person
    salt: bytes

    def to_bytes(self) -> bytes:
        return canonical_json({"v": 1, "person": self.person.to_bytes().decode(), "salt": b64(self.salt)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        match parse_canonical(data, "Isi perkara"):
            case {"v": 1, "person": str(person), "salt": str(salt)}:
                return cls(Person.from_bytes(person.encode()), unb64(salt))
            case _:
                raise SealingError("Isi perkara bukan versi 1.")


def checked(words: W) -> W:
    """The words cleaned, of the same class. Raises ValidationError with a sentence per field."""
    cleaned = words.cleaned()
    cleaned.validate()
    return cleaned


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
