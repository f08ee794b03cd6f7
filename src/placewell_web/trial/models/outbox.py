"""What the evaluator's named contact is to be told: a row until it is sent, and the day it was (002 §11.9)."""

from __future__ import annotations

import uuid

from django.db import models


class Notice(models.Model):
    """One message for the evaluator: a receipt, a withdrawal, a mistake; trial numbers, never names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)  # receipt | withdrawal | void | note | issue
    participant_number = models.CharField(max_length=16, blank=True)
    body = models.TextField(help_text="canonical JSON, or the sealed entry in base64")
    due_at = models.DateTimeField(help_text="the moment by which it must have reached the evaluator")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "created_at"], name="notice_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.participant_number}"
