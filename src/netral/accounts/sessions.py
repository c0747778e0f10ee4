"""Sessions in the database, of use to nobody who reads it.

A row holds the hash of the key that the browser holds, and its content is signed together with that key: a row copied
under another key is an empty session. So neither a thief of the database nor its owner takes over who is signed in.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from netral.ui import clock


class SessionStore(DatabaseStore):
    @property
    def key_salt(self) -> str:
        """What the content is signed with, besides the process's secret."""
        return f"netral.accounts.sessions.{self.session_key}"

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        try:
            found: AbstractBaseSession = self.model.objects.get(
                session_key=_hidden(self.session_key), expire_date__gt=clock.real_now()
            )
        except self.model.DoesNotExist:
            self._session_key = None
            return None
        return found

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = _hidden(row.session_key)
        return row

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(_hidden(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(_hidden(key))


def _hidden(key: str | None) -> str:
    """40 hex characters, what the column holds: 160 bits of SHA-256, of a key of 160 random bits."""
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]
