"""The kinds of letters and what each of them says: typed fields, their limits, a sentence for every mistake.

Fields follow the forms of Peraturan BKN 6/2022. Sentences of law come from the caller; an act is a phrase in lower
case ("menghadiri kampanye …"), a breach names its articles ("Pasal 5 huruf n …"), `detail` tells what was done.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import pydantic
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINE, TEXT = 400, 12_000


class Kind(models.TextChoices):
    """Each has a template of its name in `typst/` and its fields in `FIELDS`."""

    SUMMONS = "panggilan", _("Surat panggilan")
    MINUTES = "bap", _("Berita acara pemeriksaan")
    REPORT = "lhp", _("Laporan hasil pemeriksaan")
    TEAM = "tim", _("Keputusan pembentukan pemeriksa")
    MORAL = "keputusan_moral", _("Keputusan sanksi moral")
    DISCIPLINE = "keputusan_disiplin", _("Keputusan hukuman disiplin")
    DISMISSAL = "keputusan_pemberhentian", _("Keputusan pemberhentian")
    CLOSING = "penutupan", _("Surat penutupan perkara")
    REFERRAL = "penerusan", _("Surat penerusan")
    DECISION_SUMMONS = "pemanggilan_keputusan", _("Panggilan menerima keputusan")


# Words ----------------------------------------------------------------------------------------------------

# Joiners are among them: letters and emoji stand without, and in some places Typst cannot set them.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
MOST_MARKS = (
    8  # over and under one letter; thousands, or many on none, would take minutes and all memory to set
)


def clean_line(text: str) -> str:
    """One line without characters that print nothing or turn the reading direction; single spaces."""
    words = ("".join(_few_marks(filter(_prints, word))) for word in text.split())
    return " ".join(filter(None, words))


def _few_marks(word: Iterable[str]) -> Iterator[str]:
    left = 0  # before a word's first letter
    for char in word:
        left = left - 1 if unicodedata.category(char).startswith("M") else MOST_MARKS
        if left >= 0:
            yield char


def _prints(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE


def _line(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


def _paragraphs(value: Any) -> Any:
    """Paragraphs, one a line; empty ones go."""
    if not isinstance(value, str):
        return value
    return "\n".join(filter(None, map(clean_line, value.splitlines())))


Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE), BeforeValidator(_line)]
MaybeLine = Annotated[str, StringConstraints(max_length=LINE), BeforeValidator(_line)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT), BeforeValidator(_paragraphs)]
MaybeText = Annotated[str, StringConstraints(max_length=TEXT), BeforeValidator(_paragraphs)]


# Labels -----------------------------------------------------------------------------------------------------

LABELS: Mapping[str, StrOrPromise] = {
    "absence": _("ketidakhadiran"),
    "act": _("perbuatan"),
    "addressee": _("tujuan surat"),
    "addressee_place": _("tempat tujuan"),
    "aggravating": _("faktor yang memberatkan"),
    "allegations": _("perbuatan"),
    "answer": _("jawaban"),
    "authority": _("dasar kewenangan pemeriksa"),
    "before": _("menghadap kepada"),
    "breach": _("ketentuan"),
    "competent": _("pejabat yang berwenang"),
    "conclusion": _("kesimpulan"),
    "considering": _("menimbang"),
    "copies": _("tembusan"),
    "crime": _("dugaan pidana"),
    "day": _("tanggal"),
    "decision": _("keputusan"),
    "detail": _("uraian"),
    "element": _("unsur"),
    "enclosures": _("lampiran"),
    "examined": _("yang diperiksa"),
    "examined_on": _("hari pemeriksaan"),
    "examiners": _("pemeriksa"),
    "exchanges": _("tanya jawab"),
    "findings": _("temuan"),
    "further": _("diktum selanjutnya"),
    "hearing_day": _("hari menghadap"),
    "hour": _("jam"),
    "impact": _("dampak perbuatan"),
    "issuer": _("pejabat yang menetapkan"),
    "law": _("dasar hukum"),
    "members": _("anggota"),
    "minutes": _("berita acara pemeriksaan"),
    "mitigating": _("faktor yang meringankan"),
    "name": _("nama"),
    "nip": _("NIP"),
    "noting": _("memperhatikan"),
    "number": _("nomor"),
    "office": _("unit pada kop surat"),
    "office_address": _("alamat pada kop surat"),
    "on_behalf": _("atas nama"),
    "ordinal": _("panggilan ke-"),
    "others": _("terlapor lain"),
    "otherwise": _("hari lain daripada panggilan"),
    "outcome": _("hasil"),
    "panel": _("bentuk"),
    "place": _("tempat"),
    "position": _("jabatan"),
    "previous": _("surat panggilan sebelumnya"),
    "proven": _("terbukti"),
    "provisions": _("ketentuan pidana"),
    "purpose": _("keperluan"),
    "question": _("pertanyaan"),
    "rank": _("pangkat"),
    "reason": _("alasan"),
    "recommendation": _("saran"),
    "refusal": _("penolakan menandatangani"),
    "replaces": _("surat yang digantikan"),
    "request": _("permintaan"),
    "respondent": _("terlapor"),
    "role": _("kedudukan"),
    "room": _("tempat menghadap"),
    "sanction": _("jenis sanksi"),
    "signer": _("penanda tangan"),
    "statement": _("keterangan sendiri"),
    "summoned": _("yang dipanggil"),
    "tasks": _("tugas"),
    "time": _("waktu"),
    "title": _("jabatan"),
    "unit": _("unit kerja"),
}


# Parts of letters -----------------------------------------------------------------------------------------


class Part(pydantic.BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Part):
    """Someone as on the day of the letter; what is empty is left out."""

    name: Line
    nip: MaybeLine = ""
    rank: MaybeLine = ""
    position: Line
    unit: MaybeLine = ""


class Signer(Part):
    """Who signs, in which office; `on_behalf` is whom he signs for (*a.n.*)."""

    on_behalf: MaybeLine = ""
    title: Line
    name: Line
    rank: MaybeLine = ""
    nip: MaybeLine = ""


class Paper(Part):
    """Another letter, by number and day."""

    number: Line
    day: dt.date


class Allegation(Part):
    act: Text
    breach: MaybeText = ""
    detail: MaybeText = ""


class Exchange(Part):
    question: Text
    answer: Text


class Finding(Part):
    """One act as the examination found it."""

    act: Text
    breach: MaybeText = ""
    detail: MaybeText = ""
    time: Line
    place: MaybeLine = ""
    proven: bool


class Accused(Part):
    """One more whom the same examiners examine."""

    respondent: Person
    allegations: Annotated[tuple[Allegation, ...], Field(min_length=1, max_length=20)]


class Member(Person):
    role: Line
    element: MaybeLine = ""


Allegations = Annotated[tuple[Allegation, ...], Field(min_length=1, max_length=20)]
Sentences = Annotated[tuple[Text, ...], Field(max_length=30)]
Lines = Annotated[tuple[Line, ...], Field(max_length=30)]
People = Annotated[tuple[Person, ...], Field(min_length=1, max_length=9)]


# Letters --------------------------------------------------------------------------------------------------


class LetterFields(Part):
    """What every letter has. `office` is the unit in the letterhead where another than the agency's own issues it."""

    place: Line
    copies: Lines = ()
    office: MaybeLine = ""
    office_address: MaybeLine = ""


class SignedLetter(LetterFields):
    signer: Signer


class Hearing(SignedLetter):
    """Someone has to come somewhere, before someone."""

    summoned: Person
    before: People
    hearing_day: dt.date
    hour: Line
    room: Line


class Summons(Hearing):
    """`previous` is the first summons, which was not followed; `replaces` the letter whose day was put off."""

    ordinal: Literal[1, 2]
    purpose: Literal["diperiksa", "dimintai keterangan"] = "diperiksa"
    allegations: Allegations
    previous: Paper | None = None
    replaces: Paper | None = None


class DecisionSummons(Hearing):
    issuer: Line
    decision: Paper
    sanction: Line


class Minutes(LetterFields):
    """`authority` is what the examiners rest on: their own office, or a decree with its number and day.

    `otherwise` tells why he was heard on another day than he was called for. Whether he signs shows on the paper.
    """

    day: dt.date
    examiners: People
    authority: Text
    examined: Person
    allegations: Allegations
    exchanges: Annotated[tuple[Exchange, ...], Field(min_length=1, max_length=200)]
    statement: MaybeText = ""
    otherwise: MaybeText = ""


class Report(SignedLetter):
    """`minutes` is None where the respondent was absent twice; `absence` then tells of the summons.

    `refusal` tells why he did not sign the minutes, where he did not.
    """

    addressee: Line
    addressee_place: MaybeLine = ""
    examined: Person
    examined_on: dt.date | None = None
    minutes: Paper | None = None
    refusal: MaybeText = ""
    absence: MaybeText = ""
    findings: Annotated[tuple[Finding, ...], Field(min_length=1, max_length=20)]
    aggravating: MaybeText = ""
    mitigating: MaybeText = ""
    impact: MaybeText = ""
    conclusion: Text
    recommendation: Text
    competent: MaybeText = ""

    @model_validator(mode="after")
    def _heard_or_absent(self) -> Self:
        if bool(self.minutes and self.examined_on) == bool(self.absence):
            raise PydanticCustomError("heard_or_absent", "heard or absent")
        return self


class Decree(SignedLetter):
    """*Keputusan*: `considering` are sentences that begin with *bahwa*, `law` names regulations."""

    issuer: Line
    considering: Annotated[Sentences, Field(min_length=1)]
    law: Annotated[Sentences, Field(min_length=1)]
    noting: Sentences = ()


class Team(Decree):
    """`others` are further respondents of the same matter, each with what is alleged against him."""

    panel: Literal["Tim Pemeriksa", "Majelis Kode Etik"] = "Tim Pemeriksa"
    respondent: Person
    allegations: Allegations
    members: Annotated[tuple[Member, ...], Field(min_length=2, max_length=15)]
    tasks: Annotated[Sentences, Field(min_length=1)]
    others: Annotated[tuple[Accused, ...], Field(max_length=20)] = ()


class Sanction(Decree):
    """`sanction` is its name in law; `further` are the decree's next points, from KEDUA on."""

    respondent: Person
    sanction: Line
    allegations: Allegations
    further: Sentences = ()


class Closing(SignedLetter):
    addressee: Line
    addressee_place: MaybeLine = ""
    respondent: Person
    allegations: Allegations
    outcome: Literal["tidak_terbukti", "dihentikan"]
    reason: Text
    law: Sentences = ()


class Referral(SignedLetter):
    addressee: Line
    addressee_place: MaybeLine = ""
    respondent: Person
    allegations: Allegations
    reason: Text
    crime: bool = False
    provisions: Sentences = ()  # of a crime: the articles it may touch
    law: Sentences = ()
    request: MaybeText = ""
    enclosures: Lines = ()


FIELDS: Mapping[str, type[LetterFields]] = {
    Kind.SUMMONS: Summons,
    Kind.MINUTES: Minutes,
    Kind.REPORT: Report,
    Kind.TEAM: Team,
    Kind.MORAL: Sanction,
    Kind.DISCIPLINE: Sanction,
    Kind.DISMISSAL: Sanction,
    Kind.CLOSING: Closing,
    Kind.REFERRAL: Referral,
    Kind.DECISION_SUMMONS: DecisionSummons,
}


def read_fields(kind: str, fields: Mapping[str, Any]) -> LetterFields:
    """The fields of a letter, cleaned. Raises ValidationError by field, a part's as `signer.name`."""
    if kind not in FIELDS:
        raise ValidationError(
            say("Jenis surat “%(kind)s” tidak dikenal. Yang ada: %(kinds)s.")
            % {"kind": kind[:60], "kinds": ", ".join(FIELDS)}
        )
    try:
        return FIELDS[kind].model_validate(dict(fields))
    except pydantic.ValidationError as error:
        raise ValidationError(dict(_by_field(error.errors(include_url=False)))) from error


# Mistakes -------------------------------------------------------------------------------------------------

SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _found: say("belum diisi"),
    "string_too_short": lambda _found: say("belum diisi"),
    "string_too_long": lambda found: say("paling banyak %(max_length)s karakter") % found,
    "too_short": lambda found: say("paling sedikit %(min_length)s isian") % found,
    "too_long": lambda found: say("paling banyak %(max_length)s isian") % found,
    "literal_error": lambda found: say("pilih %s") % str(found["expected"]).replace(" or ", " atau "),
    "extra_forbidden": lambda _found: say("tidak ada dalam surat jenis ini"),
    "heard_or_absent": lambda _found: say(
        "isi hari dan berita acara pemeriksaan, atau ketidakhadiran, salah satu"
    ),
}
WANTED: tuple[tuple[str, StrOrPromise], ...] = (
    ("string", _("harus berupa teks")),
    ("date", _("harus berupa tanggal, misalnya 2024-10-24")),
    ("bool", _("harus ya atau tidak")),
    ("", _("bentuknya tidak dikenal")),
)
SHOWN = 60  # characters of a wrong value that its sentence repeats


def _by_field(problems: list[ErrorDetails]) -> Iterator[tuple[str, list[str]]]:
    """The path of each field in which something is wrong, and a sentence about it."""
    paths = [problem["loc"] for problem in problems]
    for problem, path in zip(problems, paths, strict=True):
        if any(other[: len(path)] == path != other for other in paths):
            continue  # a list is also too short where an item of it is wrong
        about = ", ".join(_labels(path))
        sentence = f"{about}: {_sentence(problem)}." if about else f"{_sentence(problem)}."
        yield ".".join(map(str, path)) or NON_FIELD_ERRORS, [sentence[0].upper() + sentence[1:]]


def _labels(path: tuple[int | str, ...]) -> Iterator[str]:
    """“tanya jawab 4”, “jawaban”"""
    for step, following in zip_longest(path, path[1:]):
        if isinstance(step, str):
            label = str(LABELS.get(step, f"“{step[:SHOWN]}”"))
            yield f"{label} {following + 1}" if isinstance(following, int) else label


def _sentence(problem: ErrorDetails) -> str:
    if known := SENTENCES.get(problem["type"]):
        return known(problem.get("ctx", {}))
    wanted = next(str(words) for start, words in WANTED if problem["type"].startswith(start))
    return f"“{str(problem['input'])[:SHOWN]}” {wanted}"
