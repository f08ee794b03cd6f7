"""Referral drafts, what a referral said, the screening of each criterion, and how fast the public form may be sent."""

import uuid

from django.db import models

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode, Person


class ReferralDraft(models.Model):
    """A referral form begun and not yet sent; the session knows its id, the secret link only a hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    by_whom = models.CharField(max_length=20)  # professional | self | staff
    answers = models.TextField(default="{}", help_text="canonical JSON of cleaned text answers, written by us alone")
    keyed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_reference = models.CharField(max_length=20, blank=True, help_text="set once: sending again answers the same")

    def __str__(self) -> str:
        return f"draft of {self.created_at:%d %B %Y}"


class Referral(models.Model):
    """What was sent: the answers as given, and the episode they opened."""

    reference = models.CharField(max_length=20, primary_key=True)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="referral")
    by_whom = models.CharField(max_length=20)
    answers = models.TextField(help_text="canonical JSON of the answers as given")
    specification_version = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    keyed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.reference


class PossibleDuplicate(models.Model):
    """Two people who may be one, and what was decided about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="possible_duplicates")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    matched_on = models.CharField(max_length=120, help_text="nhs_number, or three of name, birth_date, postcode, phone")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=20, blank=True)  # same_person | different_people

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "other"], name="one_question_a_pair")]

    def __str__(self) -> str:
        return f"{self.episode_id} ~ {self.other_id}"


class Screening(models.Model):
    """The answers to every criterion on one day, under one version of the specification; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="screenings")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    specification_version = models.CharField(max_length=40)
    specification_hash = models.CharField(max_length=64)
    overall = models.CharField(max_length=20)  # eligible | not_eligible | not_known
    override_reason = models.CharField(max_length=500, blank=True)
    override_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.overall} {self.decided_on}"


class Decline(models.Model):
    """A referral that was not taken on: the reason of the specification, and the words for the person."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, primary_key=True, related_name="decline")
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=1000)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.reason


class RateBucket(models.Model):
    """A token bucket of the public form: how many sendings one address, or everyone together, has left."""

    key = models.CharField(max_length=64, primary_key=True, help_text="a keyed hash of the address, or 'everyone'")
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tokens:.1f} left"


class CriterionAnswer(models.Model):
    """One criterion of a screening: what was answered, why, and by which clause."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=60)
    fact = models.CharField(max_length=500, blank=True, help_text="the fact the answer rests on, as entered")
    answer = models.CharField(max_length=10)  # met | not_met | not_known
    reason = models.CharField(max_length=500)
    clause = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "criterion"], name="one_answer_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.answer}"
