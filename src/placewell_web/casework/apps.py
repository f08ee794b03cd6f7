"""Django's name for this app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "placewell_web.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
