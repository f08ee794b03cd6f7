"""Questionnaires asked of a person outside the trial's meeting, what is being answered, and checks of work status."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class AskedQuestionnaire(Record):
    """A questionnaire that was asked: open, answered (its answers are Responses of `form_id`), or not answered.

    `way`: on the service's screen, keyed in from paper, or by the person through a personal link.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="asked_questionnaires")
    instrument = models.CharField(max_length=30)
    occasion = models.CharField(max_length=30)
    way = models.CharField(max_length=10, help_text="screen | paper | link")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True, help_text="the day on the form")
    form_id = models.UUIDField(null=True, blank=True, unique=True)
    keyed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unanswered_on = models.DateField(null=True, blank=True)
    unanswered_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "instrument", "occasion"],
                condition=Q(answered_at__isnull=True, unanswered_on__isnull=True),
                name="one_open_questionnaire_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_on__isnull=True, form_id__isnull=True)
                | Q(answered_at__isnull=False, answered_on__isnull=False, form_id__isnull=False),
                name="questionnaire_answered_with_its_form",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(unanswered_on__isnull=True),
                name="questionnaire_answered_or_not",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answers."""
        return self.answered_at is None and self.unanswered_on is None


class QuestionnaireDraft(Record):
    """Answers given so far: of one open questionnaire, whoever gives them; gone once it is answered."""

    episode_path = "asked__episode"

    asked = models.OneToOneField(AskedQuestionnaire, on_delete=models.CASCADE, related_name="draft")
    fields = models.TextField(default="{}")
    saved_at = models.DateTimeField()


class AnswerCorrection(Record):
    """An answer put right after its form was kept: what stood there before, and why it changed."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="answer_corrections")
    form_id = models.UUIDField()
    item = models.CharField(max_length=30)
    was = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["form_id"], name="corrections_of_a_form")]


class EmploymentCheck(Record):
    """What someone's work status was on a day (table `employment_checks`; 004 §8.1)."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="employment_checks")
    on = models.DateField()
    status = models.CharField(max_length=20)
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    on_sick_pay = models.BooleanField(null=True)
    on_benefits = models.BooleanField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gte=0, weekly_hours__lte=168),
                name="check_of_work_hours_in_a_week",
            ),
        ]


class QuestionnaireWording(models.Model):
    """The words of a questionnaire that the service may show: TOML text of its own, never shipped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.CharField(max_length=30)
    text = models.TextField()
    loaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(removed_at__isnull=True), name="one_wording_of_a_questionnaire"
            ),
        ]
