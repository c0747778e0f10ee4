"""The file of one respondent: what is alleged, what the law says of it, who examined, what was heard and decided.

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

from .codes import (
    BY_TEAM_ONLY,
    DECIDED,
    UNDECIDED,
    Attendance,
    Confirmed,
    Element,
    Excuse,
    Level,
    Notice,
    Outcome,
    Receipt,
    Remedy,
    RemedyResult,
    Signing,
    StopGround,
    TeamKind,
    Track,
)
from .lifecycle import AFTER_DECISION, OPEN, State

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


class Allegation(CasePart):
    """One act the respondent is alleged to have done. It stands unless the case was stopped.

    `instance` counts acts of the same kind on the same day that an officer held to be different ones.
    """

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    conduct = models.CharField(_("perbuatan"), max_length=40)
    act_date = models.DateField(_("tanggal perbuatan"))
    until = models.DateField(_("sampai tanggal"), null=True)
    facts = models.JSONField(_("fakta"), default=dict)
    instance = models.PositiveSmallIntegerField(default=1)
    stands = models.BooleanField(default=True)

    LOGGED = (*CasePart.PART, "official", "conduct", "act_date", "until", "facts", "instance", "stands")
    FROZEN = ("case", "object_id", "official")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "official": ("plain", "nobody answers twice for one act; read by right only"),
        "conduct": LAW_CODE,
        "act_date": ("plain", "which law applies; the day only"),
        "until": ("plain", "which law applies; the day only"),
        "facts": LAW_CODE,
        "instance": ("plain", "tells like acts of one day apart"),
        "stands": ("plain", "nobody answers twice for one act"),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "conduct", "act_date", "instance"],
                condition=Q(stands=True),
                name="allegation_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=models.F("act_date")), name="allegation_span"
            ),
        ]


class EarlierWording(CasePart):
    """What an allegation said before an officer said it anew; `words` hold its description. Only ever added to."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="earlier")
    conduct = models.CharField(_("perbuatan"), max_length=40)
    act_date = models.DateField(_("tanggal perbuatan"))
    until = models.DateField(_("sampai tanggal"), null=True)
    facts = models.JSONField(_("fakta"), default=dict)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_on = models.DateField(_("diganti"))

    SAID = ("conduct", "act_date", "until", "facts")  # as the allegation did
    LOGGED = (*CasePart.PART, "allegation", *SAID, "replaced_by", "replaced_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "allegation": OPAQUE,
        **{name: Allegation.FIELD_CLASSES[name] for name in SAID},
        "replaced_by": OFFICER,
        "replaced_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class Assessment(CasePart):
    """What the law was found to say, as it was said on that day. Never changed, never computed again.

    `words` hold the reason of an officer who departed from the answer.
    """

    round = models.PositiveSmallIntegerField()
    facts = models.TextField()
    answer = models.TextField()
    corpus = models.CharField(max_length=64)
    accepted = models.BooleanField(_("jawaban diterima"))
    track = models.CharField(_("jalur"), max_length=20, choices=Track)
    level = models.CharField(_("tingkat"), max_length=20, choices=Level)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_on = models.DateField()

    LOGGED = (
        *CasePart.PART,
        "round",
        "facts",
        "answer",
        "corpus",
        "accepted",
        "track",
        "level",
        "author",
        "made_on",
    )
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "facts": ("plain", "codes and days put to the law; no name, place or words"),
        "answer": ("plain", "the law's answer: codes, days and articles"),
        "corpus": ("plain", "hash of the law as data"),
        "accepted": ("plain", "whether the officer followed the answer"),
        "track": LAW_CODE,
        "level": LAW_CODE,
        "author": OFFICER,
        "made_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class ExaminationTeam(CasePart):
    """Who examines in one round: the direct superior alone, a team by decree, or an ethics panel.

    `words` hold who formed it.
    """

    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("bentuk"), max_length=10, choices=TeamKind)
    decree_number = models.CharField(_("nomor keputusan"), max_length=60, blank=True, default="")
    decree_day = models.DateField(_("tanggal keputusan"), null=True)
    appointed_on = models.DateField()

    LOGGED = (*CasePart.PART, "round", "kind", "decree_number", "decree_day", "appointed_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "kind": ("plain", "what a decision may rest on"),
        "decree_number": ("plain", "number of an administrative act"),
        "decree_day": DAY_ONLY,
        "appointed_on": DAY_ONLY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="team_once_a_round"),
            models.CheckConstraint(
                condition=Q(kind=TeamKind.SUPERIOR) | ~Q(decree_number="") & Q(decree_day__isnull=False),
                name="team_by_decree",
            ),
        ]


class TeamMember(CasePart):
    """One who examines, by the roster or from elsewhere; `words` hold who it is as on the day of appointment."""

    team = models.ForeignKey(ExaminationTeam, on_delete=models.PROTECT, related_name="members")
    official = models.ForeignKey(Official, null=True, on_delete=models.PROTECT, related_name="+")
    element = models.CharField(_("unsur"), max_length=20, choices=Element, blank=True, default="")
    chair = models.BooleanField(_("ketua"), default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    LOGGED = (*CasePart.PART, "team", "official", "element", "chair", "joined_on", "left_on")
    FROZEN = (*CasePart.PART, "team", "official", "element", "chair", "joined_on")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "team": OPAQUE,
        "official": ("plain", "who examines must be nobody's subordinate in the case; read by right only"),
        "element": ("plain", "what a decision may rest on"),
        "chair": ("plain", "who signs"),
        "joined_on": DAY_ONLY,
        "left_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(chair=True, left_on=None), name="team_one_chair"
            ),
            models.UniqueConstraint(
                fields=["team", "official"], condition=Q(left_on=None), name="team_member_once"
            ),
        ]


class Summons(CasePart):
    """The first or second call of a round; `words` hold hour and place. `attendance` is empty until the day came.

    Postponed, it bears the days of its newest letter.
    """

    round = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(_("panggilan ke-"))
    letter_day = models.DateField(_("tanggal surat"))
    hearing_day = models.DateField(_("hari pemeriksaan"))
    attendance = models.CharField(_("kehadiran"), max_length=20, choices=Attendance, blank=True, default="")

    LOGGED = (*CasePart.PART, "round", "ordinal", "letter_day", "hearing_day", "attendance")
    FROZEN = ("case", "object_id", "round", "ordinal")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "ordinal": ("plain", "first or second call"),
        "letter_day": DAY_ONLY,
        "hearing_day": DAY_ONLY,
        "attendance": ("plain", "a second absence allows a decision without a hearing"),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "ordinal"], name="summons_once"),
            models.CheckConstraint(condition=Q(ordinal__in=[1, 2]), name="summons_twice_at_most"),
            models.CheckConstraint(
                condition=Q(hearing_day__gte=models.F("letter_day")), name="summons_before_hearing"
            ),
        ]


class Absence(CasePart):
    """That he did not come to a hearing he was called for; `words` hold what shows that he knew, and his reason.

    One recorded wrongly is withdrawn, and stays.
    """

    summons = models.ForeignKey(Summons, on_delete=models.PROTECT, related_name="absences")
    received_on = models.DateField(_("panggilan diterima"))
    way = models.CharField(_("cara diterima"), max_length=12, choices=Notice)
    excuse = models.CharField(_("kabar terlapor"), max_length=12, choices=Excuse)
    recorded_on = models.DateField()
    withdrawn_on = models.DateField(_("dicabut"), null=True)

    LOGGED = (*CasePart.PART, "summons", "received_on", "way", "excuse", "recorded_on", "withdrawn_on")
    FROZEN = (*CasePart.PART, "summons", "received_on", "way", "excuse", "recorded_on")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "summons": OPAQUE,
        "received_on": DAY_ONLY,
        "way": ("plain", "how a summons arrived"),
        "excuse": ("plain", "whether a reason was given"),
        "recorded_on": DAY_ONLY,
        "withdrawn_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["summons"], condition=Q(withdrawn_on=None), name="absence_once_a_summons"
            ),
        ]


class ExaminationMinutes(CasePart):
    """*Berita acara*: `words` hold questions, answers and what the respondent said for himself.

    `signing` is empty until the paper is signed, or he refused.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("hari pemeriksaan"))
    signing = models.CharField(_("tanda tangan"), max_length=20, choices=Signing, blank=True, default="")

    LOGGED = (*CasePart.PART, "round", "day", "signing")
    FROZEN = (*CasePart.PART, "round", "day")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "signing": ("plain", "signed, refused, or not yet asked"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="minutes_once_a_round")]


class ExaminationReport(CasePart):
    """*Laporan hasil pemeriksaan*; the newest of a round counts. `proven` tells by object id of the allegations.

    `words` hold what aggravates, what mitigates, the impact and the reasoning.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("tanggal laporan"))
    proven = models.JSONField(default=dict)
    level = models.CharField(_("tingkat yang disarankan"), max_length=20, choices=Level, blank=True)
    sanctions = models.JSONField(_("jenis yang disarankan"), default=list)

    LOGGED = (*CasePart.PART, "round", "day", "proven", "level", "sanctions")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "proven": ("plain", "proven or not, by opaque key of an act"),
        "level": LAW_CODE,
        "sanctions": LAW_CODE,
    }

    class Meta:
        ordering = ["id"]

    @property
    def any_proven(self) -> bool:
        return any(self.proven.values())


class Decision(CasePart):
    """What was decided about the respondent, once. `words` hold the reason and the office of who signed.

    It rests on the minutes of the last round, or on the summons to which he was absent for the second time.
    """

    round = models.PositiveSmallIntegerField()
    day = models.DateField(_("tanggal keputusan"))
    outcome = models.CharField(_("hasil"), max_length=20, choices=[(o.value, o.label) for o in DECIDED])
    sanction = models.CharField(_("jenis sanksi"), max_length=60, blank=True, default="")
    level = models.CharField(_("tingkat"), max_length=20, choices=Level, blank=True, default="")
    authority = models.CharField(_("kewenangan"), max_length=40)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    minutes = models.ForeignKey(ExaminationMinutes, null=True, on_delete=models.PROTECT, related_name="+")
    absence = models.ForeignKey(Summons, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(ExaminationTeam, on_delete=models.PROTECT, related_name="+")
    team_kind = models.CharField(max_length=10, choices=TeamKind)

    LOGGED = (
        *CasePart.PART,
        "round",
        "day",
        "outcome",
        "sanction",
        "level",
        "authority",
        "decider",
        "minutes",
        "absence",
        "team",
        "team_kind",
    )
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "round": ROUND,
        "day": DAY_ONLY,
        "outcome": ("plain", "statistics"),
        "sanction": LAW_CODE,
        "level": LAW_CODE,
        "authority": LAW_CODE,
        "decider": OFFICER,
        "minutes": OPAQUE,
        "absence": OPAQUE,
        "team": OPAQUE,
        "team_kind": ("plain", "a heavy sanction rests on a team"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False, absence=None) | Q(minutes=None, absence__isnull=False),
                name="decision_heard_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NOT_PROVEN, sanction="", level="")
                | ~Q(outcome=Outcome.NOT_PROVEN) & ~Q(sanction="") & ~Q(level=""),
                name="decision_sanction_if_proven",
            ),
            models.CheckConstraint(
                condition=~Q(level__in=BY_TEAM_ONLY)
                | Q(team_kind=TeamKind.TEAM)
                | Q(outcome=Outcome.DISMISSAL),
                name="decision_heavy_by_team",
            ),
        ]


class CrimeReferral(CasePart):
    """What may be a crime, passed to who receives crimes while the case goes on here; `words` hold why.

    It is open until it has its answer.
    """

    to = models.CharField(_("diteruskan kepada"), max_length=40)
    day = models.DateField(_("tanggal penerusan"))

    LOGGED = (*CasePart.PART, "to", "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "to": ("plain", "code of an institution"),
        "day": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]


class CrimeAnswer(CasePart):
    """What came of a crime that was referred, as its receiver answered; `words` hold the answer."""

    referral = models.OneToOneField(CrimeReferral, on_delete=models.PROTECT, related_name="answer")
    day = models.DateField(_("tanggal jawaban"))

    LOGGED = (*CasePart.PART, "referral", "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {**CasePart.PART_CLASSES, "referral": OPAQUE, "day": DAY_ONLY}


class Delivery(CasePart):
    """When and how the decision reached the respondent, when it takes effect; `words` hold to whom it was handed."""

    day = models.DateField(_("diterima"))
    way = models.CharField(_("cara"), max_length=12, choices=Receipt)
    effective_on = models.DateField(_("mulai berlaku"), null=True)

    LOGGED = (*CasePart.PART, "day", "way", "effective_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "day": DAY_ONLY,
        "way": ("plain", "how it was delivered"),
        "effective_on": DAY_ONLY,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="delivery_once")]


class CarryingOut(CasePart):
    """That a moral sanction was stated, in private or in public as decided; `words` hold where, by whom and how."""

    day = models.DateField(_("dilaksanakan"))

    LOGGED = (*CasePart.PART, "day")
    FROZEN = LOGGED
    FIELD_CLASSES = {**CasePart.PART_CLASSES, "day": DAY_ONLY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="carrying_out_once")]


class Objection(CasePart):
    """The respondent's remedy against the decision, and what became of it; `words` hold what he holds against it."""

    kind = models.CharField(_("jenis upaya"), max_length=12, choices=Remedy)
    filed_on = models.DateField(_("diajukan"))
    late = models.BooleanField(_("lewat waktu"), default=False)
    result = models.CharField(_("hasil"), max_length=20, choices=RemedyResult, blank=True, default="")
    resolved_on = models.DateField(_("diputus"), null=True)

    LOGGED = (*CasePart.PART, "kind", "filed_on", "late", "result", "resolved_on")
    FROZEN = (*CasePart.PART, "kind", "filed_on", "late")
    FIELD_CLASSES = {
        **CasePart.PART_CLASSES,
        "kind": ("plain", "kind of remedy"),
        "filed_on": DAY_ONLY,
        "late": ("plain", "whether it was filed in time"),
        "result": ("plain", "statistics"),
        "resolved_on": DAY_ONLY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="objection_once"),
            models.CheckConstraint(
                condition=Q(result="", resolved_on=None) | ~Q(result="") & Q(resolved_on__isnull=False),
                name="objection_resolved_on_a_day",
            ),
        ]


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


class LawConfirmation(LoggedModel):
    """What an agency holds the law to say where the corpus leaves it open; the newest of a code counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Confirmed)
    code = models.CharField(max_length=80)
    reading = models.CharField(max_length=40, blank=True, default="")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    confirmed_on = models.DateField()

    LOGGED = ("agency", "kind", "code", "reading", "confirmed_by", "confirmed_on")
    FROZEN = LOGGED
    FIELD_CLASSES = {
        "id": OPAQUE,
        "agency": ("plain", "routing"),
        "kind": LAW_CODE,
        "code": LAW_CODE,
        "reading": LAW_CODE,
        "confirmed_by": OFFICER,
        "confirmed_on": DAY_ONLY,
    }

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agency", "kind", "code"], name="confirmation_code")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code} {self.reading}"


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
