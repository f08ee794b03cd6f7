"""What the person may read whole by their personal link: a completed profile or assessment, once the team chose so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework.models import Assessment, Profile
from placewell_web.clients.actions.entries import day_of, note


@transaction.atomic
def show_by_link(*, by: Actor, at: datetime, version: Profile | Assessment, shown: bool) -> bool:
    """From now on the person reads this version by their link, or no longer; False where that was so already."""
    row = type(version).unscoped.select_for_update(of=("self",)).get(pk=version.pk)
    if row.completed_on is None:
        raise Refused("A draft is not shown by the personal link.", "Complete it, and then show it.")
    if (row.shown_on is not None) is shown:
        return False
    row.shown_on = day_of(at) if shown else None
    row.save(update_fields=["shown_on"])
    verb = "show_by_link" if shown else "hide_from_link"
    note(by=by, at=at, verb=verb, record=row, episode=row.episode, detail={"version": row.version})
    return True
