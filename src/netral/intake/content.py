"""What a person tells us: its shape, its limits, its canonical bytes. The rules hold for every channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from netral.sealing import SealingError, b64, canonical_json, parse_canonical, unb64
from netral.ui.checks import told_together
from netral.ui.templatetags.netral import angka, tanggal
from netral.ui.text import clean_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EARLIEST = dt.date(2015, 1, 1)  # the first simultaneous regional elections were held in 2015

STORY_LIMIT = 10_000
MESSAGE_LIMIT = 3_000  # even escaped at its worst, six bytes a character, one fits the padded status page
LINE_LIMIT = 300
LINK_LIMIT = 2_000

LABELS: Mapping[str, StrOrPromise] = {
    "acts": gettext_lazy("Jenis perbuatan"),
    "story": gettext_lazy("Ceritanya"),
    "who_name": gettext_lazy("Nama"),
    "who_office": gettext_lazy("Kantor atau unit kerja"),
    "who_role": gettext_lazy("Jabatan"),
    "who_nip": gettext_lazy("NIP"),
    "when_date": gettext_lazy("Tanggal kejadian"),
    "when_text": gettext_lazy("Waktu, jika tanggalnya tidak pasti"),
    "where": gettext_lazy("Tempat"),
    "link": gettext_lazy("Tautan unggahan"),
    "known_on": gettext_lazy("Tanggal diketahui"),
    "contact_name": gettext_lazy("Nama Anda"),
    "contact_phone": gettext_lazy("Nomor telepon"),
    "contact_email": gettext_lazy("Surel"),
    "text": gettext_lazy("Pesan"),
}
NO_ACT = gettext_lazy("Pilih paling sedikit satu yang paling dekat dengan kejadian.")
LIMITS: Mapping[str, int] = {
    "story": STORY_LIMIT,
    "text": MESSAGE_LIMIT,
    "link": LINK_LIMIT,
    "who_nip": 40,
    "contact_phone": 60,
}


@dataclass(frozen=True)
class ReportBody:
    """What happened, who, when, where. Dates are ISO dates or empty; a text replaces a date nobody knows."""

    acts: tuple[str, ...] = ()
    story: str = ""
    who_name: str = ""
    who_office: str = ""
    who_role: str = ""
    who_nip: str = ""
    when_date: dt.date | None = None
    when_text: str = ""
    where: str = ""
    link: str = ""
    known_on: dt.date | None = None

    @property
    def who(self) -> list[str]:
        """What was said about the person, as far as anything was: name, office held, unit, NIP."""
        nip = f"NIP {self.who_nip}" if self.who_nip else ""
        return [part for part in (self.who_name, self.who_role, self.who_office, nip) if part]

    def to_bytes(self) -> bytes:
        """Canonical JSON (RFC 8785): the bytes that are committed to."""
        return canonical_json({name: _as_json(value) for name, value in asdict(self).items()})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        return cls.from_json(parse_canonical(data, "Isi laporan"))

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        return cls(
            **{
                **values,
                "acts": tuple(values["acts"]),
                "when_date": _as_date(values["when_date"]),
                "known_on": _as_date(values["known_on"]),
            }
        )

    def cleaned(self) -> Self:
        return replace(self, **_clean_texts(self))

    def validate(self, *, today: dt.date, known_acts: Collection[str]) -> None:
        """Raises ValidationError with a sentence per field."""
        wrong: dict[str, str] = dict(_too_long(self))
        if not self.acts:
            wrong["acts"] = str(NO_ACT)
        elif unknown := [act for act in self.acts if act not in known_acts]:
            wrong["acts"] = _("“%(act)s” tidak ada dalam daftar.") % {"act": unknown[0][:60]}
        if not self.story:
            wrong["story"] = _("Belum diisi. Ceritakan apa yang Anda lihat, beberapa kalimat cukup.")
        for name in ("when_date", "known_on"):
            if problem := _date_problem(getattr(self, name), today):
                wrong[name] = problem
        if self.when_date and self.known_on and self.known_on < self.when_date:
            wrong.setdefault(
                "known_on",
                _("%(known)s mendahului kejadiannya, %(day)s. Tulis tanggal sejak hari kejadian.")
                % {"known": tanggal(self.known_on), "day": tanggal(self.when_date)},
            )
        if self.link and not _is_web_address(self.link):
            wrong["link"] = _(
                "“%(link)s” bukan alamat situs. Tautan dimulai dengan http:// atau https://, atau kosongkan."
            ) % {"link": self.link[:80]}
        if wrong:
            raise ValidationError(wrong)


@dataclass(frozen=True)
class ContactDetails:
    """How to reach the reporter. Sealed to the vault, never to the agency."""

    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def to_json(self) -> dict[str, str]:
        return asdict(self)

    def cleaned(self) -> Self:
        return replace(self, **_clean_texts(self))

    def validate(self) -> None:
        """Raises ValidationError with a sentence per field. A way to reach someone may have any form."""
        if wrong := dict(_too_long(self)):
            raise ValidationError(wrong)


@dataclass(frozen=True)
class SealedBody:
    """The plaintext of `Report.sealed_body`: the body, and the salt of everything the report commits to."""

    body: ReportBody
    salt: bytes

    def to_bytes(self) -> bytes:
        return canonical_json({"v": 1, "body": self.body.to_bytes().decode(), "salt": b64(self.salt)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        match parse_canonical(data, "Isi laporan"):
            case {"v": 1, "body": str(body), "salt": str(salt)}:
                return cls(ReportBody.from_bytes(body.encode()), unb64(salt))
            case _:
                raise SealingError("Isi laporan bukan versi 1.")


@dataclass(frozen=True)
class DraftContent:
    """The plaintext of a draft. `hidden_in` names the fields from which invisible characters were taken."""

    body: ReportBody
    contact: ContactDetails
    hidden_in: tuple[str, ...] = ()

    def validate(self, *, today: dt.date, known_acts: Collection[str]) -> None:
        """Raises ValidationError with a sentence per field, of both parts."""
        with told_together() as one:
            with one():
                self.body.validate(today=today, known_acts=known_acts)
            with one():
                self.contact.validate()

    def to_bytes(self) -> bytes:
        return canonical_json(
            {
                "v": 1,
                "body": self.body.to_bytes().decode(),
                "contact": self.contact.to_json(),
                "hidden_in": list(self.hidden_in),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        match parse_canonical(data, "Rancangan laporan"):
            case {"v": 1, "body": str(body), "contact": dict(contact), "hidden_in": list(hidden_in)}:
                return cls(ReportBody.from_bytes(body.encode()), ContactDetails(**contact), tuple(hidden_in))
            case _:
                raise SealingError("Rancangan laporan bukan versi 1.")


def validate_message(text: str, *, alone: bool = True) -> None:
    """Raises ValidationError unless `text` can be sent as a message, `alone` or beside files."""
    if alone and not text:
        raise ValidationError({"text": _("Belum diisi. Tulis pesan Anda.")})
    if problem := _length_problem("text", text):
        raise ValidationError({"text": problem})


def _clean_texts(value: ReportBody | ContactDetails) -> dict[str, Any]:
    texts = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: clean_text(text) for name, text in texts.items() if isinstance(text, str)}


def _too_long(value: Any) -> Iterator[tuple[str, str]]:
    for field in fields(value):
        text = getattr(value, field.name)
        if isinstance(text, str) and (problem := _length_problem(field.name, text)):
            yield field.name, problem


def _length_problem(name: str, text: str) -> str | None:
    allowed = LIMITS.get(name, LINE_LIMIT)
    if len(text) <= allowed:
        return None
    return _("Panjangnya %(length)s karakter; yang diizinkan paling banyak %(allowed)s karakter.") % {
        "length": angka(len(text)),
        "allowed": angka(allowed),
    }


def _date_problem(day: dt.date | None, today: dt.date) -> str | None:
    if day is None or EARLIEST <= day <= today:
        return None
    if day > today:
        return _("%(day)s belum terjadi. Tulis tanggal sampai hari ini, %(today)s.") % {
            "day": tanggal(day),
            "today": tanggal(today),
        }
    return _("%(day)s terlalu lama berlalu. Tulis tanggal sejak %(earliest)s.") % {
        "day": tanggal(day),
        "earliest": tanggal(EARLIEST),
    }


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in link)


def _as_json(value: Any) -> Any:
    match value:
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _as_date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
