"""Every address of the officers' site."""

from django.urls import include, path

from netral.ui.errors import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("netral.desk.urls")),
    path("laporan/", include("netral.intake.urls_staff")),
    path("perkara/", include("netral.cases.urls_staff")),
    path("", include("netral.accounts.urls_door")),
    path("", include("netral.accounts.urls")),
    path("", include("netral.roster.urls_staff")),
    path("", include("netral.publication.urls_staff")),
]
