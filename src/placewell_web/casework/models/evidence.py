"""Documents that vouch for an outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.jobs import Job
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Evidence(Record):
    """A document that vouches for an outcome, encrypted at rest (table `evidence`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="evidence")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    outcome = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    about_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    status = models.CharField(max_length=20, default="received")  # received | verified | rejected
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, help_text="as shown; never a path")
    media_type = models.CharField(max_length=100, blank=True, help_text="found in the content, not in the name")
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    storage_name = models.CharField(max_length=100, blank=True, help_text="random name in the encrypted store")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="received", decided_on__isnull=True)
                | Q(status__in=["verified", "rejected"], decided_on__isnull=False),
                name="evidence_decided_with_a_day",
            ),
        ]
