"""Courses for people supported: their sessions, who has a place, and who came (001 §2.2.16)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import Lot, User
from placewell_web.casework.models.contacts import Contact
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Activity

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class CourseScope(models.QuerySet["Course"]):
    """The courses of the viewer's lots; who is on one is asked through the episodes."""

    def visible_to(self, viewer: Viewer) -> CourseScope:
        return self.filter(lot_id__in=viewer.lots)


class Cancellable(models.Model):
    """What can be cancelled: it stays and is shown as cancelled."""

    cancelled_on = models.DateField(null=True, blank=True, help_text="the day it was cancelled, not the day it was for")
    cancel_reason = models.CharField(max_length=300, blank=True, help_text="why, for those who had a place")

    class Meta:
        abstract = True


class Course(Cancellable):
    """A course or workshop, as a row of sessions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=1000, blank=True)
    locality = models.CharField(max_length=60, blank=True)
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form_token = models.UUIDField(unique=True, null=True, help_text="one form saves once, however often it is sent")
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = CourseScope.as_manager()

    def __str__(self) -> str:
        return self.name


class CourseSession(Cancellable):
    """One meeting of a course. Once its register is taken, it is an activity; then it can no longer be cancelled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = models.Manager()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "on"], condition=Q(cancelled_on__isnull=True), name="one_session_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(activity__isnull=True),
                name="cancelled_session_is_no_activity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.on}"


class CoursePlace(Record):
    """A person's place on a course."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="course_places")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="places")
    from_on = models.DateField()
    left_on = models.DateField(null=True, blank=True, help_text="the first day on which they have it no more")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "course"], name="one_place_on_a_course"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("from_on")),
                name="course_place_ends_after_it_begins",
            ),
        ]


class CourseAttendance(Record):
    """A line of a register: the contact it became says whether the person came.

    A contact that is taken back on its own page takes its line with it.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(CourseSession, on_delete=models.PROTECT, related_name="register")
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="register_line")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "session"], name="one_line_a_person_and_session")]
