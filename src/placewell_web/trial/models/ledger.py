"""The allocation ledger as the database holds it: chained, append-only rows; the witness file holds the same."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import User


class LedgerHead(models.Model):
    """The one row that a writer locks before it looks at the ledger: its number is always 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=-1)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_ledger_head")]

    def __str__(self) -> str:
        return f"{self.seq}"


class LedgerEntry(models.Model):
    """One entry of the ledger, as sealed by the allocator: no name, no free text (trial.md §5).

    Rows are never changed or removed: triggers on SQLite and PostgreSQL refuse it (`trial.triggers`).
    """

    seq = models.BigIntegerField(primary_key=True, help_text="0 is the genesis, then without a gap")
    kind = models.CharField(max_length=20)  # genesis | allocation | note | void | withdraw
    at = models.DateTimeField()
    person = models.CharField(max_length=16, blank=True, help_text="the trial number")
    stratum = models.CharField(max_length=40, blank=True)
    n = models.IntegerField(null=True, blank=True)
    arm = models.CharField(max_length=20, blank=True)
    body = models.TextField(help_text="canonical JSON of the entry")
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["person", "seq"], name="ledger_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(kind="allocation"), name="one_allocation_a_person"),
            models.UniqueConstraint(fields=["stratum", "n"], condition=Q(kind="allocation"), name="one_person_a_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Anchor(models.Model):
    """A head of the ledger that the evaluator holds outside this machine, as told to the site."""

    seq = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
