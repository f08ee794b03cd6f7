"""Contacts with people, what is being written about one, and meetings that are booked."""

from __future__ import annotations

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Contact(Record):
    """A contact or an attempt (table `contacts`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="contacts")
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=30)
    with_whom = models.CharField(max_length=20)
    attendance = models.CharField(max_length=30)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=20, blank=True)
    covered = models.CharField(max_length=200, blank=True, help_text="codes, comma-separated: benefits_advice ...")
    next_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    form_token = models.UUIDField(unique=True, null=True, help_text="one form saves once, however often it is sent")

    class Meta:
        indexes = [models.Index(fields=["episode", "on"], name="contact_by_episode")]


class ContactDraft(Record):
    """A note begun and not yet saved: it survives a lost session, a closed tab and a second device."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    fields = models.TextField(default="{}")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "author"], name="one_draft_a_person_and_author")]


class Appointment(Record):
    """A meeting that is booked."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
