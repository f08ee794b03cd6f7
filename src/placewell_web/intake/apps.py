"""Django's name for this app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "placewell_web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
