"""The weekly tracking sheet as its reviewer leaves it, and leads taken for a person."""

from __future__ import annotations

import uuid

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode
from placewell_web.employers.models import EmployerLead


class WeekReview(models.Model):
    """A specialist's week that a leader has looked at with them (002 App. 7 Sv 6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    monday = models.DateField()
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specialist", "monday"], name="one_review_a_week")]

    def __str__(self) -> str:
        return f"{self.specialist_id} {self.monday}"


class LeadTaken(Record):
    """A lead that someone follows up for a person."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="leads_taken")
    lead = models.ForeignKey(EmployerLead, on_delete=models.PROTECT, related_name="taken")
    on = models.DateField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "lead"], name="lead_taken_once_a_person")]
