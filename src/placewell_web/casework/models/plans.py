"""Versions of plans made with the person, and their steps."""

from __future__ import annotations

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.casework.models.links import PersonalLink
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Plan(Record):
    """A version of a plan made with the person (table `plans`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    goal = models.CharField(max_length=300)
    kinds_of_job = models.CharField(max_length=1000, blank=True)
    employers = models.CharField(max_length=1000, blank=True)
    how_often = models.CharField(max_length=300, blank=True)
    offered_on = models.DateField(null=True, blank=True, help_text="a draft that the person may read by their link")
    agreed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    agreed_by_link_at = models.DateTimeField(null=True, blank=True, help_text="the person's own agreement, by a link")
    edit_version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "kind", "version"], name="plan_versions_count_up")]


class PlanStep(Record):
    """A step of a plan: what, who, by when, and the day it was done; `part` is a plan_part of the service."""

    episode_path = "plan__episode"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    part = models.CharField(max_length=40, blank=True)
    by_whom = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]


class PlanComment(Record):
    """What the person wrote about their plan on the page of their personal link."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plan_comments")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    link = models.ForeignKey(PersonalLink, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    form_token = models.UUIDField(unique=True, help_text="one form saves once, however often it is sent")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["episode", "read_at"], name="plan_comment_by_episode")]
