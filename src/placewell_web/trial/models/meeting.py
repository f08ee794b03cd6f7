"""A participant and the first meeting: each step can be kept only after the one before it (002 §9.10, §11.3-11.6)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode, Person
from placewell_web.intake.models import Screening

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class TrialScope(models.QuerySet[Any]):
    """Which records a viewer may see: those of the episodes they may see."""

    def visible_to(self, viewer: Viewer) -> TrialScope:
        return self.filter(**{f"{self.model.episode_path}__in": Episode.scoped.visible_to(viewer)})


class Participant(models.Model):
    """The trial number of a person, given once at the first meeting and kept across lots and referrals.

    The number tells nothing of who they are; `identity_token` is a keyed hash of what identifies them, by which a
    person who is registered a second time is recognised (trust.md T12).
    """

    episode_path: ClassVar[str] = "person__episodes"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="participant")
    number = models.CharField(max_length=16, unique=True, help_text="TIW 7K3-M92")
    identity_token = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    def __str__(self) -> str:
        return self.number


class Meeting(models.Model):
    """The first meeting of an episode, step by step. Never taken back: what was answered wrongly is answered anew."""

    episode_path: ClassVar[str] = "episode"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="trial_meeting")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="meetings")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    script_at = models.DateTimeField(null=True, blank=True)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    eligible_at = models.DateTimeField(null=True, blank=True)
    information_version = models.CharField(max_length=40, blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    items_at = models.DateTimeField(null=True, blank=True, help_text="when the person items were answered")
    not_said = models.CharField(max_length=400, blank=True, help_text="items the person preferred not to answer")
    baseline_at = models.DateTimeField(null=True, blank=True)
    baseline_items = models.TextField(
        blank=True, help_text="canonical JSON of codes and an age as answered here, written by us alone"
    )
    randomised_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=20, blank=True)  # randomised | not_eligible | did_not_consent | stopped
    version = models.PositiveIntegerField(default=1)

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{later}__isnull": True})
                | Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)}),
                name=f"trial_{later.removesuffix('_at')}_after_{earlier.removesuffix('_at')}",
            )
            for earlier, later in (
                ("started_at", "script_at"),
                ("script_at", "eligible_at"),
                ("eligible_at", "informed_at"),
                ("informed_at", "consented_at"),
                ("consented_at", "baseline_at"),
                ("baseline_at", "randomised_at"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.started_at:%d %B %Y}"


class MeetingDraft(models.Model):
    """What was typed in a step and not yet kept: it survives a lost connection and a lost session."""

    episode_path: ClassVar[str] = "meeting__episode"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="drafts")
    step = models.CharField(max_length=60)
    fields = models.TextField(default="{}", help_text="canonical JSON of texts, written by us alone")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "step"], name="one_draft_a_step")]

    def __str__(self) -> str:
        return self.step


class SignedConsent(models.Model):
    """A consent form as signed: its version, who took it, and the signature, on paper or on the screen (002 §11.4).

    Signed once a meeting and never changed: whoever takes it back before the draw ends the meeting by it, and a choice
    that was noted wrongly is put right as a consent of the person's record.
    """

    episode_path: ClassVar[str] = "meeting__episode"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="consent")
    form_version = models.CharField(max_length=40)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    signed_on = models.CharField(max_length=10)  # paper | screen
    signed_name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the signed paper or the drawn signature")
    storage_name = models.CharField(max_length=60, blank=True)
    hash = models.CharField(max_length=64, help_text="of the form, its answers and the signature: goes into the ledger")

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    def __str__(self) -> str:
        return f"version {self.form_version}"


class StatementAnswer(models.Model):
    """Whether one statement of the consent form was agreed to."""

    consent = models.ForeignKey(SignedConsent, on_delete=models.PROTECT, related_name="statements")
    statement = models.CharField(max_length=60)
    agreed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "statement"], name="one_answer_a_statement")]

    def __str__(self) -> str:
        return self.statement
