from django.urls import path

from . import views_public

urlpatterns = [
    path("surat/<str:token>/", views_public.letter, name="letter"),
]
