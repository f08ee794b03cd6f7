"""Django's name for this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "placewell_web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
