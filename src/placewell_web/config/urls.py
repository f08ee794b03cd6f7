"""Every address of the site: each app has its own file, included where the app has pages."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from placewell_web.config import views

APPS_WITH_PAGES = (
    "accounts",
    "audit",
    "intake",
    "employers",
    "casework",
    "trial",
    "reporting",
    "evaluation",
    "exchange",
)

urlpatterns: list[URLPattern | URLResolver] = [path("health/", views.health, name="health")]
urlpatterns += [
    path("", include(f"placewell_web.{app}.urls"))
    for app in APPS_WITH_PAGES
    if find_spec(f"placewell_web.{app}.urls") is not None
]

handler400 = "placewell_web.config.views.bad_request"
handler403 = "placewell_web.config.views.forbidden"
handler404 = "placewell_web.config.views.not_found"
handler500 = "placewell_web.config.views.broken"
