"""Django's name for this app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "placewell_web.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
