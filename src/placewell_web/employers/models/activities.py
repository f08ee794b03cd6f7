"""Service activity that is not about one person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import Lot, Posting, User
from placewell_web.employers.models.employers import Employer

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class ActivityScope(models.QuerySet["Activity"]):
    """What a viewer's provider did: recorded for one of its lots, or by someone who holds a post of it."""

    def visible_to(self, viewer: Viewer) -> ActivityScope:
        providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
        staff = Posting.objects.filter(organisation_id__in=providers).values("user_id")
        return self.filter(Q(lot__provider_id__in=providers) | Q(lot__isnull=True, specialist_id__in=staff))


class Activity(models.Model):
    """Service activity not about one person: sessions, visits, courses (table `activities`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_id = models.CharField(max_length=60)
    on = models.DateField()
    kind = models.CharField(max_length=40)
    locality = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outside_name = models.CharField(max_length=200, blank=True, help_text="an organisation that is no employer of ours")
    attendees = models.PositiveIntegerField(null=True, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_token = models.UUIDField(unique=True, null=True, help_text="one form saves once, however often it is sent")
    created_at = models.DateTimeField(null=True, blank=True, help_text="absent for what came with imported data")

    unscoped = models.Manager()
    scoped = ActivityScope.as_manager()

    class Meta:
        indexes = [models.Index(fields=["on"], name="activity_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
