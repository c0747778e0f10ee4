"""The append-only log, its tree, its signed heads, and the base of every register row."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models

from netral.sealing import canonical_json, sha256

PLAIN_LOG = ("plain", "the log holds commitments, codes and opaque subjects, no personal content")


class Entry(models.Model):
    """One act, as the leaf of an RFC 9162 tree. `body` is the canonical JSON whose hash is `leaf`."""

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    body = models.TextField()
    leaf = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)

    FIELD_CLASSES = dict.fromkeys(
        ("index", "at", "action", "actor", "subject", "body", "leaf", "root"), PLAIN_LOG
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "index"], name="entry_subject")]

    def __str__(self) -> str:
        return f"{self.index} {self.action}"


class Node(models.Model):
    """Root of a perfect subtree: `position = level << 48 | index`, level 0 being the leaves in `Entry`."""

    position = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)

    FIELD_CLASSES = {"position": PLAIN_LOG, "hash": PLAIN_LOG}

    def __str__(self) -> str:
        return f"{self.position >> 48}/{self.position & (1 << 48) - 1}"


class Head(models.Model):
    """A signed head (C2SP checkpoint) of the tree at `size` leaves."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made_at = models.DateTimeField()

    FIELD_CLASSES = dict.fromkeys(("size", "root", "note", "made_at"), ("plain", "published"))

    def __str__(self) -> str:
        return f"{self.size}"


class LoggedModel(models.Model):
    """A row of the register.

    Its digest over `LOGGED` enters the log with every act that touches it, so an edit behind the log's back shows;
    triggers keep its rows from being deleted and its `FROZEN` fields from changing.
    """

    LOGGED: ClassVar[tuple[str, ...]] = ()
    FROZEN: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """The row's name in the log: `app.model/primary key`."""
        return f"{self._meta.label_lower}/{self.pk}"

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the row's logged fields, in hex."""
        return row_digest({name: self.__dict__[self._attname(name)] for name in self.LOGGED})

    @classmethod
    def _attname(cls, name: str) -> str:
        return str(cls._meta.get_field(name).attname)  # type: ignore[union-attr]


class SelfCheck(LoggedModel):
    """What the register's check of itself found, kept so that anyone with the right sees it and when it was."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    problems = models.JSONField(default=list)

    LOGGED = ("at", "size", "problems")
    FROZEN = LOGGED
    FIELD_CLASSES = dict.fromkeys(("id", "at", "size", "problems"), PLAIN_LOG)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at} {self.size}"


def row_digest(values: dict[str, Any]) -> str:
    return sha256(canonical_json({name: _plain(value) for name, value in values.items()})).hex()


def _plain(value: Any) -> Any:
    """The JSON form of a database value, the same whichever database gave it."""
    match value:
        case bytes() | memoryview() | bytearray():
            return bytes(value).hex()
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        case datetime.date():
            return value.isoformat()
        case int() if not isinstance(value, bool) and abs(value) > 2**53:
            return str(value)  # beyond what RFC 8785 may write as a number
        case _:
            return value
