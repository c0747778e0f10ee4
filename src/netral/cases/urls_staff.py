"""Cases on the officers' site, below `/perkara/`."""

from django.urls import path

from . import views_staff as views
from . import views_staff_law as law
from . import views_staff_road as road

app_name = "cases"
urlpatterns = [
    path("tenggat/", law.confirmations, name="confirmations"),
    path("tenggat/ikuti/", law.confirm, name="confirm"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/fakta/", views.facts, name="facts"),
    path("<str:number>/dugaan/", views.add_allegation, name="add_allegation"),
    path("<str:number>/dugaan/<int:pk>/", views.amend_allegation, name="amend_allegation"),
    path("<str:number>/nilai/", views.accept, name="assess"),
    path("<str:number>/nilai-berbeda/", views.depart, name="depart"),
    path("<str:number>/ambil/", views.take, name="take"),
    path("<str:number>/pemegang/", views.assign, name="assign"),
    path("<str:number>/tanggapan/", views.reply, name="reply"),
    path("<str:number>/berkas/", views.add_files, name="add_files"),
    path("<str:number>/berkas/<int:pk>/<int:page>/", views.file_page, name="file_page"),
    path("<str:number>/surat/<int:pk>/", views.letter, name="letter"),
    path("<str:number>/surat/<int:pk>/pindaian/", views.attach_scan, name="attach_scan"),
    path("<str:number>/surat/<int:pk>/ganti/", views.replace_letter, name="replace_letter"),
    path("<str:number>/surat/<int:pk>/ganti-keputusan/", views.replace_decree, name="replace_decree"),
    path("<str:number>/pemeriksa/", road.appoint, name="appoint"),
    path("<str:number>/pemeriksa/<int:pk>/", road.replace_examiner, name="replace_examiner"),
    path("<str:number>/panggilan-1/", road.summon, name="summon"),
    path("<str:number>/panggilan-2/", road.summon_again, name="summon_again"),
    path("<str:number>/tunda/", road.postpone, name="postpone"),
    path("<str:number>/tidak-hadir/", road.absent, name="absent"),
    path("<str:number>/tidak-hadir-lagi/", road.absent_again, name="absent_again"),
    path("<str:number>/tidak-hadir/cabut/", road.withdraw_absence, name="withdraw_absence"),
    path("<str:number>/tidak-hadir-lagi/cabut/", road.withdraw_absence_again, name="withdraw_absence_again"),
    path("<str:number>/pemeriksaan/", road.hear, name="hear"),
    path("<str:number>/tanda-tangan/", road.sign_minutes, name="sign_minutes"),
    path("<str:number>/lhp/", road.report, name="report"),
    path("<str:number>/putusan/", road.decide, name="decide"),
    path("<str:number>/kembalikan/", road.return_report, name="return_report"),
    path("<str:number>/periksa-ulang/", road.reexamine, name="reexamine"),
    path("<str:number>/nilai-ulang/", road.reassess, name="reassess"),
    path("<str:number>/teruskan/", road.refer, name="refer"),
    path("<str:number>/teruskan-pidana/", road.refer_crime, name="refer_crime"),
    path("<str:number>/teruskan-pidana/<int:pk>/", road.answer_crime, name="answer_crime"),
    path("<str:number>/hentikan/", road.stop, name="stop"),
    path("<str:number>/buka-kembali/", road.reopen, name="reopen"),
    path("<str:number>/panggilan-keputusan/", road.summon_decision, name="summon_decision"),
    path("<str:number>/penyampaian/", road.deliver, name="deliver"),
    path("<str:number>/penyampaian-akhir/", road.deliver_final, name="deliver_final"),
    path("<str:number>/penyampaian-moral/", road.deliver_moral, name="deliver_moral"),
    path("<str:number>/pelaksanaan/", road.sanction_carried_out, name="carry_out"),
    path("<str:number>/upaya/", road.object_to, name="object"),
    path("<str:number>/hasil-upaya/", road.resolve, name="resolve"),
    path("<str:number>/tutup/", views.close, name="close"),
]
