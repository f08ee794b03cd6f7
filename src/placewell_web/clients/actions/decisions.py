"""What becomes of a referral: placed in a lot, accepted, declined, given to a named specialist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from placewell.periods import in_words
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot, User
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actions import record
from placewell_web.audit.actors import Actor
from placewell_web.clients import permissions, queries
from placewell_web.clients.actions.assigning import name_specialist
from placewell_web.clients.actions.comparison import compared_until
from placewell_web.clients.models import Episode

MOST_OF_A_REASON = 300  # characters, as kept with the naming


@transaction.atomic
def place(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, lot: Lot) -> Episode:
    """Take a referral that named no lot into one of the viewer's own."""
    episode = locked(viewer, episode_id)
    permissions.check_can_place(viewer, episode, lot.code)
    episode.lot = lot
    return _saved(episode, by, at, "place_referral", {"lot": lot.code}, "lot")


@transaction.atomic
def accept(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, on: date) -> Episode:
    """Take the person on. Where people enter by acceptance (002 from 1 April 2019) this is programme entry.

    Somebody of the trial's comparison group keeps their group until the trial ends, whatever record they come under.
    """
    episode = locked(viewer, episode_id)
    permissions.check_can_decide(viewer, episode)
    if episode.lot_id is None:
        raise Refused("This referral has no area yet.", "Say first which area it belongs to.")
    if on < episode.referred_on:
        raise Refused("A referral cannot be accepted on a day before it was made.")
    until = compared_until(episode.person, on)
    if until is not None:
        raise Refused(
            f"This person is in the comparison group until the trial ends on {in_words(until)}, and that is final.",
            "They can be accepted from the day after. Until then the trial’s booklet and local services are for them.",
        )
    episode.accepted_on = on
    return _saved(episode, by, at, "accept_referral", {"accepted_on": on.isoformat()}, "accepted_on")


@transaction.atomic
def decline(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, on: date, reason: str) -> Episode:
    """Do not take the person on, for a reason of the specification."""
    episode = locked(viewer, episode_id)
    permissions.check_can_decide(viewer, episode)
    if on < episode.referred_on:
        raise Refused("A referral cannot be declined on a day before it was made.")
    episode.declined_on, episode.decline_reason = on, reason
    changed = {"declined_on": on.isoformat(), "reason": reason}
    return _saved(episode, by, at, "decline_referral", changed, "declined_on", "decline_reason")


@transaction.atomic
def assign(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    episode_id: UUID,
    specialist_id: UUID,
    limit: int | None,
    reason: str = "",
) -> Episode:
    """Name the person's specialist, within the limit of open cases; a manager may go over it with a reason.

    `limit` is the specialist's own, weighted by how much of full time they work; None where the service sets none.
    Source: 002 §9.12 iv, App. 7 St 1.
    """
    episode = locked(viewer, episode_id)
    permissions.check_can_assign(viewer, episode)
    User.objects.select_for_update().filter(pk=specialist_id).first()  # two leaders cannot fill the last place at once
    load = _load(viewer, episode, specialist_id, at)
    if episode.specialist_id == specialist_id:
        return episode
    over = limit is not None and load.open_cases >= limit
    if limit is not None and over:
        _check_over_limit(viewer, load, limit, reason)
    before = episode.specialist_id
    name_specialist(
        at=at,
        episode=episode,
        specialist_id=load.user_id,
        team_id=load.team_id,
        on=at.date(),
        reason=reason.strip()[:MOST_OF_A_REASON],
    )
    changed = {"from": str(before or ""), "to": str(specialist_id), "open_cases": load.open_cases, "limit": limit}
    if over:
        changed["over_limit_reason"] = reason
    return _saved(episode, by, at, "assign_specialist", changed, "specialist", "team")


def _load(viewer: Viewer, episode: Episode, specialist_id: UUID, at: datetime) -> queries.SpecialistLoad:
    loads = queries.specialist_loads(viewer, episode.lot_id or "", at.date())
    found = next((load for load in loads if load.user_id == specialist_id), None)
    if found is None:
        raise Refused("This person is not a specialist of the referral's area today.", "Choose someone of the list.")
    return found


def _check_over_limit(viewer: Viewer, load: queries.SpecialistLoad, limit: int, reason: str) -> None:
    full = f"{load.name} has {load.open_cases} open cases, and the limit is {limit}."
    if not permissions.can_go_over_limit(viewer):
        raise Refused(full, "Choose someone with room, or ask your service manager, who can go over it with a reason.")
    if not reason.strip():
        raise Refused(full, "Give the reason for going over the limit, or choose someone with room.")


def locked(viewer: Viewer, episode_id: UUID) -> Episode:
    """The episode, held until the transaction ends, so that two people cannot decide it at the same time."""
    queries.get_episode(viewer, episode_id)
    return Episode.unscoped.select_for_update().get(pk=episode_id)


def _saved(episode: Episode, by: Actor, at: datetime, verb: str, changed: Mapping[str, Any], *fields: str) -> Episode:
    episode.version += 1
    episode.save(update_fields=[*fields, "version"])
    record(
        by=by,
        at=at,
        verb=verb,
        target_kind="episode",
        target_id=episode.pk,
        person_id=episode.person_id,
        lot=episode.lot_id or "",
        detail=changed,
    )
    return episode
