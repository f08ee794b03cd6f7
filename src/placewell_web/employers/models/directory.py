"""The directory of other services that people are sent on to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import Lot, User

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class OutsideServiceScope(models.QuerySet["OutsideService"]):
    """The directory of the viewer's provider."""

    def visible_to(self, viewer: Viewer) -> OutsideServiceScope:
        providers = Lot.objects.filter(code__in=viewer.lots).values("provider_id")
        return self.filter(kept_for__provider_id__in=providers)


class OutsideService(models.Model):
    """Another service, as the directory describes it. `kept_for`: a lot of the provider whose directory it is in.

    `only_lot`: the service is for people of that lot alone; without one, for all of the provider's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept_for = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    only_lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=60, help_text="a code of `onward_service`")
    help = models.CharField(max_length=500, blank=True, help_text="what it helps with")
    phone = models.CharField(max_length=40, blank=True)
    web = models.CharField(max_length=200, blank=True)
    how_to_refer = models.CharField(max_length=500, blank=True)
    who_for = models.CharField(max_length=500, blank=True, help_text="who can use it")
    access = models.CharField(max_length=500, blank=True, help_text="step-free, languages, hours")
    public = models.BooleanField(default=False, help_text="shown on the public page of other support")
    valid_until = models.DateField(null=True, blank=True, help_text="the last day on which people are sent there")
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    unscoped = models.Manager()
    scoped = OutsideServiceScope.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__gt=""), name="outside_service_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
