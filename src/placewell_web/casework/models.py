"""What a specialist records: contacts, profiles, plans, applications, jobs, evidence and what became of a person."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode
from placewell_web.employers.models import Employer

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class RecordScope(models.QuerySet[Any]):
    """Which records a viewer may see: those of the episodes they may see."""

    def visible_to(self, viewer: Viewer) -> RecordScope:
        return self.filter(**{f"{self.model.episode_path}__in": Episode.scoped.visible_to(viewer)})


class Record(models.Model):
    """What every record here has: a public id nobody can guess, and the moment it was made."""

    episode_path: ClassVar[str] = "episode"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = RecordScope.as_manager()

    class Meta:
        abstract = True


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


class Profile(Record):
    """A version of a vocational profile (table `profiles`); a completed version is never edited."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="profiles")
    version = models.PositiveIntegerField()
    started_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    preferences = models.TextField(blank=True)
    experience = models.TextField(blank=True)
    skills = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    adjustment = models.TextField(blank=True)
    education = models.TextField(blank=True)
    support_needs = models.TextField(blank=True)
    personal_contacts = models.TextField(blank=True)
    health = models.TextField(blank=True)
    sources = models.CharField(max_length=300, blank=True)
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


class Application(Record):
    """A job application (table `applications`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="applications")
    on = models.DateField()
    made_by = models.CharField(max_length=20)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role_title = models.CharField(max_length=120, blank=True)


class EmployerContact(Record):
    """A contact with an employer, for one person or for none (table `employer_contacts`)."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="employer_contacts"
    )
    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    face_to_face = models.BooleanField(default=False)
    purpose = models.CharField(max_length=30)
    locality = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)


class Job(Record):
    """A job (table `jobs`); hours that change are spells of `JobHours`."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="jobs")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    title = models.CharField(max_length=120, blank=True)
    started_on = models.DateField()
    first_day_worked_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    end_known_on = models.DateField(null=True, blank=True, help_text="the day the service learned of the end")
    contract_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    paid_hours_to_date = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    self_employed = models.BooleanField(null=True)
    competitive = models.BooleanField(null=True)
    contract_type = models.CharField(max_length=30, blank=True)
    hourly_wage = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    occupation = models.CharField(max_length=4, blank=True, help_text="SOC 2020, any level")
    industry = models.CharField(max_length=5, blank=True, help_text="SIC 2007, any level")
    disclosed = models.BooleanField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="job_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(contract_hours__isnull=True) | Q(contract_hours__gt=0), name="job_hours_above_zero"
            ),
        ]


class JobHours(Record):
    """A spell of weekly hours within a job (table `job_hours`); `to_on` is its last day, null while it lasts."""

    episode_path = "job__episode"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="hours")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["from_on"]
        constraints = [models.UniqueConstraint(fields=["job", "from_on"], name="one_spell_a_day")]


class Evidence(Record):
    """A document that vouches for an outcome, encrypted at rest (table `evidence`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="evidence")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    outcome = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    about_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    status = models.CharField(max_length=20, default="received")  # received | verified | rejected
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.CharField(max_length=300, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True, help_text="as shown; never a path")
    media_type = models.CharField(max_length=100, blank=True, help_text="found in the content, not in the name")
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    storage_name = models.CharField(max_length=100, blank=True, help_text="random name in the encrypted store")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="received", decided_on__isnull=True)
                | Q(status__in=["verified", "rejected"], decided_on__isnull=False),
                name="evidence_decided_with_a_day",
            ),
        ]


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
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Disclosure(Record):
    """A decision about telling an employer of a health condition (table `disclosures`)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="disclosures")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    decision = models.CharField(max_length=20)
    to_whom = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=300, blank=True)


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
