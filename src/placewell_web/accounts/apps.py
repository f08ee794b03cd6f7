"""Django's name for this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "placewell_web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
