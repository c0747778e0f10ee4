"""What happens to a report, by the codes under which the log knows it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# One sentence per code, as an officer reads it in a report's history.
ACTIONS: dict[str, str | Promise] = {
    "intake.report.received": _("Laporan diterima dan dicatat"),
    "intake.message.received": _("Pelapor mengirim pesan"),
    "intake.message.read": _("Pesan pelapor ditandai sudah dibaca"),
    "intake.message.sent": _("Petugas mengirim pesan kepada pelapor"),
    "intake.contact.opened": _("Data kontak pelapor dibuka oleh dua pemegang kunci"),
    "intake.report.start_study": _("Kajian awal dimulai"),
    "intake.report.ask_reporter": _("Pelapor diminta melengkapi"),
    "intake.report.resume_study": _("Kajian awal dilanjutkan"),
    "intake.report.complete_study": _("Kajian awal selesai: laporan lengkap"),
    "intake.report.open_case": _("Perkara dibuka dari laporan"),
    "intake.report.close": _("Laporan ditutup"),
    "intake.report.merge": _("Laporan digabung"),
    "intake.report.reopen": _("Laporan dibuka kembali"),
    "intake.report.assigned": _("Pemegang ditetapkan"),
    "intake.study.saved": _("Kajian awal disimpan"),
    "intake.respondent.named": _("Terlapor ditetapkan dari data pegawai"),
    "intake.respondent.withdrawn": _("Penetapan terlapor dicabut"),
    "intake.report.kind_changed": _("Jenis laporan diubah"),
    "intake.file.added": _("Berkas ditambahkan petugas"),
}
