from django.urls import path

from . import views_public

app_name = "publication"
urlpatterns = [
    path("angka/", views_public.statistics, name="statistics"),
    path("angka/unduh.csv", views_public.statistics_csv, name="statistics-csv"),
    path("register/", views_public.register, name="register"),
    path("register/kepala.txt", views_public.head, name="head"),
    path("register/daun.txt", views_public.log_export, name="log-export"),
]
