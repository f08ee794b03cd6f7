"""Django's name for this app."""

from django.apps import AppConfig


class NhsukConfig(AppConfig):
    name = "placewell_web.nhsuk"
    label = "nhsuk"
    default_auto_field = "django.db.models.BigAutoField"
