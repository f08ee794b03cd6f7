"""The confidential survey: counts, remarks and unused codes of a round, and nothing that leads to whoever answered.

No table here has a person, an episode, a user who answered, or a moment; see docs/adr on confidential answers.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import Lot


class SurveyRound(models.Model):
    """One time the survey is held in a lot: how many codes were made for it, and how many forms came back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=30)
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the last day; results are shown from the day after")
    codes = models.PositiveIntegerField(default=0)
    forms = models.PositiveIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(forms__lte=F("codes")), name="survey_one_form_a_code"),
            models.UniqueConstraint(fields=["lot", "opens_on"], name="one_survey_a_lot_and_day"),
        ]


class SurveyCode(models.Model):
    """The hash of a code that is not used yet. Using a code deletes its row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="unused")
    code_hash = models.CharField(max_length=64, unique=True)

    objects = models.Manager()


class SurveyCount(models.Model):
    """How many forms of a round gave an answer to a question: a number, not a row for each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="counts")
    item = models.CharField(max_length=30)
    answer = models.CharField(max_length=30)
    number = models.PositiveIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "item", "answer"], name="one_count_an_answer")]


class SurveyRemark(models.Model):
    """What somebody wrote, with nothing beside it; kept and read in the order of its random id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField()

    objects = models.Manager()
