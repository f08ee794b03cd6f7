"""Support at its limits, ending it with a reason, and putting a closure made by mistake right on the same day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from placewell_web.accounts.errors import Refused
from placewell_web.audit.actors import Actor
from placewell_web.casework import permissions
from placewell_web.casework.models import SupportDecision
from placewell_web.clients.actions.entries import claim, day_of, note
from placewell_web.clients.models import Episode

if TYPE_CHECKING:
    from placewell_web.accounts.viewer import Viewer


EXTENDED = "extended"


@transaction.atomic
def decide_support(
    *,
    viewer: Viewer,
    by: Actor,
    at: datetime,
    episode: Episode,
    limit: str,
    decision: str,
    reason: str = "",
    words: str = "",
    until_on: date | None = None,
) -> SupportDecision:
    """Record what happens at a limit of support: it goes on with a reason, ends, or is taken up again (002 §9.10 x)."""
    permissions.check_can_plan(viewer, episode)
    if decision == EXTENDED:
        permissions.check_can_extend(viewer, episode)
        if not reason or until_on is None:
            raise Refused("Support beyond the limit needs a reason and a last day.")
    row = SupportDecision.unscoped.create(
        episode=episode,
        on=day_of(at),
        limit=limit,
        decision=decision,
        reason=reason if decision == EXTENDED else "",
        words=words,
        until_on=until_on if decision == EXTENDED else None,
        decided_by_id=by.id,
        created_at=at,
    )
    detail = {"limit": limit, "decision": decision, "reason": row.reason, "until_on": str(row.until_on or "")}
    note(by=by, at=at, verb="decide_support", record=row, episode=episode, detail=detail)
    return row


@transaction.atomic
def close_episode(*, viewer: Viewer, by: Actor, at: datetime, episode: Episode, version: int, reason: str) -> Episode:
    """End support from today on. Plans that hold end with it; jobs and proof may still be recorded."""
    permissions.check_can_plan(viewer, episode)
    if not reason:
        raise Refused("Say why support ends.")
    claim(episode, version, "version", {"closure_reason": reason})
    episode.closed_on, episode.closure_reason = day_of(at), reason
    episode.save(update_fields=["closed_on", "closure_reason"])
    note(by=by, at=at, verb="close_episode", record=episode, episode=episode, detail={"reason": reason})
    return episode


@transaction.atomic
def reopen_episode(*, viewer: Viewer, by: Actor, at: datetime, episode: Episode) -> Episode:
    """Take a closure back on the day it was made."""
    episode = Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    permissions.check_can_reopen(viewer, episode, day_of(at))
    reason = episode.closure_reason
    episode.closed_on, episode.closure_reason = None, ""
    episode.version += 1
    episode.save(update_fields=["closed_on", "closure_reason", "version"])
    note(by=by, at=at, verb="reopen_episode", record=episode, episode=episode, detail={"was": reason})
    return episode
