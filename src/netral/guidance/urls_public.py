from django.urls import path

from . import views_public
from .views_api import api

app_name = "guidance"
urlpatterns = [
    path("boleh/", views_public.home, name="home"),
    path("boleh/cari/", views_public.find, name="find"),
    path("boleh/siapa/", views_public.bound, name="people"),
    path("boleh/<slug:code>/", views_public.act, name="act"),
    path("kalender-pemilu/", views_public.calendar, name="calendar"),
    path("kalender-pemilu/<slug:code>.ics", views_public.feed, name="feed"),
    path("kalender-pemilu/<slug:code>/", views_public.election, name="election"),
    path("api/", views_public.api_help, name="api"),
    path("api/v1/", views_public.api_help),
    path("api/v1/openapi.json", views_public.openapi, name="openapi"),
    path("api/v1/", api.urls),
]
