"""Reports and findings, the dialogue with the reporter, and what was said about whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import Agency
from netral.audit.classes import BINDING, BLOB, DAY_ONLY, KEYRING, OPAQUE, SALTED
from netral.audit.models import LoggedModel
from netral.roster.models import Official
from netral.sealing import Context

from .lifecycle import OPEN, ClosingReason, State


class Draft(models.Model):
    """A report not yet sent, sealed to its receipt only; thrown away by the worker after a day."""

    lookup = models.BinaryField(max_length=32, unique=True)
    object_id = models.CharField(max_length=32)
    sealed_body = models.BinaryField()
    keyring = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    FIELD_CLASSES = {
        "id": OPAQUE,
        "lookup": ("keyed index", "derived from the receipt by HKDF"),
        "object_id": BINDING,
        "sealed_body": ("sealed", "what was typed, contact details included"),
        "keyring": KEYRING,
        "created_at": ("plain", "for expiry; the row goes within a day"),
    }

    def __str__(self) -> str:
        return self.object_id


class DraftFile(models.Model):
    """A file already sent for a draft, sealed to the receipt only."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    object_id = models.CharField(max_length=32, unique=True)
    media_type = models.CharField(max_length=40)
    blob = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    fingerprint = models.BinaryField(max_length=32)
    sealed_facts = models.BinaryField()
    keyring = models.BinaryField()

    FIELD_CLASSES = {
        "id": OPAQUE,
        "draft": OPAQUE,
        "object_id": BINDING,
        "media_type": ("plain", "kind of file"),
        "blob": BLOB,
        "size": ("plain", "for the limit of 50 MB together; the row goes within a day"),
        "fingerprint": (
            "keyed index",
            "hash of the plaintext keyed by the receipt: the same file is not kept twice",
        ),
        "sealed_facts": ("sealed", "file name, size, hash of the plaintext"),
        "keyring": KEYRING,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "fingerprint"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.object_id


class Report(LoggedModel):
    """What someone told the agency: a report, a finding or first information (*informasi awal*)."""

    class Kind(models.TextChoices):
        REPORT = "laporan", _("Laporan")
        FINDING = "temuan", _("Temuan")
        FIRST_INFORMATION = "informasi_awal", _("Informasi awal")

    class Channel(models.TextChoices):
        WEB = "situs", _("situs ini")
        PAPER = "surat", _("surat")
        PHONE = "telepon", _("telepon")
        VISIT = "langsung", _("datang langsung")
        BAWASLU = "bawaslu", _("Bawaslu")
        OWN = "pengawasan", _("pengawasan sendiri")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    object_id = models.CharField(max_length=32, unique=True)
    number = models.CharField(_("nomor"), max_length=20)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind, default=Kind.REPORT)
    channel = models.CharField(_("saluran"), max_length=20, choices=Channel, default=Channel.WEB)
    acts = models.JSONField(_("dugaan perbuatan"), default=list)
    received_on = models.DateField(_("diterima"))
    state = models.CharField(_("keadaan"), max_length=20, choices=State, default=State.RECEIVED)
    due = models.DateField(_("tenggat"), null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("pemegang")
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    closing_reason = models.CharField(
        _("alasan penutupan"), max_length=30, choices=ClosingReason, blank=True, default=""
    )
    revision = models.PositiveIntegerField(default=1)
    commitment = models.CharField(max_length=64)
    sealed_body = models.BinaryField()
    keyring = models.BinaryField()

    # The reporter's door: how the receipt finds the row, whom messages are sealed to. Empty for an own finding.
    lookup = models.BinaryField(max_length=32, unique=True, null=True)
    receipt_public = models.BinaryField(max_length=32, null=True)
    dialogue_keyring = models.BinaryField()
    log_index = models.BigIntegerField(null=True)

    # When an officer's process opened the body to make search tokens and look for conflicts of interest.
    screened_at = models.DateTimeField(null=True)

    LOGGED = (
        "agency",
        "object_id",
        "number",
        "kind",
        "channel",
        "acts",
        "received_on",
        "state",
        "due",
        "assignee",
        "merged_into",
        "closing_reason",
        "revision",
        "commitment",
        "lookup",
        "receipt_public",
    )
    FROZEN = (
        "agency",
        "object_id",
        "number",
        "channel",
        "received_on",
        "commitment",
        "lookup",
        "receipt_public",
    )
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "object_id": BINDING,
        "number": ("plain", "register number"),
        "kind": ("plain", "statistics"),
        "channel": ("plain", "statistics"),
        "acts": ("plain", "codes of acts, statistics; no name, place or time"),
        "received_on": ("plain", "clocks; the day only"),
        "state": ("plain", "the queue and statistics"),
        "due": ("plain", "the queue"),
        "assignee": ("plain", "the queue"),
        "merged_into": ("plain", "the queue"),
        "closing_reason": ("plain", "statistics"),
        "revision": ("plain", "tells two officers at once apart"),
        "commitment": SALTED,
        "sealed_body": ("sealed", "story, who, when, where, link, salt"),
        "keyring": KEYRING,
        "lookup": ("keyed index", "derived from the receipt by HKDF"),
        "receipt_public": ("plain", "public key derived from the receipt"),
        "dialogue_keyring": KEYRING,
        "log_index": ("plain", "place of its leaf in the log"),
        "screened_at": ("plain", "progress"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="report_number_once")]
        indexes = [
            models.Index(fields=["agency", "state", "received_on", "id"], name="report_state"),
            models.Index(fields=["agency", "kind", "received_on", "id"], name="report_kind"),
            models.Index(fields=["agency", "screened_at", "id"], name="report_screened"),
            models.Index(fields=["agency", "received_on", "id"], name="report_received"),
        ]

    def __str__(self) -> str:
        return self.number

    def context(self, field: str) -> Context:
        return report_context(self.object_id, field)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def report_context(object_id: str, field: str) -> Context:
    """Context of a report's parts: `body`, `lookup`; the draft it came from has the same."""
    return Context("intake.report", object_id, field)


def dialogue_context(object_id: str, field: str) -> Context:
    """Context of the dialogue; one data key a report, so that a receipt is tried once however long the dialogue is."""
    return Context("intake.dialogue", object_id, field)


class Contact(LoggedModel):
    """How to reach the reporter, sealed to the vault alone."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="contact")
    object_id = models.CharField(max_length=32, unique=True)
    commitment = models.CharField(max_length=64)
    sealed_details = models.BinaryField()
    keyring = models.BinaryField()

    LOGGED = ("report", "object_id", "commitment")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "report": OPAQUE,
        "object_id": BINDING,
        "commitment": SALTED,
        "sealed_details": ("sealed", "name, phone, address; vault key only"),
        "keyring": KEYRING,
    }

    def __str__(self) -> str:
        return str(self.report_id)

    def context(self, field: str) -> Context:
        return Context("intake.contact", self.object_id, field)


class Message(LoggedModel):
    """One message between agency and reporter, sealed under the dialogue's data key."""

    class Direction(models.TextChoices):
        TO_REPORTER = "keluar", _("Petugas")
        FROM_REPORTER = "masuk", _("Pelapor")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    object_id = models.CharField(max_length=32, unique=True)
    direction = models.CharField(max_length=10, choices=Direction)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    sent_on = models.DateField()
    commitment = models.CharField(max_length=64)
    sealed_text = models.BinaryField()
    files = models.JSONField(default=list)
    read_on = models.DateField(null=True)

    LOGGED = ("report", "object_id", "direction", "author", "sent_on", "commitment", "files", "read_on")
    FROZEN = ("report", "object_id", "direction", "author", "sent_on", "commitment", "files")
    FIELD_CLASSES = {
        "id": OPAQUE,
        "report": OPAQUE,
        "object_id": BINDING,
        "direction": ("plain", "the queue"),
        "author": ("plain", "officer who asked; empty for the reporter"),
        "sent_on": DAY_ONLY,
        "commitment": SALTED,
        "sealed_text": ("sealed", "the message"),
        "files": ("plain", "random ids of the files that came with it"),
        "read_on": ("plain", "the queue"),
    }

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.direction}"


class InitialStudy(LoggedModel):
    """*Kajian awal*: each formal and material requirement met, asked for, or missing."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="study")
    object_id = models.CharField(max_length=32, unique=True)
    items = models.JSONField(default=dict)
    sealed_note = models.BinaryField()
    keyring = models.BinaryField()
    commitment = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    updated_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    LOGGED = ("report", "object_id", "items", "commitment", "author", "updated_on", "revision")
    FROZEN = ("report", "object_id")
    FIELD_CLASSES = {
        "id": OPAQUE,
        "report": OPAQUE,
        "object_id": BINDING,
        "items": ("plain", "codes of requirements and their state"),
        "sealed_note": ("sealed", "the officer's note"),
        "keyring": KEYRING,
        "commitment": SALTED,
        "author": ("plain", "officer"),
        "updated_on": DAY_ONLY,
        "revision": ("plain", "tells two officers at once apart"),
    }

    def __str__(self) -> str:
        return str(self.report_id)

    def context(self, field: str) -> Context:
        return Context("intake.study", self.object_id, field)


class Note(LoggedModel):
    """Why an officer did something, in his own words, sealed to the agency; may name people."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notes")
    object_id = models.CharField(max_length=32, unique=True)
    act = models.CharField(max_length=40)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_on = models.DateField()
    commitment = models.CharField(max_length=64)
    sealed_text = models.BinaryField()
    keyring = models.BinaryField()

    LOGGED = ("report", "object_id", "act", "author", "made_on", "commitment")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "report": OPAQUE,
        "object_id": BINDING,
        "act": ("plain", "name of the act the note explains"),
        "author": ("plain", "officer"),
        "made_on": DAY_ONLY,
        "commitment": SALTED,
        "sealed_text": ("sealed", "the officer's reason"),
        "keyring": KEYRING,
    }

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.act}"

    def context(self, field: str) -> Context:
        return Context("intake.note", self.object_id, field)


class Respondent(LoggedModel):
    """An official of the roster whom an officer named as *terlapor*; withdrawn, never deleted."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="respondents")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    named_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    LOGGED = ("report", "official", "named_by", "named_on", "withdrawn_on")
    FROZEN = ("report", "official", "named_by", "named_on")
    FIELD_CLASSES = {
        "id": OPAQUE,
        "report": OPAQUE,
        "official": (
            "plain",
            "keeps the respondent and his subordinates out of the file; read by right only",
        ),
        "named_by": ("plain", "officer"),
        "named_on": DAY_ONLY,
        "withdrawn_on": DAY_ONLY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "official"], condition=models.Q(withdrawn_on=None), name="respondent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.official_id}"


class Conflict(models.Model):
    """An officer kept out of a file because its text names him or his superior, until the respondent is named."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    proof = models.BinaryField(max_length=16)

    FIELD_CLASSES = {
        **dict.fromkeys(("id", "report", "user"), ("plain", "keeps a person out of a file")),
        "proof": (
            "keyed index",
            "HMAC of report and person under the index key: nobody else makes such a row",
        ),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.user_id}"


class SearchToken(models.Model):
    """A word of a report under the index key: found by whoever holds the key, unreadable in the database."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tokens")
    token = models.BinaryField(max_length=16)

    FIELD_CLASSES = {"id": OPAQUE, "report": OPAQUE, "token": ("keyed index", "HMAC under the index key")}

    class Meta:
        indexes = [models.Index(fields=["token", "report"], name="token_report")]
        constraints = [models.UniqueConstraint(fields=["report", "token"], name="token_once")]

    def __str__(self) -> str:
        return str(self.report_id)


class Counter(models.Model):
    """Running number of an agency's year; its row lock serialises numbering."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    FIELD_CLASSES = dict.fromkeys(("id", "agency", "year", "value"), ("plain", "running number"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"
