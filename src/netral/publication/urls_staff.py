from django.urls import path

from . import views_staff

app_name = "publication"
urlpatterns = [
    path("statistik/", views_staff.statistics, name="statistics"),
    path("statistik/unduh.csv", views_staff.statistics_csv, name="statistics-csv"),
    path("register/", views_staff.register, name="register"),
    path("register/kepala.txt", views_staff.head, name="head"),
    path("register/daun.txt", views_staff.log_export, name="log-export"),
]
