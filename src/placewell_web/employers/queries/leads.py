"""Leads of the viewer's provider."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, QuerySet, Window
from django.shortcuts import get_object_or_404

from placewell_web.accounts.viewer import Viewer
from placewell_web.employers.models import EmployerLead


def leads(viewer: Viewer) -> QuerySet[EmployerLead]:
    """Every lead, with how often it was taken for a person: `times_taken`."""
    found = EmployerLead.scoped.visible_to(viewer).select_related("employer", "found_by", "closed_by")
    return found.annotate(times_taken=Count("taken", distinct=True))


def listed(viewer: Viewer, *, closed: bool = False, sector: str = "") -> QuerySet[EmployerLead]:
    """Open leads, what ends first at the top; or the closed ones, the last closed first."""
    found = leads(viewer).filter(closed_on__isnull=not closed)
    if sector:
        found = found.filter(employer__industry__startswith=sector)
    if closed:
        return found.order_by("-closed_on", "-created_at")
    return found.order_by(F("until_on").asc(nulls_last=True), "-created_at")


def still_open(viewer: Viewer, day: date, most: int) -> list[EmployerLead]:
    """The open leads whose last day to apply has not passed, what ends first at the top, cut after `most`.

    Each says how many there are in all: `in_all`.
    """
    found = EmployerLead.scoped.visible_to(viewer).select_related("employer", "found_by").filter(closed_on__isnull=True)
    found = found.exclude(until_on__lt=day).annotate(in_all=Window(Count("pk")))
    return list(found.order_by(F("until_on").asc(nulls_last=True), "-created_at", "pk")[:most])


def one(viewer: Viewer, lead_id: object) -> EmployerLead:
    return get_object_or_404(leads(viewer), pk=lead_id)
