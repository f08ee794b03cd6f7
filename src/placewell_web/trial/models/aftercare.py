"""What follows an allocation: what a control participant was given, mistakes reported, consent withdrawn."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User
from placewell_web.clients.models import Episode
from placewell_web.trial.models.meeting import Participant, TrialScope


class Handout(models.Model):
    """What a control participant was given or pointed to, or did not want: booklet, local service (002 §11.8)."""

    episode_path: ClassVar[str] = "episode"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="handouts")
    kind = models.CharField(max_length=20)  # booklet | local_service | letter
    code = models.CharField(max_length=60, blank=True, help_text="the edition, or the service of the directory")
    on = models.DateField()
    given = models.BooleanField(help_text="false: offered and not wanted")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["episode", "kind", "code"], name="one_handout_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ErrorReport(models.Model):
    """A mistake found after an allocation: the result stands; two people agree to the entry that says so."""

    episode_path: ClassVar[str] = "participant__person__episodes"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="error_reports")
    kind = models.CharField(max_length=30)  # randomised_in_error | wrong_stratum | baseline_corrected
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=500, blank=True)
    stratum = models.CharField(max_length=40, blank=True, help_text="of wrong_stratum: the one that would be right")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=10, blank=True)  # agreed | refused
    ledger_seq = models.BigIntegerField(null=True, blank=True)

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="error_report_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("reported_by")),
                name="error_report_second_person",
            ),
            models.UniqueConstraint(
                fields=["participant", "reason"], condition=Q(decided_at__isnull=True), name="one_open_report_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.participant_id}"


class Withdrawal(models.Model):
    """What a participant no longer agrees to, from a day on; nothing is erased by it (002 §11.9)."""

    episode_path: ClassVar[str] = "participant__person__episodes"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="withdrawals")
    scope = models.CharField(max_length=30, help_text="an id of [[withdrawal]] in trial.toml")
    on = models.DateField(help_text="the day from which it holds")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ledger_seq = models.BigIntegerField(null=True, blank=True)

    unscoped = models.Manager()
    scoped = TrialScope.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "scope"], name="one_withdrawal_of_a_scope")]

    def __str__(self) -> str:
        return self.scope
