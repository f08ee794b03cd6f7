"""Django's name for this app; puts the ledger's triggers back after migrate (docs/adr/0006), loads the checks."""

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "placewell_web.trial"
    label = "trial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate  # noqa: TID251  as the audit's, docs/adr/0006

        from placewell_web.trial import checks, triggers  # noqa: F401  checks registers itself

        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="placewell-ledger-triggers")
