from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "netral.guidance"
    label = "guidance"
