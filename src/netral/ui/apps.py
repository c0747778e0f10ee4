from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "netral.ui"
    label = "ui"
