"""Contacts with people, what is being written about one, and meetings that are booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record, RecordScope
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class SessionScope(RecordScope):
    """The sessions with someone the viewer may see."""

    def visible_to(self, viewer: Viewer) -> SessionScope:
        return self.filter(contacts__episode__in=Episode.scoped.visible_to(viewer)).distinct()


class GroupSession(Record):
    """What binds the contacts of several people that were logged in one go: a group, a joint contact, a text to all.

    It holds nothing about anyone: each person's contact stands by itself, and names nobody else.
    """

    episode_path = "contacts__episode"

    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=30)
    form_token = models.UUIDField(unique=True, help_text="one form saves once, however often it is sent")

    scoped = SessionScope.as_manager()


# What a caseload's pages read of a contact: all of it in the index, as a team's thousands of contacts lie far apart.
CASELOAD_COLUMNS = ("on", "kind", "with_whom", "attendance", "minutes", "place", "specialist", "id")


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
    session = models.ForeignKey(GroupSession, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")

    class Meta:
        indexes = [
            models.Index(fields=["episode", *CASELOAD_COLUMNS], name="contact_of_a_caseload"),
            models.Index(fields=["specialist", "created_at"], name="contact_by_who_logged_it"),
        ]


class DraftScope(RecordScope):
    """What its author began to write: about people they may see, or about nobody yet."""

    def visible_to(self, viewer: Viewer) -> DraftScope:
        seen = Q(episode__isnull=True) | Q(episode__in=Episode.scoped.visible_to(viewer))
        return self.filter(seen, author_id=viewer.user_id)


class ContactDraft(Record):
    """A form begun and not yet saved: it survives a lost session, a closed tab and a second device.

    Each open page writes in a draft of its own, so that two of them never write over each other; a page that was filled
    from a draft takes it over, if nothing was added to it since. `form_token` is of the form it will be sent as.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(
        max_length=40, default="contact", help_text="contact | several | employer | profile | assessment | plan:KIND"
    )
    form_token = models.UUIDField(null=True, blank=True)
    page = models.UUIDField(null=True, blank=True, help_text="the open page that wrote last")
    version = models.PositiveIntegerField(default=1)
    fields = models.TextField(default="{}")
    saved_at = models.DateTimeField()

    scoped = DraftScope.as_manager()

    class Meta:
        indexes = [models.Index(fields=["author", "episode"], name="draft_by_author")]
        constraints = [models.UniqueConstraint(fields=["author", "page"], name="one_draft_a_page")]


class Appointment(Record):
    """A meeting that is booked."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
