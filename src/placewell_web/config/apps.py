"""Django's name for this app; loads the start-up checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "placewell_web.config"
    label = "config"

    def ready(self) -> None:
        from placewell_web.config import checks  # noqa: F401  registers itself
