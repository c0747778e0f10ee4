"""Everything that writes about reports; `submission.register_report` is the one way a report is made."""

from .contacts import open_contact
from .dialogue import OpenMessage, mark_read, read_messages, receive_message, send_message
from .drafts import (
    AlreadySentError,
    NoDraftError,
    TooManyFilesError,
    add_draft_file,
    expire_drafts,
    remove_draft_file,
    save_draft,
    submit_draft,
)
from .submission import Submitted, receipt_document, register_report

__all__ = [
    "AlreadySentError",
    "NoDraftError",
    "OpenMessage",
    "Submitted",
    "TooManyFilesError",
    "add_draft_file",
    "expire_drafts",
    "mark_read",
    "open_contact",
    "read_messages",
    "receipt_document",
    "receive_message",
    "register_report",
    "remove_draft_file",
    "save_draft",
    "send_message",
    "submit_draft",
]
