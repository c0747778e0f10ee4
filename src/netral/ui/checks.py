"""Checks whose complaints are told together: who has to mend something learns all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.core.exceptions import ValidationError


@contextmanager
def told_together() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """`with told_together() as one:` and inside `with one():` around each check; raises what all of them raised."""
    wrong: list[ValidationError] = []

    @contextmanager
    def one() -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            wrong.append(error)

    yield one
    if wrong:
        told: dict[str, list[ValidationError]] = {}
        for error in wrong:
            told = error.update_error_dict(told)
        raise ValidationError(told)
