"""Who may do what: roles and their rights as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    INTAKE_OFFICER = "petugas", _("Petugas penerima")
    EXAMINER = "pemeriksa", _("Pemeriksa")
    COORDINATOR = "koordinator", _("Koordinator tim")
    LEADER = "pimpinan", _("Pimpinan")
    AUDITOR = "pengawas", _("Pengawas register")


class Right(models.TextChoices):
    REPORTS_VIEW = "reports.view", _("melihat laporan")
    REPORTS_ENTER = "reports.enter", _("mencatat laporan")
    REPORTS_STUDY = "reports.study", _("membuat kajian awal dan bertanya kepada pelapor")
    REPORTS_ASSIGN = "reports.assign", _("menugaskan petugas")
    REPORTS_CLOSE = "reports.close", _("menutup, membuka kembali, dan menggabung laporan")
    CASES_VIEW = "cases.view", _("melihat perkara")
    CASES_OPEN = "cases.open", _("membuka dan menilai perkara")
    CASES_EXAMINE = "cases.examine", _("memeriksa perkara dan melaksanakan keputusan")
    CASES_ASSIGN = "cases.assign", _("menugaskan pemegang perkara")
    CASES_DECIDE = "cases.decide", _("memutus perkara")
    ROSTER_VIEW = "roster.view", _("melihat data pegawai")
    ROSTER_IMPORT = "roster.import", _("mengimpor data pegawai")
    STATISTICS_VIEW = "statistics.view", _("melihat statistik")
    LOG_VIEW = "log.view", _("memeriksa register")
    USERS_MANAGE = "users.manage", _("mengelola pengguna")
    AGENCY_MANAGE = "agency.manage", _("mengatur instansi")


_ALL_STAFF = {Right.STATISTICS_VIEW, Right.LOG_VIEW}
_READERS = _ALL_STAFF | {Right.REPORTS_VIEW, Right.ROSTER_VIEW}
_EXAMINERS = {Right.CASES_VIEW, Right.CASES_OPEN, Right.CASES_EXAMINE}

# An administrator keeps accounts and keys in order and reads no report; who receives reports sees no case; who decides
# a case does not examine it.
ROLE_RIGHTS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(
        _ALL_STAFF | {Right.USERS_MANAGE, Right.AGENCY_MANAGE, Right.ROSTER_VIEW, Right.ROSTER_IMPORT}
    ),
    Role.INTAKE_OFFICER: frozenset(_READERS | {Right.REPORTS_ENTER, Right.REPORTS_STUDY}),
    Role.EXAMINER: frozenset(
        _READERS | _EXAMINERS | {Right.REPORTS_ENTER, Right.REPORTS_STUDY, Right.REPORTS_CLOSE}
    ),
    Role.COORDINATOR: frozenset(
        _READERS
        | _EXAMINERS
        | {
            Right.CASES_ASSIGN,
            Right.REPORTS_ENTER,
            Right.REPORTS_STUDY,
            Right.REPORTS_ASSIGN,
            Right.REPORTS_CLOSE,
            Right.ROSTER_IMPORT,
        }
    ),
    Role.LEADER: frozenset(_READERS | {Right.CASES_VIEW, Right.CASES_DECIDE}),
    Role.AUDITOR: frozenset(_ALL_STAFF),
}


def has_right(role: str, right: str) -> bool:
    return right in ROLE_RIGHTS.get(role, frozenset())
