"""Facts, terms, flags, forms and names: what the other files are written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import BaseModel

from .. import schema
from ..calendars import STANDINGS
from ..entries import circle, entries, terms_in, used
from ..facts import FIRST_YEAR, LAST_YEAR
from ..sources import At
from .draft import Draft

CONDITIONS = ("when", "subject", "elements")
# Raised by the engine itself, so no rule names them.
ENGINE_FLAGS = (
    "ancaman_belum_terlihat",
    "belum_ada_aturan",
    "dasar_belum_terverifikasi",
    "hari_penetapan",
    "jabatan_tidak_diperebutkan",
    "kalender_belum_terverifikasi",
    "kalender_berubah",
    "kalender_bertentangan",
    "mundur_bertentangan",
    "pengulangan_belum_pasti",
    "pengulangan_lebih_berat",
    "pengulangan_sebelum_pp94",
    "satu_hukuman_terberat",
    "tahap_menurut_keterangan",
    "tanggal_penetapan_berbeda",
    "tidak_dicakup",
)


# Read by the engine itself: what each must at least be able to be.
ENGINE_FACTS: Mapping[str, Collection[str]] = {
    "act_date": (),
    "actor.has_resigned": (),
    "actor.level": (),
    "actor.resigned_on": (),
    "conduct": (),
    "object.determined_on": (),
    "object.election": (),
    "object.kind": STANDINGS,
    "object.office": (),
    "object.region": (),
    "object.contest": ("pilkada",),
    "object.standing": STANDINGS,
    "stage": ("sebelum_tahapan", "pendaftaran", "ditetapkan", "kampanye", "pemungutan", "sesudah"),
}
WORKED_OUT = ("object.contest", "object.standing", "stage")


def check_facts(draft: Draft) -> None:
    """Those the engine reads itself are there; a code has values, and nothing else has."""
    facts, path = draft.one["facts.yaml"].facts, draft.folder / "facts.yaml"
    for name, values in ENGINE_FACTS.items():
        if name not in facts:
            draft.say(path, ("facts",), f"facts: {name!r} dipakai mesin dan belum ada")
        elif lacking := [value for value in values if value not in facts[name].values]:
            told = f"{name}: nilai {', '.join(lacking)} dipakai mesin dan belum ada"
            draft.say(path, ("facts", name), told)
        elif name in WORKED_OUT and not facts[name].derived:
            draft.say(path, ("facts", name), f"{name}: ditentukan kalender; tulis derived: true")
    for name, fact in facts.items():
        coded = fact.type == "code" and name != "conduct"
        if coded != bool(fact.values):
            told = "fakta berjenis code memerlukan values" if coded else "values hanya untuk jenis code"
            draft.say(path, ("facts", name), f"{name}: {told}")


def check_names(draft: Draft) -> None:
    """Codes are those of their files, stand once, and everything named elsewhere is there."""
    for folder, attribute in (("instruments", "code"), ("conduct", "code"), ("calendars", "election")):
        for path, item in draft.many[folder].items():
            if getattr(item, attribute) != path.stem:
                # A copied file whose code was forgotten would otherwise shadow the first one.
                message = (
                    f"kode {getattr(item, attribute)!r} tidak sama dengan nama berkas, atau sudah dipakai"
                )
                draft.say(path, (attribute,), message)
    for path, year in draft.many["working_days"].items():
        if str(year.year) != path.stem:
            draft.say(path, ("year",), f"tahun {year.year} tidak sama dengan nama berkas")
    for folder, name in (("sanctions", "sanctions"), ("procedure", "clocks"), ("crimes", "crimes")):
        _check_once(draft, folder, name)


def _check_once(draft: Draft, folder: str, name: str) -> None:
    seen: set[str] = set()
    for path, file in draft.many[folder].items():
        for at, item in enumerate(getattr(file, name)):
            if item.code in seen:
                draft.say(path, (name, at, "code"), f"kode {item.code!r} sudah dipakai")
            seen.add(item.code)


def check_terms(draft: Draft) -> None:
    terms, path = draft.one["facts.yaml"].terms, draft.folder / "facts.yaml"
    if found := circle(terms):
        draft.say(path, ("terms", found[0]), f"istilah berputar: {' → '.join((*found, found[0]))}")
        draft.stop_if_wrong()  # what leads back to itself cannot be read
    for name, written in terms.items():
        draft.condition(path, ("terms", name), written)


def check_entries(draft: Draft) -> None:
    """What must hold of every entry, whatever it is: its days run forwards, and its sources are known."""
    for path, file in draft.files():
        for at, entry in entries(file):
            start, end = getattr(entry, "from_", None), getattr(entry, "until", None)
            if start and end and start > end:
                draft.say(path, (*at, "from"), f"dari {start} sampai {end}, terbalik")
            for name in type(entry).model_fields:
                day = getattr(entry, name)
                if isinstance(day, dt.date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                    told = f"tahun {day.year}; yang boleh {FIRST_YEAR} sampai {LAST_YEAR}"
                    draft.say(path, (*at, name.rstrip("_")), told)
            if isinstance(entry, schema.Sourced | schema.Article | schema.Position):
                _check_sources(draft, path, at, entry.source, entry.status)


def _check_sources(draft: Draft, path: Path, at: At, keys: Collection[str], status: str | None) -> None:
    known = draft.one["sources.yaml"].sources
    if status in ("verified", "secondary") and not keys:
        draft.say(path, at, f"status {status} tanpa sumber; tulis source, atau status unverified")
    for key in keys:
        if key not in known and not key.startswith("https://"):
            draft.say(path, at, f"sumber {key!r} tidak ada dalam sources.yaml dan bukan alamat https")


def check_used(draft: Draft) -> None:
    """What nobody uses was meant to be used, or is left over."""
    files = [file for name, file in draft.files() if name != draft.folder / "facts.yaml"]
    inside = [entry for file in files for _at, entry in entries(file)]
    terms = draft.one["facts.yaml"].terms
    named = {
        "terms": used(terms, terms_in([getattr(one, name, {}) for one in inside for name in CONDITIONS])),
        "disputes": {code for one in inside for code in _codes(one, "disputes")},
        "flags": {code for one in inside for code in _codes(one, "flags")}
        | {*ENGINE_FLAGS}
        | {code for code, flag in draft.one["flags.yaml"].flags.items() if flag.tracks},
    }
    for name, file in (("terms", "facts.yaml"), ("disputes", "disputes.yaml"), ("flags", "flags.yaml")):
        for code in getattr(draft.one[file], name).keys() - named[name]:
            told = f"{name}: {code!r} tidak dipakai di mana pun; pakai, atau hapus"
            draft.say(draft.folder / file, (name, code), told)


def check_form(draft: Draft) -> None:
    form, path = draft.one["conduct_form.yaml"], draft.folder / "conduct_form.yaml"
    kinds = {conduct.code: conduct for conduct in draft.many["conduct"].values()}
    for at, code in enumerate(form.first):
        if code not in kinds or not kinds[code].reportable or form.first.index(code) != at:
            message = f"first: {code!r} tidak ada, tidak dapat dilaporkan, atau disebut dua kali"
            draft.say(path, ("first", at), message)
    for file, conduct in draft.many["conduct"].items():
        if conduct.group not in form.groups:
            draft.say(file, ("group",), f"group: {conduct.group!r}; yang boleh: {', '.join(form.groups)}")
        if len(conduct.everyday.id) != len(conduct.everyday.en):
            told = f"{len(conduct.everyday.id)} contoh id, tetapi {len(conduct.everyday.en)} contoh en"
            draft.say(file, ("everyday",), f"everyday: {told}")
        for fact in conduct.asks:
            if fact not in draft.facts or draft.facts[fact].derived:
                draft.say(file, ("asks",), f"asks: fakta {fact!r} tidak ada atau tidak dapat ditanyakan")


def check_own_flags(draft: Draft) -> None:
    flags, path = draft.one["flags.yaml"].flags, draft.folder / "flags.yaml"
    for code in ENGINE_FLAGS:
        if code not in flags:
            draft.say(path, ("flags",), f"flags: {code!r} dipakai mesin dan belum ada")
    for code, flag in flags.items():
        draft.condition(path, ("flags", code, "when"), flag.when)
        draft.check_refs(path, ("flags", code, "basis"), flag.basis)
        if flag.basis and not flag.tracks:
            draft.say(path, ("flags", code), f"{code}: basis hanya untuk tanda dengan tracks")


def _codes(entry: BaseModel, name: str) -> Collection[str]:
    """The codes an entry names, where it names any."""
    named = getattr(entry, name, ())
    return named if isinstance(named, list) else ()
