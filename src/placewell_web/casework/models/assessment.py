"""Versions of the assessment of health, mind and life around work that a service may ask for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Assessment(Record):
    """A version of a biopsychosocial assessment (004 §3.2); a completed version is never edited."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField()
    started_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    face_to_face = models.BooleanField(null=True)
    shown_on = models.DateField(null=True, blank=True, help_text="since when the person reads it by their link")
    edit_version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="assessment_versions_count_up"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=F("started_on")),
                name="assessment_completed_after_start",
            ),
        ]


class AssessmentPart(Record):
    """What an assessment says of one part, an assessment_part of the service."""

    episode_path = "assessment__episode"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    obstacles = models.TextField(blank=True)
    helps = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "part"], name="one_text_a_part")]
