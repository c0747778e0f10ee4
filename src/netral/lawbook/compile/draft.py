"""The files of the law as they were read, and what every check of them needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .. import schema, sources
from ..conditions import ConditionError, Plain
from ..conditions import read as read_condition
from ..errors import LawbookError
from ..sources import At

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
Ref = str
NO_INSTRUMENT = "peraturannya tidak ada dalam instruments/"
EVER, NEVER = dt.date.min, dt.date.max


class Draft:
    """The files as they were read, and what was found wrong in them so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wrong: list[str] = []
        self.rules: dict[str, list[dict[str, Any]]] = {}  # by act, their conditions in plain form
        self._read_files()
        self.stop_if_wrong()

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
                        f"{sources.named(path)}:1: berkas di {name}/ harus berakhiran .yaml; yang ini tidak dibaca"
                    )

    def _read(self, path: Path, model: type[BaseModel], into: dict[Any, Any], key: Any) -> None:
        try:
            into[key] = sources.read(path, model)
        except LawbookError as error:
            self.wrong.append(str(error))
        except FileNotFoundError:
            self.wrong.append(f"{sources.named(path)}:1: berkas ini belum ada")

    def stop_if_wrong(self) -> None:
        if self.wrong:
            raise LawbookError("\n".join(self.wrong))

    def say(self, path: Path, at: At, message: str) -> None:
        self.wrong.append(sources.complaint(path, at, message))

    def files(self) -> Iterator[tuple[Path, BaseModel]]:
        yield from ((self.folder / name, file) for name, file in self.one.items())
        yield from (item for files in self.many.values() for item in files.items())

    # What is in them

    @cached_property
    def facts(self) -> dict[str, schema.Fact]:
        return dict(self.one["facts.yaml"].facts)

    @cached_property
    def domains(self) -> dict[str, frozenset[Any]]:
        """What each fact may be, where that can be counted."""
        return {
            **{
                path: frozenset(fact.values)
                for path, fact in self.facts.items()
                if fact.values and not fact.many
            },
            **{path: frozenset({True, False}) for path, fact in self.facts.items() if fact.type == "yes_no"},
            "conduct": frozenset(conduct.code for conduct in self.many["conduct"].values()),
        }

    @cached_property
    def readable(self) -> dict[str, schema.Fact]:
        """Facts as conditions read them: with the kinds of act as what `conduct` may be."""
        acts = dict.fromkeys(sorted(self.domains["conduct"]), self.facts["conduct"].label)
        return {**self.facts, "conduct": self.facts["conduct"].model_copy(update={"values": acts})}

    @cached_property
    def instruments(self) -> dict[str, schema.Instrument]:
        return {item.code: item for item in self.many["instruments"].values()}

    @cached_property
    def spans(self) -> dict[Ref, list[tuple[dt.date, dt.date]]]:
        """When each article is in force, from and until; a span for each version."""
        return {
            f"{item.code}#{key}": sorted(
                (
                    version.from_ or article.from_ or item.from_ or EVER,
                    version.until or article.until or item.until or NEVER,
                )
                for version in dated(article)
            )
            for item in self.instruments.values()
            for key, article in item.articles.items()
        }

    # What every check needs

    def condition(self, path: Path, at: At, written: Mapping[str, Any]) -> Plain:
        try:
            return (
                read_condition(written, self.readable, self.one["facts.yaml"].terms) if written else ["all"]
            )
        except ConditionError as error:
            self.say(path, (*at, error.key), str(error))
            return ["all"]

    def check_refs(self, path: Path, at: At, refs: Iterable[Ref]) -> None:
        for ref in refs:
            if ref not in self.spans:
                known = self.instruments.get(ref.partition("#")[0])
                hint = f"pasal yang ada: {', '.join(known.articles)}" if known else NO_INSTRUMENT
                self.say(path, at, f"pasal {ref!r} tidak ada; {hint}")

    def check_told(self, path: Path, at: At, item: Any) -> None:
        for name, known in (
            ("disputes", self.one["disputes.yaml"].disputes),
            ("flags", self.one["flags.yaml"].flags),
        ):
            for code in getattr(item, name, ()):
                if code not in known:
                    self.say(path, (*at, name), f"{name}: {code!r} tidak ada dalam {name}.yaml")


def dated(article: schema.Article) -> Sequence[schema.Article | schema.ArticleVersion]:
    return article.versions or [article]
