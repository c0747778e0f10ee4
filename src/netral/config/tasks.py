"""What the worker does, and how often. Nothing a person waits for is here."""

from __future__ import annotations

from netral.accounts import keys
from netral.audit import services as audit
from netral.config.worker import Task


def sign_head() -> None:
    audit.sign_current_head(log_key=keys.log_key())


TASKS: list[Task] = [
    Task("sign the log's head", sign_head, every=2),
]
