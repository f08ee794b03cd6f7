"""What became of a person beside work, who else helps, and decisions on support."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.jobs import Job
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode
from placewell_web.employers.models import OutsideService


class Destination(Record):
    """A coded event in a person's life (table `destinations`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="destinations")
    on = models.DateField()
    code = models.CharField(max_length=40)
    detail = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class OnwardReferral(Record):
    """An onward referral or sign-posting (table `onward_referrals`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="onward_referrals")
    on = models.DateField()
    to = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    service = models.ForeignKey(OutsideService, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service_name = models.CharField(max_length=150, blank=True, help_text="one that is not in the directory")
    outcome = models.CharField(max_length=20, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Disclosure(Record):
    """A decision about telling an employer of a health condition (table `disclosures`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="disclosures")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    decision = models.CharField(max_length=20)
    to_whom = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=300, blank=True)
    tell_when = models.CharField(max_length=20, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class SupportDecision(Record):
    """A decision on support at or beyond a limit (table `support_decisions`; 002 §9.10 ix-x)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="support_decisions")
    on = models.DateField()
    limit = models.CharField(max_length=20)
    decision = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500, blank=True)
    until_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("on")), name="support_until_after_decision"
            ),
        ]


class WorkMethod(Record):
    """A method the person uses to manage health and work (table `work_methods`; 002 §17.9 x)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="work_methods")
    on = models.DateField()
    method = models.CharField(max_length=40)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class BenefitsAdvice(Record):
    """Advice on what work does to the person's income and benefits (table `benefits_advice`; 002 §9.10 vi)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="benefits_advice")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    about = models.CharField(max_length=20)
    words = models.CharField(max_length=1000, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
