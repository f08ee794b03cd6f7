"""Employers the service knows, and service activity that is not about one person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import Lot, User

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class EmployerScope(models.QuerySet["Employer"]):
    """Which employers a viewer may see: those of every lot their provider runs, and those that belong to no lot."""

    def visible_to(self, viewer: Viewer) -> EmployerScope:
        providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
        return self.filter(Q(lot__isnull=True) | Q(lot__provider_id__in=providers))


class Employer(models.Model):
    """An employer, shared by the teams of a provider; what is said of a client stays with the client."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    search_name = models.CharField(max_length=200, db_index=True)
    industry = models.CharField(max_length=10, blank=True, help_text="SIC 2007, any level")
    town = models.CharField(max_length=100, blank=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="employers")
    contact_name = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    needs = models.TextField(blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = EmployerScope.as_manager()

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """Service activity not about one person: sessions, visits, courses (table `activities`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_id = models.CharField(max_length=60)
    on = models.DateField()
    kind = models.CharField(max_length=40)
    locality = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attendees = models.PositiveIntegerField(null=True, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    unscoped = models.Manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
