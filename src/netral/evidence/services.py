"""Writing evidence: the row of a file that already lies in the store, and the store's housekeeping."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable

from django.utils import timezone

from netral.accounts.models import Agency
from netral.sealing import Keyring, SealPublicKey, commit_digest, derive_salt

from . import blobs, selectors
from .facts import SealedUpload
from .models import StoredFile, file_context


def store_file(
    *,
    agency: Agency,
    matter: str,
    upload: SealedUpload,
    source: str,
    salt: bytes,
    recipients: Iterable[SealPublicKey],
    now: datetime.datetime,
) -> StoredFile:
    """Writes the row of an upload, inside the caller's transaction; the caller names it in its log entry.

    `matter` is the matter's name in the log, `salt` the matter's salt (the file's own is derived from it).
    """
    context = file_context(upload.object_id, "content")
    return StoredFile.objects.create(
        agency=agency,
        matter=matter,
        object_id=upload.object_id,
        media_type=upload.media_type,
        source=source,
        clean_state=StoredFile.first_state(source),
        added_on=timezone.localdate(now),
        commitment=commit_digest(context, derive_salt(salt, upload.object_id), bytes.fromhex(upload.sha256)),
        blob=upload.blob,
        sealed_facts=upload.sealed_facts(),
        keyring=Keyring.make(upload.data_key, context, recipients).to_bytes(),
    )


def sweep_files(*, also_named: Callable[[Collection[str]], Collection[str]]) -> int:
    """Removes stale parts and blobs that no row names; gives their number.

    `also_named` returns those of the names that rows of other apps name, such as files of drafts. It is asked
    first: a file moves from its draft to the register and never back, so in this order one side knows it.
    """

    def named(names: Collection[str]) -> set[str]:
        return {*also_named(names), *selectors.named_blobs(names)}

    return blobs.sweep(named)
