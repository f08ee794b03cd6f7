"""Django's name for this app."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "placewell_web.clients"
    label = "clients"
    default_auto_field = "django.db.models.BigAutoField"
