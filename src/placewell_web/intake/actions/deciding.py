"""Decisions about a referral: the rules of intake first, then the episode itself (clients.actions)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from placewell.pathway import caseload_limit
from placewell.specification import Specification
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.models import Lot
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients import actions as clients
from placewell_web.clients import queries as people
from placewell_web.clients.models import Episode
from placewell_web.intake import permissions, queries
from placewell_web.intake.models import Decline


@transaction.atomic
def place(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, lot: str) -> Episode:
    """Take a referral that named no area into one of the viewer's own."""
    found = Lot.objects.filter(code=lot).first()
    if found is None:
        raise Refused("There is no such area.")
    return clients.place(by=by, at=at, viewer=viewer, episode_id=episode_id, lot=found)


@transaction.atomic
def accept(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID) -> Episode:
    """Accept today, unless screening or an undecided duplicate stands against it."""
    episode = people.get_episode(viewer, episode_id)
    permissions.check_screening_allows(episode.screenings.order_by("-decided_at", "-id").first())
    _check_duplicates_decided(viewer, episode)
    return clients.accept(by=by, at=at, viewer=viewer, episode_id=episode_id, on=at.date())


@transaction.atomic
def decline(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, reason: str, words: str, specification: Specification
) -> Episode:
    """Decline today with a reason of the specification, and keep the words for the person."""
    if reason not in {known.id for known in specification.pathway.decline_reasons}:
        raise Refused("Choose a reason of the list.")
    episode = clients.decline(by=by, at=at, viewer=viewer, episode_id=episode_id, on=at.date(), reason=reason)
    Decline(episode=episode, reason=reason, words=words, decided_at=at, decided_by_id=viewer.user_id).save(
        force_insert=True
    )
    return episode


@transaction.atomic
def assign(
    *,
    by: Actor,
    at: datetime,
    viewer: Viewer,
    episode_id: UUID,
    specialist_id: UUID,
    specification: Specification,
    reason: str = "",
) -> Episode:
    """Name the specialist, within the limit that the specification sets for their share of full time."""
    episode = people.get_episode(viewer, episode_id)
    loads = people.specialist_loads(viewer, episode.lot_id or "", at.date())
    fte = next((load.fte for load in loads if load.user_id == specialist_id), None)
    limit = caseload_limit(specification, at.date(), fte)
    return clients.assign(
        by=by, at=at, viewer=viewer, episode_id=episode_id, specialist_id=specialist_id, limit=limit, reason=reason
    )


def _check_duplicates_decided(viewer: Viewer, episode: Episode) -> None:
    """What the viewer can decide must be decided first; a record of another area stops nobody here."""
    if queries.open_questions(viewer, {episode.pk: episode.person_id}):
        raise Refused(
            "This may be someone the service knows already, and nobody has decided that yet.",
            "Compare the two records first. Then accept the referral.",
        )
