"""Supervision of specialists: the sheet as it was signed, the group's meetings, and what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from placewell_web.accounts.models import Lot, Role, User
from placewell_web.casework.models.records import Record

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


class SupervisionScope(models.QuerySet[Any]):
    """A leader or manager sees the supervision of their lots; a specialist their own."""

    own, lot = "specialist_id", "lot_id"

    def visible_to(self, viewer: Viewer) -> SupervisionScope:
        seen = Q(pk__in=())
        if viewer.has_role(Role.TEAM_LEADER, Role.MANAGER):
            seen |= Q(**{f"{self.lot}__in": viewer.lots})
        if viewer.has_role(Role.SPECIALIST):
            seen |= Q(**{self.own: viewer.user_id})
        return self.filter(seen)


class ActionScope(SupervisionScope):
    own, lot = "supervision__specialist_id", "supervision__lot_id"


class GroupScope(SupervisionScope):
    own, lot = "supervisions__specialist_id", "lot_id"

    def visible_to(self, viewer: Viewer) -> SupervisionScope:
        return super().visible_to(viewer).distinct()


class GroupSupervision(Record):
    """A meeting of the team: leads that were shared, and notes; each who came has a supervision of their own."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    leads = models.TextField(blank=True, help_text="jobs and employers that were shared")
    notes = models.TextField(blank=True)
    form_token = models.UUIDField(unique=True)

    scoped = GroupScope.as_manager()


class Supervision(Record):
    """A supervision of one specialist (table `supervisions`).

    `sheet` is what the sheet said when it was signed: canonical JSON, never worked out anew.
    """

    specialist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="supervisions")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=20)
    group = models.ForeignKey(
        GroupSupervision, on_delete=models.PROTECT, null=True, blank=True, related_name="supervisions"
    )
    sheet = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    signed_at = models.DateTimeField(help_text="by the supervisor, when it was kept")
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="signed by the specialist")
    form_token = models.UUIDField(null=True, blank=True, unique=True)

    scoped = SupervisionScope.as_manager()

    class Meta:
        indexes = [models.Index(fields=["specialist", "on"], name="supervision_by_specialist")]


class SupervisionAction(Record):
    """Something agreed at a supervision: what, by when, and the day it was done."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    scoped = ActionScope.as_manager()
