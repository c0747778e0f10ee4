from django.urls import path

from . import views_public, views_status

app_name = "intake"
urlpatterns = [
    path("", views_public.home, name="home"),
    path("lapor/", views_public.report, name="report"),
    path("lapor/baru/", views_public.new_report, name="new"),
    path("lapor/berkas/", views_public.files, name="files"),
    path("lapor/berkas/hapus/", views_public.remove_file, name="remove-file"),
    path("lapor/periksa/", views_public.review, name="review"),
    path("lapor/tanda-terima/", views_public.receipt, name="receipt"),
    path("lapor/unduh/", views_public.download, name="download"),
    path("cek/", views_status.check, name="check"),
    path("cek/pesan/", views_status.message, name="message"),
    path("cek/unduh/", views_status.proof, name="proof"),
    path("keluar/", views_public.leave, name="leave"),
    path("privasi/", views_public.privacy, name="privacy"),
]
