"""Reports on the officers' site, below `/laporan/`."""

from django.urls import path

from . import views_staff as views
from . import views_staff_entry as entry
from . import views_staff_parties as parties

app_name = "reports"
urlpatterns = [
    path("baru/", entry.enter, name="enter"),
    path("<str:number>/", views.report, name="report"),
    path("<str:number>/cetak/", views.printed, name="print"),
    path("<str:number>/ambil/", views.take, name="take"),
    path("<str:number>/mulai/", views.start, name="start"),
    path("<str:number>/lanjut/", views.resume, name="resume"),
    path("<str:number>/kajian/", views.study, name="study"),
    path("<str:number>/tanya/", views.ask, name="ask"),
    path("<str:number>/tulis/", views.write, name="write"),
    path("<str:number>/dibaca/", views.mark_read, name="mark_read"),
    path("<str:number>/pemegang/", views.assign, name="assign"),
    path("<str:number>/jenis/", views.change_kind, name="change_kind"),
    path("<str:number>/terlapor/", parties.respondents, name="respondents"),
    path("<str:number>/terlapor/<int:pk>/cabut/", parties.withdraw, name="withdraw"),
    path("<str:number>/perkara/", parties.open_case, name="open_case"),
    path("<str:number>/gabung/", parties.merge, name="merge"),
    path("<str:number>/tutup/", views.close, name="close"),
    path("<str:number>/buka-kembali/", views.reopen, name="reopen"),
    path("<str:number>/berkas/", entry.add_files, name="add_files"),
    path("<str:number>/berkas/<int:pk>/<int:page>/", entry.file_page, name="file_page"),
]
