"""What is chosen from a list in a case. The law's own words stay Indonesian; those of `lawbook` keep its codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Track(models.TextChoices):
    """The road a case takes, as `lawbook` names it."""

    ETHICS = "kode_etik", _("Kode etik")
    DISCIPLINE = "disiplin", _("Disiplin")
    DISMISSAL = "pemberhentian", _("Pemberhentian")


class Level(models.TextChoices):
    """How heavy a breach or a sanction is, as `lawbook` names it."""

    MORAL = "moral", _("moral")
    LIGHT = "ringan", _("ringan")
    MEDIUM = "sedang", _("sedang")
    HEAVY = "berat", _("berat")
    WITHOUT_HONOUR = "ptdh", _("pemberhentian tidak dengan hormat")
    UNDETERMINED = "undetermined", _("belum dapat ditentukan")


# No sanction of these levels without a team by decree from before the hearing.
BY_TEAM_ONLY = (Level.HEAVY, Level.WITHOUT_HONOUR)


class Outcome(models.TextChoices):
    """How a case ended. Only the first four are decisions about the respondent."""

    NOT_PROVEN = "tidak_terbukti", _("Tidak terbukti")
    MORAL = "sanksi_moral", _("Sanksi moral")
    DISCIPLINE = "hukuman_disiplin", _("Hukuman disiplin")
    DISMISSAL = "pemberhentian", _("Pemberhentian")
    REFERRED = "diteruskan", _("Diteruskan")
    STOPPED = "dihentikan", _("Dihentikan")


SANCTION_OUTCOME = {
    Track.ETHICS: Outcome.MORAL,
    Track.DISCIPLINE: Outcome.DISCIPLINE,
    Track.DISMISSAL: Outcome.DISMISSAL,
}
DECIDED = (Outcome.NOT_PROVEN, *SANCTION_OUTCOME.values())
UNDECIDED = (Outcome.REFERRED, Outcome.STOPPED)
SANCTIONED = (Outcome.MORAL, Outcome.DISCIPLINE, Outcome.DISMISSAL)


class StopGround(models.TextChoices):
    NO_BREACH = "bukan_pelanggaran", _("perbuatan bukan pelanggaran")
    NOT_CIVIL_SERVANT = "bukan_asn", _("terlapor bukan pegawai ASN")
    LEFT_SERVICE = "berhenti", _("terlapor tidak lagi menjadi pegawai")
    DIED = "meninggal", _("terlapor meninggal dunia")
    DECIDED_BEFORE = "sudah_diputus", _("perbuatan yang sama sudah diputus")
    WRONG_PERSON = "salah_orang", _("terlapor keliru dikenali")


class TeamKind(models.TextChoices):
    SUPERIOR = "atasan", _("Atasan langsung")
    TEAM = "tim", _("Tim pemeriksa")
    PANEL = "majelis", _("Majelis kode etik")


class Element(models.TextChoices):
    """What a member of an examination team stands for."""

    SUPERIOR = "atasan_langsung", _("atasan langsung")
    SUPERVISION = "pengawasan", _("unsur pengawasan")
    PERSONNEL = "kepegawaian", _("unsur kepegawaian")
    OTHER = "lain", _("pejabat lain")


class Attendance(models.TextChoices):
    CAME = "hadir", _("hadir")
    ABSENT = "tidak_hadir", _("tidak hadir")


class Notice(models.TextChoices):
    """How a summons reached the respondent."""

    HANDED = "diserahkan", _("diserahkan langsung kepada terlapor")
    LEFT = "orang_lain", _("diterima orang lain di rumah atau kantornya")
    SENT = "dikirim", _("dikirim ke alamatnya dengan tanda terima")
    ELECTRONIC = "elektronik", _("dikirim secara elektronik")


class Excuse(models.TextChoices):
    """What one who did not come let be known; with a valid reason he is not absent, and another day is set."""

    NONE = "tanpa_kabar", _("tidak memberi kabar")
    REJECTED = "tidak_sah", _("memberi alasan yang dinilai tidak sah")
    VALID = "sah", _("memberi alasan yang sah")


class Signing(models.TextChoices):
    SIGNED = "ditandatangani", _("ditandatangani terlapor")
    REFUSED = "ditolak", _("terlapor menolak menandatangani")


class Receipt(models.TextChoices):
    """How a decision reached its person."""

    HANDED = "diserahkan", _("diserahkan langsung")
    SENT = "dikirim", _("dikirim ke alamat")


class Remedy(models.TextChoices):
    OBJECTION = "keberatan", _("Keberatan")
    APPEAL = "banding", _("Banding administratif")


class RemedyResult(models.TextChoices):
    UPHELD = "dikuatkan", _("keputusan dikuatkan")
    LIGHTENED = "diringankan", _("hukuman diringankan")
    AGGRAVATED = "diperberat", _("hukuman diperberat")
    CHANGED = "diubah", _("keputusan diubah")
    ANNULLED = "dibatalkan", _("keputusan dibatalkan")
    NOT_ACCEPTED = "tidak_diterima", _("upaya tidak diterima")


class Confirmed(models.TextChoices):
    """What an agency confirms: how it reads a clock, that an article is as the corpus says."""

    CLOCK = "tenggat", _("bacaan tenggat")
    ARTICLE = "pasal", _("pasal")
