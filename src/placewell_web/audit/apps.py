"""Django's name for this app; puts the triggers back after every migrate (docs/adr/0006) and loads the check."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "placewell_web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate  # noqa: TID251  the one signal of the site, docs/adr/0006

        from placewell_web.audit import checks, triggers  # noqa: F401  checks registers itself

        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="placewell-audit-triggers")
