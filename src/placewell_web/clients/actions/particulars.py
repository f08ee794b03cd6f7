"""What a referral left open about a person, filled in when it is learnt."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients.actions.decisions import locked
from placewell_web.clients.models import Episode, Person


@transaction.atomic
def complete(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    episode_id: UUID,
    birth_date: date | None = None,
    primary_condition: str = "",
) -> Episode:
    """Keep the date of birth where there was none, and the main condition of this episode; audited if it is new."""
    episode = locked(viewer, episode_id)
    person = Person.unscoped.select_for_update().get(pk=episode.person_id)
    changed: dict[str, str] = {}
    if birth_date is not None and person.birth_date is None:
        if birth_date > at.date():
            raise Refused("A date of birth cannot lie in the future.")
        person.birth_date = birth_date
        person.version += 1
        person.save(update_fields=["birth_date", "version"])
        changed["filled"] = "birth_date"
    if primary_condition and primary_condition != episode.primary_condition:
        changed |= {"primary_condition": primary_condition, "was": episode.primary_condition}
        episode.primary_condition = primary_condition
        episode.version += 1
        episode.save(update_fields=["primary_condition", "version"])
    if changed:
        record(
            by=by,
            at=at,
            verb="complete_record",
            target_kind="episode",
            target_id=episode.pk,
            person_id=person.pk,
            lot=episode.lot_id or "",
            detail=changed,
        )
    return episode
