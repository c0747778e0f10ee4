"""Every entry of the law's files with its place, whatever it is; and which names it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from .sources import At


def entries(model: BaseModel, at: At = ()) -> Iterator[tuple[At, BaseModel]]:
    """The entry, and everything inside it."""
    yield at, model
    for name, field in type(model).model_fields.items():
        yield from _inside(getattr(model, name), (*at, field.alias or name))


def _inside(value: Any, at: At) -> Iterator[tuple[At, BaseModel]]:
    if isinstance(value, BaseModel):
        yield from entries(value, at)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(part, (*at, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _inside(part, (*at, place))


def terms_in(written: Any) -> Iterator[str]:
    """The terms that a written condition, or what holds some, uses."""
    if isinstance(written, list):
        for part in written:
            yield from terms_in(part)
    elif isinstance(written, Mapping):
        for key, value in written.items():
            if key == "is":
                yield from [value] if isinstance(value, str) else value
            else:
                yield from terms_in(value)


def circle(terms: Mapping[str, Any]) -> tuple[str, ...]:
    """Terms that lead back to the first of them, if there are any."""
    for name in terms:
        way, waiting = {name: None}, [*terms_in(terms[name])]
        while waiting:
            one = waiting.pop()
            if one == name:
                return (*way,)
            if one in terms and one not in way:
                way[one] = None
                waiting += terms_in(terms[one])
    return ()


def used(terms: Mapping[str, Any], named: Iterable[str]) -> set[str]:
    """These terms, and those they are made of."""
    found: set[str] = set()
    waiting = list(named)
    while waiting:
        one = waiting.pop()
        if one not in found and one in terms:
            found.add(one)
            waiting += terms_in(terms[one])
    return found
