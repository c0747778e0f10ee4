"""Every address of the public site."""

from django.urls import include, path

from netral.ui.errors import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("netral.intake.urls_public")),
    path("", include("netral.guidance.urls_public")),
    path("", include("netral.publication.urls_public")),
    path("", include("netral.documents.urls_public")),
]
