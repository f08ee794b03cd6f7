"""Django's name for this app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "placewell_web.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"
