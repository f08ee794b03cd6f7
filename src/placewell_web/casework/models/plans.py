"""Versions of plans made with the person, and their steps."""

from __future__ import annotations

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Plan(Record):
    """A version of a plan made with the person (table `plans`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    goal = models.CharField(max_length=300)
    agreed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "kind", "version"], name="plan_versions_count_up")]


class PlanStep(Record):
    """A step of a plan: what, who, by when, and the day it was done."""

    episode_path = "plan__episode"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
