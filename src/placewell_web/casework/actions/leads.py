"""Leads taken for a person: once for each, and who follows it up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import LeadTaken
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode
from placewell_web.employers.actions.leads import close_lead
from placewell_web.employers.models import EmployerLead

TAKEN = "taken"


@transaction.atomic
def take_lead(
    *, by: Actor, at: datetime, lead: EmployerLead, episodes: Iterable[Episode], close: bool = False
) -> list[LeadTaken]:
    """Take an open lead for these people; for whom it was taken before, nothing new. `close`: nobody else need try."""
    locked = EmployerLead.unscoped.select_for_update(of=("self",)).get(pk=lead.pk)
    wanted = list(episodes)
    have = set(LeadTaken.unscoped.filter(lead=locked, episode__in=wanted).values_list("episode_id", flat=True))
    new = [one for one in wanted if one.pk not in have]
    if new and locked.closed_on is not None:
        raise Refused(
            "This lead was closed meanwhile.", "Open it again from the closed leads if the job is still there."
        )
    rows = [_take(by, at, locked, one) for one in new]
    if close:
        close_lead(by=by, at=at, lead=locked, because=TAKEN)
    return rows


def _take(by: Actor, at: datetime, lead: EmployerLead, episode: Episode) -> LeadTaken:
    row = LeadTaken.unscoped.create(episode=episode, lead=lead, on=day_of(at), taken_by_id=by.id, created_at=at)
    note(by=by, at=at, verb="take_lead", record=row, episode=episode, detail={"lead": str(lead.pk)})
    return row
