"""What a person's own sheet of their job search shows: applications, and employers met for them."""

from __future__ import annotations

from django.db.models import QuerySet

from placewell_web.casework.models import Application, EmployerContact
from placewell_web.clients.models import Episode

MOST = 40
"""Rows of each on the sheet: the newest."""


def applications(episode: Episode) -> QuerySet[Application]:
    return episode.applications.select_related("employer").order_by("-on", "-created_at")[:MOST]


def employer_contacts(episode: Episode) -> QuerySet[EmployerContact]:
    return episode.employer_contacts.select_related("employer").order_by("-on", "-created_at")[:MOST]
