"""Units, positions and officials of an agency, and the imports that bring them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.accounts.models import Agency
from netral.audit.models import LoggedModel

PLAIN_ROSTER = ("plain", "the agency's own personnel list; read by right only")
PLAIN_STAGED = ("plain", "the same personnel list before it is confirmed; deleted once applied")
PLAIN_IMPORT = ("plain", "counts, dates and hashes of an administrative act")


class Employment(models.TextChoices):
    PNS = "pns", _("PNS")
    CPNS = "cpns", _("CPNS")
    PPPK = "pppk", _("PPPK")
    NON_ASN = "non_asn", _("Non-ASN")


class Level(models.TextChoices):
    JPT_UTAMA = "jpt_utama", _("JPT Utama")
    JPT_MADYA = "jpt_madya", _("JPT Madya")
    JPT_PRATAMA = "jpt_pratama", _("JPT Pratama")
    ADMINISTRATOR = "administrator", _("Administrator")
    PENGAWAS = "pengawas", _("Pengawas")
    PELAKSANA = "pelaksana", _("Pelaksana")
    JF_AHLI_UTAMA = "jf_ahli_utama", _("JF Ahli Utama")
    JF_AHLI_MADYA = "jf_ahli_madya", _("JF Ahli Madya")
    JF_AHLI_MUDA = "jf_ahli_muda", _("JF Ahli Muda")
    JF_AHLI_PERTAMA = "jf_ahli_pertama", _("JF Ahli Pertama")
    JF_KETERAMPILAN = "jf_keterampilan", _("JF Keterampilan")


class OfficeRole(models.TextChoices):
    """Offices for which the law or a supervision plan has rules of their own."""

    CAMAT = "camat", _("Camat")
    LURAH = "lurah", _("Lurah")
    KEPALA_SEKOLAH = "kepala_sekolah", _("Kepala sekolah")
    KEPALA_PUSKESMAS = "kepala_puskesmas", _("Kepala puskesmas")
    SEKDA = "sekda", _("Sekretaris daerah")
    SEKRETARIS_DESA = "sekretaris_desa", _("Sekretaris desa")
    GURU = "guru", _("Guru")
    BUPATI = "bupati", _("Bupati")
    WALI_KOTA = "wali_kota", _("Wali kota")
    GUBERNUR = "gubernur", _("Gubernur")
    PJ = "pj", _("Penjabat")
    PLT = "plt", _("Pelaksana tugas")
    PJS = "pjs", _("Penjabat sementara")
    PPK = "ppk", _("Pejabat pembina kepegawaian")


class WorkUnit(models.Model):
    """A unit in the agency's tree. `path` lists the ids from the root down to the unit itself: `/1/4/`."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="units", verbose_name=_("instansi")
    )
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=160)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("induk"),
    )
    path = models.CharField(max_length=200, default="/")
    head = models.ForeignKey(
        "roster.Official",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="heads",
        verbose_name=_("kepala"),
    )
    since = models.PositiveIntegerField(_("sejak impor ke-"), default=0)

    FIELD_CLASSES = dict.fromkeys(
        ("id", "agency", "code", "name", "parent", "path", "head", "since"), PLAIN_ROSTER
    )

    class Meta:
        verbose_name = _("unit kerja")
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="unit_code_per_agency")]

    def __str__(self) -> str:
        return self.name

    @property
    def path_ids(self) -> list[int]:
        """Ids from the root down to this unit."""
        return [int(part) for part in self.path.strip("/").split("/") if part]


class Position(models.Model):
    """A post in a unit; `level` decides who is competent to punish its holder."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="positions", verbose_name=_("instansi")
    )
    code = models.CharField(_("kode"), max_length=40, blank=True, default="")
    title = models.CharField(_("nama jabatan"), max_length=160)
    unit = models.ForeignKey(
        WorkUnit, on_delete=models.PROTECT, related_name="positions", verbose_name=_("unit kerja")
    )
    level = models.CharField(_("tingkat"), max_length=20, choices=Level, blank=True, default="")

    FIELD_CLASSES = dict.fromkeys(("id", "agency", "code", "title", "unit", "level"), PLAIN_ROSTER)

    class Meta:
        verbose_name = _("jabatan")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "level"], name="position_once_per_unit")
        ]

    def __str__(self) -> str:
        return self.title


class Official(models.Model):
    """A person in the agency's service. The row stays the same person through every import.

    A row is visible once import number `since` exists (`selectors.officials`); before that it belongs
    to an import under way.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="officials", verbose_name=_("instansi")
    )
    nip = models.CharField(_("NIP"), max_length=18)
    name = models.CharField(_("nama"), max_length=120)
    titles_front = models.CharField(_("gelar depan"), max_length=60, blank=True, default="")
    titles_back = models.CharField(_("gelar belakang"), max_length=80, blank=True, default="")
    employment = models.CharField(_("status"), max_length=8, choices=Employment)
    position = models.ForeignKey(
        Position,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holders",
        verbose_name=_("jabatan"),
    )
    unit = models.ForeignKey(
        WorkUnit, on_delete=models.PROTECT, related_name="officials", verbose_name=_("unit kerja")
    )
    roles = models.JSONField(_("peran"), default=list, blank=True)
    active = models.BooleanField(_("aktif"), default=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="official",
        verbose_name=_("akun"),
    )
    search_text = models.CharField(max_length=300, default="")
    since = models.PositiveIntegerField(_("sejak impor ke-"), default=0)

    FIELD_CLASSES = dict.fromkeys(
        (
            "id",
            "agency",
            "nip",
            "name",
            "titles_front",
            "titles_back",
            "employment",
            "position",
            "unit",
            "roles",
            "active",
            "account",
            "search_text",
            "since",
        ),
        PLAIN_ROSTER,
    )

    class Meta:
        verbose_name = _("pegawai")
        constraints = [models.UniqueConstraint(fields=["agency", "nip"], name="nip_per_agency")]
        indexes = [models.Index(fields=["agency", "name", "id"], name="official_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its degrees, as on letters."""
        front = f"{self.titles_front} " if self.titles_front else ""
        back = f", {self.titles_back}" if self.titles_back else ""
        return f"{front}{self.name}{back}"


class RosterUpload(models.Model):
    """A file that was read and compared, waiting to be confirmed. Nothing of it is in the roster yet.

    `base` is the generation it was compared with; another import in between makes the comparison stale.
    """

    class State(models.TextChoices):
        READING = "membaca", _("sedang dibaca")
        READY = "siap", _("menunggu konfirmasi")
        APPLYING = "diterapkan", _("sedang diterapkan")
        APPLIED = "selesai", _("selesai")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    base = models.PositiveIntegerField()
    file_name = models.CharField(_("nama berkas"), max_length=120)
    file_digest = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    units = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    error_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    retire_missing = models.BooleanField(default=False)

    FIELD_CLASSES = dict.fromkeys(
        (
            "id",
            "agency",
            "state",
            "base",
            "file_name",
            "file_digest",
            "uploaded_by",
            "uploaded_at",
            "units",
            "errors",
            "error_count",
            "counts",
            "retire_missing",
        ),
        PLAIN_STAGED,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(state="diterapkan"), name="one_import_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterUploadRow(models.Model):
    """One official of an upload, as the roster would hold it (`rows.Entry`)."""

    class Change(models.TextChoices):
        NEW = "baru", _("baru")
        CHANGED = "berubah", _("berubah")
        SAME = "tetap", _("tetap")

    upload = models.ForeignKey(RosterUpload, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    nip = models.CharField(max_length=18)
    change = models.CharField(max_length=8, choices=Change)
    values = models.JSONField()
    done = models.BooleanField(default=False)

    FIELD_CLASSES = dict.fromkeys(("id", "upload", "line", "nip", "change", "values", "done"), PLAIN_STAGED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "nip"], name="nip_once_per_upload")]
        indexes = [models.Index(fields=["upload", "change", "done", "id"], name="upload_pending")]

    def __str__(self) -> str:
        return f"{self.line}: {self.nip}"


class RosterImport(LoggedModel):
    """An applied import. Its insertion is what makes generation `number` visible.

    `roster_digest` is the SHA-256 of the agency's whole roster afterwards, so that an official edited behind
    the log's back shows.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="roster_imports")
    number = models.PositiveIntegerField(_("impor ke-"))
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("oleh"))
    file_digest = models.CharField(_("SHA-256 berkas"), max_length=64)
    roster_digest = models.CharField(_("SHA-256 data pegawai"), max_length=64)
    added = models.PositiveIntegerField(_("baru"))
    changed = models.PositiveIntegerField(_("berubah"))
    unchanged = models.PositiveIntegerField(_("tetap"))
    retired = models.PositiveIntegerField(_("dinonaktifkan"))

    LOGGED = (
        "agency",
        "number",
        "at",
        "by",
        "file_digest",
        "roster_digest",
        "added",
        "changed",
        "unchanged",
        "retired",
    )
    FROZEN = LOGGED
    FIELD_CLASSES = dict.fromkeys(("id", *LOGGED), PLAIN_IMPORT)

    class Meta:
        verbose_name = _("impor data pegawai")
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="import_number_per_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.number}"
