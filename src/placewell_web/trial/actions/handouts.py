"""What a control participant is given: the booklet, services near them, and everyone's letter. Source: 002 §11.8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from placewell.specification.trial import TrialFile
from placewell_web.accounts import service
from placewell_web.accounts.errors import Refused
from placewell_web.accounts.viewer import Viewer
from placewell_web.audit.actors import Actor
from placewell_web.clients import queries as people
from placewell_web.clients.actions.entries import day_of, note
from placewell_web.clients.models import Episode
from placewell_web.trial.aftercare_permissions import check_can_care
from placewell_web.trial.models import Handout
from placewell_web.trial.queries.aftercare import group_of, services_for

BOOKLET, LOCAL_SERVICE, LETTER = "booklet", "local_service", "letter"


@transaction.atomic
def give_booklet(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, given: bool) -> Handout:
    """Record that the person has the booklet, or does not want it; said again, the last word holds."""
    trial, episode = _outside_the_service(viewer, episode_id)
    edition = next((one.edition for one in trial.handouts if one.id == BOOKLET), None)
    if edition is None:
        raise Refused("This trial has no booklet.")
    return _keep(by, at, episode, BOOKLET, edition, given)


@transaction.atomic
def choose_services(
    *, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID, codes: Iterable[str]
) -> list[Handout]:
    """Record the local services a person was told of; those taken out again stay, as not wanted."""
    _, episode = _outside_the_service(viewer, episode_id)
    known = {one.id for one in services_for(episode)}
    chosen = dict.fromkeys(codes)
    if not set(chosen) <= known:
        raise Refused("Choose services of the list.")
    before = set(_rows(episode, LOCAL_SERVICE).filter(given=True).values_list("code", flat=True))
    for code in sorted(before - set(chosen)):
        _keep(by, at, episode, LOCAL_SERVICE, code, False)
    return [_keep(by, at, episode, LOCAL_SERVICE, code, True) for code in chosen]


@transaction.atomic
def give_letter(*, by: Actor, at: datetime, viewer: Viewer, episode_id: UUID) -> Handout:
    """Record that the person has their letter."""
    check_can_care(viewer)
    episode = people.get_episode(viewer, episode_id)
    if group_of(viewer, episode_id) is None:
        raise Refused("Chance has not decided for this person, so there is no letter yet.")
    return _keep(by, at, episode, LETTER, "", True)


def _outside_the_service(viewer: Viewer, episode_id: UUID) -> tuple[TrialFile, Episode]:
    check_can_care(viewer)
    episode = people.get_episode(viewer, episode_id)
    trial, group = service.current().trial, group_of(viewer, episode_id)
    if trial is None or group is None:
        raise Refused("Chance has not decided for this person yet, so there is nothing to hand out.")
    if group.enters_service:
        raise Refused("This person is in the group that has support; booklet and services are for the other group.")
    return trial, episode


def _rows(episode: Episode, kind: str) -> QuerySet[Handout]:
    return Handout.unscoped.filter(episode=episode, kind=kind)


def _keep(by: Actor, at: datetime, episode: Episode, kind: str, code: str, given: bool) -> Handout:
    """One row of a kind and code; nothing is written where it says the same already."""
    Episode.unscoped.select_for_update(of=("self",)).get(pk=episode.pk)
    kept = _rows(episode, kind).filter(code=code).first()
    if kept is not None and kept.given == given:
        return kept
    row = kept or Handout(episode=episode, kind=kind, code=code)
    row.given, row.on, row.recorded_at = given, day_of(at), at
    row.recorded_by_id = by.id if by.kind == "user" else None
    row.save()
    detail = {"kind": kind, "code": code, "given": given}
    note(by=by, at=at, verb="record_handout", record=row, episode=episode, detail=detail)
    return row
