"""Job leads: work that an employer may have, shared by the teams of a provider."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User
from placewell_web.employers.models.employers import Employer, OfEmployer


class EmployerLead(OfEmployer):
    """Work that an employer may have. For whom it was taken stands in casework, with the person."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="leads")
    title = models.CharField(max_length=120)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text="a week")
    until_on = models.DateField(null=True, blank=True, help_text="the last day to apply")
    words = models.CharField(max_length=1000, blank=True)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=20, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, closed_because="")
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="lead_closed_on_and_by",
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="lead_hours_above_zero"),
        ]
