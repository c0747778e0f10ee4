from django.urls import path

from . import views_public

app_name = "guidance"
urlpatterns = [
    path("boleh/", views_public.home, name="home"),
    path("boleh/cari/", views_public.find, name="find"),
    path("boleh/<slug:code>/", views_public.act, name="act"),
]
