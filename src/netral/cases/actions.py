"""What happens to a case, by the codes under which the log knows it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# One sentence per code, as an officer reads it in a case's history.
ACTIONS: dict[str, str | Promise] = {
    "cases.case.open": _("Perkara dibuka"),
    "cases.case.assess": _("Perkara dinilai menurut hukum"),
    "cases.case.appoint": _("Pemeriksa ditetapkan"),
    "cases.case.summon": _("Terlapor dipanggil"),
    "cases.case.postpone": _("Pemeriksaan ditunda"),
    "cases.case.absent": _("Terlapor tidak hadir"),
    "cases.case.withdraw_absence": _("Catatan ketidakhadiran yang keliru dicabut"),
    "cases.case.summon_again": _("Terlapor dipanggil untuk kedua kali"),
    "cases.case.absent_again": _("Terlapor tidak hadir untuk kedua kali"),
    "cases.case.withdraw_absence_again": _("Catatan ketidakhadiran kedua yang keliru dicabut"),
    "cases.case.hear": _("Terlapor diperiksa"),
    "cases.case.sign_minutes": _("Tanda tangan berita acara dicatat"),
    "cases.case.report": _("Laporan hasil pemeriksaan disampaikan"),
    "cases.case.return_report": _("Laporan hasil pemeriksaan dikembalikan"),
    "cases.case.reexamine": _("Pemeriksaan diulang"),
    "cases.case.reassess": _("Penilaian diulang"),
    "cases.case.decide": _("Perkara diputus"),
    "cases.case.refer": _("Perkara diteruskan"),
    "cases.case.stop": _("Perkara dihentikan"),
    "cases.case.deliver": _("Keputusan diterima terlapor"),
    "cases.case.deliver_moral": _("Keputusan sanksi moral diterima terlapor"),
    "cases.case.carry_out": _("Sanksi moral dilaksanakan; perkara selesai"),
    "cases.case.deliver_final": _("Keputusan disampaikan; perkara selesai"),
    "cases.case.object": _("Terlapor mengajukan upaya administratif"),
    "cases.case.resolve": _("Upaya administratif diputus"),
    "cases.case.resume": _("Upaya administratif diputus; sanksi moral tetap dilaksanakan"),
    "cases.case.close": _("Keputusan berlaku; perkara selesai"),
    "cases.case.reopen": _("Perkara dibuka kembali"),
    "cases.case.take": _("Pemegang ditetapkan"),
    "cases.case.assign": _("Pemegang ditetapkan"),
    "cases.case.state_facts": _("Fakta tentang terlapor dilengkapi"),
    "cases.case.add_allegation": _("Dugaan perbuatan ditambahkan"),
    "cases.case.amend_allegation": _("Dugaan perbuatan diperbaiki"),
    "cases.case.replace_examiner": _("Pemeriksa diganti"),
    "cases.case.reply": _("Tanggapan tertulis terlapor dicatat"),
    "cases.case.refer_crime": _("Dugaan pidana diteruskan"),
    "cases.case.answer_crime": _("Jawaban atas penerusan dugaan pidana dicatat"),
    "cases.case.add_file": _("Berkas ditambahkan"),
    "cases.case.summon_decision": _("Terlapor dipanggil untuk menerima keputusan"),
    "cases.case.attach_scan": _("Pindaian surat bertanda tangan ditambahkan"),
    "cases.case.replace_letter": _("Surat dicabut dan diganti"),
    "cases.case.replace_decree": _("Surat dicabut dan diganti"),
    "cases.law.confirmed": _("Bacaan hukum ditetapkan instansi"),
}
