"""Django's name for this app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "placewell_web.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
