"""The audit chain: one row per action on a record and per view of a person, in the order they happened."""

from django.db import models


class Entry(models.Model):
    """One link of the chain; ids are text and hold no foreign keys, so that the record outlives what it speaks of.

    Rows are never changed or removed: triggers on SQLite and PostgreSQL refuse it (`audit.triggers`).
    """

    sequence = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 ... without a gap")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)  # user | public | system
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)  # record_contact, view_person ...
    is_view = models.BooleanField()
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=64)
    person_id = models.CharField(max_length=64, blank=True)
    lot = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)  # canonical JSON: what changed, from what, to what
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["person_id", "sequence"], name="audit_by_person"),
            models.Index(fields=["is_view", "sequence"], name="audit_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target_kind} {self.target_id}"
