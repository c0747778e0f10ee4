"""The only addresses of django-allauth that exist, under the names by which it knows them."""

from django.urls import path

from . import views_door as door

urlpatterns = [
    path("akun/masuk/", door.sign_in, name="account_login"),
    path("akun/keluar/", door.sign_out, name="account_logout"),
    path("akun/kode/", door.enter_code, name="mfa_authenticate"),
    path("akun/konfirmasi/", door.confirm_code, name="mfa_reauthenticate"),
    path("akun/konfirmasi/kata-sandi/", door.confirm_password, name="account_reauthenticate"),
    path("akun/kata-sandi/", door.change_password, name="account_change_password"),
]
