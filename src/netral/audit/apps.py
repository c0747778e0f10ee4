from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "netral.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django sends this once per app after every `migrate`; the last one sees every table.
        post_migrate.connect(reinstall_guards, dispatch_uid="netral.audit.guards")


def reinstall_guards(using: str, **_: Any) -> None:
    from . import guards  # reads models, which are not there yet when this module is

    if using == "default":
        guards.install(connections[using])
