"""The file of one respondent, what it came from, and what every part of it has.

One data key a case: whatever is sealed in it and its parts lies under that key, each in a context of its own.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import Agency
from netral.audit.classes import BINDING, DAY_ONLY, KEYRING, OPAQUE, SALTED
from netral.audit.models import LoggedModel
from netral.roster.models import Official
from netral.sealing import Context

from ..codes import SANCTIONED, UNDECIDED, Level, Outcome, StopGround, Track
from ..lifecycle import AFTER_DECISION, OPEN, State

OFFICER = ("plain", "officer")
LAW_CODE = ("plain", "code of the law; no name, place or words")
ROUND = ("plain", "which examination it belongs to")


class Case(LoggedModel):
    """A matter against one respondent, from its opening to its close."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    object_id = models.CharField(max_length=32, unique=True)
    number = models.CharField(_("nomor"), max_length=20)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("dibuka"))
    actor = models.JSONField(_("fakta tentang terlapor"), default=dict)
    dates = models.JSONField(_("tanggal yang diketahui"), default=dict)
    state = models.CharField(_("keadaan"), max_length=20, choices=State, default=State.ASSESSMENT)
    round = models.PositiveSmallIntegerField(_("pemeriksaan ke-"), default=1)
    track = models.CharField(_("jalur"), max_length=20, choices=Track, blank=True, default="")
    level = models.CharField(_("tingkat"), max_length=20, choices=Level, blank=True, default="")
    outcome = models.CharField(_("hasil"), max_length=20, choices=Outcome, blank=True, default="")
    stop_ground = models.CharField(
        _("dasar penghentian"), max_length=20, choices=StopGround, blank=True, default=""
    )
    referred_to = models.CharField(_("diteruskan kepada"), max_length=40, blank=True, default="")
    due = models.DateField(_("tenggat"), null=True)
    clock = models.CharField(_("dasar tenggat"), max_length=40, blank=True, default="")
    clock_start = models.DateField(_("tenggat dihitung sejak"), null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("pemegang")
    )
    revision = models.PositiveIntegerField(default=1)
    commitment = models.CharField(max_length=64)
    sealed_body = models.BinaryField()
    keyring = models.BinaryField()

    LOGGED = (
        "agency",
        "object_id",
        "number",
        "official",
        "opened_on",
        "actor",
        "dates",
        "state",
        "round",
        "track",
        "level",
        "outcome",
        "stop_ground",
        "referred_to",
        "due",
        "clock",
        "clock_start",
        "owner",
        "revision",
        "commitment",
    )
    FROZEN = ("agency", "object_id", "number", "official", "opened_on", "commitment")
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "object_id": BINDING,
        "number": ("plain", "register number"),
        "official": (
            "plain",
            "keeps the respondent and his subordinates out of the file; read by right only",
        ),
        "opened_on": DAY_ONLY,
        "actor": ("plain", "status and level of office as codes of the law"),
        "dates": ("plain", "days that start a clock of the law"),
        "state": ("plain", "the queue and statistics"),
        "round": ROUND,
        "track": ("plain", "the road and statistics"),
        "level": ("plain", "who may examine; statistics"),
        "outcome": ("plain", "statistics"),
        "stop_ground": ("plain", "statistics"),
        "referred_to": ("plain", "code of an institution"),
        "due": ("plain", "the queue"),
        "clock": ("plain", "code of what sets the due day"),
        "clock_start": DAY_ONLY,
        "owner": ("plain", "the queue"),
        "revision": ("plain", "tells two officers at once apart"),
        "commitment": SALTED,
        "sealed_body": ("sealed", "the respondent as on the day of opening, salt"),
        "keyring": KEYRING,
    }

    class Meta:
        verbose_name = _("perkara")
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED) & ~Q(outcome="") | Q(state__in=OPEN, due__isnull=False),
                name="case_open_has_due",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.ASSESSMENT, State.CLOSED]) | ~Q(track=""),
                name="case_examined_has_track",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(state__in=AFTER_DECISION),
                name="case_outcome_after_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "opened_on", "id"], name="case_state"),
            models.Index(fields=["agency", "opened_on", "id"], name="case_opened"),
        ]

    def __str__(self) -> str:
        return self.number

    def context(self, field: str) -> Context:
        """Context of what is sealed in the case and its parts: `body`, `words/<object id of the part>`."""
        return Context("cases.case", self.object_id, field)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def may_be_reopened(self) -> bool:
        return self.outcome in UNDECIDED

    @property
    def may_be_contested(self) -> bool:
        """Whether it ended with something the respondent may object to, though the law loaded may not settle that."""
        return self.outcome in SANCTIONED


class CaseSource(LoggedModel):
    """What a case came from, by its name in the log and its number; the apps above know what it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sources")
    origin = models.CharField(max_length=80, db_index=True)
    number = models.CharField(_("nomor"), max_length=40)

    LOGGED = ("case", "origin", "number")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "case": OPAQUE,
        "origin": ("plain", "opaque name of a matter"),
        "number": ("plain", "register number"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "origin"], name="case_source_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class NamedBeside(LoggedModel):
    """Another person named by what a case came from, with a case of his own or without: its words are about him too."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")

    LOGGED = ("case", "official")
    FROZEN = LOGGED
    FIELD_CLASSES = dict.fromkeys(("id", "case"), OPAQUE) | {
        "official": ("plain", "keeps a person out of a file")
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "official"], name="named_beside_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.official_id}"


class Progress(models.Model):
    """How far the cases of one origin are: all that the reporter's page, and the process that shows it, may read."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="progress")
    origin = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=20, choices=State)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, default="")

    FIELD_CLASSES = dict.fromkeys(
        ("id", "case", "origin", "state", "outcome"), ("plain", "stage and kind of outcome, about nobody")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "origin"], name="progress_once")]

    def __str__(self) -> str:
        return f"{self.origin} {self.state}"


class CasePart(LoggedModel):
    """A row of a case's file, with what is said in it sealed under the case's key (`content`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    object_id = models.CharField(max_length=32, unique=True)
    commitment = models.CharField(max_length=64)
    sealed_words = models.BinaryField()

    PART = ("case", "object_id", "commitment")
    PART_CLASSES = {
        "id": OPAQUE,
        "case": OPAQUE,
        "object_id": BINDING,
        "commitment": SALTED,
        "sealed_words": ("sealed", "what is said in this part of the file"),
    }

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.case_id} {self._meta.model_name}"

    @property
    def place(self) -> str:
        """The field of the case's context under which the words are sealed."""
        return f"words/{self.object_id}"


class CaseNote(CasePart):
    """Words that belong to an act: an officer's reason, the respondent's written reply."""

    act = models.CharField(max_length=40)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_on = models.DateField()

    LOGGED = (*CasePart.PART, "act", "author", "made_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "act": ("plain", "name of the act the words belong to"),
        "author": OFFICER,
        "made_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class Counter(models.Model):
    """Running number of an agency's year; its row lock lets one officer at a time open cases."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField(default=0)

    FIELD_CLASSES = dict.fromkeys(("id", "agency", "year", "value"), ("plain", "running number"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="case_counter_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"
