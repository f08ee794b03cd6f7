"""Who supports a person from a day on, and who did before: nothing of it is written over."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from placewell_web.clients.models import Assignment, Episode, Handover


def name_specialist(
    *,
    at: datetime,
    episode: Episode,
    specialist_id: UUID,
    team_id: UUID | None,
    on: date,
    reason: str = "",
    note: str = "",
    handover: Handover | None = None,
) -> Assignment:
    """Give an episode, whose row the caller holds, to a specialist, and keep who had it; the caller saves and records.

    Nobody is named from a day before the one on which the last was named.
    """
    last = Assignment.unscoped.filter(episode=episode, until_on=None).first()
    on = max(on, last.from_on) if last and last.from_on else on
    if last is not None:
        last.until_on = on
        last.save(update_fields=["until_on"])
    elif episode.specialist_id is not None:
        Assignment.unscoped.create(
            episode=episode, specialist_id=episode.specialist_id, team_id=episode.team_id, until_on=on, created_at=at
        )
    episode.specialist_id, episode.team_id = specialist_id, team_id
    return Assignment.unscoped.create(
        episode=episode,
        specialist_id=specialist_id,
        team_id=team_id,
        from_on=on,
        reason=reason,
        note=note,
        handover=handover,
        created_at=at,
    )


def give_back(*, assignment: Assignment) -> Episode:
    """Take one naming back: whoever had the episode before has it again; the episode is saved by the caller."""
    episode = Episode.unscoped.select_for_update(of=("self",)).get(pk=assignment.episode_id)
    before = (
        Assignment.unscoped.filter(episode=episode, until_on=assignment.from_on)
        .filter(Q(from_on=None) | Q(from_on__lte=assignment.from_on))
        .exclude(pk=assignment.pk)
        .order_by("created_at")
        .last()
    )
    assert before is not None
    assignment.until_on = assignment.from_on
    assignment.save(update_fields=["until_on"])
    before.until_on = None
    before.save(update_fields=["until_on"])
    episode.specialist_id, episode.team_id = before.specialist_id, before.team_id
    return episode
