"""From the YAML files to the compiled corpus: shapes, then everything that must hold between files.

All mistakes are told at once, each with file and line and what is allowed. What comes out is plain JSON, which a cache
keeps; nobody else reads the files.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from . import schema, sources
from .calendars import STANDINGS
from .conditions import ConditionError, Plain, exclude_each_other, satisfiable
from .conditions import read as read_condition
from .days import ONE_DAY
from .entries import circle, entries, terms_in, used
from .errors import LawbookError
from .facts import FIRST_YEAR, LAST_YEAR, is_region
from .hashing import FOLDER, corpus_hash
from .sources import At

SINGLE: Mapping[str, type[BaseModel]] = {
    "facts.yaml": schema.Vocabulary,
    "conduct_form.yaml": schema.Form,
    "disputes.yaml": schema.Disputes,
    "flags.yaml": schema.Flags,
    "sources.yaml": schema.Sources,
    "citing.yaml": schema.Citing,
}
FOLDERS: Mapping[str, type[BaseModel]] = {
    "instruments": schema.Instrument,
    "conduct": schema.Conduct,
    "sanctions": schema.Sanctions,
    "authorities": schema.Authorities,
    "procedure": schema.Procedure,
    "crimes": schema.Crimes,
    "calendars": schema.Election,
    "working_days": schema.Year,
}
Compiled = dict[str, Any]
Ref = str
EVER, NEVER = dt.date.min, dt.date.max
LEVELS = ("moral", "ringan", "sedang", "berat", "ptdh")
# In the order in which they follow one another; the draw of numbers falls among them.
STAGES = ("pendaftaran", "determined_on", "kampanye", "masa_tenang", "pemungutan")
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


def compile_corpus(folder: Path = FOLDER) -> Compiled:
    """The whole corpus as plain JSON. Raises LawbookError with a line for every mistake."""
    return _Compiler(folder).run()


@dataclass
class _Compiler:
    folder: Path
    wrong: list[str] = field(default_factory=list)

    def run(self) -> Compiled:
        self._read_files()
        self._stop_if_wrong()
        self._check_facts()
        self._stop_if_wrong()
        for check in (
            self._check_names,
            self._check_terms,
            self._check_entries,
            self._check_used,
            self._check_instruments,
            self._check_form,
            self._check_own_flags,
            self._check_rules,
            self._check_consequences,
            self._check_calendars,
        ):
            check()
        self._stop_if_wrong()
        return self._plain()

    # Reading

    def _read_files(self) -> None:
        self.one: dict[str, Any] = {}
        for name, model in SINGLE.items():
            self._read(self.folder / name, model, self.one, name)
        self.many: dict[str, dict[Path, Any]] = {name: {} for name in FOLDERS}
        for name, model in FOLDERS.items():
            for path in sorted((self.folder / name).glob("*.yaml")):
                self._read(path, model, self.many[name], path)
            for path in sorted((self.folder / name).glob("[!_.]*")):
                if path.suffix != ".yaml":
                    self.wrong.append(
                        f"{path.name}:1: berkas di {name}/ harus berakhiran .yaml; yang ini tidak dibaca"
                    )

    def _read(self, path: Path, model: type[BaseModel], into: dict[Any, Any], key: Any) -> None:
        try:
            into[key] = sources.read(path, model)
        except LawbookError as error:
            self.wrong.append(str(error))
        except FileNotFoundError:
            self.wrong.append(f"{path.name}:1: berkas ini belum ada")

    def _stop_if_wrong(self) -> None:
        if self.wrong:
            raise LawbookError("\n".join(self.wrong))

    def _say(self, path: Path, at: At, message: str) -> None:
        self.wrong.append(sources.complaint(path, at, message))

    # What must hold between files

    def _check_facts(self) -> None:
        """Those the engine reads itself are there; a code has values, and nothing else has."""
        facts, path = self.one["facts.yaml"].facts, self.folder / "facts.yaml"
        for name, values in ENGINE_FACTS.items():
            if name not in facts:
                self._say(path, ("facts",), f"facts: {name!r} dipakai mesin dan belum ada")
            elif lacking := [value for value in values if value not in facts[name].values]:
                told = f"{name}: nilai {', '.join(lacking)} dipakai mesin dan belum ada"
                self._say(path, ("facts", name), told)
            elif name in WORKED_OUT and not facts[name].derived:
                self._say(path, ("facts", name), f"{name}: ditentukan kalender; tulis derived: true")
        for name, fact in facts.items():
            coded = fact.type == "code" and name != "conduct"
            if coded != bool(fact.values):
                told = "fakta berjenis code memerlukan values" if coded else "values hanya untuk jenis code"
                self._say(path, ("facts", name), f"{name}: {told}")

    def _check_names(self) -> None:
        """Codes are those of their files, stand once, and everything named elsewhere is there."""
        self.facts: dict[str, schema.Fact] = dict(self.one["facts.yaml"].facts)
        conducts = {conduct.code for conduct in self.many["conduct"].values()}
        self.domains = {
            path: frozenset(fact.values) for path, fact in self.facts.items() if fact.values and not fact.many
        } | {path: frozenset({True, False}) for path, fact in self.facts.items() if fact.type == "yes_no"}
        self.domains["conduct"] = frozenset(conducts)
        acts = dict.fromkeys(sorted(conducts), self.facts["conduct"].label)
        # As conditions read them: with the kinds of act as what `conduct` may be.
        self.readable = {**self.facts, "conduct": self.facts["conduct"].model_copy(update={"values": acts})}
        for folder, attribute in (("instruments", "code"), ("conduct", "code"), ("calendars", "election")):
            for path, item in self.many[folder].items():
                if getattr(item, attribute) != path.stem:
                    # A copied file whose code was forgotten would otherwise shadow the first one.
                    message = (
                        f"kode {getattr(item, attribute)!r} tidak sama dengan nama berkas, atau sudah dipakai"
                    )
                    self._say(path, (attribute,), message)
        for path, year in self.many["working_days"].items():
            if str(year.year) != path.stem:
                self._say(path, ("year",), f"tahun {year.year} tidak sama dengan nama berkas")
        for folder, name in (("sanctions", "sanctions"), ("procedure", "clocks"), ("crimes", "crimes")):
            self._check_once(folder, name)

    def _check_terms(self) -> None:
        terms, path = self.one["facts.yaml"].terms, self.folder / "facts.yaml"
        if found := circle(terms):
            self._say(path, ("terms", found[0]), f"istilah berputar: {' → '.join((*found, found[0]))}")
            self._stop_if_wrong()  # what leads back to itself cannot be read
        for name, written in terms.items():
            self._condition(path, ("terms", name), written)

    def _files(self) -> Iterator[tuple[Path, BaseModel]]:
        yield from ((self.folder / name, file) for name, file in self.one.items())
        yield from (item for files in self.many.values() for item in files.items())

    def _check_entries(self) -> None:
        """What must hold of every entry, whatever it is: its days run forwards, and its sources are known."""
        for path, file in self._files():
            for at, entry in entries(file):
                start, end = getattr(entry, "from_", None), getattr(entry, "until", None)
                if start and end and start > end:
                    self._say(path, (*at, "from"), f"dari {start} sampai {end}, terbalik")
                for name in type(entry).model_fields:
                    day = getattr(entry, name)
                    if isinstance(day, dt.date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
                        told = f"tahun {day.year}; yang boleh {FIRST_YEAR} sampai {LAST_YEAR}"
                        self._say(path, (*at, name.rstrip("_")), told)
                if isinstance(entry, schema.Sourced | schema.Article | schema.Position):
                    self._check_sources(path, at, entry.source, entry.status)

    def _check_used(self) -> None:
        """What nobody uses was meant to be used, or is left over."""
        files = [file for name, file in self._files() if name != self.folder / "facts.yaml"]
        inside = [entry for file in files for _at, entry in entries(file)]
        terms = self.one["facts.yaml"].terms
        named = {
            "terms": used(terms, terms_in([getattr(one, name, {}) for one in inside for name in CONDITIONS])),
            "disputes": {code for one in inside for code in _codes(one, "disputes")},
            "flags": {code for one in inside for code in _codes(one, "flags")}
            | {*ENGINE_FLAGS}
            | {code for code, flag in self.one["flags.yaml"].flags.items() if flag.tracks},
        }
        for name, file in (("terms", "facts.yaml"), ("disputes", "disputes.yaml"), ("flags", "flags.yaml")):
            for code in getattr(self.one[file], name).keys() - named[name]:
                told = f"{name}: {code!r} tidak dipakai di mana pun; pakai, atau hapus"
                self._say(self.folder / file, (name, code), told)

    def _check_once(self, folder: str, name: str) -> None:
        seen: set[str] = set()
        for path, file in self.many[folder].items():
            for at, item in enumerate(getattr(file, name)):
                if item.code in seen:
                    self._say(path, (name, at, "code"), f"kode {item.code!r} sudah dipakai")
                seen.add(item.code)

    def _check_instruments(self) -> None:
        self.spans: dict[Ref, list[tuple[dt.date, dt.date]]] = {}
        self.instruments = {item.code: item for item in self.many["instruments"].values()}
        kinds = tuple(f"{kind}-" for kind in self.one["citing.yaml"].kinds)
        for part in get_args(schema.Part):
            if not self.one["citing.yaml"].parts.get(part):
                self._say(self.folder / "citing.yaml", ("parts",), f"parts: {part!r} belum ada sebutannya")
        for path, item in self.many["instruments"].items():
            if not item.code.startswith(kinds):
                told = f"{item.code!r}: jenis peraturan ini belum ada dalam citing.yaml"
                self._say(path, ("code",), told)
            for name in ("replaces", "implements"):
                for other in getattr(item, name):
                    if other not in self.instruments:
                        self._say(path, (name,), f"{name}: peraturan {other!r} tidak ada dalam instruments/")
            for key, article in item.articles.items():
                self._check_article(path, item, key, article)

    def _check_article(self, path: Path, item: schema.Instrument, key: str, article: schema.Article) -> None:
        at: At = ("articles", key)
        if bool(article.versions) == bool(article.says and article.status):
            self._say(path, at, f"{key}: tulis says dan status, atau versions dengan keduanya di tiap versi")
            return
        if len(article.versions) == 1:
            self._say(path, at, f"{key}: hanya satu versi; tulis isinya langsung, atau versi yang lain")
        spans = []
        for version in _dated(article):
            start = version.from_ or article.from_ or item.from_ or EVER
            end = version.until or article.until or item.until or NEVER
            if start > end:
                self._say(path, at, f"{key}: berlaku dari {start} sampai {end}, di luar masa peraturannya")
            spans.append((start, end))
        spans.sort()
        if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
            self._say(path, at, f"{key}: masa berlaku versinya bertumpang tindih")
        self.spans[f"{item.code}#{key}"] = spans

    def _check_sources(self, path: Path, at: At, keys: Collection[str], status: str | None) -> None:
        known = self.one["sources.yaml"].sources
        if status in ("verified", "secondary") and not keys:
            self._say(path, at, f"status {status} tanpa sumber; tulis source, atau status unverified")
        for key in keys:
            if key not in known and not key.startswith("https://"):
                self._say(path, at, f"sumber {key!r} tidak ada dalam sources.yaml dan bukan alamat https")

    def _check_form(self) -> None:
        form, path = self.one["conduct_form.yaml"], self.folder / "conduct_form.yaml"
        kinds = {conduct.code: conduct for conduct in self.many["conduct"].values()}
        for at, code in enumerate(form.first):
            if code not in kinds or not kinds[code].reportable or form.first.index(code) != at:
                message = f"first: {code!r} tidak ada, tidak dapat dilaporkan, atau disebut dua kali"
                self._say(path, ("first", at), message)
        for file, conduct in self.many["conduct"].items():
            if conduct.group not in form.groups:
                self._say(file, ("group",), f"group: {conduct.group!r}; yang boleh: {', '.join(form.groups)}")
            if len(conduct.everyday.id) != len(conduct.everyday.en):
                told = f"{len(conduct.everyday.id)} contoh id, tetapi {len(conduct.everyday.en)} contoh en"
                self._say(file, ("everyday",), f"everyday: {told}")
            for fact in conduct.asks:
                if fact not in self.facts or self.facts[fact].derived:
                    self._say(file, ("asks",), f"asks: fakta {fact!r} tidak ada atau tidak dapat ditanyakan")

    # Rules

    def _check_rules(self) -> None:
        self.rules: dict[str, list[dict[str, Any]]] = {}
        for path, conduct in self.many["conduct"].items():
            codes = [rule.code for rule in conduct.rules]
            self.rules[conduct.code] = [
                self._rule(path, ("rules", at), rule, codes) for at, rule in enumerate(conduct.rules)
            ]
            self._check_order(path, conduct, _overridden(conduct.rules))

    def _rule(self, path: Path, at: At, rule: schema.Rule, codes: list[str]) -> dict[str, Any]:
        if codes.count(rule.code) > 1:
            self._say(path, (*at, "code"), f"kode aturan {rule.code!r} disebut dua kali")
        for other in rule.over:
            if other not in codes or other == rule.code:
                self._say(path, (*at, "over"), f"over: aturan {other!r} tidak ada dalam berkas ini")
        when = self._condition(path, (*at, "when"), rule.when)
        start, end = self._days(rule)
        if start > end or (day := self._day_without(rule.norm, start, end)):
            told = "masanya" if start > end else str(day)
            self._say(path, (*at, "norm"), f"{rule.code}: pada {told} tidak satu pun pasal pada norm berlaku")
        for name in ("norm", "sanction"):
            self._check_refs(path, (*at, name), getattr(rule, name))
        self._check_told(path, at, rule)
        if (rule.level == "undetermined") != bool(rule.level_range):
            self._say(
                path,
                (*at, "level"),
                f"{rule.code}: level undetermined memerlukan level_range, yang lain tidak",
            )
        if (rule.level == "none") != (rule.track == "none"):
            self._say(
                path, (*at, "level"), f"{rule.code}: track dan level disebut bersama, atau keduanya none"
            )
        if rule.verdict == "permitted" and rule.track != "none":
            self._say(path, (*at, "track"), f"{rule.code}: yang diperbolehkan tidak memiliki track dan level")
        for level in rule.level_range or [rule.level] * (rule.track != "none"):
            if level != "undetermined" and level not in self._levels(rule.track):
                told = f"{rule.code}: jalur {rule.track} tidak memiliki sanksi tingkat {level}"
                self._say(path, (*at, "level"), f"{told}; yang ada: {', '.join(self._levels(rule.track))}")
        days = {"from": _iso(start), "until": _iso(end)}
        return rule.model_dump(mode="json", by_alias=True) | {"when": when, **days}

    def _levels(self, track: str) -> Collection[str]:
        """Those for which there are sanctions; a reading may lead from any road to a merely moral one."""
        found = {
            one.level
            for file in self.many["sanctions"].values()
            for one in file.sanctions
            if one.track == track
        }
        return [level for level in LEVELS if level in found | {"moral"}]

    def _days(self, rule: schema.Rule) -> tuple[dt.date, dt.date]:
        """Those it names; what it leaves out, as long as what it rests on is in force."""
        spans = [span for ref in rule.norm for span in self.spans.get(ref, ())] or [(EVER, NEVER)]
        first, last = min(start for start, _end in spans), max(end for _start, end in spans)
        return rule.from_ or first, rule.until or last

    def _check_own_flags(self) -> None:
        flags, path = self.one["flags.yaml"].flags, self.folder / "flags.yaml"
        for code in ENGINE_FLAGS:
            if code not in flags:
                self._say(path, ("flags",), f"flags: {code!r} dipakai mesin dan belum ada")
        for code, flag in flags.items():
            self._condition(path, ("flags", code, "when"), flag.when)
            self._check_refs(path, ("flags", code, "basis"), flag.basis)
            if flag.basis and not flag.tracks:
                self._say(path, ("flags", code), f"{code}: basis hanya untuk tanda dengan tracks")

    def _check_told(self, path: Path, at: At, item: Any) -> None:
        for name, known in (
            ("disputes", self.one["disputes.yaml"].disputes),
            ("flags", self.one["flags.yaml"].flags),
        ):
            for code in getattr(item, name, ()):
                if code not in known:
                    self._say(path, (*at, name), f"{name}: {code!r} tidak ada dalam {name}.yaml")

    def _check_order(self, path: Path, conduct: schema.Conduct, over: Mapping[str, set[str]]) -> None:
        """Two rules that clash and can both hold must have an order between them."""
        rules = self.rules[conduct.code]
        for at, one in enumerate(rules):
            if one["code"] in over[one["code"]]:
                self._say(path, ("rules", at, "over"), f"{one['code']}: urutan over berputar")
            if not satisfiable(one["when"], self.domains):
                self._say(
                    path, ("rules", at, "when"), f"{one['code']}: syaratnya tidak pernah dapat terpenuhi"
                )
            for other in rules[at + 1 :]:
                ordered = other["code"] in over[one["code"]] or one["code"] in over[other["code"]]
                if _clash(one, other) and not ordered and not self._apart(one, other):
                    message = f"{one['code']} dan {other['code']} dapat berlaku bersama; tulis over pada salah satunya"
                    self._say(path, ("rules", at, "code"), message)

    def _apart(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        days = [(_day(rule["from"], EVER), _day(rule["until"], NEVER)) for rule in (one, other)]
        if days[0][1] < days[1][0] or days[1][1] < days[0][0]:
            return True
        return exclude_each_other(one["when"], other["when"], self.domains)

    def _condition(self, path: Path, at: At, written: Mapping[str, Any]) -> Plain:
        try:
            return (
                read_condition(written, self.readable, self.one["facts.yaml"].terms) if written else ["all"]
            )
        except ConditionError as error:
            self._say(path, (*at, error.key), str(error))
            return ["all"]

    def _check_refs(self, path: Path, at: At, refs: Iterable[Ref]) -> None:
        for ref in refs:
            if ref not in self.spans:
                instrument = ref.partition("#")[0]
                known = (
                    ", ".join(self.instruments[instrument].articles) if instrument in self.instruments else ""
                )
                hint = (
                    f"; pasal yang ada: {known}" if known else "; peraturannya tidak ada dalam instruments/"
                )
                self._say(path, at, f"pasal {ref!r} tidak ada{hint}")

    def _day_without(self, refs: Iterable[Ref], start: dt.date, end: dt.date) -> dt.date | None:
        """The first day of a span on which none of these articles is in force."""
        day = start
        for first, last in sorted(span for ref in refs for span in self.spans.get(ref, ())):
            if first > day:
                break
            if last >= end:
                return None
            day = max(day, last + ONE_DAY)
        return day

    # Consequences and calendars

    def _check_consequences(self) -> None:
        self.conditions: dict[tuple[str, str], Plain] = {}
        sanctions = {item.code for file in self.many["sanctions"].values() for item in file.sanctions}
        for folder, name in (
            ("sanctions", "sanctions"),
            ("authorities", "authorities"),
            ("procedure", "clocks"),
        ):
            for path, file in self.many[folder].items():
                for at, item in enumerate(getattr(file, name)):
                    self._check_refs(path, (name, at, "basis"), getattr(item, "basis", ()))
                    self._check_told(path, (name, at), item)
                    for reading in getattr(item, "readings", ()):
                        self._check_refs(path, (name, at, "readings"), reading.basis)
                        if not reading.length and reading.unit != "akhir_bulan":
                            self._say(
                                path, (name, at, "readings"), f"length: 0 {reading.unit}; paling sedikit 1"
                            )
                    for power in getattr(item, "may", ()):
                        self._check_power(path, (name, at, "may"), power, sanctions)
                    self._condition(path, (name, at, "when"), item.when)
        for path, file in self.many["procedure"].items():
            for at, clock in enumerate(file.clocks):
                self._check_start(path, ("clocks", at, "starts"), clock.starts)
                for place, reading in enumerate(clock.readings):
                    if reading.starts:
                        self._check_start(path, ("clocks", at, "readings", place), reading.starts)
                codes = [one.code for one in clock.readings]
                if len(set(codes)) < len(codes):
                    self._say(path, ("clocks", at, "readings"), "readings: dua bacaan dengan kode yang sama")
                if clock.default not in [one.code for one in clock.readings if not one.starts]:
                    told = f"default: bacaan {clock.default!r} tidak ada, atau dimulai fakta lain"
                    self._say(path, ("clocks", at, "default"), told)
        self._check_crimes()
        self._check_competence()

    def _check_competence(self) -> None:
        """One authority is competent for one purpose once at a time."""
        seen: dict[tuple[str, str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
        for path, file in self.many["authorities"].items():
            for at, one in enumerate(file.authorities):
                start, end = one.from_ or EVER, one.until or NEVER
                spans = seen[one.code, one.purpose]
                if any(start <= last and first <= end for first, last in spans):
                    told = f"{one.code}: dua masa wewenang {one.purpose} yang bertumpang tindih"
                    self._say(path, ("authorities", at, "code"), told)
                spans.append((start, end))

    def _check_start(self, path: Path, at: At, fact: str) -> None:
        if fact not in self.facts or self.facts[fact].type != "date":
            self._say(path, at, f"starts: {fact!r} bukan fakta tanggal")

    def _check_power(self, path: Path, at: At, power: schema.Power, sanctions: Collection[str]) -> None:
        self._check_refs(path, at, power.basis)
        for level in power.target:
            if level not in self.facts["actor.level"].values:
                self._say(path, at, f"target: {level!r} bukan nilai actor.level")
        for kind in power.kinds:
            if kind not in sanctions:
                self._say(path, at, f"kinds: jenis sanksi {kind!r} tidak ada")

    def _check_crimes(self) -> None:
        for path, file in self.many["crimes"].items():
            for at, crime in enumerate(file.crimes):
                self._check_refs(path, ("crimes", at, "article"), (crime.article, crime.penalty))
                self._condition(path, ("crimes", at, "subject"), crime.subject)
                for code, condition in crime.elements.items():
                    self._condition(path, ("crimes", at, "elements", code), condition)
                for code in crime.conducts:
                    if code not in self.domains["conduct"]:
                        self._say(path, ("crimes", at, "conducts"), f"conducts: perbuatan {code!r} tidak ada")
                if set(crime.elements) != set(crime.labels):
                    self._say(
                        path, ("crimes", at, "labels"), "labels: tiap unsur memerlukan sebutan, dan hanya itu"
                    )

    def _check_calendars(self) -> None:
        stages, offices = self.facts["stage"].values, self.facts["object.office"].values
        for path, election in self.many["calendars"].items():
            if election.election not in self.facts["object.election"].values:
                self._say(path, ("election",), f"{election.election!r} bukan nilai object.election")
            for at, contest in enumerate(election.contests):
                for region in contest.regions:
                    if not is_region(region):
                        self._say(
                            path,
                            ("contests", at, "regions"),
                            f"regions: {region!r} bukan kode seperti '18.71'",
                        )
                self._check_versions(path, ("contests", at, "versions"), contest.versions)
                for office in contest.offices:
                    if office not in offices:
                        self._say(
                            path,
                            ("contests", at, "offices"),
                            f"offices: {office!r} bukan nilai object.office",
                        )
                for place, version in enumerate(contest.versions):
                    where: At = ("contests", at, "versions", place)
                    self._check_refs(path, where, version.basis)
                    for code in version.stages:
                        if code not in stages and code != "pengundian":
                            self._say(
                                path,
                                (*where, "stages", code),
                                f"tahap {code!r}; yang boleh: {', '.join(stages)}",
                            )
        for path, year in self.many["working_days"].items():
            for at, holiday in enumerate(year.holidays):
                if holiday.day.year != year.year:
                    self._say(path, ("holidays", at), f"{holiday.day} bukan tahun {year.year}")
                if holiday.day in [one.day for one in year.holidays[:at]]:
                    self._say(path, ("holidays", at), f"{holiday.day} disebut dua kali")

    def _check_versions(self, path: Path, at: At, versions: Sequence[schema.CalendarVersion]) -> None:
        """Each has a code and a first day of its own; in each the stages follow one another, up to the voting."""
        for different in ({one.code for one in versions}, {one.from_ for one in versions}):
            if len(different) < len(versions):
                self._say(path, at, "dua versi kalender dengan kode atau tanggal mulai yang sama")
        for place, version in enumerate(versions):
            if version.stages and "pemungutan" not in version.stages:
                self._say(path, (*at, place, "stages"), f"{version.code}: tahap pemungutan belum ada")
            for (first, _start, end), (then, start, _end) in pairwise(_in_order(version)):
                if start <= end:
                    told = f"{version.code}: {then} mulai {start}, padahal {first} sampai {end}"
                    self._say(path, (*at, place, "stages"), told)

    # The result

    def _plain(self) -> Compiled:
        listed = {
            name: [
                item.model_dump(mode="json", by_alias=True) | self._compiled_conditions(item)
                for file in self.many[folder].values()
                for item in getattr(file, name)
            ]
            for folder, name in (
                ("sanctions", "sanctions"),
                ("authorities", "authorities"),
                ("procedure", "clocks"),
                ("crimes", "crimes"),
            )
        }
        return {
            "format": 1,
            "hash": corpus_hash(self.folder),
            "facts": {path: fact.model_dump(mode="json") for path, fact in self.facts.items()},
            "form": self.one["conduct_form.yaml"].model_dump(mode="json"),
            "instruments": {code: _instrument(item) for code, item in self.instruments.items()},
            "conduct": {
                item.code: item.model_dump(mode="json") | {"rules": self.rules[item.code]}
                for item in self.many["conduct"].values()
            },
            "calendars": [
                item.model_dump(mode="json", by_alias=True) for item in self.many["calendars"].values()
            ],
            "working_days": [item.model_dump(mode="json") for item in self.many["working_days"].values()],
            "citing": self.one["citing.yaml"].model_dump(mode="json"),
            "disputes": self.one["disputes.yaml"].model_dump(mode="json", by_alias=True)["disputes"],
            "flags": {
                code: flag.model_dump(mode="json", by_alias=True) | self._compiled_conditions(flag)
                for code, flag in self.one["flags.yaml"].flags.items()
            },
            **listed,
        }

    def _compiled_conditions(self, item: Any) -> dict[str, Any]:
        """The written conditions of an entry in their plain form."""
        path = self.folder
        found: dict[str, Any] = {
            name: self._condition(path, (), getattr(item, name))
            for name in ("when", "subject")
            if hasattr(item, name)
        }
        if hasattr(item, "elements"):
            found["elements"] = {
                code: self._condition(path, (), part) for code, part in item.elements.items()
            }
        return found


def _codes(entry: BaseModel, name: str) -> Collection[str]:
    """The codes an entry names, where it names any."""
    named = getattr(entry, name, ())
    return named if isinstance(named, list) else ()


def _in_order(version: schema.CalendarVersion) -> list[tuple[str, dt.date, dt.date]]:
    """Its stages, and the day of determination among them, as they should follow one another."""
    days = {code: (stage.from_, stage.until) for code, stage in version.stages.items()}
    days["determined_on"] = version.determined_on, version.determined_on
    return [(code, *days[code]) for code in STAGES if code in days]


def _dated(article: schema.Article) -> Sequence[schema.Article | schema.ArticleVersion]:
    return article.versions or [article]


def _instrument(item: schema.Instrument) -> dict[str, Any]:
    """With every article as a list of versions that carry their own days."""
    plain = item.model_dump(mode="json", by_alias=True)
    plain["articles"] = {
        key: {"cite": article.cite, "versions": [*_versions(item, article)]}
        for key, article in item.articles.items()
    }
    return plain


def _versions(item: schema.Instrument, article: schema.Article) -> Iterator[dict[str, Any]]:
    for version in _dated(article):
        start = version.from_ or article.from_ or item.from_
        end = version.until or article.until or item.until
        yield {
            "from": start and start.isoformat(),
            "until": end and end.isoformat(),
            "says": version.says,
            "status": version.status,
            "source": version.source,
        }


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    same_track = one["track"] == other["track"] != "none"
    return same_track or {one["verdict"], other["verdict"]} == {"forbidden", "permitted"}


def _overridden(rules: Iterable[schema.Rule]) -> dict[str, set[str]]:
    """By rule: all those it takes precedence over, through others too."""
    over = {rule.code: set(rule.over) for rule in rules}
    grown = True
    while grown:
        grown = False
        for found in over.values():
            more = set().union(*(over.get(code, set()) for code in found)) - found
            if more:
                found |= more
                grown = True
    return over


def _iso(day: dt.date) -> str | None:
    return None if day in (EVER, NEVER) else day.isoformat()


def _day(text: str | None, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else otherwise
