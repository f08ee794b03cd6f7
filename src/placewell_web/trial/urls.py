"""Addresses of the trial app."""

from __future__ import annotations

from django.urls import URLPattern

from placewell_web.trial.after_urls import urlpatterns as after

app_name = "trial"
urlpatterns: list[URLPattern] = [*after]
