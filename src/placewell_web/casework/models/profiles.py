"""Versions of vocational profiles."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Consent, Episode


class Profile(Record):
    """A version of a vocational profile (table `profiles`); a completed version is never edited."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="profiles")
    version = models.PositiveIntegerField()
    started_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    preferences = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    experience = models.TextField(blank=True)
    skills = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    adjustment = models.TextField(blank=True)
    education = models.TextField(blank=True)
    support_needs = models.TextField(blank=True)
    personal_contacts = models.TextField(blank=True)
    health = models.TextField(blank=True)
    sources = models.CharField(max_length=300, blank=True, help_text="as older versions had it; now ProfileSource")
    shown_on = models.DateField(null=True, blank=True, help_text="since when the person reads all of it by their link")
    edit_version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="profile_versions_count_up"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("started_on")),
                name="profile_completed_after_start",
            ),
        ]


class ProfileSource(Record):
    """Someone who was asked for a version of a profile, and the consent that allowed it (002 App. 7 Sv 3)."""

    episode_path = "profile__episode"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="asked")
    who = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    on = models.DateField()
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "who", "name", "on"], name="one_source_once_a_version"),
        ]
