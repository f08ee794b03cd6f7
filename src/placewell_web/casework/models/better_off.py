"""What a person would have a week without and with a job: a record of benefits advice, in amounts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placewell_web.casework.models.records import Record
from placewell_web.casework.models.support import BenefitsAdvice


class BetterOff(Record):
    """The sum behind one piece of benefits advice (002 App. 7 Sv 1)."""

    episode_path = "advice__episode"

    advice = models.OneToOneField(BenefitsAdvice, on_delete=models.PROTECT, related_name="better_off")
    weekly_hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    advised_by = models.CharField(max_length=120, blank=True)
    told_to = models.CharField(max_length=120, blank=True, help_text="codes, comma-separated: housing, hmrc ...")
    form_token = models.UUIDField(unique=True, help_text="one form saves once, however often it is sent")


class WeeklyAmount(Record):
    """An income or a cost a week, without the job and with it."""

    episode_path = "better_off__advice__episode"

    better_off = models.ForeignKey(BetterOff, on_delete=models.PROTECT, related_name="amounts")
    side = models.CharField(max_length=10, help_text="income | cost")
    code = models.CharField(max_length=30)
    before = models.DecimalField(max_digits=8, decimal_places=2)
    after = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["better_off", "side", "code"], name="one_amount_a_code"),
            models.CheckConstraint(condition=Q(before__gte=0) & Q(after__gte=0), name="weekly_amount_not_below_zero"),
        ]
