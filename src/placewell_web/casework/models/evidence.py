"""Documents that vouch for an outcome, and what an employer said of a job."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.jobs import Job
from placewell_web.casework.models.links import PersonalLink
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
    link = models.ForeignKey(PersonalLink, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
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


class Confirmation(Record):
    """What an employer said of a job through a one-time link, as they said it; `evidence` is the document of it."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="confirmations")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="confirmations")
    link = models.OneToOneField(PersonalLink, on_delete=models.PROTECT, related_name="confirmation")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="confirmation")
    on = models.DateField()
    started_on = models.DateField(null=True, blank=True, help_text="none: they say the person never worked there")
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("started_on")),
                name="confirmation_left_after_start",
            ),
        ]
