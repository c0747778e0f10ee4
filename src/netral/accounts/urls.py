"""Own account, people, agency."""

from django.urls import path

from . import views_staff as views

app_name = "accounts"
urlpatterns = [
    path("akun/", views.profile, name="profile"),
    path("akun/aktivasi/<str:token>/", views.activate, name="activate"),
    path("akun/faktor/", views.factor, name="factor"),
    path("akun/kode-cadangan/", views.recovery, name="recovery"),
    path("pengguna/", views.users, name="users"),
    path("pengguna/baru/", views.add_user, name="add_user"),
    path("pengguna/<int:pk>/", views.user, name="user"),
    path("instansi/", views.agency, name="agency"),
]
