"""Addresses of the trial app."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "trial"
urlpatterns: list[URLPattern] = []
