"""Employers, who works there, where the relationship stands, what they say of the service, and two that were one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

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
    size = models.CharField(max_length=10, blank=True, help_text="people employed, in bands")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="employers")
    contact_name = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    needs = models.TextField(blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    relationship = models.CharField(max_length=20, default="new", help_text="the last word of its history")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = EmployerScope.as_manager()

    def __str__(self) -> str:
        return self.name


class OfEmployerScope(models.QuerySet[Any]):
    """What is kept of employers is seen by whoever sees the employer."""

    def visible_to(self, viewer: Viewer) -> OfEmployerScope:
        return self.filter(employer__in=Employer.scoped.visible_to(viewer))


class OfEmployer(models.Model):
    """What every row about an employer has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = OfEmployerScope.as_manager()

    class Meta:
        abstract = True


class EmployerPerson(OfEmployer):
    """Someone who works there and whom the service speaks with, until they leave."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=500, blank=True)
    left_on = models.DateField(null=True, blank=True, help_text="the first day on which they no longer work there")


class EmployerStatus(OfEmployer):
    """Where the relationship stood from a day on, and who said so."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="statuses")
    relationship = models.CharField(max_length=20)
    from_on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class EmployerFeedback(OfEmployer):
    """What an employer said of the service, and what the service did about it (001 §2.2.18)."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="feedback")
    on = models.DateField()
    words = models.CharField(max_length=1000)
    acted = models.CharField(max_length=1000, blank=True, help_text="what was done about it")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class EmployerMergeScope(models.QuerySet["EmployerMerge"]):
    def visible_to(self, viewer: Viewer) -> EmployerMergeScope:
        return self.filter(kept__in=Employer.scoped.visible_to(viewer))


class EmployerMerge(models.Model):
    """Two records found to be one employer: which was kept, which rows moved, and by whom it was parted again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    moved = models.TextField(help_text="canonical JSON: the table and field, the ids of the rows that moved")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    unscoped = models.Manager()
    scoped = EmployerMergeScope.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="employer_merge_undone_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="employer_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
