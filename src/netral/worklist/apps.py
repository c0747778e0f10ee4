from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "netral.worklist"
    label = "worklist"
    default_auto_field = "django.db.models.BigAutoField"
