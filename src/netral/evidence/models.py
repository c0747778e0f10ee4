"""Files as evidence: the sealed original, and copies without metadata that people look at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.audit.classes import BINDING, BLOB, DAY_ONLY, KEYRING, OPAQUE, SALTED
from netral.audit.models import LoggedModel
from netral.sealing import Context

WORKER = ("plain", "operational: whose turn it is to clean the file; not in the log, held against nothing")


class StoredFile(LoggedModel):
    """One file of a matter; name, size and hash of the plaintext lie in `sealed_facts`."""

    class CleanState(models.TextChoices):
        PENDING = "pending", _("sedang dibersihkan")
        READY = "ready", _("siap dilihat")
        FAILED = "failed", _("tidak dapat dibersihkan")
        NEEDLESS = "needless", _("tidak perlu dibersihkan")

    class CleanFailure(models.TextChoices):
        DAMAGED = "damaged", _("berkas rusak")
        LOCKED = "locked", _("berkas dikunci dengan kata sandi")
        TOO_HEAVY = "too_heavy", _("berkas terlalu berat untuk digambar ulang")
        UNREADABLE = "unreadable", _("berkas asli di penyimpanan hilang atau berubah")

    class Source(models.TextChoices):
        REPORTER = "pelapor", _("pelapor")
        OFFICER = "petugas", _("petugas")
        REGISTER = "register", _("dibuat register")

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT)
    matter = models.CharField(max_length=80, db_index=True)
    object_id = models.CharField(max_length=32, unique=True)
    media_type = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=Source)
    added_on = models.DateField()
    commitment = models.CharField(max_length=64)
    blob = models.CharField(max_length=64)
    sealed_facts = models.BinaryField()
    keyring = models.BinaryField()
    clean_state = models.CharField(
        max_length=10, choices=CleanState, default=CleanState.PENDING, db_index=True
    )
    clean_failure = models.CharField(max_length=10, choices=CleanFailure, blank=True, default="")
    # Pages of the original; the clean copy holds the first of them.
    pages = models.PositiveIntegerField(null=True)
    # Until when a worker holds the file to clean it, and how often one tried; a killed one is followed up. Operational:
    # they say whose turn it is and no check holds them against anything.
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    LOGGED = ("agency", "matter", "object_id", "media_type", "source", "added_on", "commitment")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "matter": ("plain", "opaque name of the matter"),
        "object_id": BINDING,
        "media_type": ("plain", "kind of file, needed to clean and show it"),
        "source": ("plain", "reporter, officer or the register itself"),
        "added_on": DAY_ONLY,
        "commitment": SALTED,
        "blob": BLOB,
        "sealed_facts": ("sealed", "file name, size, hash of the plaintext"),
        "keyring": KEYRING,
        "clean_state": ("plain", "progress of the clean copy"),
        "clean_failure": ("plain", "why there is no clean copy"),
        "pages": ("plain", "number of pages, shown beside the copies"),
        "claimed_until": WORKER,
        "tries": WORKER,
    }

    def __str__(self) -> str:
        return f"{self.matter} {self.object_id}"

    @staticmethod
    def first_state(source: str) -> StoredFile.CleanState:
        """Where cleaning begins: what the register made itself, such as a letter, holds no one's metadata."""
        made_here = source == StoredFile.Source.REGISTER
        return StoredFile.CleanState.NEEDLESS if made_here else StoredFile.CleanState.PENDING

    def context(self, field: str) -> Context:
        return file_context(self.object_id, field)


def file_context(object_id: str, field: str) -> Context:
    """Context of a file's parts: `content`, `facts`, `clean/<page>`."""
    return Context("evidence.file", object_id, field)


class CleanCopy(models.Model):
    """One page of a file as an image made anew, without metadata, sealed under the file's data key."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="copies")
    page = models.PositiveSmallIntegerField()
    blob = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    FIELD_CLASSES = dict.fromkeys(
        ("id", "file", "page", "blob", "media_type", "width", "height"),
        ("plain", "names a sealed page and its size in pixels"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "page"], name="one_copy_a_page")]
        ordering = ["page"]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.page}"
