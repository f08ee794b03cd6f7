"""Django's name for this app."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "placewell_web.trial"
    label = "trial"
    default_auto_field = "django.db.models.BigAutoField"
