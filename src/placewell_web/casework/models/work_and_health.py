"""What stands between a person and work, and what is changed at work for them: dated rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.jobs import Job
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Barrier(Record):
    """Something that stands in the way of work (table `barriers`; 002 App. 7 St 2)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="barriers")
    on = models.DateField()
    barrier = models.CharField(max_length=30)
    words = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("on")), name="barrier_ends_after_it_begins"
            ),
        ]


class Adjustment(Record):
    """A change at work that the person asks for (table `adjustments`; 002 App. 7 Sv 3, Sv 11)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="adjustments")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=30)
    words = models.CharField(max_length=500, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    in_place_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("on")), name="adjustment_agreed_after_asked"
            ),
            models.CheckConstraint(
                condition=Q(in_place_on__isnull=True) | Q(in_place_on__gte=F("on")), name="adjustment_after_asked"
            ),
        ]


class AccessToWork(Record):
    """A step with Access to Work (table `access_to_work`; 002 App. 7 Sv 1)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="access_to_work")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    step = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
