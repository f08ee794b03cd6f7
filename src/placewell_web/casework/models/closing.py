"""What was said and stopped when support ended, so that it can be read, and put back on the same day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from placewell_web.accounts.models import User
from placewell_web.casework.models.records import Record
from placewell_web.clients.models import Episode


class Closing(Record):
    """The words and effects of a closure; its day and reason stand with the episode."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=40)
    words = models.CharField(max_length=500, blank=True)
    stopped = models.TextField(default="{}", help_text="canonical JSON: ids of what stopped with it")
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)


class SupportRequest(Record):
    """Someone asked for support in work again after it had ended (table `support_requests`; 002 §9.10 ix).

    Until it is decided, `granted` and `decided_on` are empty and the clock of the request runs.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="support_requests")
    on = models.DateField()
    asked_by = models.CharField(max_length=20)
    granted = models.BooleanField(null=True)
    decided_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form_token = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_on__isnull=True)
                | Q(granted__isnull=False, decided_on__isnull=False, decided_on__gte=F("on")),
                name="request_decided_with_its_day",
            ),
        ]
