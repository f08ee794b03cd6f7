"""Django's name for this app."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "placewell_web.employers"
    label = "employers"
    default_auto_field = "django.db.models.BigAutoField"
